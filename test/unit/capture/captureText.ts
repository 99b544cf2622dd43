/** Builds the text of a capture from sections, as the collector frames it. */
export function captureText(sections: readonly CaptureSection[]): string {
  const framed = [...sections, { name: 'end', stdout: '' }].map(frame);
  return `@@t1 packet-path 1\n${framed.join('')}`;
}

export interface CaptureSection {
  readonly name: string;
  readonly stdout: string;
  readonly stderr?: string;
  readonly status?: number;
  readonly at?: number;
}

function frame({ name, stdout, stderr, status = 0, at = 100 }: CaptureSection): string {
  const errors = stderr === undefined ? '' : `\n@@t1 !\n${stderr}`;
  return `\n@@t1 < ${name}\n${stdout}${errors}\n@@t1 > ${status} ${at} ${at + 0.01} ${name}\n`;
}

/** The output of `tail -n +1` over these files. */
export function tailOf(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([path, text]) => `==> ${path} <==\n${text}`)
    .join('\n');
}

/** The output of `grep -sH ^` over these files. */
export function grepOf(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .flatMap(([path, text]) => text.split('\n').map((line) => `${path}:${line}\n`))
    .join('');
}

/** One framed section of a capture (docs/collector.md). */
export interface Section {
  /** `counters@A`, `ethtool-S@A eth0` */
  readonly name: string;
  /** Exit status; -1 skipped on purpose; null when the capture ends inside this section. */
  readonly status: number | null;
  /** `/proc/uptime` in seconds when it began and ended; null where the host could not say. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Capture {
  readonly version: number | null;
  readonly nonce: string | null;
  readonly sections: readonly Section[];
  /** What is wrong with the text as a whole: no header, cut off, noise before it. */
  readonly problems: readonly string[];
}

/** The newest capture format this code reads without doubt. */
export const captureVersion = 1;

const header = /^@@([A-Za-z0-9]+) packet-path (\d+)\r?$/m;

/**
 * Reads the framing and nothing else. Tolerates text before the header (a login shell that prints), a capture that is
 * cut off anywhere, and markers with another nonce, which are payload.
 */
export function parseCapture(text: string): Capture {
  const found = header.exec(text);
  if (found === null) {
    return {
      version: null,
      nonce: null,
      sections: [],
      problems: ['not a capture: it has no "@@NONCE packet-path" line'],
    };
  }
  const nonce = found[1] ?? '';
  const version = Number(found[2]);
  const problems: string[] = [];
  if (found.index > 0) problems.push(`${found.index} characters before the capture, printed by the login shell`);
  if (version > captureVersion)
    problems.push(`capture format ${version} is newer than this reader (${captureVersion})`);
  const sections = readSections(text, found.index + found[0].length, nonce);
  const last = sections.at(-1);
  if (last === undefined || last.name !== 'end' || last.status === null) {
    problems.push(
      `the capture is cut off ${last === undefined ? 'before the first section' : `in or after "${last.name}"`}`,
    );
  }
  return { version, nonce, sections, problems };
}

function readSections(text: string, from: number, nonce: string): Section[] {
  const sections: Section[] = [];
  const opening = `\n@@${nonce} < `;
  const separator = `\n@@${nonce} !\n`;
  const closing = `\n@@${nonce} > `;
  let at = text.indexOf(opening, from);
  while (at !== -1) {
    const nameEnd = endOfLine(text, at + opening.length);
    const name = text.slice(at + opening.length, nameEnd).trimEnd();
    const bodyStart = Math.min(nameEnd + 1, text.length);
    // A section that was never closed ends where the next one begins.
    const next = text.indexOf(opening, nameEnd);
    const closed = text.indexOf(closing, nameEnd);
    const whole = closed !== -1 && (next === -1 || closed < next);
    const bodyEnd = Math.max(bodyStart, whole ? closed : next === -1 ? text.length : next);
    const split = text.indexOf(separator, nameEnd);
    const hasErrors = split !== -1 && split < bodyEnd;
    const ending = whole
      ? readEnding(text.slice(closed + closing.length, endOfLine(text, closed + closing.length)))
      : null;
    sections.push({
      name,
      status: ending?.status ?? null,
      startedAt: ending?.startedAt ?? null,
      endedAt: ending?.endedAt ?? null,
      stdout: text.slice(bodyStart, Math.max(bodyStart, hasErrors ? split : bodyEnd)),
      stderr: hasErrors ? text.slice(split + separator.length, bodyEnd) : '',
    });
    at = next;
  }
  return sections;
}

/** `STATUS START END NAME` */
function readEnding(line: string): Pick<Section, 'status' | 'startedAt' | 'endedAt'> {
  const [status, started, ended] = line.split(' ');
  return { status: toNumber(status), startedAt: toNumber(started), endedAt: toNumber(ended) };
}

function toNumber(word: string | undefined): number | null {
  if (word === undefined || word === '' || word === '-') return null;
  const number = Number(word);
  return Number.isFinite(number) ? number : null;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

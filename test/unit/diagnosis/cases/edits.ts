import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** One change of a capture's text. Throws when what it changes does not stand there: an edit that misses tests nothing. */
export type Edit = (capture: string) => string;

const texts = new Map<string, string>();

/** The text of a real capture of `test/fixtures`: `captures/four-drivers.netsnap.gz`. */
export function captureOf(name: string): string {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const bytes = readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url));
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
  texts.set(name, text);
  return text;
}

/** What a section's command wrote to stdout, changed. */
export function inSection(name: string, change: (stdout: string) => string): Edit {
  return (capture) => {
    const { from, to } = boundsOf(capture, name);
    return capture.slice(0, from) + change(capture.slice(from, to)) + capture.slice(to);
  };
}

function boundsOf(capture: string, name: string): { from: number; to: number } {
  const mark = capture.slice(0, capture.indexOf(' packet-path'));
  const opening = `\n${mark} < ${name}\n`;
  const at = capture.indexOf(opening);
  if (at < 0) throw new Error(`the capture has no section ${name}`);
  const from = at + opening.length;
  return { from, to: capture.indexOf(`\n${mark} `, from - 1) };
}

function stdoutOf(capture: string, name: string): string {
  const { from, to } = boundsOf(capture, name);
  return capture.slice(from, to);
}

/** Text that stands once in a section, replaced. */
export function replaced(section: string, from: string, to: string): Edit {
  return inSection(section, (stdout) => once(stdout, from, to, section));
}

/** The same, of the first time it stands behind `after`, which stands once. */
export function replacedAfter(section: string, after: string, from: string, to: string): Edit {
  return inSection(section, (stdout) => {
    const start = stdout.indexOf(after);
    const at = stdout.indexOf(from, start);
    if (start < 0 || at < 0) throw new Error(`${section} has no "${from}" behind "${after}"`);
    return stdout.slice(0, at) + to + stdout.slice(at + from.length);
  });
}

function once(text: string, from: string, to: string, where: string): string {
  const at = text.indexOf(from);
  if (at < 0) throw new Error(`${where} has no "${from}"`);
  if (text.indexOf(from, at + 1) >= 0) throw new Error(`${where} has "${from}" more than once`);
  return text.slice(0, at) + to + text.slice(at + from.length);
}

/** Lines more at the end of a section. */
export function added(section: string, ...lines: string[]): Edit {
  return inSection(section, (stdout) => stdout + lines.map((line) => `${line}\n`).join(''));
}

/** The value of a file in a section of `PATH:VALUE` lines: /proc/sys in `sysctl`, /sys in `netdev`, `queues`, `cpu`, `irq`. */
export function fileIs(section: string, path: string, value: string): Edit {
  return inSection(section, (stdout) => {
    const at = `\n${stdout}`.indexOf(`\n${path}:`);
    if (at < 0) throw new Error(`${section} has no ${path}`);
    return `${stdout.slice(0, at)}${path}:${value}${stdout.slice(stdout.indexOf('\n', at))}`;
  });
}

export function sysctl(key: string, value: string): Edit {
  return fileIs('sysctl', `/proc/sys/${key.replaceAll('.', '/')}`, value);
}

/** A namespace of its own: the kernel shows net.core.netdev_max_backlog in the initial one only. */
export const namespaced: Edit = inSection('sysctl', (stdout) =>
  once(stdout, '/proc/sys/net/core/netdev_max_backlog:', '/proc/sys/net/core/netdev_max_:', 'sysctl'),
);

/** A section that was not taken. */
export function without(section: string): Edit {
  return (capture) => {
    const mark = capture.slice(0, capture.indexOf(' packet-path'));
    const { from } = boundsOf(capture, section);
    const start = capture.lastIndexOf(`\n${mark} < ${section}\n`, from);
    const closing = capture.indexOf(`\n${mark} > `, from - 1);
    return capture.slice(0, start) + capture.slice(capture.indexOf('\n', closing + 1) + 1);
  };
}

/** A capture of one look: no section of the second sample. */
export const oneLook: Edit = (capture) => {
  const names = [...capture.matchAll(/^@@\S+ < (\S+@B(?: \S+)?)$/gm)].map(([, name = '']) => name);
  if (names.length === 0) throw new Error('the capture has no second sample');
  return names.reduce((text, name) => without(name)(text), capture);
};

/** A file of `counters@A` or `@B` (`==> PATH <==`), changed. */
export function inFile(sample: 'A' | 'B', path: string, change: (text: string) => string): Edit {
  return inSection(`counters@${sample}`, (stdout) => {
    const { from, to } = fileBounds(stdout, path);
    return stdout.slice(0, from) + change(stdout.slice(from, to)) + stdout.slice(to);
  });
}

function fileBounds(stdout: string, path: string): { from: number; to: number } {
  const heading = `==> ${path} <==\n`;
  const at = stdout.indexOf(heading);
  if (at < 0) throw new Error(`the counters have no ${path}`);
  const next = stdout.indexOf('\n==> ', at + 1);
  return { from: at + heading.length, to: next < 0 ? stdout.length : next + 1 };
}

/** Text of a file of the first sample. */
export function firstLook(capture: string, path: string): string {
  const stdout = stdoutOf(capture, 'counters@A');
  const { from, to } = fileBounds(stdout, path);
  return stdout.slice(from, to);
}

/** A file of `counters` that this host does not have. */
export function withoutFile(path: string): Edit {
  return (capture) =>
    (['A', 'B'] as const).reduce(
      (text, sample) =>
        inSection(`counters@${sample}`, (stdout) => {
          const { from, to } = fileBounds(stdout, path);
          return stdout.slice(0, from - `==> ${path} <==\n`.length) + stdout.slice(to);
        })(text),
      capture,
    );
}

/** A file of `counters` that this host does not have and another has: its text in both samples. */
export function withFile(path: string, before: string, after: string): Edit {
  const put = (sample: 'A' | 'B', text: string): Edit =>
    inSection(`counters@${sample}`, (stdout) => `==> ${path} <==\n${text}\n${stdout}`);
  return (capture) => put('B', after)(put('A', before)(capture));
}

/** Another boot between the samples. */
export const rebooted: Edit = inFile(
  'B',
  '/proc/sys/kernel/random/boot_id',
  () => '00000000-0000-4000-8000-000000000000\n\n',
);

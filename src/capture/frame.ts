import { printable } from '../kernel/printable.ts';

/** One framed section of a capture (docs/collector.md). */
export interface Section {
  /** `counters@A`, `ethtool-S@A eth0` */
  readonly name: string;
  /** Exit status; -1 skipped on purpose; null when the capture ends inside this section. */
  readonly status: number | null;
  /** `/proc/uptime` in seconds when it began and ended; null where the host could not say. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Whole lines only where the capture ends inside this section: half a number is another number. */
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
const captureVersion = 1;

/** More than this no host has reason to send; each costs an object, whatever it holds. */
const mostSections = 100_000;

/**
 * The first line of a capture, wherever it stands; null for a text that holds none. It need not begin a line: a login
 * shell may have printed something without a line end.
 */
export function findHeader(text: string): { nonce: string; version: number; from: number; end: number } | null {
  const found = /@@([A-Za-z0-9]{1,64}) packet-path (\d{1,9})\r?$/m.exec(text);
  if (found === null) return null;
  const [line, nonce = '', version] = found;
  return { nonce, version: Number(version), from: found.index, end: found.index + line.length };
}

/** True for text that holds a capture's header, however damaged the rest. */
export function isCapture(text: string): boolean {
  return findHeader(text) !== null;
}

/**
 * Reads the framing and nothing else. Tolerates text before the header (a login shell that prints), a capture that is
 * cut off anywhere, and markers with another nonce, which are payload.
 */
export function parseCapture(sent: string): Capture {
  const header = findHeader(sent);
  if (header === null) {
    return {
      version: null,
      nonce: null,
      sections: [],
      problems: ['not a capture: it has no "@@NONCE packet-path" line'],
    };
  }
  const { nonce, version } = header;
  // A file that was edited or mailed as text may have other line ends; our markers have but one form.
  const text = sent[header.end - 1] === '\r' ? sent.replaceAll('\r\n', '\n') : sent;
  const problems: string[] = [];
  if (header.from > 0) problems.push(`${header.from} characters before the capture, printed by the login shell`);
  if (version > captureVersion)
    problems.push(`capture format ${version} is newer than this reader (${captureVersion})`);
  const { sections, more } = readSections(text, text.indexOf(`@@${nonce} packet-path `), nonce);
  const last = sections.at(-1);
  if (more) {
    problems.push(`the capture has more than ${mostSections} sections: the rest of it is not read`);
  } else if (last === undefined || last.name !== 'end' || last.status === null) {
    problems.push(
      `the capture is cut off ${last === undefined ? 'before the first section' : `in or after "${printable(last.name, 80)}"`}`,
    );
  }
  return { version, nonce, sections, problems };
}

/** A section whose closing marker was not seen yet. */
interface Open {
  readonly name: string;
  readonly bodyStart: number;
  /** Where stdout ends and stderr begins; null while there is only stdout. */
  errors: { readonly from: number; readonly to: number } | null;
}

/** One pass from marker to marker. A section that was never closed ends where the next one begins. */
function readSections(text: string, from: number, nonce: string): { sections: Section[]; more: boolean } {
  const sections: Section[] = [];
  const marker = `\n@@${nonce} `;
  let open: Open | null = null;
  for (let at = text.indexOf(marker, from); at !== -1; at = text.indexOf(marker, at + marker.length)) {
    const after = at + marker.length;
    if (text.startsWith('< ', after)) {
      if (open !== null) sections.push(sectionOf(text, open, at, null));
      if (sections.length === mostSections) return { sections, more: true };
      const nameEnd = endOfLine(text, after);
      open = {
        name: text.slice(after + 2, nameEnd).trimEnd(),
        bodyStart: Math.min(nameEnd + 1, text.length),
        errors: null,
      };
    } else if (text.startsWith('> ', after) && open !== null) {
      sections.push(sectionOf(text, open, at, text.slice(after + 2, endOfLine(text, after))));
      open = null;
    } else if (text.startsWith('!\n', after) && open !== null) {
      open.errors ??= { from: at, to: after + 2 };
    }
  }
  if (open !== null) sections.push(sectionOf(text, open, text.length, null));
  return { sections, more: false };
}

/** `ending` is the line of the closing marker, null for a section without one. */
function sectionOf(text: string, { name, bodyStart, errors }: Open, end: number, ending: string | null): Section {
  const { status, ...clock } = readEnding(ending ?? '');
  const stdout = text.slice(bodyStart, Math.max(bodyStart, errors?.from ?? end));
  return {
    name,
    status,
    ...clock,
    stdout: status === null && errors === null ? stdout.slice(0, stdout.lastIndexOf('\n') + 1) : stdout,
    stderr: errors === null ? '' : text.slice(errors.to, Math.max(errors.to, end)),
  };
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

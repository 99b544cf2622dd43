import { splitTail } from '../kernel/multiFile.ts';
import type { Parsed } from '../kernel/parsed.ts';
import { firstPrintableLine } from '../kernel/printable.ts';
import { type Missing, type MissingKind, missing, type Reading, read } from '../model/reading.ts';
import type { Section } from './frame.ts';

/** Why a capture made from a sosreport lacks something. */
export const notInReport = 'not in this sosreport';

/** The sections of a capture by name, with each one's outcome turned into a reading. */
export class Sections {
  readonly #byName: ReadonlyMap<string, Section>;
  /** The last section arrived. */
  readonly isWhole: boolean;

  constructor(sections: readonly Section[]) {
    this.#byName = new Map(sections.map((section) => [section.name, section]));
    this.isWhole = this.#byName.get('end')?.status === 0;
  }

  get(name: string): Section | undefined {
    return this.#byName.get(name);
  }

  /** What it wrote to stdout; empty for one that is absent or cut off: what it lists first is not all there is. */
  wholeText(name: string): string {
    const section = this.#byName.get(name);
    return section === undefined || section.status === null ? '' : section.stdout;
  }

  /** Uptime at which each section of a sample began, by its name without the sample: `ethtool-S eth0`. */
  startsOf(sample: 'A' | 'B'): Map<string, number> {
    const starts = new Map<string, number>();
    for (const { name, startedAt } of this.#byName.values()) {
      const [base = '', nic] = name.split(' ');
      if (startedAt === null || !base.endsWith(`@${sample}`)) continue;
      starts.set([base.slice(0, -2), ...(nic === undefined ? [] : [nic])].join(' '), startedAt);
    }
    return starts;
  }

  /** What an external tool printed, parsed; or why there is nothing: no such tool, timed out, its own words. */
  tool<T>(name: string, source: string, parse: (text: string) => Parsed<T>): Reading<T> {
    const section = this.#byName.get(name);
    if (section === undefined) return this.#absent(source);
    const failed = whyNot(section, source.split(' ')[0] ?? source);
    if (failed !== null) return { ...failed, source };
    return read(source, parse(section.stdout));
  }

  /**
   * What `grep -sH ^` or `tail` printed of many files: its exit status says nothing, its content does. Of one that was
   * cut off nothing: a file that is not in it may have been there.
   */
  files(name: string, source: string): Reading<string> {
    const section = this.#byName.get(name);
    if (section === undefined) return this.#absent(source);
    if (section.status === null) return missing(source, 'truncated', endsHere);
    if (section.status === 127) return missing(source, 'no-tool', 'the host lacks grep or tail');
    if (section.stdout === '')
      return missing(source, 'no-file', firstPrintableLine(section.stderr) || 'none of these files can be read');
    return read(source, { value: section.stdout, warnings: [] });
  }

  /** A walk over the sockets: by awk, or from a host without it the files by `tail`, whose status says nothing. */
  walk<T>(name: string, source: string, parse: (text: string) => Parsed<T>): Reading<T> {
    if (this.#byName.get(name)?.stdout.startsWith('==> ') !== true) return this.tool(name, source, parse);
    const text = this.files(name, source);
    return text.ok ? { ...text, ...parse(text.value) } : text;
  }

  /** Of a section that the capture does not hold. */
  #absent(source: string): Missing {
    if (this.isWhole) return missing(source, 'not-collected', 'this capture has no such section');
    return missing(source, 'truncated', 'the capture ends before this');
  }
}

/** The files of one `tail -n +1` section. */
export class TailFiles {
  /** Of a file printed twice the first text. */
  readonly #files: ReadonlyMap<string, string>;
  readonly #section: Section | undefined;

  constructor(section: Section | undefined) {
    this.#section = section;
    const printed = section === undefined ? [] : splitTail(section.stdout);
    // A file is whole when another follows it.
    const files = section?.status === null ? printed.slice(0, -1) : printed;
    this.#files = new Map(files.toReversed().map(({ path, text }) => [path, text]));
  }

  /** The text of a file, first occurrence; null when it was not printed. */
  text(path: string): string | null {
    return this.#files.get(path) ?? null;
  }

  parse<T>(path: string, parse: (text: string) => Parsed<T>): Reading<T> {
    const text = this.text(path);
    if (text !== null) return read(path, parse(text));
    if (this.#section === undefined) return missing(path, 'not-collected', 'this capture has no such section');
    const complaint = this.#section.stderr.split('\n').find((line) => names(line, path));
    if (complaint?.includes('ermission denied') === true) return missing(path, 'denied', 'permission denied');
    if (complaint?.endsWith(notInReport) === true) return missing(path, 'not-collected', notInReport);
    if (this.#section.status === null) return missing(path, 'truncated', endsHere);
    // `tail` says so of every file it was to print and could not: this collector did not ask for it.
    if (complaint === undefined) return missing(path, 'not-collected', 'this capture was taken without this file');
    // The kernel's ENOTSUPP and EOPNOTSUPP, as for /proc/pressure with psi=0.
    if (complaint.includes('not supported')) return missing(path, 'no-file', 'this kernel has it switched off');
    return missing(path, 'no-file', 'this kernel or namespace has no such file');
  }
}

/** Whether a complaint is of this file and not of one whose name only begins like it (`snmp6`). */
function names(complaint: string, path: string): boolean {
  const at = complaint.indexOf(path);
  return at >= 0 && !/[\w./-]/.test(complaint.charAt(at + path.length));
}

const endsHere = 'the capture ends here';
const timedOut = new Set([124, 137, 143]);

/** Why a program's section holds no answer, in its own words where it has any; null when it ended well. */
export function whyNot(section: Section, tool: string): Missing | null {
  const because = (kind: MissingKind, reason: string): Missing => missing(tool, kind, reason);
  const said = firstPrintableLine(section.stderr) || firstPrintableLine(section.stdout);
  if (section.status === null) return because('truncated', endsHere);
  if (section.status === 0) return null;
  if (section.status === -1) return because('skipped', said || 'skipped');
  if (section.status === 127) return because('no-tool', `the host has no ${notFound(section.stderr) ?? tool}`);
  if (timedOut.has(section.status)) return because('timed-out', `${tool} did not finish in time`);
  if (/not permitted|ermission denied/.test(said)) return because('denied', said);
  // What BusyBox says of an option that it does not know is its version and its help.
  if (said.startsWith('BusyBox v')) return because('failed', `the host's ${tool} is BusyBox's, which knows less`);
  return because('failed', said === '' ? `${tool} ended with status ${section.status}` : said);
}

/** The program that a shell missed, where it was not the section's first: dash, BusyBox and bash say so alike. */
function notFound(stderr: string): string | null {
  return /: ([\w.-]{1,40}): (?:command )?not found$/m.exec(stderr.slice(0, 4096))?.[1] ?? null;
}

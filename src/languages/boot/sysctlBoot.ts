import type {
  BootKey,
  BootVerdict,
  LosingSetting,
  OtherSetter,
  SysctlBoot,
  SysctlFault,
  SysctlFile,
  SysctlReader,
} from '../../model/bootConfig.ts';
import { printedAs, valueNote } from '../sysctl/sysctlPrint.ts';
import { sameValue } from '../sysctl/sysctlValue.ts';
import { place, type SourceLine, type SysctlWrite, sourceLines, writesOf } from '../sysctl/sysctlWrites.ts';
import { oneVariable, variableOf } from '../sysctl/variables.ts';
import { isGlob } from '../text/globMatch.ts';
import { type ConfigText, configDirectories, placeFiles } from './configFiles.ts';
import { mainFile } from './mainFile.ts';

export interface SysctlBootFacts {
  /** Who applies the files at boot; null when that is not known. */
  readonly reader: SysctlReader | null;
  /** Everything that was found in the sysctl.d directories, and /etc/sysctl.conf. */
  readonly files: readonly ConfigText[];
  /** Key to value as it runs; null when it could not be read. */
  readonly running: ReadonlyMap<string, string> | null;
  /** Why a key has no running value; `gone`: the host does not have it, rather than that it was not looked at. */
  readonly absent: (key: string) => { readonly gone: boolean; readonly why: string };
  /** What else sets keys, in no order. */
  readonly others: readonly (OtherSetter & { readonly key: string })[];
}

/** A hostile file may be all patterns; each is matched with every key. */
const mostPatterns = 1000;

/** What the sysctl files of a host set at boot: for each key the line that does, the lines that do not and why, and the value against the one that runs. */
export function sysctlBoot(facts: SysctlBootFacts): SysctlBoot {
  const order = readingOrder(facts.files, facts.reader);
  const lines = order.applied.flatMap(({ path, lines }) => sourceLines(path, lines));
  const patterns = lines.filter(({ read }) => read.kind === 'assignment' && isGlob(read.key));
  const tooMany = new Set(patterns.slice(mostPatterns));
  const used = tooMany.size === 0 ? lines : lines.filter((line) => !tooMany.has(line));
  // Of a host where nothing is known to read the files, what `sysctl --system` would make of them.
  const { writes, skipped } = writesOf(used, facts.reader ?? 'procps', [...(facts.running?.keys() ?? [])]);

  const drafts = new Map<string, Draft>();
  const draftOf = (key: string): Draft => {
    const draft = drafts.get(key) ?? { write: null, losers: [], others: [] };
    drafts.set(key, draft);
    return draft;
  };
  for (const { key, setting, why } of skipped) draftOf(key).losers.push({ ...setting, why });
  const last = lastWrites(writes);
  for (const write of writes) {
    const draft = draftOf(write.key);
    const winner = last.get(variableOf(write.key));
    if (winner === undefined || winner === write) draft.write = write;
    else draft.losers.push({ ...write.setting, why: `${place(winner.setting)} sets ${nameFor(winner, write)} later` });
    if (draft.write === null && winner !== undefined) draft.write = winner;
  }
  for (const [alias, name] of oneVariable) {
    const winner = last.get(name);
    if (winner === undefined) continue;
    for (const key of [alias, name]) if (facts.running?.has(key)) draftOf(key).write ??= winner;
  }
  for (const { file, why } of order.left) {
    for (const { read, ...line } of sourceLines(file.path, file.lines)) {
      if (read.kind !== 'assignment') continue;
      const loser = { ...line, value: read.value, pattern: isGlob(read.key) ? read.key : null, why };
      draftOf(read.key).losers.push(loser);
    }
  }
  for (const { key, ...other } of facts.others) draftOf(key).others.push(other);

  return {
    reader: facts.reader,
    files: order.files,
    keys: new Map([...drafts].map(([key, draft]) => [key, bootKey(key, draft, facts)])),
    faults: [...faultsOf(used, facts), ...[...tooMany].slice(0, 1).map(patternsLeft)],
  };
}

interface Draft {
  write: SysctlWrite | null;
  readonly losers: LosingSetting[];
  readonly others: OtherSetter[];
}

interface ReadingOrder {
  readonly files: readonly SysctlFile[];
  readonly applied: readonly ConfigText[];
  readonly left: readonly { readonly file: ConfigText; readonly why: string }[];
}

/** Which files are applied, in which order. */
function readingOrder(files: readonly ConfigText[], reader: SysctlReader | null): ReadingOrder {
  const directories = reader === 'upstart-procps' ? ['/etc/sysctl.d'] : configDirectories('sysctl.d');
  const placed = placeFiles(files, directories, '.conf');
  const applied = placed.filter(({ state }) => state === 'applied').map(({ file }) => file);
  const rest: SysctlFile[] = placed
    .filter(({ state }) => state !== 'applied')
    .map(({ file, state, why }) => ({ path: file.path, target: file.target, state, why }));
  const left = placed.filter(({ state }) => state !== 'applied').map(({ file, why }) => ({ file, why }));
  const main = files.find(({ path }) => path === mainFile);
  if (main !== undefined) {
    const through = applied.find(({ target }) => target === mainFile);
    if (!main.readable) {
      rest.push({ path: mainFile, target: main.target, state: 'unreadable', why: 'this login may not read it' });
    } else if (reader !== 'systemd-sysctl') applied.push(main);
    else if (through === undefined) {
      const why = `systemd-sysctl reads sysctl.d only, and no link there leads to ${mainFile}: it is not read at boot`;
      rest.push({ path: mainFile, target: main.target, state: 'not-read', why });
      left.push({ file: main, why });
    }
  }
  if (reader === 'upstart-procps') {
    for (const file of files.filter(({ path }) => !path.startsWith('/etc/'))) {
      const why = 'the boot job of this system reads /etc/sysctl.d and /etc/sysctl.conf only';
      rest.push({ path: file.path, target: file.target, state: 'not-read', why });
      left.push({ file, why });
    }
  }
  const ordered = applied.map(({ path, target }): SysctlFile => ({ path, target, state: 'applied', why: '' }));
  return { files: [...ordered, ...rest], applied, left };
}

function bootKey(key: string, { write, losers, others }: Draft, facts: SysctlBootFacts): BootKey {
  const setting = write?.setting ?? null;
  return { key, setting, losers, others, verdict: verdictOf(key, setting?.value ?? null, others, facts) };
}

function verdictOf(
  key: string,
  value: string | null,
  others: readonly OtherSetter[],
  { reader, running, absent }: SysctlBootFacts,
): BootVerdict {
  if (value === null) return { kind: 'not-set' };
  const now = running?.get(key);
  if (now === undefined) return { kind: 'unknown', why: absent(key).why };
  const print = printedAs(key, value, now);
  if (print.kind === 'unknown') return { kind: 'unknown', why: print.why };
  if (print.kind === 'refused') {
    return { kind: 'unknown', why: `the kernel refuses the value, so the key keeps the one before: ${print.why}` };
  }
  if (reader === null) return { kind: 'unknown', why: 'it is not known whether anything applies the file at boot' };
  if (sameWords(print.text, now)) return { kind: 'same' };
  const cause = others.find((other) => other.value !== null && sameValue(other.value, now));
  const someone = others.map(({ who }) => who);
  const why =
    cause !== undefined
      ? `${cause.who} sets it to the value that runs`
      : someone.length > 0
        ? `${[...new Set(someone)].join(', ')} may have set it since`
        : 'nothing in the capture says what did it: it was set since, or the file is newer than the boot';
  return { kind: 'differs', boot: print.text, why };
}

/** Both are as the kernel prints them, so only blanks may differ. */
function sameWords(a: string, b: string): boolean {
  return a.trim().replace(/\s+/g, ' ') === b.trim().replace(/\s+/g, ' ');
}

function lastWrites(writes: readonly SysctlWrite[]): Map<string, SysctlWrite> {
  return new Map(writes.map((write) => [variableOf(write.key), write]));
}

function nameFor(winner: SysctlWrite, loser: SysctlWrite): string {
  return winner.key === loser.key ? 'it' : `the same variable as ${winner.key}`;
}

/** Lines of applied files that set nothing, or not what they seem to. */
function faultsOf(lines: readonly SourceLine[], { running, absent }: SysctlBootFacts): SysctlFault[] {
  return lines.flatMap(({ read, ...line }) => {
    if (read.kind === 'malformed') return [{ ...line, message: read.reason }];
    if (read.kind !== 'assignment' || isGlob(read.key)) return [];
    if (read.rawKey.startsWith('\ufeff')) {
      return [{ ...line, message: 'the file begins with a byte order mark, which makes this key an unknown one' }];
    }
    const now = running?.get(read.key);
    if (now === undefined) {
      const { gone, why } = absent(read.key);
      return gone ? [{ ...line, message: why }] : [];
    }
    const print = printedAs(read.key, read.value, now);
    if (print.kind === 'refused') return [{ ...line, message: `the kernel refuses this value: ${print.why}` }];
    const note = valueNote(read.value, now);
    return note === null ? [] : [{ ...line, message: note }];
  });
}

function patternsLeft({ path, line, text }: SourceLine): SysctlFault {
  return { path, line, text, message: `more than ${mostPatterns} patterns: those from here on were not looked at` };
}

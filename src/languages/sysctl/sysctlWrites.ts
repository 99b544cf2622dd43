import type { SysctlReader, SysctlSetting } from '../../model/bootConfig.ts';
import { isGlob, matchesGlob } from '../text/globMatch.ts';
import { parseSysctlLine, type SysctlLine } from './sysctlConf.ts';

/** A line of a file that is applied, read. */
export interface SourceLine {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly read: SysctlLine;
}

/** One write to a key that a program does at boot. */
export interface SysctlWrite {
  readonly key: string;
  readonly setting: SysctlSetting;
}

/** What a program would not write although a line asks for it. */
export interface SkippedWrite extends SysctlWrite {
  readonly why: string;
}

export interface SysctlWrites {
  /** In the order in which they are done: of several to one key the last counts. */
  readonly writes: readonly SysctlWrite[];
  readonly skipped: readonly SkippedWrite[];
}

/** The lines of a file, read as sysctl.conf. */
export function sourceLines(path: string, lines: readonly { line: number; text: string }[]): SourceLine[] {
  return lines.map(({ line, text }) => ({ path, line, text, read: parseSysctlLine(text, line - 1) }));
}

/**
 * The writes that a program makes of the lines of all files in order, given the keys that exist (patterns are names of
 * those). Each program has its own way:
 *
 * - systemd-sysctl keeps one value for each name; a later line replaces it, `-key` alone takes it back. A pattern does
 *   not touch a key that any line names (src/sysctl/sysctl.c).
 * - procps writes line after line; a pattern does not touch a key that any line names, `-key` included (sysctl.c of 4.0).
 * - upstart's job of Ubuntu 14.04 has procps 3.2, which knows no patterns.
 */
export function writesOf(lines: readonly SourceLine[], reader: SysctlReader, keys: readonly string[]): SysctlWrites {
  if (reader === 'systemd-sysctl') return systemdWrites(lines, keys);
  const writes: SysctlWrite[] = [];
  const skipped: SkippedWrite[] = [];
  const named = namedKeys(lines);
  for (const line of lines) {
    const setting = settingOf(line);
    if (setting === null) continue;
    if (setting.pattern === null) writes.push({ key: keyOf(line), setting });
    else if (reader === 'procps') expand(setting, setting.pattern, keys, named, writes, skipped);
  }
  return { writes, skipped };
}

function systemdWrites(lines: readonly SourceLine[], keys: readonly string[]): SysctlWrites {
  /** In the order of insertion, as systemd's ordered hash map; null: left out. */
  const options = new Map<string, SysctlSetting | null>();
  const skipped: SkippedWrite[] = [];
  for (const line of lines) {
    const { read } = line;
    if (read.kind !== 'assignment' && read.kind !== 'exclude') continue;
    const setting = settingOf(line);
    const before = options.get(read.key);
    if (before !== undefined && before?.value !== setting?.value) options.delete(read.key);
    // One of the same value keeps its place in the order, which can matter between patterns.
    options.set(read.key, setting);
    if (before === undefined || before === null || before.pattern !== null) continue;
    const why = setting === null ? `taken back by ${place(line)}` : `${place(line)} sets it later`;
    skipped.push({ key: read.key, setting: before, why });
  }
  const named = namedKeys(lines);
  const writes: SysctlWrite[] = [];
  for (const [key, setting] of options) {
    if (setting === null) continue;
    if (setting.pattern === null) writes.push({ key, setting });
    else expand(setting, setting.pattern, keys, named, writes, skipped);
  }
  return { writes, skipped };
}

/** The keys that a pattern names, component by component: `*` goes over no dot. */
function expand(
  setting: SysctlSetting,
  pattern: string,
  keys: readonly string[],
  named: ReadonlyMap<string, SourceLine>,
  writes: SysctlWrite[],
  skipped: SkippedWrite[],
): void {
  const parts = pattern.split('.');
  for (const key of keys) {
    const names = key.split('.');
    if (names.length !== parts.length) continue;
    if (!parts.every((part, index) => matchesGlob(part, names[index] ?? ''))) continue;
    const by = named.get(key);
    if (by === undefined) writes.push({ key, setting });
    else skipped.push({ key, setting, why: `a pattern does not touch a key that a line names, as ${place(by)} does` });
  }
}

/** Keys that lines name outright, to the last such line. */
function namedKeys(lines: readonly SourceLine[]): Map<string, SourceLine> {
  const named = new Map<string, SourceLine>();
  for (const line of lines) {
    const { read } = line;
    if ((read.kind === 'assignment' || read.kind === 'exclude') && !isGlob(read.key)) named.set(read.key, line);
  }
  return named;
}

function settingOf({ path, line, text, read }: SourceLine): SysctlSetting | null {
  if (read.kind !== 'assignment') return null;
  return { path, line, text, value: read.value, pattern: isGlob(read.key) ? read.key : null };
}

function keyOf({ read }: SourceLine): string {
  return read.kind === 'assignment' ? read.key : '';
}

/** `/etc/sysctl.d/90.conf:3` */
export function place({ path, line }: { readonly path: string; readonly line: number }): string {
  return `${path}:${line}`;
}

import type { Span } from '../service/languageService.ts';
import { type LineIndex, lineIndex } from '../service/lineIndex.ts';
import { assignmentsOf, parseSysctlConf, type SysctlAssignment, type SysctlDocument } from './sysctlConf.ts';

/** A sysctl file being edited: its text, read, with where its parts stand. */
export interface SysctlSource {
  readonly text: string;
  readonly document: SysctlDocument;
  readonly assignments: readonly SysctlAssignment[];
  readonly index: LineIndex;
}

export function sysctlSource(text: string): SysctlSource {
  const document = parseSysctlConf(text);
  return { text, document, assignments: assignmentsOf(document), index: lineIndex(text) };
}

/** A line without its end. */
export function spanOfLine({ index }: SysctlSource, line: number): Span {
  return { start: index.startOf(line), end: index.endOf(line) };
}

/** A line with the end that keeps it apart from the next, or, of the last line, from the one before. */
export function wholeLine({ text, index }: SysctlSource, line: number): Span {
  const start = index.startOf(line);
  const end = index.startOf(line + 1);
  return end < text.length || start === 0 || line + 1 < index.lineCount
    ? { start, end }
    : { start: index.endOf(line - 1), end };
}

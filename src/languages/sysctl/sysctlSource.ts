import type { SysctlKeyFacts } from '../../knowledge/sysctl/record.ts';
import { sysctlFacts } from '../../knowledge/sysctlKeys.ts';
import type { Span } from '../service/languageService.ts';
import { type LineIndex, lineIndex } from '../service/lineIndex.ts';
import { assignmentsOf, parseSysctlConf, type SysctlAssignment, type SysctlDocument } from './sysctlConf.ts';

/** A sysctl file being edited: its text, read, with where its parts stand. */
export interface SysctlSource {
  readonly text: string;
  readonly document: SysctlDocument;
  readonly assignments: readonly SysctlAssignment[];
  readonly index: LineIndex;
  /** What is known of the key of each. */
  readonly facts: ReadonlyMap<SysctlAssignment, SysctlKeyFacts>;
}

export function sysctlSource(text: string): SysctlSource {
  const document = parseSysctlConf(text);
  const assignments = assignmentsOf(document);
  const facts = new Map<SysctlAssignment, SysctlKeyFacts>();
  for (const line of assignments) {
    const known = sysctlFacts(line.key);
    if (known !== undefined) facts.set(line, known);
  }
  return { text, document, assignments, index: lineIndex(text), facts };
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

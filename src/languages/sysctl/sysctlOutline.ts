import type { DocumentSymbol, Folding } from '../service/languageService.ts';
import { lineIndex } from '../service/lineIndex.ts';
import { parseSysctlConf, type SysctlLine } from './sysctlConf.ts';

/** Each key that the file sets, with its value, in the order of the file. */
export function sysctlSymbols(text: string): DocumentSymbol[] {
  const index = lineIndex(text);
  return parseSysctlConf(text).lines.flatMap((line) => {
    if (line.kind !== 'assignment' && line.kind !== 'exclude') return [];
    const span = { start: index.startOf(line.lineNumber), end: index.endOf(line.lineNumber) };
    const detail = line.kind === 'assignment' ? line.value : 'left out of patterns';
    return [
      { name: line.rawKey, detail, kind: 'key' as const, span, selection: index.spanOf(line.keyRange), children: [] },
    ];
  });
}

/** Paragraphs, which blank lines set apart, and runs of comment lines within one; each when it is more than a line. */
export function sysctlFoldings(text: string): Folding[] {
  const { lines } = parseSysctlConf(text);
  return runs(lines, ({ kind }) => kind !== 'blank').flatMap(([start, end]) => {
    const comments = runs(lines.slice(start, end + 1), ({ kind }) => kind === 'comment').map(
      ([from, to]): Folding => ({ startLine: start + from, endLine: start + to, kind: 'comment' }),
    );
    // Of two that begin in one line an editor shows one.
    const [first] = comments;
    if (first?.startLine === start && first.endLine === end) return comments;
    return [
      { startLine: start, endLine: end, kind: 'region' },
      ...comments.filter(({ startLine }) => startLine > start),
    ];
  });
}

/** First and last line of each run of two or more lines that belong. */
function runs(lines: readonly SysctlLine[], belongs: (line: SysctlLine) => boolean): [number, number][] {
  const found: [number, number][] = [];
  let start = -1;
  for (let at = 0; at <= lines.length; at += 1) {
    const line = lines[at];
    if (line !== undefined && belongs(line)) {
      if (start < 0) start = at;
      continue;
    }
    if (start >= 0 && at - 1 > start) found.push([start, at - 1]);
    start = -1;
  }
  return found;
}

import type { Problem } from '../service/languageService.ts';
import { possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { type SysctlSource, spanOfLine, wholeLine } from './sysctlSource.ts';

const byteOrderMark = '\ufeff';

/** Lines that neither systemd-sysctl nor sysctl(8) can read, or that they read otherwise than they look. */
export function shapeProblems(source: SysctlSource): Problem[] {
  return [
    ...markProblems(source),
    ...source.document.lines.flatMap((line) => {
      if (line.kind !== 'malformed') return [];
      const span = spanOfLine(source, line.lineNumber);
      const [, key, value] = /^\s*([A-Za-z][\w./*-]*[./][\w./*-]+)[\s:]+(\S.*)$/.exec(line.text) ?? [];
      const repair = key !== undefined && value !== undefined ? `${key} = ${value.trim()}` : null;
      return [
        problem({
          code: 'not-an-assignment',
          severity: 'error',
          span,
          message: `${sentence(line.reason)}: the line sets nothing`,
          why: 'sysctl(8) and systemd-sysctl skip it, and go on with the next line.',
          fixes: [
            ...(repair === null ? [] : [possibleFix(`Change to "${repair}"`, replaced(span, repair))]),
            possibleFix('Make it a comment', replaced({ start: span.start, end: span.start }, '# ')),
            possibleFix('Remove the line', replaced(wholeLine(source, line.lineNumber), '')),
          ],
        }),
      ];
    }),
  ];
}

function markProblems({ text }: SysctlSource): Problem[] {
  if (!text.startsWith(byteOrderMark)) return [];
  const span = { start: 0, end: 1 };
  return [
    problem({
      code: 'byte-order-mark',
      severity: 'error',
      span,
      message: 'The file begins with a byte order mark, which becomes part of its first key',
      fixes: [sureFix('Remove the byte order mark', replaced(span, ''))],
    }),
  ];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import type { Problem } from '../service/languageService.ts';
import { inserted, possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import type { UdevFault, UdevRule } from './udevRules.ts';
import type { FaultKind } from './udevTokens.ts';

/** UDEV_LINE_SIZE of systemd. */
const longest = 16_384;

const leftOut = 'udev leaves the whole rule out.';

/** What udev cannot read as a rule at all, and what `udevadm verify` calls style. */
export function checkSyntax(rule: UdevRule): Problem[] {
  const { joined } = rule;
  const blanks = /\\[ \t]+$/.exec(joined);
  const problems = rule.faults
    .filter(({ from }) => blanks === null || from < blanks.index)
    .map((fault) => faultProblem(fault, rule));
  if (blanks !== null) problems.push(blankAfterBackslash(rule, blanks.index));
  if (rule.open) problems.push(openRule(rule));
  if (joined.length >= longest) {
    problems.push(
      problem({
        code: 'line-too-long',
        severity: 'error',
        span: firstOf(rule),
        message: `A rule of ${joined.length} characters is not read`,
        why: `udev takes ${longest - 1} at most. ${leftOut}`,
      }),
    );
  }
  if (rule.faults.length === 0) problems.push(...commaProblems(rule));
  return problems;
}

const messages: Readonly<Record<FaultKind, string>> = {
  'no-operator': 'No operator here: a key, ==, !=, =, +=, -= or :=, and a value in double quotes',
  'no-closing-brace': 'The brace is not closed',
  'no-value': 'No value behind the operator',
  'not-quoted': 'A value stands in double quotes',
  'bad-prefix': 'Before the quotes only e (C escapes) and i (letters in either case) may stand, each once',
  'no-closing-quote': 'The value has no closing quote',
  'bad-escape': 'This value has an escape that C does not know, or a NUL',
};

function faultProblem({ kind, span, from, to }: UdevFault, { joined, spanOf }: UdevRule): Problem {
  const text = joined.slice(from, to);
  const fixes = [];
  if (kind === 'not-quoted') {
    const bare = /^'(.*)'$/.exec(text)?.[1] ?? text;
    if (!bare.includes('"')) fixes.push(sureFix('Put it in double quotes', replaced(span, `"${bare}"`)));
  }
  if (kind === 'no-closing-quote') {
    const { end } = spanOf(0, joined.trimEnd().length);
    fixes.push(possibleFix('Close the quote at the end of the rule', inserted(end, '"')));
  }
  return problem({ code: kind, severity: 'error', span, message: messages[kind], why: leftOut, fixes });
}

function blankAfterBackslash({ joined, spanOf }: UdevRule, at: number): Problem {
  const span = spanOf(at, joined.length);
  return problem({
    code: 'blank-after-backslash',
    severity: 'error',
    span,
    message: 'The rule does not go on: blanks follow the backslash',
    why: `Only a backslash at the very end of a line continues it. ${leftOut}`,
    fixes: [sureFix('Remove the blanks behind the backslash', replaced(span, '\\'))],
  });
}

function openRule({ joined, spanOf }: UdevRule): Problem {
  const last = spanOf(joined.length, joined.length).start;
  const span = { start: last, end: last + 1 };
  return problem({
    code: 'open-rule',
    severity: 'error',
    span,
    message: 'The file ends where a backslash says that the rule goes on',
    why: leftOut,
    fixes: [sureFix('Remove the backslash', replaced(span, ''))],
  });
}

function firstOf({ spanOf, joined }: UdevRule): { start: number; end: number } {
  return spanOf(0, Math.min(joined.length, 40));
}

/** Between two tokens stands one comma, a blank behind it and none before it. */
function commaProblems({ tokens, joined, spanOf }: UdevRule): Problem[] {
  const problems: Problem[] = [];
  const style = (code: string, from: number, to: number, message: string, text: string, title: string): void => {
    const span = spanOf(from, to);
    const shown = from === to ? spanOf(Math.max(0, from - 1), Math.min(joined.length, from + 1)) : span;
    problems.push(
      problem({ code, severity: 'hint', span: shown, message, fixes: [sureFix(title, replaced(span, text))] }),
    );
  };
  let at = 0;
  for (const [index, { from, to }] of tokens.entries()) {
    const gap = joined.slice(at, from);
    const commas = gap.split(',').length - 1;
    if (index === 0) {
      if (commas > 0) style('comma-stray', at, from, 'A comma before the first key', '', 'Remove the comma');
    } else if (commas === 0) {
      const { start, end } = tokens[index - 1]?.span ?? spanOf(at, at);
      problems.push(
        problem({
          code: 'comma-missing',
          severity: 'hint',
          span: { start: Math.max(start, end - 1), end: end + 1 },
          message: 'A comma is expected between two keys',
          fixes: [sureFix('Insert a comma', inserted(end, gap === '' ? ', ' : ','))],
        }),
      );
    } else if (commas > 1) style('comma-stray', at, from, 'More than one comma', ', ', 'Leave one comma');
    else if (!/^,\s+$/.test(gap)) {
      const message = /^\s/.test(gap) ? 'A blank before the comma' : 'No blank behind the comma';
      // A line break in the gap stays where it is: the blanks at its other side are no part of the joined rule.
      const comma = gap.indexOf(',');
      if (comma > 0) style('comma-blanks', at, at + comma, message, '', 'Remove the blank');
      else style('comma-blanks', at + comma, at + comma + 1, message, ', ', 'Insert a blank');
    }
    at = to;
  }
  if (joined.slice(at).includes(',') && tokens.length > 0)
    style('comma-stray', at, joined.length, 'A comma behind the last key', '', 'Remove the comma');
  return problems;
}

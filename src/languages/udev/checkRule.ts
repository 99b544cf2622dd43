import type { Problem } from '../service/languageService.ts';
import { possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { nearestName } from '../text/nearest.ts';
import { isMatch } from './ruleFlow.ts';
import type { UdevRule, UdevToken } from './udevRules.ts';

/** What `udevadm verify` says of rules as a whole: those without effect, doubled or contradicting conditions. */
export function checkRule(rule: UdevRule): Problem[] {
  if (rule.tokens.length === 0) return [];
  return [...effectProblems(rule), ...pairProblems(rule), ...orderProblems(rule)];
}

/** Keys that are matched and do something all the same. */
const doing = ['PROGRAM', 'IMPORT'];

function effectProblems({ tokens, spanOf, joined }: UdevRule): Problem[] {
  if (tokens.some((token) => !isMatch(token) || doing.includes(token.key))) return [];
  const span = spanOf(0, joined.length);
  const meant = tokens.findLast(
    ({ key, operator }) => operator === '==' && ['ATTR', 'ENV', 'SYSCTL', 'NAME'].includes(key),
  );
  return [
    problem({
      code: 'no-effect',
      severity: 'warning',
      span,
      message: 'This rule does nothing: it only compares',
      why: 'udev leaves a rule out that assigns nothing. == compares, = sets.',
      fixes: meant === undefined ? [] : [possibleFix(`Set ${meant.key} with =`, replaced(meant.operatorSpan, '='))],
      unnecessary: true,
    }),
  ];
}

/** RESULT is looked at after PROGRAM, wherever it stands. */
function orderProblems({ tokens }: UdevRule): Problem[] {
  const result = tokens.findIndex((token) => token.key === 'RESULT');
  const program = tokens.findIndex((token, index) => token.key === 'PROGRAM' && index > result);
  const token = tokens[result];
  if (token === undefined || program < 0) return [];
  return [
    problem({
      code: 'result-before-program',
      severity: 'warning',
      span: token.span,
      message: 'RESULT is compared after PROGRAM has run, although it stands before it',
    }),
  ];
}

function pairProblems({ tokens }: UdevRule): Problem[] {
  const problems: Problem[] = [];
  const seen: Comparable[] = [];
  for (const token of tokens) {
    const now = comparable(token);
    if (now === null) continue;
    for (const before of seen) {
      const [first, later] = [before.token.span, token.span];
      const related = [{ path: null, span: first, line: 0, message: 'the other one' }];
      if (before.subject === now.subject && before.value === now.value) {
        if (before.operator === now.operator) {
          problems.push(
            problem({
              code: 'duplicate',
              severity: 'warning',
              span: later,
              message: 'The same stands in this rule before',
              related,
              fixes: [sureFix('Remove it', replaced({ start: before.lastEnd(tokens, token), end: later.end }, ''))],
              unnecessary: true,
            }),
          );
          break;
        }
        if (isMatch(before) && isMatch(now)) problems.push(conflict(later, related));
      } else if (contradicts(before, now)) problems.push(conflict(later, related));
    }
    seen.push(now);
  }
  return problems;
}

function conflict(span: Problem['span'], related: Problem['related']): Problem {
  return problem({
    code: 'conflict',
    severity: 'error',
    span,
    message: 'This contradicts what the rule asks before: it never applies',
    related,
  });
}

interface Comparable {
  readonly token: UdevToken;
  readonly operator: UdevToken['operator'];
  /** What is compared or set. */
  readonly subject: string;
  readonly value: string;
  readonly alternatives: readonly string[] | null;
  readonly shape: 'plain' | 'glob' | 'other';
  readonly lastEnd: (tokens: readonly UdevToken[], token: UdevToken) => number;
}

/** Old names of a subsystem that udev takes for the new one. */
const sameAs: Readonly<Record<string, string>> = { 'SUBSYSTEM bus': 'subsystem', 'SUBSYSTEM class': 'subsystem' };

/** Values of these are alternatives, split at |. */
const oneOf = new Set(
  'ACTION DEVPATH KERNEL SYMLINK NAME ENV CONST TAG SUBSYSTEM DRIVER ATTR SYSCTL KERNELS SUBSYSTEMS DRIVERS ATTRS TAGS RESULT'.split(
    ' ',
  ),
);

/** A token as udev compares it with others (tokens_eq() of udev-rules.c). */
function comparable(token: UdevToken): Comparable | null {
  const { key, attribute, operator, value, prefix } = token;
  if (key === 'GOTO' || key === 'LABEL') return null;
  const matches = isMatch(token);
  const ignoresCase = prefix.includes('i');
  const lastEnd = (tokens: readonly UdevToken[], one: UdevToken): number =>
    tokens[tokens.indexOf(one) - 1]?.span.end ?? one.span.start;
  const common = { token, lastEnd };
  if (doing.includes(key) || !matches) {
    const subject = `${matches || doing.includes(key) ? 'do' : 'set'} ${key}{${assignedType(key, attribute)}}`;
    return {
      ...common,
      subject,
      operator: doing.includes(key) && operator !== '!=' ? '==' : assigned(key, operator),
      value: key === 'MODE' ? value.replace(/^0+(?=[0-7])/, '') : value,
      alternatives: null,
      shape: 'other',
    };
  }
  const isGlob = /[*?[]/.test(value);
  const anything = value === '?*';
  const split = oneOf.has(key);
  const parts = split ? value.split('|').filter((part) => part !== '') : [value];
  const hasEmpty = split && value !== '' && value.split('|').some((part) => part === '');
  const kind = value === '' || anything ? 'empty' : `${isGlob ? 'glob' : 'plain'}${hasEmpty ? ' or empty' : ''}`;
  const trims = (key === 'ATTR' || key === 'ATTRS') && value !== '' && !/\s$/.test(value);
  return {
    ...common,
    subject: `match ${key}{${attribute ?? ''}} ${kind} ${ignoresCase ? 'i' : ''}${trims ? 't' : ''}`,
    operator: anything ? (operator === '==' ? '!=' : '==') : operator,
    value: kind === 'empty' ? '' : [...new Set(parts.map((part) => sameAs[`${key} ${part}`] ?? part))].sort().join('|'),
    alternatives: split ? parts : null,
    shape: kind === 'plain' || kind === 'glob' ? kind : 'other',
  };
}

/** `RUN` is `RUN{program}`. */
function assignedType(key: string, attribute: string | null): string {
  return key === 'RUN' ? (attribute ?? 'program') : (attribute ?? '');
}

/** Operators that udev reads as another one. */
function assigned(key: string, operator: UdevToken['operator']): UdevToken['operator'] {
  if (key === 'OPTIONS' && operator === '+=') return '=';
  return operator;
}

/** Two lists of alternatives that share none (nulstr_tokens_conflict()): patterns, where none begins as one of the other does. */
function contradicts(a: Comparable, b: Comparable): boolean {
  if (a.subject !== b.subject || a.operator !== '==' || b.operator !== '==' || a.shape === 'other') return false;
  if (a.alternatives === null || b.alternatives === null) return false;
  if (a.shape === 'plain') return !a.alternatives.some((one) => b.alternatives?.includes(one));
  const fixed = (pattern: string): string => /^[^*?[]*/.exec(pattern)?.[0] ?? '';
  return a.alternatives.every((one) =>
    (b.alternatives ?? []).every((other) => {
      const [x, y] = [fixed(one), fixed(other)];
      const length = Math.min(x.length, y.length);
      return length > 0 && x.slice(0, length) !== y.slice(0, length);
    }),
  );
}

/** Jumps to nowhere, and labels that nothing jumps to. */
export function checkJumps(rules: readonly UdevRule[]): Problem[] {
  const labels = rules.flatMap((rule, index) => {
    const token = rule.tokens.findLast(({ key }) => key === 'LABEL');
    return token === undefined ? [] : [{ token, index }];
  });
  const used = new Set<UdevToken>();
  const problems: Problem[] = [];
  for (const [index, rule] of rules.entries()) {
    const goto = rule.tokens.find(({ key }) => key === 'GOTO');
    if (goto === undefined) continue;
    const below = labels.filter((label) => label.index > index);
    const found = below.find(({ token }) => token.value === goto.value);
    if (found !== undefined) used.add(found.token);
    else {
      const above = labels.some(({ token }) => token.value === goto.value);
      const meant = nearestName(
        goto.value,
        below.map(({ token }) => token.value),
      );
      problems.push(
        problem({
          code: 'no-label',
          severity: 'error',
          span: goto.valueSpan,
          message: `No LABEL="${goto.value}" below in this file`,
          why: above
            ? 'A jump goes forward only. udev ignores this one.'
            : 'udev ignores the jump, and the rules behind it run.',
          fixes: meant === null ? [] : [sureFix(`Jump to ${meant}`, replaced(goto.valueSpan, meant))],
        }),
      );
    }
  }
  for (const { token } of labels) {
    if (!used.has(token))
      problems.push(
        problem({
          code: 'label-unused',
          severity: 'hint',
          span: token.valueSpan,
          message: `No GOTO above jumps to "${token.value}"`,
          unnecessary: true,
        }),
      );
  }
  return problems;
}

import { type UdevKey, udevActions, udevBuiltins, udevKeys } from '../../knowledge/udevKeys.ts';
import type { Problem, SpanEdit } from '../service/languageService.ts';
import { inserted, possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import { checkOption } from './checkOption.ts';
import { isMatch } from './ruleFlow.ts';
import { substitutionFaults } from './substitutions.ts';
import type { UdevRule, UdevToken } from './udevRules.ts';

/** What `udevadm verify` says of single tokens: keys, braces, operators, substitutions, values. */
export function checkKeys(rule: UdevRule): Problem[] {
  const problems = rule.tokens.flatMap((token) => {
    const key = udevKeys.get(token.key);
    if (key === undefined) return [unknownKey(token)];
    return [...checkBraces(token, key), ...checkOperator(token, key), ...checkPrefix(token), ...checkValue(token)];
  });
  for (const name of ['GOTO', 'LABEL']) {
    for (const token of rule.tokens.filter(({ key }) => key === name).slice(1)) {
      problems.push(
        problem({
          code: 'several-jumps',
          severity: 'warning',
          span: token.span,
          message: `A rule has one ${name}`,
          why: name === 'GOTO' ? 'udev takes the first.' : 'udev takes the last.',
        }),
      );
    }
  }
  return problems;
}

const leftOut = 'udev leaves the whole rule out.';

/** Keys of udev before version 176, and what took their place. */
const goneKeys: Readonly<Record<string, string>> = { BUS: 'SUBSYSTEMS', ID: 'KERNELS', SYSFS: 'ATTRS' };

function unknownKey({ key, keySpan }: UdevToken): Problem {
  const gone = goneKeys[key];
  const meant = gone ?? nearestName(key, udevKeys.keys());
  const message =
    gone !== undefined ? `${key} is gone since udev 176: ${gone} took its place` : `udev has no key ${key}`;
  return problem({
    code: 'unknown-key',
    severity: 'error',
    span: keySpan,
    message,
    why: `${gone === undefined ? didYouMean(meant) : ''}${leftOut}`,
    fixes: meant === null ? [] : [sureFix(`Change ${key} to ${meant}`, replaced(keySpan, meant))],
  });
}

function checkBraces({ key, attribute, keySpan, attributeSpan }: UdevToken, facts: UdevKey): Problem[] {
  const why = 'udev leaves the whole rule out.';
  if (facts.attribute === 'none' && attribute !== null && attributeSpan !== null) {
    const braces = { start: attributeSpan.start - 1, end: attributeSpan.end + 1 };
    return [
      problem({
        code: 'braces',
        severity: 'error',
        span: braces,
        message: `${key} takes no braces`,
        why,
        fixes: [sureFix(`Remove {${attribute}}`, replaced(braces, ''))],
      }),
    ];
  }
  if (facts.attribute === 'required' && (attribute === null || attribute === ''))
    return [
      problem({
        code: 'braces',
        severity: 'error',
        span: keySpan,
        message: `${key} needs braces: ${key}{${facts.attributeText}}`,
        why,
      }),
    ];
  return [];
}

function checkOperator({ key, operator, operatorSpan }: UdevToken, facts: UdevKey): Problem[] {
  if (facts.operators.includes(operator)) return [];
  const assign = sureFix('Change it to =', replaced(operatorSpan, '='));
  if (facts.readAsAssign.includes(operator)) {
    return [
      problem({
        code: 'operator-read-as',
        severity: 'warning',
        span: operatorSpan,
        message: `${key} does not take ${operator}: udev reads =`,
        fixes: [assign],
      }),
    ];
  }
  const takes = facts.operators.join(' ');
  const matches = facts.operators.includes('==');
  const fix =
    operator === '='
      ? sureFix('Change it to == (is)', replaced(operatorSpan, '=='))
      : operator === '==' || (operator === '-=' && !matches)
        ? sureFix(`Change it to ${facts.operators[0] ?? '='}`, replaced(operatorSpan, facts.operators[0] ?? '='))
        : null;
  return [
    problem({
      code: 'operator',
      severity: 'error',
      span: operatorSpan,
      message: `${key} does not take ${operator}. It takes ${takes}`,
      why:
        matches && operator === '='
          ? '= sets, == compares. udev leaves the whole rule out.'
          : 'udev leaves the whole rule out.',
      fixes: fix === null ? [] : [fix],
    }),
  ];
}

function checkPrefix(token: UdevToken): Problem[] {
  const { key, prefix, valueSpan } = token;
  if (!prefix.includes('i') || (isMatch(token) && !['TEST', 'PROGRAM', 'IMPORT'].includes(key))) return [];
  const span = { start: valueSpan.start - 1 - prefix.length, end: valueSpan.start - 1 };
  return [
    problem({
      code: 'prefix-i',
      severity: 'error',
      span,
      message: `i before the quotes is for == and != of what is compared, not here`,
      why: 'udev leaves the whole rule out.',
      fixes: [sureFix('Remove the i', replaced(span, prefix.replace('i', '')))],
    }),
  ];
}

/** Assigned values of these may not be empty; those of the others mean "nothing". */
const neverEmpty = ['TAG', 'TEST', 'PROGRAM', 'IMPORT', 'OWNER', 'GROUP', 'MODE', 'SECLABEL', 'RUN'];
/** Of these the value is a text with substitutions whether it is assigned or matched. */
const alwaysText = ['TEST', 'PROGRAM', 'IMPORT', 'SECLABEL'];

function checkValue(token: UdevToken): Problem[] {
  const { key, attribute, attributeSpan, value, valueSpan } = token;
  const assigned = !isMatch(token);
  const problems = ['ATTR', 'ATTRS', 'SYSCTL'].includes(key)
    ? substitutionProblems(attribute ?? '', attributeSpan?.start ?? 0, `the name in {}`)
    : [];
  const isText = udevKeys.get(key)?.substitutes === true && (assigned || alwaysText.includes(key));
  if (isText && value === '' && neverEmpty.includes(key))
    problems.push(
      problem({ code: 'empty-value', severity: 'error', span: token.span, message: `${key} needs a value` }),
    );
  else if (isText && !(key === 'NAME' && value === '%k'))
    problems.push(...substitutionProblems(token.raw, valueSpan.start, 'the value', token.rawSpan));
  return [...problems, ...checkWords(token, assigned)];
}

function substitutionProblems(
  text: string,
  start: number,
  where: string,
  placeOf = (from: number, to: number) => ({ start: start + from, end: start + to }),
): Problem[] {
  return substitutionFaults(text).map(({ from, to, kind }) => {
    const span = placeOf(from, to);
    const sign = text.charAt(from);
    const written = text.slice(from, to);
    const message =
      kind === 'unknown'
        ? `${written} in ${where} is nothing udev replaces`
        : kind === 'no-argument'
          ? `${written} needs a name in braces: ${written}{...}`
          : `${written} takes the number of a word: {2}, or {2+} for it and what follows`;
    const fix = possibleFix(
      `Write ${sign}${sign}, which stands for ${sign}`,
      inserted(placeOf(from, from + 1).start, sign),
    );
    return problem({
      code: 'substitution',
      severity: 'error',
      span,
      message,
      why: kind === 'unknown' ? `A ${sign} that is meant as such is written ${sign}${sign}.` : '',
      fixes: kind === 'unknown' ? [fix] : [],
    });
  });
}

/** Properties that the kernel and udev set themselves (device_property_can_set() of systemd 257). */
const reserved = new Set(
  'ACTION DEVLINKS DEVNAME DEVPATH DEVTYPE DRIVER IFINDEX MAJOR MINOR SEQNUM SUBSYSTEM TAGS'.split(' '),
);

function checkWords(token: UdevToken, assigned: boolean): Problem[] {
  const { key, attribute, value, span, valueSpan, attributeSpan } = token;
  const name = attribute ?? '';
  switch (key) {
    case 'NAME':
      if (!assigned || (value !== '' && value !== '%k')) return [];
      return [
        problem({
          code: 'name-without-effect',
          severity: 'error',
          span,
          message: `NAME="${value}" does nothing`,
          why:
            value === ''
              ? 'udev takes no interface away.'
              : 'The interface has that name. udev leaves the whole rule out.',
        }),
      ];
    case 'ENV':
      if (!assigned || !reserved.has(name)) return [];
      return [
        problem({
          code: 'reserved-property',
          severity: 'error',
          span: attributeSpan ?? span,
          message: `The property ${name} cannot be set`,
        }),
      ];
    case 'CONST':
      if (attribute === null || name === '' || ['arch', 'virt'].includes(name)) return [];
      return [
        problem({
          code: 'unknown-constant',
          severity: 'error',
          span: attributeSpan ?? span,
          message: `udev has the constants arch and virt, not ${name}`,
          why: name === 'cvm' ? 'udev(7) names cvm; systemd 257 does not take it all the same.' : '',
        }),
      ];
    case 'SUBSYSTEM':
      if (value !== 'bus' && value !== 'class') return [];
      return [
        problem({
          code: 'old-subsystem',
          severity: 'warning',
          span: valueSpan,
          message: `"${value}" is written "subsystem" now`,
          fixes: [sureFix('Change it to subsystem', replaced(valueSpan, 'subsystem'))],
        }),
      ];
    case 'ACTION':
      return actionProblems(token);
    case 'ATTRS': {
      const at = attributeSpan ?? span;
      if (name.startsWith('device/'))
        return [
          problem({
            code: 'attrs-path',
            severity: 'warning',
            span: at,
            message: 'The link "device" may not be there in later kernels',
            why: 'ATTRS looks at the devices above by itself.',
          }),
        ];
      return name.includes('../')
        ? [
            problem({
              code: 'attrs-path',
              severity: 'warning',
              span: at,
              message: 'A path to the parent’s directory may not hold in later kernels',
              why: 'ATTRS looks at the devices above by itself.',
            }),
          ]
        : [];
    }
    case 'TEST':
      return name === '' || isOctal(name) ? [] : [octalProblem(attributeSpan ?? span, name, 'error')];
    case 'MODE':
      return value === '' || /[$%]/.test(value) || isOctal(value) ? [] : [octalProblem(valueSpan, value, 'warning')];
    case 'IMPORT':
      return typeProblems(token, ['program', 'builtin', 'file', 'db', 'cmdline', 'parent']);
    case 'RUN':
      return typeProblems(token, ['program', 'builtin']);
    case 'OPTIONS':
      return assigned ? checkOption(token) : [];
    default:
      return [];
  }
}

function octalProblem(span: Problem['span'], text: string, severity: 'error' | 'warning'): Problem {
  return problem({ code: 'mode', severity, span, message: `"${text}" is no octal mode of at most 7777` });
}

function isOctal(text: string): boolean {
  return /^[0-7]{1,5}$/.test(text) && Number.parseInt(text, 8) <= 0o7777;
}

function typeProblems(token: UdevToken, types: readonly string[]): Problem[] {
  const { key, attribute, attributeSpan, value, span } = token;
  if (attribute === null || attributeSpan === null || attribute === '')
    return attribute === '' && key === 'RUN' ? [typeProblem('', span, types, key)] : [];
  if (!types.includes(attribute)) return [typeProblem(attribute, attributeSpan, types, key)];
  if (attribute !== 'builtin' || value === '') return [];
  const [command = ''] = /^\S*/.exec(value) ?? [];
  if (udevBuiltins.has(command)) return [];
  const meant = nearestName(command, udevBuiltins.keys());
  const at = token.rawSpan(0, command.length);
  return [
    problem({
      code: 'unknown-builtin',
      severity: 'error',
      span: at,
      message: `udev has no builtin ${command}`,
      why: `${didYouMean(meant)}systemd 257 has ${[...udevBuiltins.keys()].join(', ')}.`,
      fixes: meant === null ? [] : [sureFix(`Change it to ${meant}`, replaced(at, meant))],
    }),
  ];
}

function typeProblem(type: string, span: Problem['span'], types: readonly string[], key: string): Problem {
  const meant = nearestName(type, types);
  const edits: SpanEdit[] = meant === null ? [] : [replaced(span, meant)];
  return problem({
    code: 'type',
    severity: 'error',
    span,
    message: `${key} takes ${types.join(', ')} in its braces, not "${type}"`,
    why: `${didYouMean(meant)}${leftOut}`,
    fixes: meant === null ? [] : [sureFix(`Change it to ${meant}`, ...edits)],
  });
}

/** Patterns of actions that no event has, and blanks around |, which are part of the pattern. */
function actionProblems(token: UdevToken): Problem[] {
  const problems: Problem[] = [];
  let at = 0;
  for (const part of token.raw.split('|')) {
    const [start, word] = [at, part.trim()];
    at += part.length + 1;
    if (part !== word) {
      const span = token.rawSpan(start, start + part.length);
      problems.push(
        problem({
          code: 'pattern-blanks',
          severity: 'warning',
          span,
          message: `"${part}" matches no action: the blanks are part of the pattern`,
          fixes: [sureFix('Remove the blanks', replaced(span, word))],
        }),
      );
    } else if (/^[A-Za-z]+$/.test(word) && !udevActions.some((action) => action === word)) {
      const span = token.rawSpan(start, start + part.length);
      const meant = nearestName(word, udevActions);
      problems.push(
        problem({
          code: 'unknown-action',
          severity: 'warning',
          span,
          message: `The kernel sends no action ${word}`,
          why: `${didYouMean(meant)}It sends ${udevActions.join(', ')}.`,
          fixes: meant === null ? [] : [sureFix(`Change it to ${meant}`, replaced(span, meant))],
        }),
      );
    }
  }
  return problems;
}

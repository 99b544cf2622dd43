import { numbersOf, refusedNumber } from '../../knowledge/sysctl/fit.ts';
import { type KernelVersion, kernelVersion } from '../../knowledge/sysctl/kernelVersion.ts';
import { acceptedBy, defaultIn } from '../../knowledge/sysctlKeys.ts';
import type { DocumentContext, Fix, Problem, Span } from '../service/languageService.ts';
import { inserted, possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { indentOf, lineEndOf } from '../text/lines.ts';
import type { LookedAt, Word } from './lookedAt.ts';
import { linksOf } from './sysctlLinks.ts';
import { namedValueProblems } from './sysctlNamedValues.ts';
import { orderProblems } from './sysctlOrder.ts';
import type { SysctlSource } from './sysctlSource.ts';
import { kernelNumber, splitNote } from './sysctlValue.ts';

/** Values that the kernel refuses, or reads otherwise than they look. */
export function valueProblems(source: SysctlSource, context: DocumentContext): Problem[] {
  const kernel = kernelVersion(context.host?.kernel ?? '');
  return source.assignments.flatMap((line) => {
    const facts = source.facts.get(line);
    if (facts === undefined || facts.readOnly) return [];
    const { plain, note } = splitNote(line.value);
    const span = source.index.spanOf(line.valueRange);
    const at = { start: span.start, end: span.start + plain.length };
    const looked = { source, line, facts, kernel, context, plain, words: wordsAt(plain, at.start), span: at };
    const numbers = numbersOf(facts.shape);
    return [
      ...(note === null ? [] : [noteProblem(looked, note, span, numbers !== null)]),
      ...(numbers === null ? namedValueProblems(looked) : numberProblems(looked, numbers)),
    ];
  });
}

function wordsAt(text: string, start: number): Word[] {
  if (!/\s/.test(text)) return text === '' ? [] : [{ text, span: { start, end: start + text.length } }];
  return [...text.matchAll(/\S+/g)].map((match) => {
    const from = start + match.index;
    return { text: match[0], span: { start: from, end: from + match[0].length } };
  });
}

function noteProblem({ source, line, plain, facts }: LookedAt, note: string, span: Span, isNumber: boolean): Problem {
  const lineStart = source.index.startOf(line.lineNumber);
  const above = `${indentOf(line.text)}${note}${lineEndOf(source.text)}`;
  return problem({
    code: 'note-after-value',
    severity: isNumber ? 'warning' : 'error',
    span: { start: span.end - note.length, end: span.end },
    message: isNumber
      ? `\`${note}\` is no comment: the kernel reads ${facts.shape === 'number' ? 'a number' : 'numbers'} and ignores what follows`
      : `\`${note}\` is no comment: it becomes part of the value`,
    why: 'Comments stand on lines of their own (sysctl.d(5)).',
    fixes: [
      sureFix(
        'Move the comment to a line of its own',
        inserted(lineStart, above),
        replaced({ start: span.start + plain.length, end: span.end }, ''),
      ),
    ],
  });
}

function numberProblems(looked: LookedAt, wanted: number): Problem[] {
  const { line, words, span, kernel } = looked;
  if (words.length === 0) {
    const links = linksOf(line.key);
    const message = `The value is empty: \`${line.key}\` keeps what it has`;
    const fixes = defaultFix(looked, { start: span.start, end: span.start });
    return [problem({ code: 'empty-value', severity: 'warning', span: keySpan(looked), message, links, fixes })];
  }
  const used = words.slice(0, wanted);
  const bad = used.find(({ text }) => kernelNumber(text) === null);
  if (bad !== undefined) return [notANumber(looked, bad, wanted)];
  const numbers = used.map(({ text }) => kernelNumber(text) ?? 0);
  return [
    ...countProblems(looked, wanted),
    ...used.flatMap((word) => octalProblems(word)),
    ...rangeProblems(looked, used, numbers, kernel),
    ...orderProblems(looked, numbers),
  ];
}

function keySpan({ source, line }: LookedAt): Span {
  return source.index.spanOf(line.keyRange);
}

function defaultFix({ facts, kernel }: LookedAt, span: Span): Fix[] {
  const value = defaultIn(facts, kernel);
  return value === null ? [] : [possibleFix(`Set to the default, ${value}`, replaced(span, ` ${value}`))];
}

const suffixes: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

function notANumber({ line, plain, span }: LookedAt, bad: Word, wanted: number): Problem {
  const cleaned = plain
    .replace(/["']/g, '')
    .replace(/\s*,\s*/g, ' ')
    .replace(/(\d)_(?=\d)/g, '$1')
    .trim();
  const expanded = cleaned.replace(/\b(\d+)([kKmMgG])(?:i?[bB])?\b/g, (_, digits: string, unit: string) =>
    String(Number(digits) * (suffixes[unit.toLowerCase()] ?? 1)),
  );
  const words = expanded.split(/\s+/);
  const fixed = words.length >= wanted && words.every((word) => kernelNumber(word) !== null) && expanded !== plain;
  const isOctal = /^-?0\d+$/.test(bad.text);
  return problem({
    code: 'not-a-number',
    severity: 'error',
    span: bad.span,
    message: isOctal
      ? `\`${bad.text}\` begins with 0, so the kernel reads it as octal, where there is no 8 or 9`
      : `\`${bad.text}\` is no number to the kernel`,
    why: `\`${line.key}\` takes ${wanted === 1 ? 'a number' : `${wanted} numbers apart by blanks`}, in decimal or, after 0x, in hexadecimal; no units.`,
    links: linksOf(line.key),
    fixes: [
      ...(fixed ? [sureFix(`Change to ${expanded}`, replaced(span, expanded))] : []),
      ...(isOctal ? [sureFix(`Change to ${Number(bad.text)}`, replaced(bad.span, String(Number(bad.text))))] : []),
    ],
  });
}

function countProblems({ line, words, context, facts, kernel, span }: LookedAt, wanted: number): Problem[] {
  if (words.length < wanted) {
    const running = context.host?.sysctl.ok ? context.host.sysctl.value.get(line.key) : undefined;
    const known = (running ?? defaultIn(facts, kernel) ?? '').split(' ').slice(words.length);
    const missing = wanted - words.length;
    return [
      problem({
        code: 'values-missing',
        severity: 'warning',
        span,
        message: `${words.length} of ${wanted} numbers: the ${missing === 1 ? 'last keeps its' : 'others keep their'} value`,
        links: linksOf(line.key),
        fixes:
          known.length === missing
            ? [possibleFix(`Add ${known.join(' ')}`, inserted(span.end, ` ${known.join(' ')}`))]
            : [],
      }),
    ];
  }
  const [first] = words.slice(wanted);
  if (first === undefined) return [];
  const last = words[wanted - 1];
  const ignored = { start: first.span.start, end: span.end };
  return [
    problem({
      code: 'values-ignored',
      severity: 'warning',
      span: ignored,
      message: `\`${line.key}\` takes ${wanted === 1 ? 'one number' : `${wanted} numbers`}: the kernel ignores what follows`,
      links: linksOf(line.key),
      unnecessary: true,
      fixes: [
        sureFix('Remove what is ignored', replaced({ start: last?.span.end ?? ignored.start, end: span.end }, '')),
      ],
    }),
  ];
}

function octalProblems({ text, span }: Word): Problem[] {
  if (!/^-?0\d+$/.test(text)) return [];
  const read = String(kernelNumber(text) ?? '');
  const decimal = String(Number(text));
  if (read === decimal) return [];
  return [
    problem({
      code: 'octal',
      severity: 'warning',
      span,
      message: `\`${text}\` begins with 0, so it is octal: the kernel sets ${read}`,
      fixes: [
        possibleFix(`Change to ${decimal}`, replaced(span, decimal)),
        possibleFix(`Change to ${read}, which is set now`, replaced(span, read)),
      ],
    }),
  ];
}

function rangeProblems(
  { facts, line }: LookedAt,
  words: readonly Word[],
  numbers: readonly number[],
  kernel: KernelVersion | null,
): Problem[] {
  const refused = refusedNumber(facts, numbers, kernel);
  const bounds = acceptedBy(facts, kernel);
  if (refused !== null && bounds !== null) {
    const word = words[numbers.indexOf(refused)];
    if (word === undefined) return [];
    const always = facts.accepts.every(({ least, most }) => refused < least || refused > most);
    const since = bounds.since === null || kernel !== null ? '' : ` since Linux ${bounds.since.text}`;
    const near = refused < bounds.least ? bounds.least : bounds.most;
    const ticks = bounds.inTicks && refused > bounds.most;
    return [
      problem({
        code: 'out-of-range',
        severity: always && !bounds.inTicks ? 'error' : 'warning',
        span: word.span,
        message: ticks
          ? `Where the kernel's clock runs at 1000 Hz it refuses ${refused}: the most is ${bounds.most}`
          : `The kernel refuses ${refused}${since}: it takes ${boundsText(bounds)}`,
        why: facts.governs === '' ? '' : `${facts.governs}.`,
        links: linksOf(line.key),
        fixes: [possibleFix(`Change to ${near}`, replaced(word.span, String(near)))],
      }),
    ];
  }
  const { means } = facts;
  if (means === null) return [];
  const odd = numbers.findIndex((number) => number < means.least || number > means.most);
  const word = words[odd];
  if (word === undefined) return [];
  const near = (numbers[odd] ?? 0) < means.least ? means.least : means.most;
  return [
    problem({
      code: 'meaningless-value',
      severity: 'warning',
      span: word.span,
      message: `The kernel takes ${word.text}, but only ${boundsText(means)} mean${means.most === Number.POSITIVE_INFINITY ? 's' : ''} something`,
      why: `${facts.governs}.`,
      links: linksOf(line.key),
      fixes: [possibleFix(`Change to ${near}`, replaced(word.span, String(near)))],
    }),
  ];
}

/** `at least 1`, `0 to 255` */
function boundsText({ least, most }: { readonly least: number; readonly most: number }): string {
  return most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
}

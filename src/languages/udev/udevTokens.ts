export const udevOperators = ['==', '!=', '+=', '-=', ':=', '='] as const;
export type UdevOperator = (typeof udevOperators)[number];

/** One token of a rule, with its places in the joined text of the rule. */
export interface RawToken {
  readonly from: number;
  readonly to: number;
  /** `ACTION`, `ATTR`, `RUN` ... */
  readonly key: string;
  readonly attribute: string | null;
  readonly attributeFrom: number;
  readonly operator: UdevOperator;
  readonly operatorFrom: number;
  /** `e`: the value has C escapes; `i`: letters match in either case; both in either order. */
  readonly prefix: string;
  /** As written between the quotes, escapes and all. */
  readonly raw: string;
  readonly rawFrom: number;
  /** As udev reads it. */
  readonly value: string;
}

export type FaultKind =
  | 'no-operator'
  | 'no-closing-brace'
  | 'no-value'
  | 'not-quoted'
  | 'bad-prefix'
  | 'no-closing-quote'
  | 'bad-escape';

/** What is no token; places in the joined text of the rule. */
export interface TokenFault {
  readonly kind: FaultKind;
  readonly from: number;
  readonly to: number;
}

/** A token, or what stands in its place, and where the text goes on. */
type Step =
  | { readonly token: RawToken; readonly to: number }
  | { readonly fault: TokenFault; readonly to: number; readonly begun: BegunToken };

/** How far a token got before it could not be read on: what an editor completes. */
export interface BegunToken {
  readonly from: number;
  readonly key: string;
  readonly attribute: string | null;
  /** Behind the `{`; -1 without one. */
  readonly attributeFrom: number;
  /** Null: not come to yet. */
  readonly operator: UdevOperator | null;
  /** Behind the operator. */
  readonly valueFrom: number;
}

/**
 * The tokens of a rule whose lines have been joined, as parse_line() of systemd's udev-rules.c finds them: any blanks
 * and commas between them. Behind what cannot be read it goes on at the next comma, where udev gives the rule up.
 */
export function tokensOf(joined: string): { readonly tokens: RawToken[]; readonly faults: TokenFault[] } {
  const tokens: RawToken[] = [];
  const faults: TokenFault[] = [];
  for (let at = skipped(joined, 0, ', \t\r\n'); at < joined.length; at = skipped(joined, at, ', \t\r\n')) {
    const step = stepAt(joined, at);
    if ('token' in step) tokens.push(step.token);
    else faults.push(step.fault);
    at = Math.max(step.to, at + 1);
  }
  return { tokens, faults };
}

/** What is being written at the end of a text: the token that is not whole, null between two. */
export function begunToken(joined: string): BegunToken | null {
  for (let at = skipped(joined, 0, ', \t\r\n'); at < joined.length; at = skipped(joined, at, ', \t\r\n')) {
    const step = stepAt(joined, at);
    if ('fault' in step && step.fault.to >= joined.length) return step.begun;
    at = Math.max(step.to, at + 1);
  }
  return null;
}

function stepAt(joined: string, from: number): Step {
  let at = from;
  while (at < joined.length && !endsKey(joined, at)) at += 1;
  const key = joined.slice(from, at);
  let attribute: string | null = null;
  let attributeFrom = -1;
  const begun = (operator: UdevOperator | null = null): BegunToken => ({
    from,
    key,
    attribute,
    attributeFrom,
    operator,
    valueFrom: at,
  });
  if (joined[at] === '{') {
    attributeFrom = at + 1;
    const close = joined.indexOf('}', attributeFrom);
    if (close < 0) return failed('no-closing-brace', from, joined.length, begun());
    attribute = joined.slice(attributeFrom, close);
    at = close + 1;
  }
  const operatorFrom = skipped(joined, at, ' \t\r\n');
  const operator = udevOperators.find((one) => joined.startsWith(one, operatorFrom));
  if (operator === undefined) return failed('no-operator', from, behindWord(joined, operatorFrom), begun());
  at = skipped(joined, operatorFrom + operator.length, ' \t\r\n');
  if (at === joined.length || joined[at] === ',') return failed('no-value', from, at, begun(operator));
  const [prefix = ''] = /^[A-Za-z]*(?=")/.exec(joined.slice(at, at + 8)) ?? [];
  const open = at + prefix.length;
  if (joined[open] !== '"') return failed('not-quoted', at, behindWord(joined, at), begun(operator));
  const close = closingQuote(joined, open + 1, prefix.includes('e'));
  if (!/^(?:|e|i|ei|ie)$/.test(prefix))
    return failed('bad-prefix', at, close < 0 ? joined.length : close + 1, begun(operator));
  if (close < 0) return failed('no-closing-quote', open, joined.length, begun(operator));
  const raw = joined.slice(open + 1, close);
  const value = prefix.includes('e') ? unescaped(raw) : raw.replaceAll('\\"', '"');
  if (value === null) return failed('bad-escape', open + 1, close, begun(operator), close + 1);
  return {
    token: {
      from,
      to: close + 1,
      key,
      attribute,
      attributeFrom,
      operator,
      operatorFrom,
      prefix,
      raw,
      rawFrom: open + 1,
      value,
    },
    to: close + 1,
  };
}

function failed(kind: FaultKind, from: number, to: number, begun: BegunToken, on = to): Step {
  return { fault: { kind, from, to: Math.max(to, from + 1) }, to: on, begun };
}

function endsKey(joined: string, at: number): boolean {
  const character = joined.charAt(at);
  if (' \t\r\n={"\','.includes(character)) return true;
  return '+-!:'.includes(character) && joined[at + 1] === '=';
}

/** Where the quote is closed; -1 when it is not. `\"` does not close it. */
function closingQuote(joined: string, from: number, escaped: boolean): number {
  for (let at = from; at < joined.length; at += 1) {
    if (joined[at] === '"') return at;
    if (joined[at] === '\\' && (escaped || joined[at + 1] === '"')) at += 1;
  }
  return -1;
}

/** Behind a word that is no value: to its closing quote, else to the next comma or blank. */
function behindWord(joined: string, from: number): number {
  const quote = joined.charAt(from);
  if (quote === "'" || quote === '"') {
    const close = joined.indexOf(quote, from + 1);
    if (close >= 0) return close + 1;
  }
  const length = joined.slice(from).search(/[\s,]/);
  return length < 0 ? joined.length : from + Math.max(length, 1);
}

function skipped(joined: string, from: number, characters: string): number {
  let at = from;
  while (at < joined.length && characters.includes(joined.charAt(at))) at += 1;
  return at;
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** A value with C escapes (cunescape() of systemd); null for one that has none such, or a NUL. */
function unescaped(raw: string): string | null {
  let fault = false;
  const value = raw.replace(
    /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-3][0-7]{2})|([\s\S]?))/g,
    (_, hex?: string, short?: string, long?: string, octal?: string, letter?: string) => {
      const digits = hex ?? short ?? long;
      const code = digits === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(digits, 16);
      const simple = escapes[letter ?? ''];
      if (letter !== undefined) fault ||= simple === undefined;
      else if (code === 0 || code > 0x10ffff) fault = true;
      if (letter !== undefined) return simple ?? '';
      return code > 0x10ffff ? '' : String.fromCodePoint(code);
    },
  );
  return fault ? null : value;
}

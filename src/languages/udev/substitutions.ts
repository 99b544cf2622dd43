import { type UdevSubstitution, udevSubstitutions } from '../../knowledge/udevKeys.ts';

/** A `$name`, `$name{argument}`, `%k` or `%s{argument}` of a value. */
export interface FoundSubstitution {
  readonly from: number;
  readonly to: number;
  readonly facts: UdevSubstitution;
  readonly argument: string | null;
}

export interface SubstitutionFault {
  readonly from: number;
  readonly to: number;
  readonly kind: 'unknown' | 'no-argument' | 'not-a-number';
}

/** The substitutions of a value (udev(7); udev-format.c of systemd), in its own characters. */
export function substitutionsIn(text: string): FoundSubstitution[] {
  return scan(text).found;
}

/** What udev says of a value: the first fault, as it looks no further. */
export function substitutionFaults(text: string): SubstitutionFault[] {
  return scan(text).faults;
}

function scan(text: string): { readonly found: FoundSubstitution[]; readonly faults: SubstitutionFault[] } {
  const found: FoundSubstitution[] = [];
  const faults: SubstitutionFault[] = [];
  for (let at = nextSign(text, 0); at < text.length; at = nextSign(text, at)) {
    const sign = text.charAt(at);
    if (text[at + 1] === sign) {
      at += 2;
      continue;
    }
    const facts = udevSubstitutions.find(({ name, letter }) =>
      sign === '$' ? text.startsWith(name, at + 1) : text[at + 1] === letter,
    );
    if (facts === undefined) {
      const [word = sign] = /^[$%][A-Za-z0-9_]*/.exec(text.slice(at, at + 40)) ?? [];
      faults.push({ from: at, to: at + word.length, kind: 'unknown' });
      return { found, faults };
    }
    let to = at + 1 + (sign === '$' ? facts.name.length : 1);
    let argument: string | null = null;
    if (text[to] === '{') {
      const close = text.indexOf('}', to);
      if (close <= to + 1) {
        faults.push({ from: at, to: close < 0 ? text.length : close + 1, kind: close < 0 ? 'unknown' : 'no-argument' });
        return { found, faults };
      }
      argument = text.slice(to + 1, close);
      to = close + 1;
    }
    const fault =
      facts.argument === 'required' && argument === null
        ? 'no-argument'
        : facts.argument === 'optional' && argument !== null && !/^\d+\+?$/.test(argument)
          ? 'not-a-number'
          : null;
    if (fault !== null) {
      faults.push({ from: at, to, kind: fault });
      return { found, faults };
    }
    found.push({ from: at, to, facts, argument });
    at = to;
  }
  return { found, faults };
}

/** Where the next `$` or `%` stands; the end where none does. */
function nextSign(text: string, from: number): number {
  const [dollar, percent] = [text.indexOf('$', from), text.indexOf('%', from)];
  if (dollar < 0) return percent < 0 ? text.length : percent;
  return percent < 0 ? dollar : Math.min(dollar, percent);
}

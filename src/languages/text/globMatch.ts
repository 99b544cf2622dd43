/**
 * Whether a pattern of glob(7) matches a whole text: `*`, `?`, `[a-z]`, `[!a-z]`, `\x`. Takes time in proportion to both
 * lengths, whatever the pattern: it may be a host's.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let in_ = 0;
  let starAt = -1;
  let starIn = 0;
  while (in_ < text.length) {
    if (pattern[at] === '*') {
      starAt = at;
      starIn = in_;
      at += 1;
      continue;
    }
    const next = at < pattern.length ? afterOne(pattern, at, text.charAt(in_)) : -1;
    if (next >= 0) {
      at = next;
      in_ += 1;
    } else if (starAt >= 0) {
      starIn += 1;
      at = starAt + 1;
      in_ = starIn;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Whether a text has characters that make it a pattern. */
export function isGlob(text: string): boolean {
  return /[*?[]/.test(text);
}

/** Where the pattern goes on when what stands at `at` matches the character; -1 when it does not. */
function afterOne(pattern: string, at: number, character: string): number {
  const first = pattern.charAt(at);
  if (first === '?') return at + 1;
  if (first === '[') {
    const end = setEnd(pattern, at);
    if (end >= 0) return inSet(pattern.slice(at + 1, end), character) ? end + 1 : -1;
  }
  if (first === '\\' && at + 1 < pattern.length) return pattern.charAt(at + 1) === character ? at + 2 : -1;
  return first === character ? at + 1 : -1;
}

/** The `]` that ends the set: one right after `[` or `[!` is a member. -1: there is none, and `[` is itself. */
function setEnd(pattern: string, at: number): number {
  const negated = pattern[at + 1] === '!' || pattern[at + 1] === '^';
  return pattern.indexOf(']', at + (negated ? 3 : 2));
}

function inSet(set: string, character: string): boolean {
  const negated = set.startsWith('!') || set.startsWith('^');
  const members = negated ? set.slice(1) : set;
  let found = false;
  for (let at = 0; at < members.length; at += 1) {
    const from = members.charAt(at);
    const to = members[at + 1] === '-' ? members[at + 2] : undefined;
    if (to === undefined) found ||= from === character;
    else {
      found ||= from <= character && character <= to;
      at += 2;
    }
  }
  return found !== negated;
}

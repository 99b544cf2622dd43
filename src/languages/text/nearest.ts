/**
 * The name that was probably meant: of those within a third of its letters (at least one, at most `most`) the nearest,
 * compared without regard to case. Null when none is near or two are as near as each other.
 */
export function nearestName(word: string, names: Iterable<string>, most = 3): string | null {
  const wanted = word.toLowerCase();
  let least = Math.min(most, Math.max(1, Math.floor(word.length / 3))) + 1;
  let found: string | null = null;
  for (const name of names) {
    const steps = distance(wanted, name.toLowerCase(), least);
    if (steps > least || (steps === least && found === null)) continue;
    found = steps === least ? null : name;
    least = steps;
    if (least === 0) return name;
  }
  return found;
}

/** `Did you mean X? ` to begin a sentence of more with; empty for no name. */
export function didYouMean(name: string | null): string {
  return name === null ? '' : `Did you mean ${name}? `;
}

/** Letters to add, drop, change or swap with their neighbour to come from one word to the other; `limit` + 1 when it is more. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let nearestYet = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let steps = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      }
      row.push(steps);
      nearestYet = Math.min(nearestYet, steps);
    }
    if (nearestYet > limit) return limit + 1;
    [before, last] = [last, row];
  }
  return last[b.length] ?? limit + 1;
}

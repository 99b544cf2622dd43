/** Longer words nobody looks for. */
const longestQuery = 1000;

/** Finds a piece of text as it stands, upper and lower case alike; null for one that is empty or longer than 1,000. */
export function searchPattern(query: string): RegExp | null {
  if (query === '' || query.length > longestQuery) return null;
  return new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
}

import { searchPattern } from '../../model/searchPattern.ts';
import type { RawEntry } from './entries.ts';

/** More hits than this are counted, not listed. */
const mostListed = 2000;

export interface RawHit {
  readonly entry: string;
  /** From 0. */
  readonly line: number;
}

export interface RawHits {
  readonly total: number;
  /** Of each text that has any, in the order of the texts. */
  readonly counts: readonly { readonly entry: string; readonly hits: number }[];
  /** The first 2,000, in the order of the texts. */
  readonly hits: readonly RawHit[];
}

/** Where a piece of text stands, upper and lower case alike. One line may hold several hits. */
export function searchRaw(entries: readonly RawEntry[], query: string): RawHits {
  const counts: { entry: string; hits: number }[] = [];
  const hits: RawHit[] = [];
  let total = 0;
  const pattern = searchPattern(query);
  if (pattern === null) return { total, counts, hits };
  for (const { id, text } of entries) {
    let found = 0;
    let line = 0;
    let counted = 0;
    for (const { index } of text.matchAll(pattern)) {
      found += 1;
      if (hits.length === mostListed) continue;
      for (let at = text.indexOf('\n', counted); at !== -1 && at < index; at = text.indexOf('\n', counted)) {
        line += 1;
        counted = at + 1;
      }
      hits.push({ entry: id, line });
    }
    if (found > 0) counts.push({ entry: id, hits: found });
    total += found;
  }
  return { total, counts, hits };
}

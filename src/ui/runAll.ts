/** How one item went; `skipped` when all was given up before its work began or ended. */
export type Outcome<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'skipped' };

/**
 * Does the same with each of many, at most `limit` at a time, in their order. Resolves to the outcomes in that order once
 * all have ended; never rejects. When the signal is aborted nothing more is begun; what runs is given the same signal.
 */
export async function runAll<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, signal: AbortSignal) => Promise<R>,
  signal: AbortSignal,
  onOutcome: (outcome: Outcome<R>) => void = () => {},
): Promise<Outcome<R>[]> {
  const outcomes: Outcome<R>[] = items.map(() => ({ kind: 'skipped' }));
  const left = items.entries();
  const worker = async (): Promise<void> => {
    // One iterator for all workers: each takes the next item.
    for (const [index, item] of left) {
      if (signal.aborted) return;
      const outcome = await outcomeOf(() => work(item, signal), signal);
      outcomes[index] = outcome;
      onOutcome(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, limit), items.length) }, worker));
  return outcomes;
}

async function outcomeOf<R>(work: () => Promise<R>, signal: AbortSignal): Promise<Outcome<R>> {
  try {
    return { kind: 'done', result: await work() };
  } catch (error) {
    return signal.aborted ? { kind: 'skipped' } : { kind: 'failed', error };
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Median milliseconds of each of several things, run in turn so that all see the same machine. */
export async function inTurn(
  rounds: number,
  things: Readonly<Record<string, () => Promise<void> | void>>,
): Promise<Record<string, number>> {
  const times = new Map(Object.keys(things).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(things)) {
      const started = performance.now();
      await run();
      times.get(name)?.push(performance.now() - started);
    }
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, median(values)]));
}

/** The sets of one capture together name at most this many CPUs: ten characters can name 8,192, a thousand times over. */
const mostCpus = 4_000_000;

/** CPU numbers of a text as `parse` reads it; null for one that is absent, no such text, or past the bound. */
export type CpuReader = (text: string | undefined) => readonly number[] | null;

/** Reads each distinct text once: a host repeats one mask for hundreds of queues. */
export function cpuReader(parse: (text: string) => readonly number[] | null): CpuReader {
  const known = new Map<string, readonly number[] | null>();
  let total = 0;
  return (text) => {
    if (text === undefined) return null;
    const before = known.get(text);
    if (before !== undefined) return before;
    const cpus = total < mostCpus ? parse(text) : null;
    total += cpus?.length ?? 0;
    known.set(text, cpus);
    return cpus;
  };
}

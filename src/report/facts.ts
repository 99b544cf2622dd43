import type { Observation } from '../capture/observation.ts';
import { readingsOf } from '../capture/readSample.ts';
import type { Reading } from '../model/reading.ts';

/** A host of containers has thousands of interfaces. */
const mostNames = 20;

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Which host it is, in a few words each. */
export function factsOf({ snapshot }: Observation): Fact[] {
  const { host, cpus, nics } = snapshot;
  const unknown = 'not known';
  const physical = nics.filter((nic) => nic.physical);
  return [
    { label: 'Host', value: host.hostname ?? unknown },
    { label: 'Kernel', value: host.kernel ?? unknown },
    { label: 'System', value: host.os ?? unknown },
    { label: 'CPUs', value: cpus.online === null ? unknown : `${cpus.online.length} online` },
    { label: 'NICs', value: someNames(physical.length > 0 ? physical : nics) },
    ...(host.initialNetns === false
      ? [{ label: 'Namespace', value: 'a network namespace: interrupts and softnet are of the whole machine' }]
      : []),
  ];
}

/** What the host could not give, and why. */
export function missingOf({ snapshot }: Observation): { source: string; reason: string }[] {
  const last = snapshot.samples.at(-1);
  if (last === undefined) return [];
  const all: Reading<unknown>[] = [...readingsOf(last), snapshot.sysctl, ...last.ethtoolStats.values()];
  return all.flatMap((reading) => (reading.ok ? [] : [{ source: reading.source, reason: reading.reason }]));
}

/** What is odd about the capture, and what the reader should know about rates (resets, CPUs that came or went). */
export function notesOf({ snapshot, rates }: Observation): string[] {
  return [...snapshot.problems, ...(rates.ok ? rates.value.notes : [])];
}

/** When the newest sample was taken, by the host's clock, ISO 8601; null when the host told no time. */
export function takenAtOf({ snapshot }: Observation): string | null {
  const { takenAt } = snapshot.host;
  return takenAt === null ? null : new Date(takenAt).toISOString();
}

function someNames(nics: readonly { readonly name: string }[]): string {
  const shown = nics.slice(0, mostNames).map(({ name }) => name);
  const more = nics.length - shown.length;
  return shown.length === 0 ? 'none' : `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

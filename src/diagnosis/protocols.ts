import type { Delta } from '../model/rates.ts';
import type { Sample } from '../model/snapshot.ts';
import { moved } from './evidence.ts';
import type { Evidence } from './finding.ts';
import { have, lack, type Needed, notRead, type RuleContext } from './rule.ts';

/** Section and counter of /proc/net/snmp, netstat or snmp6: `TcpExt ListenOverflows`. */
export type Counter = `${string} ${string}`;

/** A counter between the two samples; why there is none: no rates, not read, or a kernel that does not count it. */
export function counterOf({ rates, sample }: RuleContext, counter: Counter): Needed<Delta> {
  if (!rates.ok) return rates;
  const [section = '', name = ''] = counter.split(' ');
  const delta = rates.value.protocols.get(section)?.get(name);
  if (delta !== undefined) return have(delta);
  const reading = sample[fileOf(section).reading];
  if (!reading.ok) return notRead(reading);
  return lack(
    reading.value.get(section)?.has(name) === true
      ? `${name} is not in both samples`
      : `this kernel does not count ${counter}`,
  );
}

/** Several counters by names of the rule's own; the first that is not there says why. */
export function countersOf<K extends string>(
  context: RuleContext,
  wanted: Readonly<Record<K, Counter>>,
): Needed<Readonly<Record<K, Delta>>> {
  const found: Partial<Record<K, Delta>> = {};
  for (const name in wanted) {
    const delta = counterOf(context, wanted[name]);
    if (!delta.ok) return delta;
    found[name] = delta.value;
  }
  return have(found as Record<K, Delta>);
}

/** The same for a counter that a rule can do without. */
export function counterIfThere(context: RuleContext, counter: Counter): Delta | null {
  const delta = counterOf(context, counter);
  return delta.ok ? delta.value : null;
}

/** How far it moved; 0 where that is not known, for sums and comparisons that a missing counter must not stop. */
export function movedBy(delta: Delta | null): number {
  return delta?.delta ?? 0;
}

/** The counters that moved, as evidence. */
export function movedCounters(context: RuleContext, counters: readonly Counter[], what = 'events'): Evidence[] {
  return counters.flatMap((counter) => {
    const delta = counterIfThere(context, counter);
    return delta === null || delta.delta === 0 ? [] : [counterEvidence(counter, delta, what)];
  });
}

export function counterEvidence(counter: Counter, delta: Delta, what: string): Evidence {
  return moved(fileOf(counter.split(' ')[0] ?? '').path, counter, delta, what);
}

function fileOf(section: string): { readonly path: string; readonly reading: 'snmp' | 'netstat' | 'snmp6' } {
  if (section.endsWith('Ext')) return { path: '/proc/net/netstat', reading: 'netstat' };
  if (section.endsWith('6')) return { path: '/proc/net/snmp6', reading: 'snmp6' };
  return { path: '/proc/net/snmp', reading: 'snmp' };
}

/** A field of /proc/net/sockstat: `TCP mem`. */
export function sockstatOf(sample: Sample, protocol: string, field: string): Needed<number> {
  if (!sample.sockstat.ok) return notRead(sample.sockstat);
  const value = sample.sockstat.value.get(protocol)?.get(field);
  return value === undefined ? lack(`/proc/net/sockstat has no ${field} of ${protocol}`) : have(value);
}

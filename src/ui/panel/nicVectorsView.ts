import type { NicVectorView } from '../../../webview/nicViews.ts';
import { formatCpuList } from '../../kernel/cpuList.ts';
import type { Nic, NicIrq } from '../../model/snapshot.ts';
import type { NicSources } from './nicSources.ts';

/** The vectors of one interface with the CPU and NUMA node that serve each, queues first. */
export function nicVectorViews(nic: Nic, { nodeOf }: NicSources, countOf: (irq: string) => Count): NicVectorView[] {
  return nic.irqs
    .map((vector) => {
      const nodes = vector.cpus === null ? [] : [...new Set(vector.cpus.flatMap((cpu) => nodeOf.get(cpu) ?? []))];
      return {
        irq: vector.irq,
        action: vector.action,
        queue: queueName(vector),
        cpus: listOf(vector.cpus),
        requested: listOf(vector.requested),
        hint: vector.hint?.length === 0 ? null : listOf(vector.hint),
        nodes: nodes.sort((a, b) => a - b),
        // On a machine of one node, or where the NIC's node is not known, no CPU is far.
        foreign: nic.numaNode !== null && nodes.length > 0 && !nodes.includes(nic.numaNode),
        ...countOf(vector.irq),
      };
    })
    .sort((a, b) => Number(a.queue === null) - Number(b.queue === null));
}

/** `rx-3`, `tx-3`, `rxtx-3`; null: no queue's. */
function queueName({ role, queue }: NicIrq): string | null {
  return role === 'other' || queue === null ? null : `${role}-${queue}`;
}

function listOf(cpus: readonly number[] | null): string | null {
  return cpus === null ? null : formatCpuList(cpus);
}

export type Count = Pick<NicVectorView, 'count' | 'perSecond' | 'mostlyOn'>;

/** Interrupts of a vector over all CPUs, and the CPU that took the most of them (in the interval, else since boot). */
export function countReader({ sample, rates }: NicSources): (irq: string) => Count {
  const table = sample?.interrupts.ok === true ? sample.interrupts.value : null;
  const rows = new Map(table?.rows.map((row) => [row.irq, row.counts]));
  return (irq) => {
    const counts = rows.get(irq);
    const deltas = rates?.interrupts.rows.get(irq);
    const moved = deltas === undefined ? null : sum(deltas);
    const used = deltas ?? counts;
    const most = used === undefined ? null : largest(used);
    return {
      count: counts === undefined ? null : sum(counts),
      perSecond: moved === null || rates === null ? null : moved / rates.seconds,
      mostlyOn: most === null ? null : ((deltas === undefined ? table?.cpus : rates?.interrupts.cpus)?.[most] ?? null),
    };
  };
}

function sum(counts: Float64Array): number | null {
  let total: number | null = null;
  for (const count of counts) if (!Number.isNaN(count)) total = (total ?? 0) + count;
  return total;
}

/** Null: every count is zero or was not read. */
function largest(counts: Float64Array): number | null {
  let best: number | null = null;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && (best === null || count > (counts[best] ?? 0))) best = index;
  }
  return best;
}

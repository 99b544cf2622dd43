import type { Nic, Snapshot } from './snapshot.ts';

/** CPUs that a NIC's work may go to: those of its NUMA node, without isolated ones; all online where the node is not known. */
export function localCpus(nic: Nic, { cpus }: Snapshot): readonly number[] {
  const online = cpus.online ?? [];
  const node = nic.numaNode === null ? undefined : cpus.nodes.get(nic.numaNode);
  const isolated = new Set(cpus.isolated ?? []);
  return online.filter((cpu) => !isolated.has(cpu) && (node === undefined || node.includes(cpu)));
}

/** Vectors that bring received packets, by their queue; of a NIC with one interrupt that one. */
export function receiveIrqs({ irqs }: Nic): Nic['irqs'] {
  if (irqs.length === 1) return irqs;
  return irqs.filter(({ role }) => role === 'rx' || role === 'rxtx').sort((a, b) => (a.queue ?? 0) - (b.queue ?? 0));
}

/** CPUs that take the interrupts of a NIC's receive queues. */
export function interruptedCpus(nic: Nic): number[] {
  return [...new Set(receiveIrqs(nic).flatMap(({ cpus }) => cpus ?? []))].sort((a, b) => a - b);
}

/** Queues of one direction as the host lists them. */
export function queuesOf({ queues }: Nic, direction: 'rx' | 'tx'): Nic['queues'] {
  return queues.filter((queue) => queue.direction === direction);
}

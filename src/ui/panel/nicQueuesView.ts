import type { NicLimitsView, NicQueueView } from '../../../webview/nicViews.ts';
import { formatCpuList } from '../../kernel/cpuList.ts';
import type { Reading } from '../../model/reading.ts';
import type { Nic, NicQueue, QueueLimits } from '../../model/snapshot.ts';
import { type DriverCounters, queueFigures } from './nicCountersView.ts';

/** The queues of one interface: those of sysfs, and those its driver counts though they are not set up. */
export function nicQueueViews(nic: Nic, counters: Reading<DriverCounters>): NicQueueView[] {
  const queues = new Map(nic.queues.map((queue) => [`${queue.direction}-${queue.index}`, queueView(queue, counters)]));
  for (const { queue, rx, tx } of counters.ok ? counters.value.now.queues : []) {
    for (const direction of ['rx', 'tx'] as const) {
      const name = `${direction}-${queue}`;
      const counted = direction === 'rx' ? rx : tx;
      if (counted === null || queues.has(name)) continue;
      queues.set(name, { name, ...notSetUp, ...queueFigures(counters, direction, queue) });
    }
  }
  return [...queues.values()].sort((a, b) => byNumber.compare(a.name, b.name));
}

/** The driver counts it, and sysfs has no such queue. */
const notSetUp = {
  steering: null,
  flowCount: null,
  rxQueues: null,
  maxRate: null,
  trafficClass: null,
  limits: null,
};

const byNumber = new Intl.Collator('en', { numeric: true });

function queueView(queue: NicQueue, counters: Reading<DriverCounters>): NicQueueView {
  return {
    name: `${queue.direction}-${queue.index}`,
    steering: queue.cpus === null ? null : formatCpuList(queue.cpus),
    flowCount: queue.flowCount,
    rxQueues: queue.rxQueues === null ? null : formatCpuList(queue.rxQueues),
    maxRate: queue.maxRate,
    trafficClass: queue.trafficClass,
    limits: limitsView(queue.limits),
    ...queueFigures(counters, queue.direction, queue.index),
  };
}

function limitsView(limits: QueueLimits | null): NicLimitsView | null {
  if (limits === null) return null;
  const { limit, limitMin, limitMax, inflight, stallCount } = limits;
  return { limit, limitMin, limitMax, inflight, stalls: stallCount };
}

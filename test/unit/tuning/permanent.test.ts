import { expect, test } from 'vitest';
import { currentOf } from '../../../src/tuning/current.ts';
import { describe as described, subjectOf } from '../../../src/tuning/describe.ts';
import { isSame } from '../../../src/tuning/isSame.ts';
import { keptByRules, permanentOf } from '../../../src/tuning/permanent.ts';
import { captures, observed, withNic } from './captures.ts';

const eightCpus = observed('vm-8cpu.netsnap');
const nicOf = (observation: typeof eightCpus, name: string) => {
  const nic = observation.snapshot.nics.find((one) => one.name === name);
  if (nic === undefined) throw new Error(name);
  return nic;
};
const kept = (observation: typeof eightCpus, name: string): string[] =>
  permanentOf(nicOf(observation, name), observation.snapshot).changes.map(({ change }) => described(change));

test.each(captures)('on %s all that is kept is what runs', (name) => {
  const { snapshot } = observed(name);
  for (const nic of snapshot.nics)
    for (const { change, notes } of permanentOf(nic, snapshot).changes) {
      const current = currentOf(change, snapshot);
      expect(current.ok && isSame(change, current.value), subjectOf(change)).toBe(true);
      expect(notes[0]).toContain('as it runs');
    }
});

test('what is at the kernel’s default is left out, and affinity where every CPU may', () => {
  expect(kept(eightCpus, 'eth1')).toEqual([
    'eth1 rx ring 256 -> 256',
    'eth1 tx ring 256 -> 256',
    'eth1 coalesce rx-usecs 3 -> 3',
  ]);
});

test('queues that differ are kept each by itself, those alike together; vectors that were moved stay there', () => {
  const eth2 = nicOf(eightCpus, 'eth2');
  const queues = eth2.queues.map((queue) => {
    if (queue.direction === 'rx') return { ...queue, cpus: [4, 5] };
    return { ...queue, cpus: queue.index === 2 ? [6] : [] };
  });
  const irqs = eth2.irqs.map((vector, index) => (index === 0 ? { ...vector, requested: [3] } : vector));
  const tuned = withNic(eightCpus, 'eth2', { queues, irqs, txQueueLen: 500 });
  const lines = kept(tuned, 'eth2');
  expect(lines).toContain('eth2 rps_cpus 30 -> 30');
  expect(lines.filter((line) => line.includes('xps_cpus'))).toEqual(['eth2 xps_cpus of queue 2 40 -> 40']);
  expect(lines).toContain('eth2 tx_queue_len 500 -> 500');
  expect(lines.filter((line) => line.includes('affinity'))).toEqual(['eth2 affinity of eth2-rxtx-0 3 -> 3']);
  const nic = nicOf(tuned, 'eth2');
  expect(keptByRules(nic, tuned.snapshot).map(subjectOf)).not.toContain('eth2 affinity of eth2-rxtx-0');
});

test('what a kind alone does not make again, and what irqbalance placed, is left and said', () => {
  const shaped = observed('vm-8cpu.netsnap', (text) =>
    text.replace(/qdisc fq_codel (\w+: dev eth1 root)/g, 'qdisc htb $1'),
  );
  const { snapshot } = shaped;
  const irqbalance = {
    ok: true,
    source: 'test',
    warnings: [],
    value: {
      enabled: true,
      oneshot: false,
      running: true,
      bannedCpus: [],
      bannedIrqs: [],
      policyScript: null,
      args: '',
      lines: [],
    },
  } as const;
  const running = { ...snapshot, bootConfig: { ...snapshot.bootConfig, irqbalance } };
  const { left } = permanentOf(nicOf(shaped, 'eth1'), running);
  expect(left.map(({ subject }) => subject)).toEqual(['eth1 root qdisc', 'eth1 affinity']);
});

import { queuesOf } from '../../model/nicCpus.ts';
import type { Nic } from '../../model/snapshot.ts';
import { currentOf } from '../current.ts';
import { eachNic, missingOutcome, type Outcome, outcomeOf, type Tuning, type TuningHost, term } from '../tuning.ts';

const qdiscKey = 'net.core.default_qdisc';
/** 1,000 packets, the kernel's length, of 1,500 bytes are 12 ms of 1 Gbit/s. */
const queueMs = 12;
const lengthBound = /^(?:pfifo_fast|pfifo|bfifo)$/;
/** Each keeps a flow from filling the queue of the others. */
const fair = ['fq', 'fq_codel', 'cake', 'fq_pie'];

/** T18: what packets wait in before the driver. */
export const transmitQueue: Tuning = {
  id: 'T18',
  title: 'Queueing discipline and txqueuelen',
  computed:
    'default_qdisc: fq where TCP paces by bbr, else fq_codel, and any fair one is kept; an interface with one transmit queue gets it at once in place of pfifo_fast; txqueuelen, where the discipline goes by it: packets of MTU size that the link sends in 12 ms',
  why: 'In one first-in-first-out queue a bulk transfer holds up everybody else; a queue longer than the link needs only adds delay.',
  risk: 'low',
  sideEffects:
    'Packets in the old queue are dropped when the discipline is replaced. The default counts for interfaces that appear later.',
  samples: [
    { kind: 'sysctl', key: qdiscKey, value: 'fq_codel', current: 'pfifo_fast', atLeast: false },
    { kind: 'qdisc', nic: 'eth0', value: 'fq_codel', current: 'pfifo_fast', atLeast: false },
    { kind: 'device', nic: 'eth0', attribute: 'tx_queue_len', value: '1000', current: '100', atLeast: false },
  ],
  plan: (host) => {
    const choice = fairFor(host);
    return [defaultQdisc(choice, host), ...eachNic(host, (nic) => perNic(nic, choice, host))];
  },
};

interface Choice {
  readonly kind: string;
  readonly congestion: string;
}

function fairFor({ snapshot }: TuningHost): Choice {
  const congestion = snapshot.sysctl.ok
    ? (snapshot.sysctl.value.get('net.ipv4.tcp_congestion_control') ?? 'not known')
    : 'not known';
  return { kind: congestion.startsWith('bbr') ? 'fq' : 'fq_codel', congestion };
}

function defaultQdisc({ kind, congestion }: Choice, host: TuningHost): Outcome {
  const now = currentOf({ kind: 'sysctl', key: qdiscKey }, host.snapshot);
  const kept = now.ok && fair.includes(now.value) ? now.value : kind;
  return outcomeOf(
    host,
    { kind: 'sysctl', key: qdiscKey },
    {
      value: kept,
      terms: [term('congestion control', congestion, 'net.ipv4.tcp_congestion_control')],
      formula: kept === kind ? `${congestion}: ${kind}` : `${kept} is a fair one`,
    },
  );
}

function perNic(nic: Nic, { kind }: Choice, host: TuningHost): Outcome[] {
  const root = currentOf({ kind: 'qdisc', nic: nic.name }, host.snapshot);
  if (!root.ok) return [missingOutcome(`${nic.name} root qdisc`, root.reason)];
  const leaves = leafKinds(nic, host);
  const queues = queuesOf(nic, 'tx').length;
  const outcomes: Outcome[] = [];
  if (queues === 1 && lengthBound.test(root.value))
    outcomes.push(
      outcomeOf(
        host,
        { kind: 'qdisc', nic: nic.name },
        {
          value: kind,
          terms: [term('transmit queues', queues, `/sys/class/net/${nic.name}/queues`)],
          formula: `one queue and ${root.value}: ${kind} in its place`,
        },
      ),
    );
  if (leaves.some((leaf) => lengthBound.test(leaf))) outcomes.push(length(nic, host));
  return outcomes;
}

function leafKinds(nic: Nic, { snapshot }: TuningHost): string[] {
  const qdiscs = snapshot.samples.at(-1)?.qdiscs;
  return qdiscs?.ok === true ? qdiscs.value.filter(({ dev }) => dev === nic.name).map(({ kind }) => kind) : [];
}

function length(nic: Nic, host: TuningHost): Outcome {
  const what = `${nic.name} tx_queue_len`;
  if (nic.speed === null || nic.mtu === null) return missingOutcome(what, 'the link tells no speed');
  const value = Math.max(1, Math.round((nic.speed * 1e6 * (queueMs / 1000)) / (nic.mtu * 8)));
  return outcomeOf(
    host,
    { kind: 'device', nic: nic.name, attribute: 'tx_queue_len' },
    {
      value: String(value),
      terms: [
        term('Mbit/s', nic.speed, `/sys/class/net/${nic.name}/speed`),
        term('MTU', nic.mtu, `/sys/class/net/${nic.name}/mtu`),
        term('ms that the kernel’s 1,000 packets are at 1 Gbit/s', queueMs, 'net/ethernet/eth.c DEFAULT_TX_QUEUE_LEN'),
      ],
      formula: `${nic.speed} Mbit/s x ${queueMs} ms / (${nic.mtu} x 8) = ${value}`,
    },
  );
}

import { formatCpuList, formatCpuMask } from '../../kernel/cpuList.ts';
import { interruptedCpus, queuesOf } from '../../model/nicCpus.ts';
import type { Nic, Snapshot } from '../../model/snapshot.ts';
import { sysctlNumber } from '../current.ts';
import { powerOfTwo } from '../numbers.ts';
import { counterNow, openConnections } from '../traffic.ts';
import {
  eachNic,
  missingOutcome,
  nicsFor,
  type Outcome,
  outcomeOf,
  type Tuning,
  type TuningHost,
  term,
} from '../tuning.ts';

/** T9: merging of received segments. */
export const merging: Tuning = {
  id: 'T9',
  title: 'GRO and LRO',
  computed:
    'GRO on; LRO off on a host that forwards, and on a member of a bridge: what it merges cannot be sent on as it came',
  why: 'Merged segments pass the stack once. GRO keeps what is needed to cut them again; LRO does not, and breaks routers and bridges.',
  risk: 'low',
  sideEffects: 'GRO holds a packet until the end of its poll. Without LRO a receiver needs more CPU.',
  samples: [
    { kind: 'ethtool', nic: 'eth0', set: 'features', name: 'gro', value: 'on', current: 'off', atLeast: false },
    { kind: 'ethtool', nic: 'eth0', set: 'features', name: 'lro', value: 'off', current: 'on', atLeast: false },
  ],
  plan: (host) => eachNic(host, (nic) => mergingOf(nic, host)),
};

function mergingOf(nic: Nic, host: TuningHost): Outcome[] {
  const subject = { kind: 'ethtool', nic: nic.name, set: 'features' } as const;
  const gro = outcomeOf(
    host,
    { ...subject, name: 'gro' },
    { value: 'on', terms: [], formula: 'on everywhere but for measurements' },
  );
  const lro = nic.features.ok ? nic.features.value.find(({ name }) => name === 'large-receive-offload') : undefined;
  if (lro === undefined || (lro.fixed && !lro.active)) return [gro];
  const why = whyForwards(nic, host.snapshot);
  if (!why.ok) return [gro, missingOutcome(`${nic.name} features lro`, why.reason)];
  if (why.value === null) return [gro];
  return [
    gro,
    outcomeOf(
      host,
      { ...subject, name: 'lro' },
      {
        value: 'off',
        terms: [term('forwards', why.value.what, why.value.source)],
        formula: 'packets that are sent on must not be merged by the NIC',
      },
    ),
  ];
}

type Forwards = { ok: true; value: { what: string; source: string } | null } | { ok: false; reason: string };

function whyForwards(nic: Nic, snapshot: Snapshot): Forwards {
  const master = nic.ipLink.ok ? nic.ipLink.value.master : null;
  const bridge = snapshot.nics.find(
    ({ name, ipLink }) => name === master && ipLink.ok && ipLink.value.kind === 'bridge',
  );
  if (bridge !== undefined)
    return { ok: true, value: { what: `member of the bridge ${bridge.name}`, source: 'ip -d link' } };
  for (const key of ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding']) {
    const forward = sysctlNumber(key, snapshot);
    if (!forward.ok && key === 'net.ipv4.ip_forward') return forward;
    if (forward.ok && forward.value !== 0)
      return { ok: true, value: { what: `${key} is ${forward.value}`, source: key } };
  }
  return { ok: true, value: null };
}

/** T13: where received packets get their time stamp. */
export const timestamps: Tuning = {
  id: 'T13',
  title: 'Receive time stamps',
  computed:
    '0 where a receive queue has an RPS mask, so that the CPU a packet is handed to takes the time; else 1, the kernel’s default',
  why: 'While anything asks for time stamps (a capture, SO_TIMESTAMP) each packet costs a look at the clock, on the interrupted CPU unless this is 0.',
  risk: 'low',
  sideEffects: 'With 0 the stamp says when the packet was worked on, later than it came.',
  samples: [{ kind: 'sysctl', key: 'net.core.netdev_tstamp_prequeue', value: '0', current: '1', atLeast: false }],
  plan: (host) => {
    const steered = nicsFor(host).filter((nic) => queuesOf(nic, 'rx').some(({ cpus }) => (cpus?.length ?? 0) > 0));
    return [
      outcomeOf(
        host,
        { kind: 'sysctl', key: 'net.core.netdev_tstamp_prequeue' },
        {
          value: steered.length > 0 ? '0' : '1',
          terms: [
            term(
              'interfaces with RPS',
              steered.map(({ name }) => name).join(', ') || 'none',
              '/sys/class/net/*/queues/rx-*/rps_cpus',
            ),
          ],
          formula: steered.length > 0 ? 'RPS hands packets on: after it' : 'no RPS: there is no later CPU',
        },
      ),
    ];
  },
};

const lengthKey = 'net.core.flow_limit_table_len';
const bitmapKey = 'net.core.flow_limit_cpu_bitmap';
const defaultLength = 4096;

/** T14: the flow limit; the kernel makes the tables of a CPU when its bit is set, so their length comes first. */
export const flowLimit: Tuning = {
  id: 'T14',
  title: 'Flow limit',
  computed:
    'buckets: more than the open TCP connections, as a power of two, at least the kernel’s 4,096; CPUs: those that take the interrupts of the NICs. Bits that are set already are set again where the length changes (the command clears them first)',
  why: 'When the backlog of a CPU is half full, the flow that makes up most of it is cut off, so that others get through.',
  risk: 'medium',
  sideEffects: 'A wanted flow that fills a backlog loses packets (flow_limit_count). Two bytes a bucket on each CPU.',
  samples: [
    { kind: 'sysctl', key: lengthKey, value: '8192', current: '4096', atLeast: true },
    { kind: 'sysctl', key: bitmapKey, value: 'f', current: '0', atLeast: false },
  ],
  plan: (host) => {
    const cpus = [...new Set(nicsFor(host).flatMap(interruptedCpus))].sort((a, b) => a - b);
    const open = openConnections(host.snapshot);
    if (!open.ok) return [missingOutcome(lengthKey, open.reason)];
    if (cpus.length === 0) return [missingOutcome(bitmapKey, 'no interrupt could be attributed to a receive queue')];
    const length = Math.max(defaultLength, powerOfTwo(open.value + 1));
    const table = outcomeOf(
      host,
      { kind: 'sysctl', key: lengthKey },
      {
        value: String(length),
        atLeast: true,
        terms: [
          ...open.terms,
          term('the kernel’s length', defaultLength, 'net/core/dev.c netdev_flow_limit_table_len'),
        ],
        formula: `the next power of two above max(${open.value}, ${defaultLength}) = ${length}`,
      },
    );
    const bits = outcomeOf(
      host,
      { kind: 'sysctl', key: bitmapKey },
      {
        value: formatCpuMask(cpus),
        terms: [term('CPUs that take the interrupts', formatCpuList(cpus), '/proc/irq/N/effective_affinity_list')],
        formula: `${formatCpuList(cpus)} = mask ${formatCpuMask(cpus)}; after the length, which counts for bits set later only`,
      },
    );
    return [table, table.state === 'change' && bits.state === 'kept' ? setAgain(bits) : bits];
  },
};

/** The same bits, set once more: their CPUs get tables of the new length. */
function setAgain({ value, arithmetic }: Outcome & { state: 'kept' }): Outcome {
  const change = { kind: 'sysctl', key: bitmapKey, value, current: value, atLeast: false } as const;
  return { state: 'change', change, arithmetic };
}

/** T15: looking for the socket before the route. */
export const earlyDemux: Tuning = {
  id: 'T15',
  title: 'Early demux',
  computed:
    'ip_early_demux 0 on a host that has forwarded more packets than it has delivered since boot; else 1, and that of TCP and UDP with it',
  why: 'The socket of a packet knows its route. On a router nearly no packet has a socket, and the look-up is in vain.',
  risk: 'low',
  sideEffects: 'With 0 every packet for this host looks up its route.',
  samples: [{ kind: 'sysctl', key: 'net.ipv4.ip_early_demux', value: '0', current: '1', atLeast: false }],
  plan: (host) => {
    const sample = host.snapshot.samples.at(-1);
    const forwarded = counterNow(sample, 'Ip', 'ForwDatagrams');
    const delivered = counterNow(sample, 'Ip', 'InDelivers');
    if (forwarded === null || delivered === null)
      return [missingOutcome('net.ipv4.ip_early_demux', 'what was forwarded and delivered is not known')];
    const isRouter = forwarded > delivered;
    const terms = [
      term('forwarded since boot', forwarded, 'Ip ForwDatagrams'),
      term('delivered', delivered, 'Ip InDelivers'),
    ];
    const formula = `${forwarded} ${isRouter ? '>' : '<='} ${delivered}: ${isRouter ? 'a router' : 'an end'}`;
    const names = isRouter ? ['ip'] : ['ip', 'tcp', 'udp'];
    return names.map((name) =>
      outcomeOf(
        host,
        { kind: 'sysctl', key: `net.ipv4.${name}_early_demux` },
        { value: isRouter ? '0' : '1', terms, formula },
      ),
    );
  },
};

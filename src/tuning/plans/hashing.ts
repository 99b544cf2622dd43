import { queuesOf } from '../../model/nicCpus.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { Current } from '../current.ts';
import { spreadOf } from '../rssSpread.ts';
import { counterNow } from '../traffic.ts';
import {
  eachNic,
  missingOutcome,
  type Outcome,
  outcomeFrom,
  outcomeOf,
  type Tuning,
  type TuningHost,
  term,
} from '../tuning.ts';

/** T3: an indirection table that uses every queue alike. */
export const rssTable: Tuning = {
  id: 'T3',
  title: 'RSS table',
  computed:
    'one queue after the other over the receive rings that the driver tells; weights of 1 where the table now is made of weights',
  why: 'The NIC looks up the queue of a flow in this table. A queue that is not in it gets nothing, one that is in it often gets most.',
  risk: 'low',
  sideEffects: 'Flows move to other queues once: some packets are reordered.',
  samples: [{ kind: 'ethtool', nic: 'eth0', set: 'rxfh', name: 'equal', value: '4', current: '2', atLeast: false }],
  plan: (host) =>
    eachNic(host, (nic) => {
      const what = `${nic.name} RSS table`;
      if (!nic.rss.ok) return [missingOutcome(what, nic.rss.reason)];
      const { table } = nic.rss.value;
      const rings = nic.rss.value.rings ?? queuesOf(nic, 'rx').length;
      if (table === null) return [missingOutcome(what, 'the device has no indirection table')];
      if (rings === 0) return [missingOutcome(what, 'the receive rings are not known')];
      const spread = spreadOf(table);
      const shares = sharesOf(table, rings);
      const terms = [
        term('receive rings', rings, `ethtool -x ${nic.name}`),
        term('entries of each queue now', shares.join(' '), `ethtool -x ${nic.name}`),
      ];
      if (Math.max(...shares) - Math.min(...shares) <= 1)
        return [
          {
            state: 'kept',
            subject: what,
            value: shares.join(' '),
            arithmetic: { terms, formula: 'no queue has more than one entry more than another' },
          },
        ];
      // In words that can also say what was there.
      const weighted = spread !== null && spread.equal === null;
      const subject = { kind: 'ethtool', nic: nic.name, set: 'rxfh', name: weighted ? 'weight' : 'equal' } as const;
      const now = weighted ? (spread?.weights.join(' ') ?? '') : String(spread?.equal ?? '');
      if (spread === null) return [missingOutcome(what, 'the table is in an order that ethtool cannot make again')];
      return [
        outcomeFrom(
          subject,
          { ok: true, value: now },
          {
            value: weighted ? new Array<string>(rings).fill('1').join(' ') : String(rings),
            terms,
            formula: `${table.length} entries / ${rings} rings = ${Math.floor(table.length / rings)} or one more each`,
          },
        ),
      ];
    }),
};

function sharesOf(table: readonly number[], rings: number): number[] {
  const shares = new Array<number>(rings).fill(0);
  for (const queue of table) if (queue < rings) shares[queue] = (shares[queue] ?? 0) + 1;
  return shares;
}

/** T4: what of a packet decides its queue. */
export const hashFields: Tuning = {
  id: 'T4',
  title: 'Hash fields',
  computed:
    'addresses and ports (sdfn); for UDP addresses alone (sd) on a host that has put fragments together since boot',
  why: 'By addresses alone everything between two hosts is one flow, on one queue.',
  risk: 'low',
  sideEffects:
    'Flows move to other queues once. With ports in the hash, fragments of one datagram take another queue than their first.',
  samples: [
    { kind: 'ethtool', nic: 'eth0', set: 'rx-flow-hash', name: 'udp4', value: 'sdfn', current: 'sd', atLeast: false },
  ],
  plan: (host) =>
    eachNic(host, (nic) =>
      nic.flowHash.ok
        ? ['tcp4', 'tcp6', 'udp4', 'udp6'].flatMap((flow) => fieldsOf(flow, nic, host))
        : [missingOutcome(`${nic.name} hash fields`, nic.flowHash.reason)],
    ),
};

function fieldsOf(flow: string, nic: Nic, host: TuningHost): Outcome[] {
  const subject = { kind: 'ethtool', nic: nic.name, set: 'rx-flow-hash', name: flow } as const;
  const fragments = counterNow(host.snapshot.samples.at(-1), 'Ip', 'ReasmReqds');
  if (flow.startsWith('tcp')) {
    return [
      outcomeOf(host, subject, { value: 'sdfn', terms: [], formula: 'TCP segments carry their ports, each of them' }),
    ];
  }
  if (fragments === null)
    return [missingOutcome(`${nic.name} hash fields of ${flow}`, 'whether datagrams come in fragments is not known')];
  const value = fragments > 0 ? 'sd' : 'sdfn';
  return [
    outcomeOf(host, subject, {
      value,
      terms: [term('fragments received since boot', fragments, '/proc/net/snmp Ip ReasmReqds')],
      formula: fragments > 0 ? `${fragments} > 0: by addresses alone` : '0: every datagram carries its ports',
    }),
  ];
}

/** T5: receive rules that put a service on a queue of its own. */
export const receiveRules: Tuning = {
  id: 'T5',
  title: 'Receive rules (ntuple filters)',
  computed:
    'the first free place, and the queue whose CPU spent least time in softirq between the samples; the services are the user’s to name. Without one: the switch that rules need',
  why: 'A service that must not wait behind others, or a flood that must not disturb them, gets a queue and a CPU of its own.',
  risk: 'low',
  sideEffects: 'A rule holds until the NIC is reset; all packets of the service go to one CPU.',
  samples: [
    { kind: 'ethtool', nic: 'eth0', set: 'features', name: 'ntuple', value: 'on', current: 'off', atLeast: false },
    {
      kind: 'filter',
      nic: 'eth0',
      location: 0,
      value: 'flow-type udp4 dst-port 53 action 2',
      current: 'none',
      atLeast: false,
    },
  ],
  plan: (host) =>
    eachNic(host, (nic) => {
      const ruled = ruleSwitch(nic, host);
      return ruled.state === 'missing' ? [ruled] : [ruled, ...serviceRules(nic, host)];
    }),
};

/** `ntuple-filters on`, which rules and accelerated RFS need. */
export function ruleSwitch(nic: Nic, host: TuningHost): Outcome {
  const feature = nic.features.ok ? nic.features.value.find(({ name }) => name === 'ntuple-filters') : undefined;
  if (feature?.fixed === true && !feature.active)
    return missingOutcome(`${nic.name} features ntuple`, 'off [fixed]: this driver cannot switch it on');
  return outcomeOf(
    host,
    { kind: 'ethtool', nic: nic.name, set: 'features', name: 'ntuple' },
    {
      value: 'on',
      terms: [],
      formula: 'rules are followed only while it is on',
    },
  );
}

function serviceRules(nic: Nic, host: TuningHost): Outcome[] {
  if (host.services.length === 0) return [];
  const what = `${nic.name} receive rules`;
  if (!nic.flowRules.ok) return [missingOutcome(what, nic.flowRules.reason)];
  if (nic.flowRules.value.total === null) return [missingOutcome(what, 'the driver keeps no receive rules')];
  const quietest = quietestQueue(nic, host);
  if (!quietest.ok) return [missingOutcome(what, quietest.reason)];
  const taken = new Set(nic.flowRules.value.rules.map(({ location }) => location));
  return host.services.map(({ flow, port }) => {
    let location = 0;
    while (taken.has(location)) location += 1;
    taken.add(location);
    const none: Current = { ok: true, value: 'none' };
    return outcomeFrom({ kind: 'filter', nic: nic.name, location }, none, {
      value: `flow-type ${flow} dst-port ${port} action ${quietest.queue}`,
      terms: [
        term(
          'softirq share of the CPU of each queue',
          quietest.shares,
          '/proc/stat, /proc/irq/N/effective_affinity_list',
        ),
        term('rules there', taken.size - 1, `ethtool -n ${nic.name}`),
      ],
      formula: `queue ${quietest.queue} has the idlest CPU; place ${location} is free`,
    });
  });
}

function quietestQueue(
  nic: Nic,
  { rates }: TuningHost,
): { ok: true; queue: number; shares: string } | { ok: false; reason: string } {
  if (!rates.ok) return rates;
  const loads = nic.irqs.flatMap(({ role, queue, cpus }) => {
    const cpu = cpus?.[0];
    const share = cpu === undefined ? undefined : rates.value.cpuTimes.get(cpu)?.softirq;
    return (role === 'rx' || role === 'rxtx') && queue !== null && share !== undefined ? [{ queue, share }] : [];
  });
  const [best] = [...loads].sort((a, b) => a.share - b.share || b.queue - a.queue);
  if (best === undefined || loads.length < 2)
    return { ok: false, reason: 'there is no choice of queues whose CPUs are known' };
  return {
    ok: true,
    queue: best.queue,
    shares: loads.map(({ queue, share }) => `${queue}: ${(share * 100).toFixed(1)} %`).join(', '),
  };
}

import type { Nic, Snapshot } from '../model/snapshot.ts';
import type { Change } from '../tuning/change.ts';
import { flowEntries, flowsPerQueue } from '../tuning/plans/steering.ts';
import { formatCount } from './figures.ts';
import { numberOf } from './settings.ts';

/** One of the five things that accelerated RFS needs. */
export interface ArfsCondition {
  /** What has to hold, in the kernel's names. */
  readonly title: string;
  readonly state: 'met' | 'unmet' | 'unknown';
  /** What the host says, or why that is not known. */
  readonly found: string;
  /** What to set where it is unmet and can be set. */
  readonly change: Change | null;
}

type Outcome = Omit<ArfsCondition, 'title'>;

const met = (found: string): Outcome => ({ state: 'met', found, change: null });
const unmet = (found: string, change: Change | null): Outcome => ({ state: 'unmet', found, change });

const unknown = (found: string): Outcome => ({ state: 'unknown', found, change: null });

/**
 * Accelerated RFS: the kernel tells the NIC to put a flow's packets on the queue of the CPU that reads them
 * (`set_rps_cpu()` in net/core/dev.c, Documentation/networking/scaling.rst). All five have to hold. RPS masks are not
 * needed, nor one queue a CPU.
 */
export function arfsConditions(snapshot: Snapshot, nic: Nic): readonly ArfsCondition[] {
  return [
    { title: 'net.core.rps_sock_flow_entries above 0', ...sockFlowEntries(snapshot) },
    { title: 'rps_flow_cnt above 0 on every receive queue', ...flowCounts(snapshot, nic) },
    { title: 'ntuple-filters on', ...ntuple(nic) },
    { title: 'a driver with ndo_rx_flow_steer', ...driver(nic) },
    { title: 'a kernel with CONFIG_RFS_ACCEL', ...kernel(snapshot) },
  ];
}

const entriesKey = 'net.core.rps_sock_flow_entries';

function sockFlowEntries(snapshot: Snapshot): Outcome {
  const entries = numberOf(snapshot, entriesKey);
  if (!entries.ok) return unknown(entries.reason);
  if (entries.value > 0) return met(formatCount(entries.value));
  const change = {
    kind: 'sysctl',
    key: entriesKey,
    value: String(flowEntries({ snapshot }).value),
    current: '0',
    atLeast: true,
  } as const;
  return unmet('0: flows are not recorded', change);
}

function flowCounts(snapshot: Snapshot, { name, queues }: Nic): Outcome {
  const counts = queues.filter(({ direction }) => direction === 'rx').map(({ flowCount }) => flowCount);
  if (counts.length === 0) return unknown('the host lists no receive queue of this NIC');
  if (counts.includes(null)) return unknown('rps_flow_cnt cannot be read (a kernel without CONFIG_RPS has none)');
  const set = counts.filter((flows) => flows !== null && flows > 0);
  if (set.length === counts.length) {
    const different = [...new Set(set)];
    return met(`${different.map((flows) => formatCount(flows ?? 0)).join(', ')} on ${counts.length} queues`);
  }
  const entries = numberOf(snapshot, entriesKey);
  const all = entries.ok && entries.value > 0 ? entries.value : flowEntries({ snapshot }).value;
  const share = flowsPerQueue(all, counts.length);
  return unmet(counts.length === 1 ? '0' : `0 on ${counts.length - set.length} of ${counts.length} queues`, {
    kind: 'queue',
    nic: name,
    attribute: 'rps_flow_cnt',
    value: String(share),
    current: set.length === 0 ? '0' : null,
    atLeast: true,
  });
}

function ntuple({ name: nic, features }: Nic): Outcome {
  if (!features.ok) return unknown(features.reason);
  const feature = features.value.find(({ name }) => name === 'ntuple-filters');
  if (feature === undefined) return unknown('ethtool -k does not list it');
  if (feature.active) return met('on');
  if (feature.fixed) return unmet('off [fixed]: this driver cannot switch it on', null);
  if (feature.requested === true) return unmet('off [requested on]: asked for, and the driver did not do it', null);
  return unmet('off', {
    kind: 'ethtool',
    nic,
    set: 'features',
    name: 'ntuple',
    value: 'on',
    current: 'off',
    atLeast: false,
  });
}

/** Drivers of Linux 6.12 that set `ndo_rx_flow_steer`, as `ethtool -i` names them. */
const steering = new Set(['mlx4_en', 'mlx5_core', 'sfc', 'sfc_siena', 'enic', 'bnxt_en', 'qede', 'ice', 'hns3']);

function driver({ driver: name }: Nic): Outcome {
  if (name === null) return unknown('the host does not say which driver it is');
  if (steering.has(name)) return met(name);
  return unmet(`${name} is not among those of Linux 6.12 (${[...steering].join(', ')})`, null);
}

function kernel({ kernelConfig }: Snapshot): Outcome {
  if (!kernelConfig.ok) return unknown(kernelConfig.reason);
  const option = kernelConfig.value.get('CONFIG_RFS_ACCEL');
  if (option === 'y') return met('y');
  return unmet(option === undefined ? 'not in its configuration' : 'not set', null);
}

import { parseCpuList } from '../kernel/cpuList.ts';
import { printable } from '../kernel/printable.ts';
import type { Change, FilterChange, IrqbalanceChange, IrqChange, NicChange, QueueChange } from './change.ts';

/**
 * Why a NIC name must not be written into a rule or a command, or null when it may. The kernel allows any byte but
 * blanks, `/` and `:` (`dev_valid_name()`), so quotes, `*` and `$` are possible; udev and sh would read those.
 */
export function nicNameFault(nic: string): string | null {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/.test(nic)) return null;
  return `the NIC name "${printable(nic, 40)}" has characters that udev rules and shells read as syntax`;
}

/** Why a key cannot stand in sysctl.conf, or null when it can. Globs and the slash spelling are refused: we write one key. */
export function sysctlKeyFault(key: string): string | null {
  if (/^[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-][A-Za-z0-9_/@-]*)+$/.test(key) && key.length <= 200) return null;
  return `"${printable(key, 60)}" is not the name of one sysctl key`;
}

/** Why a value cannot stand in sysctl.conf, or null when it can: one line, nothing that reads as a comment or a quote. */
export function sysctlValueFault(value: string): string | null {
  if (/^[A-Za-z0-9_.,:+/-]+(?: [A-Za-z0-9_.,:+/-]+)*$/.test(value) && value.length <= 4096) return null;
  return `"${printable(value, 60)}" is not a plain sysctl value`;
}

/** Why a change must not be written anywhere, or null when it may: its names and its value are plain. */
export function faultOf(change: Change): string | null {
  switch (change.kind) {
    case 'sysctl':
      return sysctlKeyFault(change.key) ?? sysctlValueFault(change.value);
    case 'irq':
      return nicNameFault(change.nic) ?? irqFault(change);
    case 'irqbalance':
      return irqbalanceFault(change);
    default:
      return nicNameFault(change.nic) ?? nicValueFault(change);
  }
}

/** Why the value of a NIC's setting cannot stand in a rule or a command, or null when it can. */
export function nicValueFault(change: NicChange): string | null {
  const { value } = change;
  if (change.kind === 'filter') return filterFault(change);
  if (change.kind === 'ethtool' && !/^[a-z][a-z0-9-]*$/.test(change.name))
    return `"${printable(change.name, 40)}" is not the name of an ethtool setting`;
  if (change.kind === 'queue' && !isCount(String(change.queue ?? 0), 0)) return 'there is no such queue';
  const least = leastOf(change);
  if (least !== null)
    return isCount(value, least) ? null : `"${printable(value, 40)}" is not a number it can be set to`;
  if (change.kind === 'ethtool' && change.name === 'weight')
    return /^\d{1,9}(?: \d{1,9})*$/.test(value) ? null : `"${printable(value, 40)}" is not a list of weights`;
  // Numbers, on and off, letters of a flow hash, masks of CPUs, names of qdiscs.
  return /^[a-z0-9_]+(?:,[a-f0-9]+)*$/.test(value) && value.length <= 4096
    ? null
    : `"${printable(value, 40)}" is not a plain value`;
}

/** The least a counted setting can be; null for a setting that is no count. */
function leastOf(change: Exclude<NicChange, FilterChange>): number | null {
  if (change.kind === 'device' || (change.kind === 'queue' && isFlowCount(change))) return 0;
  return change.kind === 'ethtool' && (change.set === 'ring' || change.set === 'channels') ? 1 : null;
}

const isFlowCount = ({ attribute }: QueueChange): boolean => attribute === 'rps_flow_cnt';

/** The part of ethtool's grammar that we write: a flow by addresses and ports, to a queue or (-1) away. */
const filter =
  /^flow-type (?:tcp|udp|sctp|ip)[46](?: (?:src|dst)-(?:ip|port) [0-9a-fA-F.:]{1,45}(?: m [0-9a-fA-Fx.:]{1,45})?)* action (?:-1|\d{1,5})$/;

function filterFault({ location, value }: FilterChange): string | null {
  if (!isCount(String(location), 0)) return 'there is no such place for a receive rule';
  return value === 'none' || filter.test(value) ? null : `"${printable(value, 60)}" is not a receive rule we can write`;
}

/** A path is made of the name, in which sh reads patterns. */
function irqFault({ nic, action, value }: IrqChange): string | null {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,63}$/.test(action))
    return `the name "${printable(action, 60)}" of an interrupt of ${printable(nic, 40)} has characters that shells read as syntax`;
  const cpus = value.length > 4096 || !/^[\d,-]+$/.test(value) ? null : parseCpuList(value);
  return cpus !== null && cpus.length > 0 ? null : `"${printable(value, 40)}" is not a list of CPUs`;
}

function irqbalanceFault({ value }: IrqbalanceChange): string | null {
  return /^[A-Za-z0-9_.,=/ -]{0,1024}$/.test(value) ? null : `"${printable(value, 60)}" is not a plain value`;
}

function isCount(text: string, least: number): boolean {
  const number = Number(text);
  return /^\d{1,19}$/.test(text) && number >= least && number <= 0xffffffff;
}

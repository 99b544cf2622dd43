import { printable } from '../kernel/printable.ts';
import type { NicChange } from './change.ts';

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

/** Why the value of a NIC's setting cannot stand in a rule or a command, or null when it can. */
export function nicValueFault(change: NicChange): string | null {
  const { value } = change;
  if (change.kind === 'ethtool' && !/^[a-z][a-z0-9-]*$/.test(change.name))
    return `"${printable(change.name, 40)}" is not the name of an ethtool setting`;
  const counted = change.kind === 'ethtool' && (change.set === 'ring' || change.set === 'channels');
  if (counted || change.kind === 'device')
    return isCount(value, counted ? 1 : 0) ? null : `"${printable(value, 40)}" is not a number it can be set to`;
  // Numbers, on and off, letters of a flow hash, masks of CPUs, names of qdiscs.
  return /^[a-z0-9_]+(?:,[a-f0-9]+)*$/.test(value) && value.length <= 4096
    ? null
    : `"${printable(value, 40)}" is not a plain value`;
}

function isCount(text: string, least: number): boolean {
  const number = Number(text);
  return /^\d{1,19}$/.test(text) && number >= least && number <= 0xffffffff;
}

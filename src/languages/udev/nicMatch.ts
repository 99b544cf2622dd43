import type { NicMatch } from '../../model/bootConfig.ts';
import type { Nic } from '../../model/snapshot.ts';
import { isGlob, matchesGlob } from '../text/globMatch.ts';

/** One condition of a rule or file, held against a NIC. Null: the capture does not say, and `why` names what is missing. */
export interface Condition {
  readonly holds: boolean | null;
  readonly why: string;
}

export const holds: Condition = { holds: true, why: '' };

export function unknown(why: string): Condition {
  return { holds: null, why };
}

/** All conditions together: one that does not hold decides, else one that cannot be told. */
export function matchOf(nic: string, conditions: readonly Condition[]): NicMatch {
  const against = conditions.find((condition) => condition.holds === false);
  if (against !== undefined) return { nic, matches: false, why: against.why };
  const doubts = conditions.filter((condition) => condition.holds === null);
  if (doubts.length > 0) return { nic, matches: null, why: [...new Set(doubts.map(({ why }) => why))].join('; ') };
  return { nic, matches: true, why: '' };
}

/** Whether one of several patterns matches a value that may not be known. */
export function anyMatches(patterns: readonly string[], value: string | null, name: string): Condition {
  if (patterns.some((pattern) => pattern === '*')) return holds;
  if (value === null) return unknown(`${name} of this NIC is not known`);
  const found = patterns.some((pattern) => matchesGlob(pattern, value));
  return found ? holds : { holds: false, why: `${name} is ${value}` };
}

/**
 * Whether patterns match the name the kernel gave a NIC before udev renamed it. The capture has the name of now: of a
 * NIC with a device behind it whose name is none the kernel gives, the first one is not known.
 */
export function kernelNameMatches(patterns: readonly string[], nic: Nic): Condition {
  const now = anyMatches(patterns, nic.name, 'its name');
  if (now.holds === true || !nic.physical || /^(?:eth|wlan|usb|ib)\d+$/.test(nic.name)) return now;
  const couldBe = patterns.some(
    (pattern) => /^(?:eth|wlan|usb|ib)/.test(pattern) || (isGlob(pattern) && matchesGlob(pattern, 'eth0')),
  );
  return couldBe ? unknown('the name the kernel gave the NIC before it was renamed is not in the capture') : now;
}

/** The driver of a NIC; the loopback has none, and of others without a device it is not asked for. */
export function driverMatches(patterns: readonly string[], nic: Nic): Condition {
  if (nic.name === 'lo') return { holds: false, why: 'the loopback has no driver' };
  return anyMatches(patterns, nic.driver, 'the driver');
}

/** PCI or other bus address, `0000:3b:00.0`; null when ethtool does not say. */
export function busAddress(nic: Nic): string | null {
  return nic.driverInfo.ok ? nic.driverInfo.value.busInfo : null;
}

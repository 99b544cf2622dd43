import type { NicMatch, UnitFile, UnitSetting } from '../../model/bootConfig.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { ConfigText, PlacedFile } from '../boot/configFiles.ts';
import {
  anyMatches,
  busAddress,
  type Condition,
  driverMatches,
  holds,
  kernelNameMatches,
  matchOf,
  unknown,
} from '../udev/nicMatch.ts';
import { parseUnit, settingsOf } from './unitText.ts';

/** The settings of a systemd unit-like file (systemd.syntax(7)), sections as written, an empty value included. */
export function unitSettings({ path, lines }: ConfigText): UnitSetting[] {
  const nodes = parseUnit(lines.map(({ text }) => text).join('\n'));
  return settingsOf(nodes).flatMap((node) => {
    const at = lines[node.line];
    return at === undefined || node.key === ''
      ? []
      : [{ path, line: at.line, text: at.text, section: node.section ?? '', key: node.key, value: node.value }];
  });
}

/** The conditions of [Match]: of a key that stands several times the lists are one, and an empty one clears it. */
export function matchConditions(
  settings: readonly Pick<UnitSetting, 'section' | 'key' | 'value'>[],
): Map<string, string> {
  const conditions = new Map<string, string>();
  for (const { section, key, value } of settings) {
    if (section !== 'Match') continue;
    const before = conditions.get(key);
    if (value === '') conditions.delete(key);
    else conditions.set(key, before === undefined ? value : `${before} ${value}`);
  }
  return conditions;
}

/**
 * `.link` or `.network` files, each with the NICs it is for. A NIC gets the first file whose [Match] holds and nothing of
 * the others (systemd.link(5), systemd.network(5)); a file without conditions is for every NIC.
 */
export function unitFiles(placed: readonly PlacedFile[], nics: readonly Nic[], kind: 'link' | 'network'): UnitFile[] {
  /** What a NIC already has, or may have. */
  const taken = new Map<string, { readonly path: string; readonly sure: boolean }>();
  return placed.map(({ file, state, why }) => {
    const settings = unitSettings(file);
    const matches: NicMatch[] = [];
    if (state === 'applied') {
      for (const nic of nics) {
        const before = taken.get(nic.name);
        if (before?.sure === true) continue;
        const conditions = [...matchConditions(settings)].map(([key, value]) => condition(key, value, nic, kind));
        const own = matchOf(nic.name, conditions);
        if (own.matches === false) continue;
        if (before !== undefined) conditions.push(unknown(`${before.path} may be the one for it`));
        const match = matchOf(nic.name, conditions);
        matches.push(match);
        taken.set(nic.name, before ?? { path: file.path, sure: match.matches === true });
        if (own.matches === true && before !== undefined) taken.set(nic.name, { path: before.path, sure: true });
      }
    }
    return { path: file.path, state, why, settings: settings.filter(({ section }) => section !== 'Match'), matches };
  });
}

function condition(key: string, value: string, nic: Nic, kind: 'link' | 'network'): Condition {
  const negated = value.startsWith('!');
  const patterns = (negated ? value.slice(1) : value).split(/\s+/).filter((word) => word !== '');
  const found = equality(key, patterns, nic, kind);
  if (!negated || found.holds === null) return found;
  return found.holds ? { holds: false, why: `${key} is excluded` } : holds;
}

function equality(key: string, patterns: readonly string[], nic: Nic, kind: 'link' | 'network'): Condition {
  switch (key) {
    case 'MACAddress':
    case 'PermanentMACAddress': {
      const wanted = patterns.map((one) => one.toLowerCase().replaceAll('-', ':'));
      const found = anyMatches(wanted, nic.address?.toLowerCase() ?? null, 'the address');
      // A bond or the user may have given it another one since.
      if (key === 'PermanentMACAddress' && found.holds === false)
        return unknown('the permanent address is not in the capture');
      return found;
    }
    case 'Driver':
      return driverMatches(patterns, nic);
    case 'OriginalName':
      return kernelNameMatches(patterns, nic);
    case 'Name':
      return kind === 'network'
        ? anyMatches(patterns, nic.name, 'its name')
        : unknown('Name is no condition of a .link file');
    case 'Path':
      return pathMatches(patterns, nic);
    case 'Type':
      return typeMatches(patterns, nic);
    default:
      return unknown(`${key} is not in the capture`);
  }
}

/** udev's ID_PATH, of which a PCI address is the end: `pci-0000:02:00.0`. */
function pathMatches(patterns: readonly string[], nic: Nic): Condition {
  const bus = busAddress(nic);
  if (bus === null || bus === '') return anyMatches(patterns, null, 'the bus address');
  const found = anyMatches(patterns, `pci-${bus}`, 'the path');
  return found.holds === false ? unknown('the path udev gives the device is not in the capture') : found;
}

function typeMatches(patterns: readonly string[], nic: Nic): Condition {
  if (nic.name === 'lo') return anyMatches(patterns, 'loopback', 'the type');
  const found = anyMatches(patterns, 'ether', 'the type');
  return found.holds === true && nic.physical ? found : unknown('the type udev gives the device is not in the capture');
}

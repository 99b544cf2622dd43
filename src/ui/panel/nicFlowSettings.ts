import type { FlowHash } from '../../kernel/ethtool/flowHash.ts';
import type { EthtoolRss } from '../../kernel/ethtool/rss.ts';
import { type Setting, setting, told } from './nicSettingRows.ts';

export function rssSettings({ rings, table, hashKey, hashFunctions, inputTransformations }: EthtoolRss): Setting[] {
  const functions = [...hashFunctions].filter(([, on]) => on).map(([name]) => name);
  const choice = [...hashFunctions.keys()].join(', ');
  return [
    table === null
      ? setting('Indirection table', null, 'the driver shows none')
      : setting('Indirection table', `${table.length} entries`, spread(table)),
    ...told('RX rings', rings),
    ...(hashFunctions.size === 0 ? [] : told('Hash function', functions.join(', ') || 'none', `of ${choice}`)),
    hashKey === null
      ? setting('Hash key', null, 'the driver does not show it')
      : setting('Hash key', `${hashKey.split(':').length} bytes`, hashKey),
    ...[...inputTransformations].flatMap(([name, on]) => told(name, on ? 'on' : 'off')),
  ];
}

/** `16 for each of 8 queues`, or how many each queue has where they differ. */
function spread(table: readonly number[]): string {
  const shares = new Map<number, number>();
  for (const queue of table) shares.set(queue, (shares.get(queue) ?? 0) + 1);
  const counts = [...new Set(shares.values())];
  const [least = 0, most = least] = [Math.min(...counts), Math.max(...counts)];
  if (most - least <= 1) {
    const each = most === least ? String(most) : `${least} or ${most}`;
    return shares.size === 1 ? `all to queue ${table[0]}` : `${each} for each of ${shares.size} queues`;
  }
  const listed = [...shares].sort(([x], [y]) => x - y).slice(0, 64);
  return listed.map(([queue, entries]) => `queue ${queue}: ${entries}`).join(', ');
}

const words = new Map([
  ['s', 'source address'],
  ['d', 'destination address'],
  ['f', 'source port'],
  ['n', 'destination port'],
  ['m', 'destination MAC address'],
  ['v', 'VLAN tag'],
  ['t', 'protocol'],
  ['e', 'GTP TEID'],
  ['l', 'IPv6 flow label'],
]);

export function flowHashSettings(types: ReadonlyMap<string, FlowHash>): Setting[] {
  return [...types].map(([type, { fields, discarded, other }]) => {
    if (discarded) return setting(type, 'discarded', 'every packet of this type is dropped');
    const named = [...[...fields].map((letter) => words.get(letter) ?? letter), ...other];
    return setting(type, fields || (other.length > 0 ? 'other fields' : 'none'), named.join(', '));
  });
}

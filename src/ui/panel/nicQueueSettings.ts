import type { EthtoolChannels } from '../../kernel/ethtool/channels.ts';
import type { EthtoolCoalesce } from '../../kernel/ethtool/coalesce.ts';
import type { EthtoolRing } from '../../kernel/ethtool/ring.ts';
import { type Setting, told, toldOnOff } from './nicSettingRows.ts';

/** Descriptors. */
export function ringSettings({ current, maximum, other }: EthtoolRing): Setting[] {
  return [
    ...upTo('RX', current.rx, maximum.rx),
    ...upTo('RX mini', current.rxMini, maximum.rxMini),
    ...upTo('RX jumbo', current.rxJumbo, maximum.rxJumbo),
    ...upTo('TX', current.tx, maximum.tx),
    ...printed(other),
  ];
}

export function channelSettings({ current, maximum }: EthtoolChannels): Setting[] {
  return [
    ...upTo('Combined', current.combined, maximum.combined),
    ...upTo('RX', current.rx, maximum.rx),
    ...upTo('TX', current.tx, maximum.tx),
    ...upTo('Other', current.other, maximum.other),
  ];
}

/** What the driver has; microseconds and frames as `-C` takes them. */
export function coalesceSettings(coalesce: EthtoolCoalesce): Setting[] {
  const { adaptiveRx, adaptiveTx, values, other, zeroMayBeAbsent } = coalesce;
  const doubt = 'this ethtool prints 0 for what the driver does not have, too';
  return [
    ...toldOnOff('adaptive-rx', adaptiveRx),
    ...toldOnOff('adaptive-tx', adaptiveTx),
    ...[...values].flatMap(([name, value]) => told(name, value, value === 0 && zeroMayBeAbsent ? doubt : '')),
    ...printed(other),
  ];
}

function upTo(name: string, current: number | null, maximum: number | null): Setting[] {
  return told(name, current, maximum === null ? '' : `of at most ${maximum}`);
}

function printed(lines: ReadonlyMap<string, string>): Setting[] {
  return [...lines].flatMap(([name, value]) => (value === 'n/a' ? [] : told(name, value)));
}

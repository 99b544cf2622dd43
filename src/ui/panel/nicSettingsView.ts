import type { NicConditionView, NicRuleView, NicSettingsView } from '../../../webview/nicSettingViews.ts';
import { type ArfsCondition, arfsConditions } from '../../diagnosis/arfs.ts';
import type { EthtoolFeature } from '../../kernel/ethtool/features.ts';
import type { EthtoolFlowRules, FlowRule } from '../../kernel/ethtool/flowRules.ts';
import type { Reading } from '../../model/reading.ts';
import type { Nic, Snapshot } from '../../model/snapshot.ts';
import { renderCommand } from '../../tuning/renderCommand.ts';
import { flowHashSettings, rssSettings } from './nicFlowSettings.ts';
import { fecSettings, linkSettings, moduleSettings, pauseSettings, timestampSettings } from './nicLinkSettings.ts';
import { channelSettings, coalesceSettings, ringSettings } from './nicQueueSettings.ts';
import { rowsOf, type Setting, setting } from './nicSettingRows.ts';

/** How one interface is set: for each thing what it is set to, what it could be, or why that is not known. */
export function nicSettingsView(snapshot: Snapshot, nic: Nic): NicSettingsView {
  const arfs = nic.physical ? arfsConditions(snapshot, nic).map(conditionView) : [];
  const silent = onlyReason(nic);
  if (silent !== null) {
    const row = { group: 'Settings (ethtool)', ...setting('All settings', null, silent) };
    return { settings: [row], offloads: [], rules: [], arfs };
  }
  return {
    settings: [
      ...rowsOf('Link', 'ethtool', nic.link, linkSettings),
      ...rowsOf('Rings', 'ethtool -g', nic.ring, ringSettings),
      ...rowsOf('Queues', 'ethtool -l', nic.channels, channelSettings),
      ...rowsOf('Interrupt coalescing', 'ethtool -c', nic.coalesce, coalesceSettings),
      ...rowsOf('Receive side scaling', 'ethtool -x', nic.rss, rssSettings),
      ...rowsOf('Hash fields', 'ethtool -n rx-flow-hash', nic.flowHash, flowHashSettings),
      ...rowsOf('Receive rules', 'ethtool -n', nic.flowRules, ruleSummary),
      ...rowsOf('Pause frames', 'ethtool -a', nic.pause, pauseSettings),
      ...rowsOf('Forward error correction', 'ethtool --show-fec', nic.fec, fecSettings),
      ...rowsOf('Time stamps', 'ethtool -T', nic.timestamping, timestampSettings),
      ...rowsOf('Driver’s own switches', 'ethtool --show-priv-flags', nic.privateFlags, switches),
      ...rowsOf('Module', 'ethtool -m', nic.module, moduleSettings),
    ],
    offloads: rowsOf('Offloads', 'ethtool -k', nic.features, (features) => features.map(offload)),
    rules: ruleViews(nic.flowRules),
    arfs,
  };
}

/** Why nothing at all was read; a host may have a thousand interfaces nobody asks ethtool about. */
function onlyReason(nic: Nic): string | null {
  if (nic.module.ok) return null;
  const { link, ring, channels, coalesce, features, rss, flowHash, flowRules, pause, fec } = nic;
  const all = [link, ring, channels, coalesce, features, rss, flowHash, flowRules, pause, fec];
  const rest = [nic.timestamping, nic.privateFlags];
  const reasons = new Set([...all, ...rest].map((reading) => (reading.ok ? null : reading.reason)));
  const [reason = null] = reasons;
  return reasons.size === 1 ? reason : null;
}

function offload({ name, active, fixed, requested }: EthtoolFeature): Setting {
  const asked = requested === null ? '' : `asked for: ${onOrOff(requested)}`;
  return setting(name, onOrOff(active), fixed ? '[fixed]' : asked);
}

function conditionView({ title, state, found, change }: ArfsCondition): NicConditionView {
  const command = change === null ? null : renderCommand(change);
  return { title, state, found, command: command?.ok === true ? command.text : null };
}

function switches(flags: ReadonlyMap<string, boolean>): Setting[] {
  return [...flags].map(([name, on]) => setting(name, onOrOff(on)));
}

function onOrOff(on: boolean): string {
  return on ? 'on' : 'off';
}

function ruleSummary({ rings, total, rules }: EthtoolFlowRules): Setting[] {
  return [
    ...(rings === null ? [] : [setting('RX rings', String(rings))]),
    total === null
      ? setting('Rules', null, 'the driver keeps no rules')
      : setting('Rules', String(Math.max(total, rules.length)), rules.length === 0 ? '' : 'listed below'),
  ];
}

function ruleViews(reading: Reading<EthtoolFlowRules>): NicRuleView[] {
  if (!reading.ok) return [];
  return reading.value.rules.map((rule) => ({
    location: rule.location,
    matches: [rule.flowType ?? 'any', ...matched(rule)].join(', '),
    action: rule.action ?? 'not told',
  }));
}

/** Fields of which at least one bit has to match. */
function matched({ fields }: FlowRule): string[] {
  return [...fields].flatMap(([name, { value, mask }]) => {
    if (ignoresAll(name, mask)) return [];
    return [/^[0x.:]+$/i.test(mask) ? `${name} ${value}` : `${name} ${value} (but for the bits ${mask})`];
  });
}

/** Width in hex digits of the fields that are printed as numbers without leading zeros. */
const hexDigits = new Map([
  ['Src port', 4],
  ['Dest port', 4],
  ['SPI', 8],
  ['L4 bytes', 8],
  ['VLAN', 4],
  ['VLAN EtherType', 4],
  ['Ethertype', 4],
  ['User-defined', 16],
]);

function ignoresAll(name: string, mask: string): boolean {
  if (mask.startsWith('0x')) return new RegExp(`^0xf{${hexDigits.get(name) ?? 2}}$`, 'i').test(mask);
  return /^(?:f+|255)(?:[.:](?:f+|255))*$/i.test(mask);
}

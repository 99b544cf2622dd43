import type { EthtoolSet, NicChange, QueueChange } from '../../tuning/change.ts';
import { featureNames } from '../../tuning/featureNames.ts';
import { queueGlob } from '../../tuning/queueGlob.ts';
import type { Span } from '../service/languageService.ts';
import type { UdevRule, UdevToken } from './udevRules.ts';

/** The value of a rule that sets what a change is about, whoever wrote it. */
export interface UdevSetting {
  readonly rule: UdevRule;
  /** As written. */
  readonly value: string;
  readonly span: Span;
}

/** The rule, of those of a file, that sets this of this NIC and of no other: of several the last, which udev runs last. */
export function udevSetting(rules: readonly UdevRule[], change: NicChange): UdevSetting | null {
  return rules.flatMap((rule) => rule.tokens.flatMap((token) => settingIn(rule, token, change))).at(-1) ?? null;
}

function settingIn(rule: UdevRule, token: UdevToken, change: NicChange): UdevSetting[] {
  switch (change.kind) {
    case 'device':
      return isAssigned(token, change.attribute) && matchesNic(rule, change.nic) ? [whole(rule, token)] : [];
    case 'queue':
      return queueSettingIn(rule, token, change);
    case 'ethtool':
    case 'qdisc':
    case 'filter':
      return token.key === 'RUN' && token.operator !== '-=' ? settingInCommand(rule, token, change) : [];
  }
}

/** By a command of the NIC's rule, by the path of one queue, or by a rule of the queues. */
function queueSettingIn(rule: UdevRule, token: UdevToken, change: QueueChange): UdevSetting[] {
  const queues = queueGlob(change);
  if (token.key === 'RUN' && token.operator !== '-=') {
    const written = new RegExp(`\\becho\\s+(\\S+)\\s*>\\s*\\S*/${change.attribute}(?![^\\s;'"])`, 'd').exec(token.raw);
    const [from, to] = written?.indices?.[1] ?? [];
    const ours = token.raw.includes(`/queues/${queues}`) && matchesNic(rule, change.nic);
    if (!ours || from === undefined || to === undefined) return [];
    return [{ rule, value: token.raw.slice(from, to), span: token.rawSpan(from, to) }];
  }
  const one = isAssigned(token, `queues/${queues}/${change.attribute}`) && matchesNic(rule, change.nic);
  const each =
    isAssigned(token, change.attribute) &&
    matches(rule, 'KERNEL', queues) &&
    matches(rule, 'SUBSYSTEM', 'queues') &&
    ofNicsQueues(rule, change.nic);
  return one || each ? [whole(rule, token)] : [];
}

function isAssigned({ key, attribute, operator }: UdevToken, file: string): boolean {
  return key === 'ATTR' && attribute === file && (operator === '=' || operator === ':=');
}

function whole(rule: UdevRule, token: UdevToken): UdevSetting {
  return { rule, value: token.raw, span: token.valueSpan };
}

/** Long and short options of ethtool(8). */
const options: Readonly<Record<EthtoolSet, string>> = {
  ring: '-G|--set-ring',
  channels: '-L|--set-channels',
  coalesce: '-C|--coalesce',
  features: '-K|--features|--offload',
  pause: '-A|--pause',
  rxfh: '-X|--set-rxfh-indir|--rxfh',
  'rx-flow-hash': '-N|-U|--config-ntuple|--config-nfc',
};

function settingInCommand(rule: UdevRule, token: UdevToken, change: NicChange): UdevSetting[] {
  const command = commandOf(change);
  const found = command.exec(token.raw);
  const [target, words] = [found?.[1], found?.indices?.[2]];
  if (target === undefined || words === undefined || !isFor(rule, target, change.nic)) return [];
  const value = valueIn(change).exec(token.raw.slice(...words))?.indices?.[1];
  if (value === undefined) return [];
  const [from, to] = value.map((at) => at + words[0]);
  if (from === undefined || to === undefined) return [];
  return [{ rule, value: token.raw.slice(from, to), span: token.rawSpan(from, to) }];
}

function commandOf(change: NicChange): RegExp {
  if (change.kind === 'qdisc') return /(?:^|[\s/'])tc\s+qdisc\s+(?:replace|add)\s+dev\s+(\S+)(\s+root\s+\S+)/d;
  const flags = change.kind === 'ethtool' ? options[change.set] : options['rx-flow-hash'];
  return new RegExp(`(?:^|[\\s/'])ethtool\\s+(?:${flags})\\s+(\\S+)((?:\\s+[^\\s']+)+)`, 'd');
}

function valueIn(change: NicChange): RegExp {
  if (change.kind === 'filter') return new RegExp(`\\s(flow-type\\s.*?)\\s+loc\\s+${change.location}(?![^\\s'])`, 'd');
  const name = change.kind === 'qdisc' ? 'root' : nameIn(change);
  // Pairs of name and value, in any order; weights are several numbers.
  return new RegExp(`\\s(?:${name})\\s+(${name === 'weight' ? '\\d+(?:\\s+\\d+)*' : "[^\\s']+"})`, 'd');
}

function nameIn(change: NicChange): string {
  if (change.kind !== 'ethtool') return '';
  const long = featureNames.get(change.name);
  const name = long === undefined ? change.name : `${change.name}|${long}`;
  return change.set === 'rx-flow-hash' ? `rx-flow-hash\\s+${name}` : name;
}

/** Whether a command is for this NIC and no other: named outright, or as the device of a rule that matches it alone. */
function isFor(rule: UdevRule, target: string, nic: string): boolean {
  if (target === nic) return true;
  const own = ['$name', '%k', '$kernel', '$env{INTERFACE}', '%E{INTERFACE}'];
  return own.includes(target) && matchesNic(rule, nic);
}

function matchesNic(rule: UdevRule, nic: string): boolean {
  return rule.tokens.some(
    ({ key, attribute, operator, value }) =>
      operator === '==' &&
      value === nic &&
      (key === 'NAME' ||
        key === 'KERNEL' ||
        (key === 'ENV' && (attribute === 'INTERFACE' || attribute === 'ID_NET_NAME'))),
  );
}

function matches(rule: UdevRule, wanted: string, value: string): boolean {
  return rule.tokens.some((token) => token.key === wanted && token.operator === '==' && token.value === value);
}

/** The queues of a NIC are below it in sysfs. */
function ofNicsQueues(rule: UdevRule, nic: string): boolean {
  return rule.tokens.some(
    ({ key, operator, value }) =>
      operator === '==' &&
      ((key === 'DEVPATH' && value.includes(`/net/${nic}/`)) || (key === 'KERNELS' && value === nic)),
  );
}

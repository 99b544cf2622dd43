import { type EthtoolCommand, ethtoolCommands } from '../../knowledge/ethtoolOptions.ts';
import type { Nic } from '../../model/snapshot.ts';
import { featureNames } from '../../tuning/featureNames.ts';
import type { Problem } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { matchesGlob } from '../text/globMatch.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import { nicPattern } from './checkNet.ts';
import { type CommandWord, type EthtoolCall, ethtoolCalls } from './commands.ts';
import type { RuleInFlow } from './ruleFlow.ts';
import type { UdevToken } from './udevRules.ts';

/** Calls of ethtool in commands: what ethtool does not know, and what the linked host's NIC does not take. */
export function checkEthtool({ rule, given }: RuleInFlow, host: LinkedHost | null): Problem[] {
  return rule.tokens.flatMap((token) =>
    token.key !== 'RUN'
      ? []
      : ethtoolCalls(token).flatMap((call) => {
          const command = ethtoolCommands.find(({ options }) => options.includes(call.option.text));
          if (command === undefined) return [];
          const nics = nicsOf(call, given, host);
          return pairsOf(command, call).flatMap((pair) => pairProblems(token, command, pair, nics, host));
        }),
  );
}

interface Pair {
  readonly name: CommandWord;
  readonly value: CommandWord | null;
}

/** Names and values in turn; of commands that are otherwise made up, none. */
export function pairsOf(command: EthtoolCommand, { args }: EthtoolCall): Pair[] {
  if (!['ring', 'channels', 'coalesce', 'features', 'pause'].includes(command.set)) return [];
  const pairs: Pair[] = [];
  for (let at = 0; at < args.length; at += 2) {
    const name = args[at];
    if (name === undefined || /^[>|&;$%<]/.test(name.text)) break;
    pairs.push({ name, value: args[at + 1] ?? null });
  }
  return pairs;
}

/** The NICs of the host that a call is for: the one it names, or those the rule matches. */
export function nicsOf(call: EthtoolCall, given: RuleInFlow['given'], host: LinkedHost | null): readonly Nic[] {
  if (host === null) return [];
  const named = /^[$%]/.test(call.nic.text) ? nicPattern(given) : call.nic.text;
  return named === null ? [] : host.nics.filter(({ name }) => matchesGlob(named, name));
}

function pairProblems(
  token: UdevToken,
  command: EthtoolCommand,
  { name, value }: Pair,
  nics: readonly Nic[],
  host: LinkedHost | null,
): Problem[] {
  const span = token.rawSpan(name.from, name.to);
  if (command.names.length > 0 && !command.names.includes(name.text)) {
    const meant = nearestName(name.text, command.names);
    return [
      problem({
        code: 'ethtool-name',
        severity: 'warning',
        span,
        message: `ethtool ${command.options[0]} knows no "${name.text}"`,
        why: `${didYouMean(meant)}It takes ${command.names.join(', ')}.`,
        fixes: meant === null ? [] : [sureFix(`Change it to ${meant}`, replaced(span, meant))],
      }),
    ];
  }
  if (value === null) {
    return [
      problem({
        code: 'ethtool-value',
        severity: 'warning',
        span,
        message: `"${name.text}" has no value`,
        why: 'ethtool does nothing of the whole command then.',
      }),
    ];
  }
  return [
    ...valueProblems(token, command, value),
    ...nics.flatMap((nic) => nicProblems(token, command, name, value, nic, host)),
  ].slice(0, 2);
}

function valueProblems(token: UdevToken, command: EthtoolCommand, value: CommandWord): Problem[] {
  if (/[$%`]/.test(value.text)) return [];
  const span = token.rawSpan(value.from, value.to);
  if (command.value === 'number' && !/^\d+$/.test(value.text))
    return [problem({ code: 'ethtool-value', severity: 'warning', span, message: `"${value.text}" is no number` })];
  if (command.value === 'on-off' && !/^(?:on|off)$/.test(value.text)) {
    const meant = /^(?:1|yes|true|enable)$/i.test(value.text)
      ? 'on'
      : /^(?:0|no|false|disable)$/i.test(value.text)
        ? 'off'
        : null;
    return [
      problem({
        code: 'ethtool-value',
        severity: 'warning',
        span,
        message: `ethtool takes on or off here, not "${value.text}"`,
        fixes: meant === null ? [] : [sureFix(`Change it to ${meant}`, replaced(span, meant))],
      }),
    ];
  }
  return [];
}

function nicProblems(
  token: UdevToken,
  command: EthtoolCommand,
  name: CommandWord,
  value: CommandWord,
  nic: Nic,
  host: LinkedHost | null,
): Problem[] {
  const span = token.rawSpan(value.from, value.to);
  const label = host?.label ?? '';
  const most = mostOf(command, name.text, nic);
  if (most !== null && /^\d+$/.test(value.text) && Number(value.text) > most) {
    return [
      problem({
        code: 'above-maximum',
        severity: 'warning',
        span,
        message: `${nic.name} of ${label} takes ${most} at most for ${command.set} ${name.text}`,
        why: 'ethtool refuses a larger value, and with it the whole command.',
        fixes: most > 0 ? [sureFix(`Change it to ${most}`, replaced(span, String(most)))] : [],
      }),
    ];
  }
  if (
    command.set === 'coalesce' &&
    nic.coalesce.ok &&
    !nic.coalesce.value.zeroMayBeAbsent &&
    nic.coalesce.value.values.get(name.text) === null
  ) {
    return [
      problem({
        code: 'not-supported',
        severity: 'warning',
        span: token.rawSpan(name.from, name.to),
        message: `${nic.name} of ${label} has no ${name.text}`,
        why: 'ethtool refuses the whole command.',
      }),
    ];
  }
  if (command.set !== 'features' || !nic.features.ok) return [];
  const long = featureNames.get(name.text) ?? name.text;
  const feature = nic.features.value.find((one) => one.name === long);
  const nameSpan = token.rawSpan(name.from, name.to);
  if (feature === undefined) {
    const meant = nearestName(name.text, [...featureNames.keys(), ...nic.features.value.map((one) => one.name)]);
    return [
      problem({
        code: 'not-supported',
        severity: 'warning',
        span: nameSpan,
        message: `${nic.name} of ${label} has no feature ${name.text}`,
        why: didYouMean(meant).trim(),
        fixes: meant === null ? [] : [possibleFix(`Change it to ${meant}`, replaced(nameSpan, meant))],
      }),
    ];
  }
  const wanted = value.text === 'on';
  if (!feature.fixed || feature.active === wanted) return [];
  return [
    problem({
      code: 'fixed-feature',
      severity: 'warning',
      span: nameSpan,
      message: `${name.text} cannot be changed on ${nic.name} of ${label}: it is ${feature.active ? 'on' : 'off'} for good`,
      why: 'ethtool -k shows it as [fixed].',
    }),
  ];
}

/** The most a NIC takes for a ring or a kind of queue; null when it is not known. */
export function mostOf({ set }: Pick<EthtoolCommand, 'set'>, name: string, nic: Nic): number | null {
  if (set === 'ring' && nic.ring.ok) {
    const { rx, tx, rxMini, rxJumbo } = nic.ring.value.maximum;
    return { rx, tx, 'rx-mini': rxMini, 'rx-jumbo': rxJumbo }[name] ?? null;
  }
  if (set === 'channels' && nic.channels.ok) {
    const { rx, tx, other, combined } = nic.channels.value.maximum;
    return { rx, tx, other, combined }[name] ?? null;
  }
  return null;
}

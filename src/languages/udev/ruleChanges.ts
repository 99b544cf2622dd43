import { ethtoolCommands } from '../../knowledge/ethtoolOptions.ts';
import type { EthtoolSet, NicChange } from '../../tuning/change.ts';
import { isGlob } from '../text/globMatch.ts';
import { pairsOf } from './checkEthtool.ts';
import { nicPattern } from './checkNet.ts';
import { ethtoolCalls, shellScript, wordsOf } from './commands.ts';
import { alternativesOf, isMatch, type RuleInFlow, subsystemOf } from './ruleFlow.ts';
import type { UdevToken } from './udevRules.ts';

const queueFiles = ['rps_cpus', 'rps_flow_cnt', 'xps_cpus', 'xps_rxqs'] as const;

/** `for queue in .../queues/rx-*; do echo 3 > $$queue/rps_cpus; done`, as `queueCommand` writes it. */
const everyQueue =
  /^\/bin\/sh -c 'for (\w+) in \/sys\/class\/net\/\$name\/queues\/([rt]x-(?:\*|\d+)); do echo (\S+) > \$\$\1\/(\w+); done'$/;

/** What a token of a rule sets, as changes; null for one that does something else, or does it to more than one interface. */
export interface TokenChanges {
  readonly token: UdevToken;
  readonly changes: readonly NicChange[] | null;
}

/** What a rule sets of one interface, token by token; null for a rule about none, or about several. */
export function ruleChanges({
  rule,
  given,
}: RuleInFlow): { readonly nic: string; readonly tokens: readonly TokenChanges[] } | null {
  const subsystem = subsystemOf(given);
  const nic = subsystem === 'queues' ? nicOfQueues(given) : subsystem === 'net' ? nicPattern(given) : null;
  if (nic === null || isGlob(nic)) return null;
  const tokens = rule.tokens
    .filter((token) => !isMatch(token))
    .map((token) => ({
      token,
      changes: changesOf(token, nic, subsystem === 'queues' ? alternativesOf(given, 'KERNEL') : null),
    }));
  return tokens.length === 0 ? null : { nic, tokens };
}

function nicOfQueues(given: RuleInFlow['given']): string | null {
  const path = given.find(({ key, operator }) => key === 'DEVPATH' && operator === '==')?.value ?? '';
  return /^\*\/net\/([^/*?[\]|]+)\/\*$/.exec(path)?.[1] ?? alternativesOf(given, 'KERNELS')?.[0] ?? null;
}

function changesOf(token: UdevToken, nic: string, queues: readonly string[] | null): NicChange[] | null {
  const common = { nic, current: null, atLeast: false };
  const { key, attribute, value } = token;
  if (key === 'ATTR') {
    const device = (['tx_queue_len', 'mtu', 'napi_defer_hard_irqs', 'gro_flush_timeout', 'threaded'] as const).find(
      (one) => one === attribute,
    );
    if (device !== undefined && queues === null) return [{ ...common, kind: 'device', attribute: device, value }];
    const queue = queueFiles.find((one) => one === attribute);
    const which = queues?.[0];
    if (queue === undefined || queues?.length !== 1 || which === undefined) return null;
    if (/^[rt]x-\*$/.test(which)) return [{ ...common, kind: 'queue', attribute: queue, value }];
    const index = /^[rt]x-(\d+)$/.exec(which)?.[1];
    return index === undefined ? null : [{ ...common, kind: 'queue', attribute: queue, queue: Number(index), value }];
  }
  if (key !== 'RUN' || token.attribute === 'builtin') return null;
  const written = everyQueue.exec(token.raw);
  if (written !== null) {
    const [, , which = '', set = '', name] = written;
    const queue = queueFiles.find((one) => one === name);
    if (queue === undefined) return null;
    const index = /-(\d+)$/.exec(which)?.[1];
    return [
      {
        ...common,
        kind: 'queue',
        attribute: queue,
        value: set,
        ...(index === undefined ? {} : { queue: Number(index) }),
      },
    ];
  }
  const words = wordsOf(token.raw);
  const calls = ethtoolCalls(token);
  // A script may do more than call ethtool once.
  const [call] = calls;
  if (call === undefined || calls.length !== 1 || shellScript(words) !== null) return null;
  const command = ethtoolCommands.find(({ options }) => options.includes(call.option.text));
  const pairs = command === undefined ? [] : pairsOf(command, call);
  if (command === undefined || pairs.length * 2 !== call.args.length || pairs.length === 0) return null;
  return pairs.map(({ name, value: set }) => ({
    ...common,
    kind: 'ethtool',
    set: command.set as EthtoolSet,
    name: name.text,
    value: set?.text ?? '',
  }));
}

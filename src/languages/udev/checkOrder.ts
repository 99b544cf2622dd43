import { ethtoolCommands } from '../../knowledge/ethtoolOptions.ts';
import type { Problem } from '../service/languageService.ts';
import { problem, replaced, sureFix } from '../service/problem.ts';
import { pairsOf } from './checkEthtool.ts';
import { ethtoolCalls } from './commands.ts';
import { isMatch, type RuleInFlow } from './ruleFlow.ts';
import type { UdevRule, UdevToken } from './udevRules.ts';

/** Something that a rule sets of an interface, by which of its tokens. */
export interface RuleSetting extends Omit<Setting, 'token'> {
  readonly index: number;
}

interface Setting {
  readonly token: UdevToken;
  /** What is set, and of which devices. */
  readonly id: string;
  /** Of which devices: the rule's conditions, their order left aside. */
  readonly of: string;
  readonly set: string;
  /** Name of what is set, and to what. */
  readonly name: string;
  readonly value: string;
}

/** Settings that a later one undoes, and settings made twice. */
export function checkOrder(
  rules: readonly { readonly rule: UdevRule; readonly settings: readonly RuleSetting[] }[],
  text: string,
): Problem[] {
  const settings = rules.flatMap(({ rule, settings: ofRule }) =>
    ofRule.flatMap(({ index, ...rest }) => {
      const token = rule.tokens[index];
      return token === undefined ? [] : [{ token, ...rest }];
    }),
  );
  const problems: Problem[] = [];
  const last = new Map<string, Setting>();
  for (const setting of settings) {
    const before = last.get(setting.id);
    if (before !== undefined && before.token !== setting.token) problems.push(setAgain(before, setting));
    last.set(setting.id, setting);
  }
  const seen = new Set<UdevToken>();
  const ofSame = new Map<string, Setting[]>();
  for (const setting of settings) {
    const before = ofSame.get(setting.of) ?? [];
    if (setting.set === 'channels' && !seen.has(setting.token)) {
      seen.add(setting.token);
      const undone = before.filter((one) => one.token !== setting.token && after[one.set] !== undefined);
      const [first] = undone;
      if (first !== undefined) problems.push(tooLate(setting, first, undone, text));
    }
    before.push(setting);
    ofSame.set(setting.of, before);
  }
  return problems;
}

/** What comes of settings when the number of queues is changed after them. */
const after: Readonly<Record<string, 'lost' | 'often lost'>> = {
  rxfh: 'lost',
  'rx-flow-hash': 'lost',
  ring: 'often lost',
  coalesce: 'often lost',
};

/** What a rule sets, whatever others do. */
export function settingsOf(inFlow: RuleInFlow): RuleSetting[] {
  return foundIn(inFlow).map((setting) => ({ ...setting, id: `${setting.of}\n${setting.set}\n${setting.name}` }));
}

function foundIn({ rule, given }: RuleInFlow): Omit<RuleSetting, 'id'>[] {
  if (!rule.tokens.some((token) => token.key === 'ATTR' || ethtoolCalls(token).length > 0)) return [];
  const of = [
    ...new Set(given.map(({ key, attribute, operator, value }) => `${key}{${attribute ?? ''}}${operator}${value}`)),
  ]
    .sort()
    .join(', ');
  return rule.tokens.flatMap((token, index): Omit<RuleSetting, 'id'>[] => {
    if (isMatch(token)) return [];
    if (token.key === 'ATTR') return [{ index, of, set: 'ATTR', name: token.attribute ?? '', value: token.value }];
    if (token.key !== 'RUN') return [];
    return ethtoolCalls(token).flatMap((call): Omit<RuleSetting, 'id'>[] => {
      const command = ethtoolCommands.find(({ options }) => options.includes(call.option.text));
      if (command === undefined) return [];
      const target = /^[$%]/.test(call.nic.text) ? of : `${of} ${call.nic.text}`;
      const pairs = pairsOf(command, call);
      if (pairs.length === 0)
        return [{ index, of: target, set: command.set, name: call.args.map(({ text }) => text).join(' '), value: '' }];
      return pairs.map(({ name, value }) => ({
        index,
        of: target,
        set: command.set,
        name: name.text,
        value: value?.text ?? '',
      }));
    });
  });
}

function setAgain(before: Setting, { token, value, name }: Setting): Problem {
  const same = before.value === value;
  return problem({
    code: 'set-again',
    severity: 'warning',
    span: before.token.span,
    message: same
      ? `${name} is set to the same further down`
      : `${name} is set to ${value} further down, which is what counts`,
    related: [{ path: null, span: token.span, line: 0, message: 'set again here' }],
    unnecessary: true,
  });
}

function tooLate(channels: Setting, first: Setting, undone: readonly Setting[], text: string): Problem {
  const lost = undone.some(({ set }) => after[set] === 'lost');
  const both = [first.token, channels.token];
  const fixable = both.every(
    ({ key, operator, attribute }) => key === 'RUN' && operator === '+=' && attribute === null,
  );
  const textOf = ({ span }: UdevToken): string => text.slice(span.start, span.end);
  return problem({
    code: 'channels-late',
    severity: lost ? 'warning' : 'info',
    span: channels.token.span,
    message: lost
      ? 'Changing the number of queues sets the indirection table and flow rules back that were set before'
      : 'Changing the number of queues makes them anew: many drivers set rings and coalescing back that were set before',
    why: 'Order: -L, then -G, -C, -K, then -X and flow rules. RPS and XPS masks go in rules of the queues.',
    related: [{ path: null, span: first.token.span, line: 0, message: 'set before' }],
    fixes: fixable
      ? [
          sureFix(
            'Put the number of queues first',
            replaced(first.token.span, textOf(channels.token)),
            replaced(channels.token.span, textOf(first.token)),
          ),
        ]
      : [],
  });
}

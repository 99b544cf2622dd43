import type { UdevRule, UdevToken } from './udevRules.ts';
import type { UdevOperator } from './udevTokens.ts';

/** Something that holds where a rule applies: one of its own matches, or what a jump over it leaves. */
export interface Given {
  readonly key: string;
  readonly attribute: string | null;
  readonly operator: UdevOperator;
  readonly value: string;
}

/** A rule with what is known of the devices and events it applies to. */
export interface RuleInFlow {
  readonly rule: UdevRule;
  readonly given: readonly Given[];
  /** Of those what jumps over it leave; one and the same list for rules between the same jumps. */
  readonly left: readonly Given[];
  /** Some jump over it depends on the action, in whatever way. */
  readonly actionGuarded: boolean;
}

/**
 * What jumps leave for the rules they pass: behind `SUBSYSTEM!="net", GOTO="end"` the subsystem is net up to that label.
 * A jump with several conditions leaves only that not all of them hold.
 */
export function rulesInFlow(rules: readonly UdevRule[]): RuleInFlow[] {
  const labels = new Map<string, number[]>();
  for (const [index, rule] of rules.entries()) {
    for (const { key, value } of rule.tokens) {
      if (key !== 'LABEL') continue;
      const places = labels.get(value);
      if (places === undefined) labels.set(value, [index]);
      else places.push(index);
    }
  }
  let active: { readonly until: number; readonly given: readonly Given[]; readonly byAction: boolean }[] = [];
  let left: readonly Given[] = [];
  return rules.map((rule, index) => {
    if (active.some(({ until }) => until <= index)) {
      active = active.filter(({ until }) => until > index);
      left = active.flatMap(({ given }) => given);
    }
    const own = rule.tokens.filter(isMatch);
    const inFlow: RuleInFlow = {
      rule,
      given: left.length === 0 ? own : [...own, ...left],
      left,
      actionGuarded: active.some(({ byAction }) => byAction),
    };
    const goto = rule.tokens.find(({ key }) => key === 'GOTO');
    const until = goto === undefined ? undefined : labels.get(goto.value)?.find((place) => place > index);
    if (until !== undefined) {
      const conditions = rule.tokens.filter(isMatch);
      const [only, ...others] = conditions;
      const given = only !== undefined && others.length === 0 ? [negated(only)] : [];
      active = [...active, { until, given, byAction: conditions.some(({ key }) => key === 'ACTION') }];
      left = active.flatMap((one) => one.given);
    }
    return inFlow;
  });
}

export function isMatch({ operator }: { readonly operator: UdevOperator }): boolean {
  return operator === '==' || operator === '!=';
}

function negated({ key, attribute, operator, value }: UdevToken): Given {
  return { key, attribute, operator: operator === '==' ? '!=' : '==', value };
}

/** The alternatives that a key must be one of; null when nothing says so. */
export function alternativesOf(given: readonly Given[], key: string, attribute: string | null = null): string[] | null {
  const found = given.find((one) => one.key === key && one.attribute === attribute && one.operator === '==');
  return found === undefined ? null : found.value.split('|');
}

/** Whether the devices are known to be network interfaces (`net`), queues of them, or something else. */
export function subsystemOf(given: readonly Given[]): 'net' | 'queues' | 'both' | 'other' | null {
  const names = alternativesOf(given, 'SUBSYSTEM');
  if (names === null) return null;
  const [net, queues] = [names.includes('net'), names.includes('queues')];
  if (net && queues) return 'both';
  if (names.length > 1) return null;
  return net ? 'net' : queues ? 'queues' : 'other';
}

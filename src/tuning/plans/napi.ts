import { sysctlNumber } from '../current.ts';
import { clamp } from '../numbers.ts';
import { busiestCpu } from '../traffic.ts';
import { missingOutcome, type Outcome, outcomeOf, type Term, type Tuning, type TuningHost, term } from '../tuning.ts';

const budgetKey = 'net.core.netdev_budget';
const usecsKey = 'net.core.netdev_budget_usecs';

/** net/core/dev.c and hotdata.c; more than sixteen times these holds a CPU for too long. */
const defaultBudget = 300;
const defaultWeight = 64;
const furthest = 16;
/** Two ticks of the slowest clock, HZ=100: what the kernel itself takes there. */
const mostUsecs = 20_000;

/** T8: how much one softirq run may do. */
export const napiBudget: Tuning = {
  id: 'T8',
  title: 'NAPI budget',
  computed:
    'only where runs are cut short (time_squeeze moves, once a second at least): the packets that the busiest CPU takes while a run may last, at least the kernel’s 300, at most 16 times that; where the budget has room for them already it is the time that ends the runs, and that is doubled up to two ticks of HZ=100',
  why: 'A run that ends with packets still waiting leaves them in the ring until the next one.',
  risk: 'low',
  sideEffects: 'Longer runs: tasks on that CPU, and other softirqs, wait longer.',
  samples: [{ kind: 'sysctl', key: budgetKey, value: '600', current: '300', atLeast: true }],
  plan: (host) => [...budgets(host), weight(host)],
};

function budgets(host: TuningHost): Outcome[] {
  const { rates, snapshot } = host;
  if (!rates.ok) return [missingOutcome(budgetKey, rates.reason)];
  const squeezes = [...rates.value.softnet.values()].map(({ time_squeeze }) => time_squeeze);
  if (squeezes.every((squeeze) => squeeze === null))
    return [missingOutcome(budgetKey, 'no CPU has its time_squeeze in both samples')];
  const squeezed = squeezes.reduce((sum, squeeze) => sum + (squeeze?.delta ?? 0), 0);
  const squeezeTerm = term(`time_squeeze in ${rates.value.seconds.toFixed(1)} s`, squeezed, '/proc/net/softnet_stat');
  const budget = sysctlNumber(budgetKey, snapshot);
  const usecs = sysctlNumber(usecsKey, snapshot);
  const packets = busiestCpu(rates);
  if (!budget.ok) return [missingOutcome(budgetKey, budget.reason)];
  // A few now and then are those of a machine that waits for its hypervisor.
  if (squeezed < rates.value.seconds) {
    const enough = Math.min(budget.value, defaultBudget);
    return [raised(host, budgetKey, enough, [squeezeTerm], 'fewer than one run a second was cut short: it suffices')];
  }
  if (!usecs.ok) return [missingOutcome(budgetKey, usecs.reason)];
  if (!packets.ok) return [missingOutcome(budgetKey, packets.reason)];
  const terms = [squeezeTerm, ...packets.terms, term('microseconds a run may last', usecs.value, usecsKey)];
  const need = Math.ceil((packets.value * usecs.value) / 1e6);
  const value = clamp(need, defaultBudget, defaultBudget * furthest);
  if (budget.value < value)
    return [
      raised(
        host,
        budgetKey,
        value,
        terms,
        `${packets.value} packets/s x ${usecs.value} us = ${need}; at least ${defaultBudget}, at most ${furthest} times that = ${value}`,
      ),
    ];
  const longer = Math.max(usecs.value, Math.min(mostUsecs, usecs.value * 2));
  return [
    raised(
      host,
      usecsKey,
      longer,
      [...terms, term('packets a run may take', budget.value, budgetKey)],
      `${budget.value} packets are more than the ${need} of that time: the time ends the runs; min(2 x ${usecs.value}, ${mostUsecs}) = ${longer}`,
    ),
  ];
}

function weight(host: TuningHost): Outcome {
  const key = 'net.core.dev_weight';
  return raised(
    host,
    key,
    defaultWeight,
    [term('the kernel’s weight', defaultWeight, 'net/core/hotdata.c dev_weight')],
    'less than the kernel’s own only adds rounds',
  );
}

/** A sysctl that is to be at least so much. */
export function raised(host: TuningHost, key: string, value: number, terms: readonly Term[], formula: string): Outcome {
  return outcomeOf(host, { kind: 'sysctl', key }, { value: String(value), atLeast: true, terms, formula });
}

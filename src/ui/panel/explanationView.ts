import type {
  ExplanationFactView,
  ExplanationLinkView,
  ExplanationView,
  RuleUseView,
} from '../../../webview/explainViews.ts';
import type { Observation } from '../../capture/observation.ts';
import { allRules } from '../../diagnosis/allRules.ts';
import type { Found } from '../../diagnosis/finding.ts';
import type { Rule } from '../../diagnosis/rule.ts';
import { type RuleUse, rulesNaming } from '../../diagnosis/ruleUse.ts';
import { type Explanation, explanation, type NamesHere } from '../../knowledge/explain/explanation.ts';
import { explanationOf } from '../../knowledge/explain/explanations.ts';
import { stepLabel } from '../../knowledge/steps.ts';
import { readKnob } from './pathKnobs.ts';
import { pathView } from './pathView.ts';

/** What is meant by an id of the panel, and how that stands in this snapshot; null for one that nothing is known of. */
export function explanationView(observation: Observation, id: string): ExplanationView | null {
  const found = explain(observation, id);
  if (found === null) return null;
  const { title, kind, what } = found;
  return {
    title,
    kind,
    what,
    facts: factsOf(found, id, observation),
    rules: rulesOf(found, id, observation),
    links: linksOf(found),
  };
}

function explain(observation: Observation, id: string): Explanation | null {
  if (id.startsWith('rule:')) return ruleExplained(id.slice('rule:'.length));
  if (id.startsWith('evidence:')) return evidenceExplained(id.slice('evidence:'.length), observation);
  return explanationOf(id, namesHere(observation));
}

function namesHere({ snapshot }: Observation): NamesHere {
  return {
    driverOf: (name) => snapshot.nics.find((nic) => nic.name === name)?.driver ?? null,
    isNicVector: (irq) => snapshot.nics.some(({ irqs }) => irqs.some((each) => String(each.irq) === irq)),
  };
}

function ruleExplained(id: string): Explanation | null {
  const rule = allRules.find((each) => each.id === id);
  if (rule === undefined) return null;
  return explanation({
    title: `${rule.id} ${rule.title}`,
    kind: 'rule',
    what: `It goes by: ${rule.evidence}.`,
    step: rule.step,
  });
}

/** A rule names what it read in its own words (`CPU 1 dropped`, `Udp RcvbufErrors`): the longest part that is known is meant. */
function evidenceExplained(field: string, observation: Observation): Explanation | null {
  const here = namesHere(observation);
  const words = field.split(/[\s,]+/);
  const tails = words.map((_, at) => words.slice(at).join(' '));
  for (const tail of [field, ...tails, ...words]) {
    for (const kind of ['counter', 'sysctl', 'softnet', 'sockstat', 'link', 'cputime', 'state', 'offload', 'measure']) {
      const isKnown = (kind !== 'sysctl' && kind !== 'offload') || /^[a-z]+\.\w+\.|^[a-z]+-[a-z-]+$/.test(tail);
      const found = isKnown ? explanationOf(`${kind}:${tail}`, here) : null;
      if (found !== null) return { ...found, title: field };
    }
    const found = explanationOf(`counter:TcpExt ${tail}`, here) ?? explanationOf(`counter:Tcp ${tail}`, here);
    if (found !== null) return { ...found, title: field };
  }
  const column = explanationOf('column:evidence/field', here);
  return column === null ? null : { ...column, title: field, kind: 'evidence' };
}

function factsOf(found: Explanation, id: string, observation: Observation): ExplanationFactView[] {
  const fact = (label: string, value: string, code = false): ExplanationFactView[] =>
    value === '' ? [] : [{ label, value, code }];
  return [
    ...hereOf(found, id, observation),
    ...fact(id.startsWith('step:') ? 'Functions' : 'Counted in', found.where, true),
    ...fact('Read from', found.source, true),
    ...fact('Step', found.step === null || id.startsWith('step:') ? '' : stepLabel(found.step)),
    ...fact('Unit', found.unit),
    ...fact('Scope', found.scope),
    ...fact('Kernels', found.versions),
    ...fact('Set by', found.set, true),
    ...found.more.map(({ label, value }) => ({ label, value, code: false })),
    ...ruleFacts(id),
  ];
}

/** How it stands on this host: a knob with its default and the file that sets it, a step with what is lost there. */
function hereOf(found: Explanation, id: string, { snapshot, ...rest }: Observation): ExplanationFactView[] {
  if (found.sysctl !== null) {
    const knob = readKnob(`sysctl ${found.sysctl}`, snapshot, undefined);
    if (knob === null) return [];
    return [
      { label: 'Runs', value: knob.value ?? `not known: ${knob.reason ?? ''}`, code: false },
      ...(found.usual === '' ? [] : [{ label: 'Default', value: found.usual, code: false }]),
      { label: 'At boot', value: `${knob.boot}${knob.differs ? ': not what runs now' : ''}`, code: false },
    ];
  }
  if (id.startsWith('step:')) {
    const [, step = '', nic = ''] = /^step:(\S+) ?(.*)$/.exec(id) ?? [];
    const path = pathView({ snapshot, ...rest }, nic === '' ? null : nic);
    const here =
      path === null ? undefined : [path.ways.in, path.ways.out, path.ways.back].flat().find((each) => each.id === step);
    return here === undefined
      ? []
      : [
          { label: 'Here', value: here.why, code: false },
          ...(here.aside === null ? [] : [{ label: 'Comes by', value: here.aside, code: false }]),
        ];
  }
  return found.usual === '' ? [] : [{ label: 'Default', value: found.usual, code: false }];
}

function ruleFacts(id: string): ExplanationFactView[] {
  const rule = allRules.find((each) => `rule:${each.id}` === id);
  if (rule === undefined) return [];
  return [
    { label: 'Proposes', value: rule.fix, code: false },
    { label: 'Looks the same', value: rule.lookalikes, code: false },
  ];
}

function rulesOf({ named, step }: Explanation, id: string, observation: Observation): RuleUseView[] {
  if (id.startsWith('rule:'))
    return allRules.filter((rule) => `rule:${rule.id}` === id).map((rule) => useOf(rule, 'judges', observation));
  // A step is judged by the rules that stand there.
  const uses = id.startsWith('step:')
    ? allRules.filter((rule) => rule.step === step).map((rule) => ({ rule, use: 'judges' as const }))
    : rulesNaming(allRules, named);
  return uses.map(({ rule, use }) => useOf(rule, use, observation)).toSorted((a, b) => order[a.state] - order[b.state]);
}

const order: Readonly<Record<RuleUseView['state'], number>> = { fired: 0, unchecked: 1, silent: 1 };

function useOf({ id, title }: Rule, use: RuleUse, { diagnosis }: Observation): RuleUseView {
  const own: readonly Found[] = diagnosis.findings.filter((finding) => finding.rule === id);
  const [worst] = own;
  const common = { id, title, changes: use === 'changes' };
  if (worst !== undefined) {
    const more = own.length > 1 ? ` (and ${own.length - 1} more)` : '';
    return { ...common, state: 'fired', severity: worst.severity, said: `${worst.title}${more}`, focus: worst.key };
  }
  const lacking = diagnosis.notChecked.find(({ rule }) => rule === id);
  return lacking === undefined
    ? { ...common, state: 'silent', severity: null, said: '', focus: `rule:${id}` }
    : { ...common, state: 'unchecked', severity: null, said: lacking.reason, focus: `rule:${id}` };
}

function linksOf({ step, sysctl }: Explanation): ExplanationLinkView[] {
  return [
    ...(step === null ? [] : [{ label: 'Show on the path', tab: 'path' as const, focus: `step:${step}` }]),
    ...(sysctl === null ? [] : [{ label: 'Show in Settings', tab: 'settings' as const, focus: `sysctl:${sysctl}` }]),
  ];
}

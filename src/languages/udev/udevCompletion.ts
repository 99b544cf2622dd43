import { udevKeys, udevOperatorMeanings } from '../../knowledge/udevKeys.ts';
import type { Completion, DocumentContext, Span } from '../service/languageService.ts';
import { attributeOffers } from './completionAttributes.ts';
import { lineOffers } from './completionLines.ts';
import { type Offer, valueOffers } from './completionValues.ts';
import { type Given, rulesInFlow } from './ruleFlow.ts';
import { parseUdevRules, type UdevRule } from './udevRules.ts';
import { type BegunToken, begunToken } from './udevTokens.ts';

/** What may be written at a place: keys, what stands in braces, operators, values with those of the linked host. */
export function udevCompletions(text: string, offset: number, context: DocumentContext): Completion[] {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const line = text.slice(lineStart, offset);
  if (/^\s*#/.test(line)) return [];
  const inFlow = rulesInFlow(parseUdevRules(text));
  const here = inFlow.find(
    ({ rule }) => rule.start <= offset && offset <= rule.end && rule.indexOf(offset) >= 0 && !isBehind(rule, offset),
  );
  const index = here?.rule.indexOf(offset) ?? -1;
  if (here === undefined || index < 0) {
    const word = /[A-Za-z]*$/.exec(line)?.[0] ?? '';
    const replace = { start: offset - word.length, end: offset };
    // A place behind the last rule, and in none: what jumps leave is not looked at.
    return [
      ...keyCompletions(replace),
      ...(line.trim() === word ? lineOffers(context.host).map((offer) => completionOf(offer, replace)) : []),
    ];
  }
  return inRule(here.rule, here.given, index, context, text);
}

/** Whether a place is behind the line end of a rule: there the next one begins. */
function isBehind(rule: UdevRule, offset: number): boolean {
  return offset === rule.end && rule.spanOf(rule.joined.length, rule.joined.length).start < offset && !rule.open;
}

function inRule(
  rule: UdevRule,
  given: readonly Given[],
  index: number,
  context: DocumentContext,
  text: string,
): Completion[] {
  const { joined, spanOf } = rule;
  const begun = begunToken(joined.slice(0, index));
  if (begun === null) return keyCompletions(spanOf(index, index));
  const { key, attribute, attributeFrom, operator, valueFrom, from } = begun;
  if (operator !== null) return valueCompletions(rule, given, begun, operator, valueFrom, index, context, text);
  if (attributeFrom >= 0 && attribute === null) {
    const end = index + (/^[^}"\s,=]*/.exec(joined.slice(index))?.[0].length ?? 0);
    return attributeOffers(key, given, context.host).map((offer) => completionOf(offer, spanOf(attributeFrom, end)));
  }
  const typed = joined.slice(from, index);
  if (/[\s}]$/.test(typed) || udevKeys.has(key)) {
    const facts = udevKeys.get(key);
    const operators = operatorCompletions(facts?.operators ?? Object.keys(udevOperatorMeanings), spanOf(index, index));
    return /[\s}]$/.test(typed) ? operators : [...operators, ...keyCompletions(spanOf(from, index))];
  }
  const end = index + (/^[A-Za-z]*/.exec(joined.slice(index))?.[0].length ?? 0);
  return keyCompletions(spanOf(from, end));
}

function keyCompletions(replace: Span): Completion[] {
  return [...udevKeys.values()].map(({ name, meaning, attribute, operators }, rank): Completion => {
    const operator = operators[0] ?? '==';
    return {
      label: attribute === 'required' ? `${name}{}` : name,
      kind: 'key',
      detail: operators.join(' '),
      documentation: [{ kind: 'text', text: meaning }],
      insert:
        attribute === 'required'
          ? `${name}{`
          : operators.length === 1 || operator === '=='
            ? `${name}${operator}"`
            : name,
      replace,
      words: wordsOf(name),
      rank,
    };
  });
}

/** Other words for a key. */
function wordsOf(name: string): string {
  const words: Readonly<Record<string, string>> = {
    ACTION: 'event add',
    SUBSYSTEM: 'class net queues',
    KERNEL: 'name device',
    NAME: 'interface nic rename',
    ATTR: 'sysfs mtu txqueuelen rps xps',
    RUN: 'program command ethtool',
    DRIVERS: 'driver',
    SYSCTL: 'kernel parameter',
    ENV: 'property',
  };
  return words[name] ?? '';
}

function operatorCompletions(operators: readonly string[], replace: Span): Completion[] {
  return operators.map((operator, rank) => ({
    label: operator,
    kind: 'operator',
    detail: udevOperatorMeanings[operator] ?? '',
    documentation: [],
    insert: `${operator}"`,
    replace,
    words: '',
    rank,
  }));
}

function valueCompletions(
  rule: UdevRule,
  given: readonly Given[],
  { key, attribute }: BegunToken,
  operator: string,
  valueFrom: number,
  index: number,
  context: DocumentContext,
  text: string,
): Completion[] {
  const { joined, spanOf } = rule;
  const quoted = /^[ei]{0,2}"/.exec(joined.slice(valueFrom, index));
  const open = quoted === null ? index : valueFrom + quoted[0].length;
  const typed = joined.slice(open, index);
  const offers = valueOffers({ key, attribute, operator, typed, given, text, rule, context });
  const rest = /^[^"|\s,]*/.exec(joined.slice(index))?.[0].length ?? 0;
  return offers.map((offer) => {
    const from =
      offer.from === undefined
        ? open + (operator === '==' || operator === '!=' ? typed.lastIndexOf('|') + 1 : 0)
        : open + offer.from;
    const completion = completionOf(offer, spanOf(from, quoted === null ? index : index + rest));
    return quoted === null ? { ...completion, insert: `"${completion.insert}"` } : completion;
  });
}

function completionOf({ label, kind, detail, documentation, insert, words, rank }: Offer, replace: Span): Completion {
  return {
    label,
    kind,
    detail,
    documentation: documentation === '' ? [] : [{ kind: 'text', text: documentation }],
    insert: insert ?? label,
    replace,
    words,
    rank,
  };
}

import { ethtoolCommands } from '../../knowledge/ethtoolOptions.ts';
import { netAttribute } from '../../knowledge/netAttributes.ts';
import { netProperties } from '../../knowledge/netProperties.ts';
import { nicKnobs } from '../../knowledge/nicKnobs.ts';
import { sysctlKeys } from '../../knowledge/sysctlKeys.ts';
import {
  goneUdevOptions,
  udevBuiltins,
  udevKeys,
  udevOperatorMeanings,
  udevOptions,
} from '../../knowledge/udevKeys.ts';
import type { DocumentContext, HoverText, Span, TextPart } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { nicsOf, pairsOf } from './checkEthtool.ts';
import { ethtoolCalls } from './commands.ts';
import { attributeNow, ethtoolNow, nicFacts, nicsGiven } from './hostValues.ts';
import { type RuleInFlow, rulesInFlow, subsystemOf } from './ruleFlow.ts';
import { substitutionsIn } from './substitutions.ts';
import { parseUdevRules, type UdevToken } from './udevRules.ts';

const title = (text: string): TextPart => ({ kind: 'title', text });
const says = (text: string): TextPart => ({ kind: 'text', text });
const fact = (label: string, text: string): TextPart => ({ kind: 'fact', label, text });

/** What stands at a place of a rule, what it means, and what the linked host has of it. */
export function udevHover(text: string, offset: number, { host }: DocumentContext): HoverText | null {
  for (const inFlow of rulesInFlow(parseUdevRules(text))) {
    if (offset < inFlow.rule.start || offset > inFlow.rule.end) continue;
    const token = inFlow.rule.tokens.find(({ span }) => span.start <= offset && offset <= span.end);
    if (token !== undefined) return hoverOf(token, offset, inFlow, host);
  }
  return null;
}

function hoverOf(token: UdevToken, offset: number, inFlow: RuleInFlow, host: LinkedHost | null): HoverText | null {
  const within = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  if (within(token.keySpan)) return keyHover(token);
  if (token.attributeSpan !== null && within(token.attributeSpan))
    return attributeHover(token, token.attributeSpan, inFlow, host);
  if (within(token.operatorSpan)) {
    const meaning = udevOperatorMeanings[token.operator] ?? '';
    return { span: token.operatorSpan, parts: [title(token.operator), says(meaning)] };
  }
  return within(token.valueSpan) ? valueHover(token, offset, inFlow, host) : null;
}

function keyHover({ key, keySpan }: UdevToken): HoverText | null {
  const facts = udevKeys.get(key);
  if (facts === undefined) return null;
  const { operators, attributeText, since, meaning, substitutes } = facts;
  return {
    span: keySpan,
    parts: [
      title(attributeText === '' ? key : `${key}{${attributeText}}`),
      says(meaning),
      fact('operators', operators.map((operator) => `\`${operator}\``).join(' ')),
      ...(substitutes ? [fact('value', 'with substitutions: `$name`, `$attr{file}`, `$env{key}` ...')] : []),
      ...(since > 0 ? [fact('since', `systemd ${since}`)] : []),
      { kind: 'link', label: 'udev(7)', url: 'https://www.freedesktop.org/software/systemd/man/latest/udev.html#Keys' },
    ],
  };
}

function attributeHover(token: UdevToken, span: Span, inFlow: RuleInFlow, host: LinkedHost | null): HoverText | null {
  const { key, attribute } = token;
  const name = attribute ?? '';
  if (key === 'ENV') {
    const meaning = netProperties.get(name);
    return meaning === undefined ? null : { span, parts: [title(name), says(meaning)] };
  }
  if (key === 'SYSCTL') {
    const dotted = name.includes('/') ? name.replaceAll('/', '.') : name;
    const facts = sysctlKeys.get(dotted);
    const running = host?.sysctl.ok === true ? host.sysctl.value.get(dotted) : undefined;
    if (facts === undefined && running === undefined) return null;
    return {
      span,
      parts: [
        title(dotted),
        ...(facts === undefined
          ? []
          : [says(facts.governs), fact('default', facts.defaultText), fact('unit', facts.unit)]),
        ...(running === undefined || host === null ? [] : [fact(`now on ${host.label}`, running)]),
      ],
    };
  }
  if (key !== 'ATTR') return null;
  const subsystem = subsystemOf(inFlow.given);
  const found = netAttribute(name, subsystem === 'queues' ? 'queues' : 'net');
  if (found === null || (subsystem !== 'net' && subsystem !== 'queues')) return null;
  const { facts } = found;
  const knob = facts.knob === null ? null : nicKnobs[facts.knob];
  return {
    span,
    parts: [
      title(name),
      says(facts.meaning),
      ...(facts.value === null ? [fact('access', 'can only be read')] : []),
      ...(knob === null ? [] : [fact('default', knob.defaultText)]),
      ...(knob !== null && knob.link.length > 0
        ? [fact('.link option', knob.link.map((one) => `\`${one}=\``).join(' '))]
        : []),
      ...(facts.since === '' ? [] : [fact('since', `Linux ${facts.since}`)]),
      ...nowOn(host, inFlow, (nic) => attributeNow(facts.name, nic, found.queue)),
    ],
  };
}

/** What each NIC that the rule is for has now. */
function nowOn(
  host: LinkedHost | null,
  { given }: RuleInFlow,
  now: (nic: LinkedHost['nics'][number]) => string | null,
): TextPart[] {
  if (host === null) return [];
  return nicsGiven(given, host)
    .slice(0, 6)
    .flatMap((nic) => {
      const value = now(nic);
      return value === null ? [] : [fact(`now on ${nic.name} of ${host.label}`, value)];
    });
}

function valueHover(token: UdevToken, offset: number, inFlow: RuleInFlow, host: LinkedHost | null): HoverText | null {
  for (const { from, to, facts, argument } of substitutionsIn(token.raw)) {
    const span = token.rawSpan(from, to);
    if (span.start > offset || offset > span.end) continue;
    const property = facts.name === 'env' ? netProperties.get(argument ?? '') : undefined;
    return {
      span,
      parts: [
        title(token.raw.slice(from, to)),
        says(facts.meaning),
        ...(property === undefined ? [] : [fact(argument ?? '', property)]),
        fact('same as', `\`$${facts.name}\`, \`%${facts.letter}\``),
      ],
    };
  }
  if (token.key === 'RUN' || token.key === 'IMPORT') {
    const builtin = token.attribute === 'builtin' ? udevBuiltins.get(/^\S*/.exec(token.value)?.[0] ?? '') : undefined;
    if (builtin !== undefined) return { span: token.valueSpan, parts: [title(token.value), says(builtin)] };
    return commandHover(token, offset, inFlow, host);
  }
  if (token.key === 'OPTIONS') {
    const name = /^[^=]*=?/.exec(token.value)?.[0] ?? '';
    const meaning = udevOptions.get(token.value) ?? udevOptions.get(name) ?? goneUdevOptions.get(name);
    return meaning === undefined ? null : { span: token.valueSpan, parts: [title(token.value), says(meaning)] };
  }
  const nic = ['NAME', 'KERNEL'].includes(token.key) ? host?.nics.find(({ name }) => name === token.value) : undefined;
  if (nic === undefined || host === null) return null;
  return { span: token.valueSpan, parts: [title(`${nic.name} of ${host.label}`), ...nicFacts(nic)] };
}

/** An option of ethtool or a name behind it. */
function commandHover(
  token: UdevToken,
  offset: number,
  { given }: RuleInFlow,
  host: LinkedHost | null,
): HoverText | null {
  for (const call of ethtoolCalls(token)) {
    const command = ethtoolCommands.find(({ options }) => options.includes(call.option.text));
    if (command === undefined) continue;
    const option = token.rawSpan(call.option.from, call.option.to);
    if (option.start <= offset && offset <= option.end)
      return { span: option, parts: [title(`ethtool ${command.options.join(', ')}`), says(command.meaning)] };
    for (const { name, value } of pairsOf(command, call)) {
      const span = token.rawSpan(name.from, (value ?? name).to);
      if (span.start > offset || offset > span.end) continue;
      const knob = Object.entries(nicKnobs).find(
        ([id]) => id === `${command.set.replace(/s$/, '')} ${name.text}` || id === `${command.set} ${name.text}`,
      )?.[1];
      const now =
        host === null
          ? []
          : nicsOf(call, given, host)
              .slice(0, 6)
              .flatMap((nic) => {
                const text = ethtoolNow(command.set, name.text, nic);
                return text === null ? [] : [fact(`now on ${nic.name} of ${host.label}`, text)];
              });
      return {
        span,
        parts: [
          title(`${command.set} ${name.text}`),
          says(knob === undefined ? command.meaning : knob.governs),
          ...(knob === undefined ? [] : [fact('default', knob.defaultText)]),
          ...now,
        ],
      };
    }
  }
  return null;
}

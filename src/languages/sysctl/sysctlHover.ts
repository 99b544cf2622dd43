import { stepLabel } from '../../knowledge/steps.ts';
import { goneKeys } from '../../knowledge/sysctl/gone.ts';
import { kernelVersion } from '../../knowledge/sysctl/kernelVersion.ts';
import { valueNames } from '../../knowledge/sysctl/names.ts';
import type { Acts, SysctlKeyFacts } from '../../knowledge/sysctl/record.ts';
import { acceptedBy, defaultIn, sysctlFacts } from '../../knowledge/sysctlKeys.ts';
import type { DocumentContext, HoverText, TextPart } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { linksOf } from './sysctlLinks.ts';
import { sysctlSource } from './sysctlSource.ts';
import { place } from './sysctlWrites.ts';

/** What the key of a line means, how far it goes, and what the linked host has. */
export function hoverSysctl(text: string, offset: number, { host }: DocumentContext): HoverText | null {
  const source = sysctlSource(text);
  const { line } = source.index.positionOf(offset);
  const found = source.document.lines[line];
  if (found === undefined || (found.kind !== 'assignment' && found.kind !== 'exclude')) return null;
  const key = source.index.spanOf(found.keyRange);
  if (offset >= key.start && offset <= key.end) {
    const parts = describeKey(found.key, host);
    return parts.length === 0 ? null : { span: key, parts };
  }
  if (found.kind === 'exclude') return null;
  const value = source.index.spanOf(found.valueRange);
  if (offset < value.start || offset > value.end) return null;
  const meaning = meaningOfValue(found.key, found.value);
  return { span: value, parts: [...meaning, ...describeKey(found.key, host)] };
}

function meaningOfValue(key: string, value: string): TextPart[] {
  const meaning = valueNames.get(sysctlFacts(key)?.key ?? key)?.get(value);
  return meaning === undefined ? [] : [{ kind: 'text', text: `${value}: ${meaning}` }];
}

const actions: Readonly<Record<Acts, string>> = {
  '': '',
  now: 'at once',
  new: 'on sockets, connections and devices made later',
  listen: 'at the next listen(): a server must be reloaded or started again',
  setsockopt: 'at the next setsockopt()',
  alloc: 'when the table is next made',
  refresh: 'with the next packet of each entry',
  mixed: 'in part at once, in part on new sockets',
};

const scopes: Readonly<Record<SysctlKeyFacts['scope'], string>> = {
  '': '',
  netns: 'each network namespace has its own',
  init: 'the first network namespace only; containers do not see it',
  copy: 'one for the host; containers see it and cannot set it',
  host: 'one for the host',
};

/** All that is known of a key, of one that is not in the catalogue what the host has of it; empty when that is nothing. */
export function describeKey(key: string, host: LinkedHost | null): TextPart[] {
  const facts = sysctlFacts(key);
  const gone = goneKeys.get(key);
  const here = host === null ? [] : onHost(key, host);
  if (facts === undefined) {
    if (gone === undefined) return here.length === 0 ? [] : [{ kind: 'title', text: key }, ...here];
    const when = gone.removed === null ? 'No Linux has it' : `Gone since Linux ${gone.removed}`;
    return [{ kind: 'title', text: key }, { kind: 'text', text: `${when}. ${gone.why}.` }, ...here];
  }
  return [
    { kind: 'title', text: key },
    { kind: 'text', text: `${facts.governs}.` },
    ...here,
    ...factParts(facts, host),
    ...(facts.note === '' ? [] : [{ kind: 'text', text: `${facts.note}.` } as const]),
    ...linksOf(key).map((link) => ({ kind: 'link', ...link }) as const),
  ];
}

function factParts(facts: SysctlKeyFacts, host: LinkedHost | null): TextPart[] {
  const kernel = kernelVersion(host?.kernel ?? '');
  const byDefault = kernel === null ? null : defaultIn(facts, kernel);
  const versions = [
    facts.since === '' ? '' : `since Linux ${facts.since}`,
    facts.removed === undefined ? '' : `gone since ${facts.removed}`,
    facts.idleSince === undefined ? '' : `without effect since ${facts.idleSince}`,
  ].filter((text) => text !== '');
  const rows: [string, string][] = [
    [
      'default',
      byDefault !== null && facts.defaults.length > 1 ? `${byDefault} in Linux ${host?.kernel}` : facts.defaultText,
    ],
    ['unit', facts.unit],
    ['takes', rangeOf(facts, host)],
    ['values', [...(valueNames.get(facts.key) ?? [])].map(([value, meaning]) => `${value} ${meaning}`).join('; ')],
    ['kernel', versions.join(', ')],
    ['acts', actions[facts.acts]],
    ['scope', scopes[facts.scope]],
    ['step', facts.step === null ? '' : stepLabel(facts.step)],
    ['more costs', facts.risk],
  ];
  return rows.flatMap(([label, text]) => (text === '' ? [] : [{ kind: 'fact', label, text }]));
}

function rangeOf(facts: SysctlKeyFacts, host: LinkedHost | null): string {
  if (facts.readOnly) return 'nothing: it is only shown';
  const bounds = facts.means ?? acceptedBy(facts, kernelVersion(host?.kernel ?? ''));
  const count = facts.shape === 'triple' ? 'three numbers, each ' : facts.shape === 'pair' ? 'two numbers, each ' : '';
  if (facts.shape === 'mask') return 'a mask of CPUs in hexadecimal';
  if (facts.shape === 'ports') return 'ports and ranges: 8080,9000-9010';
  if (bounds === null) return '';
  const { least, most } = bounds;
  return count + (most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`);
}

/** The running value, and who sets it at boot. */
function onHost(key: string, { label, sysctl, boot }: LinkedHost): TextPart[] {
  const running = sysctl.ok ? sysctl.value.get(key) : undefined;
  const set = boot.sysctl.ok ? boot.sysctl.value.keys.get(key) : undefined;
  const rows: [string, string][] = [
    [`on ${label}`, running === undefined ? (sysctl.ok ? 'not there, or not read' : sysctl.reason) : `\`${running}\``],
  ];
  if (set?.setting) rows.push(['set at boot', `\`${set.setting.value}\` by ${place(set.setting)}`]);
  else if (boot.sysctl.ok && running !== undefined) rows.push(['set at boot', 'by no file']);
  for (const { who, value, why } of set?.others ?? []) {
    rows.push([`set by ${who}`, value === null ? why : `\`${value}\`: ${why}`]);
  }
  if (set?.verdict.kind === 'differs') rows.push(['next boot', `\`${set.verdict.boot}\`: ${set.verdict.why}`]);
  return rows.map(([name, text]) => ({ kind: 'fact', label: name, text }));
}

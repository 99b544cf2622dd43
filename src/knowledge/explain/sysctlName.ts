import type { Acts, SysctlKeyFacts } from '../sysctl/record.ts';
import { acceptedBy, documentationOf, sysctlFacts } from '../sysctlKeys.ts';
import { type Explanation, explanation } from './explanation.ts';

/** A sysctl by its key in dotted spelling, also one that is not in the catalogue. */
export function sysctl(key: string): Explanation {
  const facts = sysctlFacts(key);
  const last = key.slice(key.lastIndexOf('.') + 1);
  return explanation({
    title: key,
    kind: 'sysctl',
    what:
      facts === undefined || facts.governs === ''
        ? 'A sysctl of the kernel; what it governs is not known here.'
        : wordsOf(facts),
    source: `/proc/sys/${key.replaceAll('.', '/')}`,
    step: facts?.step ?? null,
    unit: facts?.unit ?? '',
    usual: facts?.defaultText ?? '',
    scope: scopes[facts?.scope ?? ''] ?? '',
    versions: facts === undefined ? '' : versionsOf(facts),
    set: facts?.readOnly === true ? '' : `sysctl -w ${key}=VALUE`,
    more: facts === undefined ? [] : moreOf(key, facts),
    // `tcp_rmem` is unlike any other word, `mtu` or `forwarding` is not.
    named: [[key], ...(last.includes('_') ? [[last]] : [])],
    sysctl: key,
  });
}

function wordsOf({ governs, note }: SysctlKeyFacts): string {
  return [governs, note]
    .filter((words) => words !== '')
    .map((words) => (/[.!?]$/.test(words) ? words : `${words}.`))
    .join(' ');
}

const scopes: Readonly<Record<string, string>> = {
  netns: 'this network namespace',
  init: 'the whole machine; only the first namespace has it',
  copy: 'the whole machine; other namespaces see it and cannot set it',
  host: 'the whole machine',
};

const actWords: Readonly<Record<Acts, string>> = {
  '': '',
  now: 'at once',
  new: 'for sockets and devices made from then on',
  listen: 'at the next listen()',
  setsockopt: 'at the next setsockopt()',
  alloc: 'when its table is next made',
  refresh: 'with the next packet of an entry',
  mixed: 'in part at once, in part for what is made from then on',
};

function moreOf(key: string, facts: SysctlKeyFacts): { label: string; value: string }[] {
  const taken = acceptedBy(facts, null);
  const bounds = facts.means ?? taken;
  const range =
    bounds === null ? '' : bounds.most >= 2 ** 31 - 1 ? `${bounds.least} or more` : `${bounds.least} to ${bounds.most}`;
  return [
    {
      label: 'Takes',
      value: facts.readOnly ? 'nothing: it is read only' : range,
    },
    { label: 'Acts', value: actWords[facts.acts] },
    { label: 'A larger one costs', value: facts.risk },
    { label: 'Documented', value: documentationOf(key) ?? '' },
  ].filter(({ value }) => value !== '');
}

function versionsOf({ since, removed, idleSince }: SysctlKeyFacts): string {
  const idle = idleSince === undefined ? '' : `; does nothing since ${idleSince}`;
  if (removed !== undefined) return since === '' ? `gone since Linux ${removed}` : `Linux ${since} until ${removed}`;
  return since === '' ? idle.replace('; ', '') : `Linux ${since} and later${idle}`;
}

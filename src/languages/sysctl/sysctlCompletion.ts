import { kernelVersion } from '../../knowledge/sysctl/kernelVersion.ts';
import { congestionControls, defaultQdiscs, valueNames } from '../../knowledge/sysctl/names.ts';
import type { SysctlKeyFacts } from '../../knowledge/sysctl/record.ts';
import { searchWords } from '../../knowledge/sysctl/words.ts';
import { defaultIn, isIn, sysctlFacts, sysctlKeys } from '../../knowledge/sysctlKeys.ts';
import type { Completion, DocumentContext, Span } from '../service/languageService.ts';
import { lineIndex } from '../service/lineIndex.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { describeKey } from './sysctlHover.ts';
import { normalizeKey, spelledAs } from './sysctlKey.ts';

/** Keys before `=`, by name or by what they are about; values behind it. Nothing in comments. */
export function completeSysctl(text: string, offset: number, { host }: DocumentContext): Completion[] {
  const index = lineIndex(text);
  const { line } = index.positionOf(offset);
  const start = index.startOf(line);
  const content = text.slice(start, index.endOf(line));
  if (/^\s*[#;]/.test(content)) return [];
  const equals = content.indexOf('=');
  const column = offset - start;
  const [, indent = '', key = ''] = /^(\s*-?\s*)([^=\s]*)/.exec(content) ?? [];
  if (equals >= 0 && column > equals) {
    const blanks = /^\s*/.exec(content.slice(equals + 1))?.[0].length ?? 0;
    const from = Math.min(start + equals + 1 + blanks, offset);
    return values(normalizeKey(key), { start: from, end: index.endOf(line) }, host);
  }
  const from = Math.min(start + indent.length, offset);
  const end = start + indent.length + key.length;
  return keys({ start: from, end: Math.max(end, offset) }, key, equals < 0, host);
}

function keys(replace: Span, written: string, alone: boolean, host: LinkedHost | null): Completion[] {
  const running = host?.sysctl.ok ? host.sysctl.value : null;
  const offered = new Map<string, Completion>();
  const offer = (key: string, facts: SysctlKeyFacts | undefined, rank: number): void => {
    if (offered.has(key) || facts?.readOnly) return;
    const spelled = spelledAs(key, written);
    const now = running?.get(key);
    // What is longer than 128 characters editors do not look at: the words that are looked for come first.
    const words = facts === undefined ? '' : `${searchWords.get(facts.key) ?? ''} ${facts.governs}`.trim();
    offered.set(key, {
      label: spelled,
      kind: 'key',
      detail: now === undefined ? (facts?.unit ?? '') : `${now} on ${host?.label ?? ''}`,
      documentation: describeKey(key, host),
      insert: alone ? `${spelled} = ` : spelled,
      replace,
      words,
      rank,
    });
  };
  for (const facts of sysctlKeys.values()) {
    if (facts.removed !== undefined || isIn(facts, host?.kernel ?? null) === false) continue;
    for (const key of concrete(facts.key)) offer(key, facts, facts.idleSince === undefined ? 1 : 3);
  }
  for (const key of running?.keys() ?? []) offer(key, sysctlFacts(key), 2);
  return [...offered.values()];
}

/** A key of interfaces as it is mostly set: of all, of new ones, of each one there is. */
function concrete(key: string): string[] {
  if (!key.includes('.*.')) return [key];
  return key.includes('.neigh.')
    ? [key.replace('*', 'default')]
    : ['all', 'default'].map((one) => key.replace('*', one));
}

function values(key: string, replace: Span, host: LinkedHost | null): Completion[] {
  const facts = sysctlFacts(key);
  const kernel = kernelVersion(host?.kernel ?? '');
  const running = host?.sysctl.ok ? host.sysctl.value : null;
  const offered = new Map<string, Completion>();
  const offer = (value: string | null | undefined, detail: string, rank: number): void => {
    if (value === null || value === undefined || value === '' || offered.has(value)) return;
    offered.set(value, {
      label: value,
      kind: 'value',
      detail,
      documentation: [],
      insert: value,
      replace,
      words: '',
      rank,
    });
  };
  const names =
    key === 'net.ipv4.tcp_congestion_control'
      ? congestionControls
      : key === 'net.core.default_qdisc'
        ? defaultQdiscs
        : null;
  const meanings = valueNames.get(facts?.key ?? key) ?? names ?? new Map<string, string>();
  const now = running?.get(key);
  const mean = (value: string, what: string): string => [what, meanings.get(value)].filter(Boolean).join(', ');
  offer(now, mean(now ?? '', `runs on ${host?.label ?? ''}`), 0);
  const byDefault = facts === undefined ? null : defaultIn(facts, kernel);
  offer(byDefault, mean(byDefault ?? '', 'default'), 1);
  for (const finding of host?.findings ?? []) {
    for (const change of finding.changes) {
      if (change.kind === 'sysctl' && normalizeKey(change.key) === key)
        offer(change.value, `asked for by ${finding.rule}`, 0);
    }
  }
  for (const [value, meaning] of meanings) offer(value, meaning, 2);
  if (facts?.means?.least === 0 && facts.means.most === 1) {
    offer('0', 'off', 2);
    offer('1', 'on', 2);
  }
  for (const name of running?.get('net.ipv4.tcp_available_congestion_control')?.split(' ') ?? []) {
    if (key === 'net.ipv4.tcp_congestion_control') offer(name, `loaded on ${host?.label ?? ''}`, 1);
  }
  return [...offered.values()];
}

import { describe, expect, it } from 'vitest';
import { parseConntrackStats } from '../../../src/kernel/conntrack.ts';
import { parseInterrupts } from '../../../src/kernel/interrupts.ts';
import { parseNetstatSummary } from '../../../src/kernel/netstatSummary.ts';
import { parseNstat, parseNstatJson } from '../../../src/kernel/nstat.ts';
import type { Parsed } from '../../../src/kernel/parsed.ts';
import { parseSnmp, parseSnmp6 } from '../../../src/kernel/snmp.ts';
import { parseSockstat } from '../../../src/kernel/sockstat.ts';
import { meaningOf } from '../../../src/knowledge/counters.ts';
import { type PeerCase, peerCases } from './cases.ts';

const cases = peerCases();
const ofKind = (pattern: RegExp): readonly PeerCase[] => cases.filter(({ kind }) => pattern.test(kind));

type Groups = ReadonlyMap<string, ReadonlyMap<string, number>>;

function plain(groups: Groups): Record<string, Record<string, number>> {
  return Object.fromEntries([...groups].map(([name, group]) => [name, Object.fromEntries(group)]));
}

/** Names that no meaning is known of: a table that is not whole, or a name that was split wrongly. */
function unknownOf(groups: Groups): string[] {
  return [...groups].flatMap(([section, group]) =>
    [...group.keys()].filter((name) => meaningOf(section, name) === null).map((name) => `${section} ${name}`),
  );
}

describe.skipIf(cases.length === 0)('counters as tools print them', () => {
  it.each(ofKind(/nstat/).filter(({ kind }) => !kind.startsWith('netstat')))('$name', ({ input, expected }) => {
    const { value, warnings } = input.startsWith('{') ? parseNstatJson(input) : parseNstat(input);
    expect(warnings).toEqual([]);
    expect(unknownOf(value)).toEqual([]);
    const counters = Object.fromEntries(
      [...value].flatMap(([section, group]) => [...group].map(([name, count]) => [`${section}${name}`, count])),
    );
    expect(Object.keys(counters).length).toBe(input.match(/^\w+\s+\d+\s/gm)?.length ?? Object.keys(counters).length);
    expect({ sections: plain(value), counters }).toMatchObject(expected);
  });

  it.each(ofKind(/^netstat_cmd$/).filter(({ input }) => /^(Ip|Tcp|Udp|Icmp):$/m.test(input)))(
    '$name',
    ({ input, expected }) => {
      const { value, warnings } = parseNetstatSummary(input);
      expect(warnings).toEqual([]);
      expect(unknownOf(value)).toEqual([]);
      if (expected['groups'] !== undefined) expect(plain(value)).toMatchObject(expected['groups'] as object);
    },
  );

  it.each(ofKind(/^conntrack_S$/))('$name', ({ input, expected }) => {
    const { value, warnings } = parseConntrackStats(input);
    expect(warnings).toEqual([]);
    const rows = value.map(({ cpu, counters }) => ({ cpu, ...Object.fromEntries(counters) }));
    if (expected['rows'] !== undefined) expect(rows).toMatchObject(expected['rows'] as object[]);
  });

  it.each(ofKind(/^netstat$/))('a meaning for every counter of $name', ({ input }) => {
    // One peer's file ends in the middle of a name.
    expect(unknownOf(parseSnmp(input).value)).toEqual([]);
  });
});

interface Assert {
  readonly expr: string;
  readonly value: unknown;
}

/** insights-core's view of the same text, as far as its tests ask for it: `get('Tcp_InSegs')`, `seg_details('tcp')`. */
function answer(kind: string, input: string, expr: string): unknown {
  const words = [...expr.matchAll(/['"]([\w ]+)['"]/g)].map(([, word = '']) => word);
  const [first = '', second] = words;
  if (kind === 'sockstat.insights') {
    const { value } = parseSockstat(input);
    if (expr.startsWith('len(')) return value.size > 0;
    if (words.length === 0) return null;
    const segment = value.get(first) ?? value.get(first.toUpperCase());
    if (expr.includes('seg_details')) return segment === undefined ? null : texts(segment);
    return segment?.get(second ?? '') ?? null;
  }
  const sections = parseSnmp(input).value;
  const flat = parseSnmp6(input).value;
  if (words.length === 0) return sections.size === 0 && flat.size === 0 ? null : undefined;
  const [section = '', ...rest] = first.split('_');
  const name = second ?? rest.join('_');
  const anywhere = [...sections.values()].flatMap((group) => group.get(first) ?? []);
  const whole = sections.get(first);
  if (whole !== undefined && second === undefined) return Object.fromEntries(whole);
  return sections.get(section)?.get(name) ?? flat.get(first) ?? anywhere[0] ?? null;
}

function texts(segment: ReadonlyMap<string, number>): Record<string, string> {
  return Object.fromEntries([...segment].map(([key, count]) => [key, String(count)]));
}

describe.skipIf(cases.length === 0)('insights-core', () => {
  const counters = ofKind(/^(snmp|sockstat)\.insights$/);
  const netstat = ofKind(/^netstat\.insights$/).filter(({ name }) => name.includes('proc_netstat'));

  it.each([...counters, ...netstat])('$name', ({ kind, input, expected }) => {
    for (const { expr, value } of expected['asserts'] as readonly Assert[]) {
      // A test of what its parser says when it gives up: here a text without counters has none, and says why.
      if (expr.includes('exc')) {
        const { value: sections, warnings } = parse(kind, input);
        expect.soft(sections.size === 0 || warnings.length > 0, expr).toBe(true);
      } else expect.soft(answer(kind, input, expr), expr).toEqual(value);
    }
  });

  it.each(ofKind(/^interrupts\.insights$/).filter(({ expected }) => expected['peer_raises'] !== undefined))(
    '$name is refused',
    ({ input }) => {
      const { value, warnings } = parseInterrupts(input);
      expect(value.rows.length === 0 || warnings.length > 0).toBe(true);
    },
  );

  function parse(kind: string, input: string): Parsed<ReadonlyMap<string, unknown>> {
    return kind === 'sockstat.insights' ? parseSockstat(input) : parseSnmp(input);
  }
});

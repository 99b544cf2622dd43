import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { parseConntrackStats } from '../../../src/kernel/conntrack.ts';
import { parseSnmp6Sections } from '../../../src/kernel/nstat.ts';
import { parseProcNetStat } from '../../../src/kernel/procNetStat.ts';
import { parseSnmp, type SnmpSections } from '../../../src/kernel/snmp.ts';
import { counterMeanings, meaningOf, scopeOf } from '../../../src/knowledge/counters.ts';
import { steps } from '../../../src/knowledge/steps.ts';
import { tcpTopics } from '../../../src/knowledge/tcpTopics.ts';
import { gauges } from '../../../src/model/ratesOf.ts';
import { fixture } from '../kernel/fixture.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

function unknownOf(sections: SnmpSections): string[] {
  return [...sections].flatMap(([section, counters]) =>
    [...counters.keys()].filter((name) => meaningOf(section, name) === null).map((name) => `${section} ${name}`),
  );
}

describe('the tables', () => {
  const stepIds = new Set<string | null>(steps.map((step) => step.id));

  it('hold each counter once', () => {
    const names = counterMeanings.map(({ section, name }) => `${section} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('are whole', () => {
    for (const row of counterMeanings) {
      const name = `${row.section} ${row.name}`;
      expect.soft(['loss', 'delay', 'info'], name).toContain(row.severity);
      expect.soft(row.step === null || stepIds.has(row.step), `${name}: ${row.step}`).toBe(true);
      expect.soft(row.meaning, name).toMatch(/^\S.{8,180}\.$/);
      expect.soft(row.where, name).toMatch(/^\w*$/);
      if (row.kind !== 'setting') expect.soft(row.unit, name).toMatch(/^[a-z0-9]+$/);
      for (const version of [row.since, row.until]) {
        if (version !== null) expect.soft(version, name).toMatch(/^\d\.\d+(\.\d+)?$/);
      }
    }
  });

  it('agree with the rates on what is no flow', () => {
    const sections = ['Ip', 'Tcp', 'MPTcpExt'];
    const standing = counterMeanings.filter((row) => row.kind !== 'counter' && sections.includes(row.section));
    expect(new Set(standing.map((row) => row.name))).toEqual(gauges);
  });
});

describe('every counter of every kernel here has a meaning', () => {
  it.each(['snmp.txt', 'netstat.txt', 'snmp.every.txt', 'netstat.every.txt'])('%s', (file) => {
    expect(unknownOf(parseSnmp(fixture(file)).value)).toEqual([]);
  });

  it.each(['snmp6.txt', 'snmp6.every.txt'])('%s', (file) => {
    expect(unknownOf(parseSnmp6Sections(fixture(file)).value)).toEqual([]);
  });

  it.each([
    ['nf_conntrack', 'nf_conntrack.txt'],
    ['arp_cache', 'arp_cache.txt'],
    ['ndisc_cache', 'arp_cache.txt'],
    ['synproxy', 'synproxy.txt'],
  ])('%s of %s', (section, file) => {
    for (const name of ['entries', ...parseProcNetStat(fixture(file)).value.columns.keys()]) {
      expect.soft(meaningOf(section, name), name).not.toBeNull();
    }
  });

  it('conntrack -S', () => {
    for (const { counters } of parseConntrackStats(fixture('conntrack-S.txt')).value) {
      for (const name of counters.keys()) expect.soft(meaningOf('nf_conntrack', name), name).not.toBeNull();
    }
  });

  const captures = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.netsnap'),
  );
  it.each(captures)('%s', (file) => {
    const [sample] = readSnapshot(readFileSync(join(fixtures, file), 'utf8')).samples;
    if (sample === undefined) throw new Error('no sample');
    for (const reading of [sample.snmp, sample.netstat, sample.snmp6]) {
      if (reading.ok) expect.soft(unknownOf(reading.value)).toEqual([]);
    }
    for (const [section, reading] of sample.netStat) {
      if (!reading.ok) continue;
      for (const name of reading.value.columns.keys()) expect.soft(meaningOf(section, name), name).not.toBeNull();
    }
    for (const reading of [sample.sockstat, sample.sockstat6]) {
      if (!reading.ok) continue;
      for (const [protocol, values] of reading.value) {
        for (const key of values.keys()) expect.soft(meaningOf('sockstat', `${protocol} ${key}`)).not.toBeNull();
      }
    }
  });
});

describe('meaningOf', () => {
  it('knows message types by number', () => {
    expect(meaningOf('IcmpMsg', 'InType3')?.meaning).toBe('Received: type 3, destination unreachable.');
    expect(meaningOf('Icmp6', 'OutType135')?.meaning).toBe('Sent: type 135, neighbour solicitation.');
    expect(meaningOf('IcmpMsg', 'OutType77')?.meaning).toContain('not known');
  });

  it.each([
    ['Tcp', 'InType3'],
    ['IcmpMsg', 'InTypeX'],
    ['TcpExt', 'TCPFromTheFuture'],
  ])('says nothing of %s %s', (section, name) => {
    expect(meaningOf(section, name)).toBeNull();
  });
});

test('what is machine-wide even inside a namespace', () => {
  expect(scopeOf('sockstat', 'TCP mem')).toBe('machine');
  expect(scopeOf('sockstat', 'TCP tw')).toBe('namespace');
  expect(scopeOf('softnet', 'dropped')).toBe('machine');
  expect(scopeOf('TcpExt', 'ListenDrops')).toBe('namespace');
});

test('the counters of the TCP tab are of the tables', () => {
  expect(tcpTopics.filter(({ section, name }) => meaningOf(section, name) === null)).toEqual([]);
  expect(new Set(tcpTopics.map(({ section, name }) => `${section} ${name}`)).size).toBe(tcpTopics.length);
});

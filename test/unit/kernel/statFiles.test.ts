import { describe, expect, it } from 'vitest';
import { parseConntrackStats } from '../../../src/kernel/conntrack.ts';
import { parseLoadavg } from '../../../src/kernel/loadavg.ts';
import { parsePressure } from '../../../src/kernel/pressure.ts';
import { parseProcNetStat } from '../../../src/kernel/procNetStat.ts';
import { parseProtocols } from '../../../src/kernel/protocols.ts';
import { fixture } from './fixture.ts';

describe('parseProcNetStat', () => {
  it('reads nf_conntrack: entries once, the rest by CPU, in hex', () => {
    const { value, warnings } = parseProcNetStat(fixture('nf_conntrack.txt'));
    expect(warnings).toEqual([]);
    expect(value.entries).toBe(200);
    expect(value.columns.get('drop')).toEqual([0x18b, 0]);
    expect(value.columns.get('early_drop')).toEqual([5, 0]);
    expect(value.columns.has('entries')).toBe(false);
    expect(value.columns.size).toBe(16);
  });

  it('reads arp_cache, whose columns are of odd width', () => {
    const { value } = parseProcNetStat(fixture('arp_cache.txt'));
    expect(value.entries).toBe(4);
    expect(value.columns.get('lookups')).toEqual([0x25, 2, 1, 1, 2, 1, 1, 1]);
    expect(value.columns.get('table_fulls')).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('reads synproxy, separated by tabs', () => {
    expect([...parseProcNetStat(fixture('synproxy.txt')).value.columns.keys()]).toEqual(
      'syn_received cookie_invalid cookie_valid cookie_retrans conn_reopened'.split(' '),
    );
  });

  it.each([
    ['fewer numbers', 'entries found drop\n00000001 00000002\n'],
    ['more numbers', 'entries found\n00000001 00000002 00000003\n'],
    ['no numbers', 'entries found\n00000001 x\n'],
    ['a cut number', 'entries found\n00000001 0000'],
  ])('leaves out a line with %s', (_, text) => {
    const { value, warnings } = parseProcNetStat(text);
    expect(value.entries).toBeNull();
    expect(value.columns.get('found')).toEqual([]);
    expect(warnings).toEqual([{ line: 2, message: expect.any(String) }]);
  });
});

describe('parseConntrackStats', () => {
  it('reads one line for each CPU', () => {
    const { value } = parseConntrackStats(fixture('conntrack-S.txt'));
    expect(value.map(({ cpu }) => cpu)).toEqual([0, 1]);
    expect(value[1]?.counters.get('drop')).toBe(399);
    expect(value[1]?.counters.get('chaintoolong')).toBe(0);
  });

  it('reads the table of old versions, for all CPUs together', () => {
    const { value, warnings } = parseConntrackStats(
      'entries             \t200\nsearched            \t7\nearly_drop\t1\n',
    );
    expect(value).toEqual([
      {
        cpu: null,
        counters: new Map([
          ['entries', 200],
          ['searched', 7],
          ['early_drop', 1],
        ]),
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it.each(['cpu=0 found=', 'cpu=x found=1 drop=', 'what is this'])('reports "%s"', (text) => {
    expect(parseConntrackStats(`${text}\n`).warnings).toEqual([{ line: 1, message: expect.any(String) }]);
  });
});

describe('parsePressure', () => {
  it('reads averages in percent and a total in microseconds', () => {
    expect(parsePressure(fixture('pressure.txt')).value.get('some')).toEqual({
      avg10: 7.22,
      avg60: 3.73,
      avg300: 1.73,
      total: 8_118_530,
    });
  });

  it.each(['some avg10=1.00', 'some avg10=x avg60=0.00 avg300=0.00 total=0', 'total=5'])('reports "%s"', (text) => {
    expect(parsePressure(`${text}\n`)).toEqual({
      value: new Map(),
      warnings: [{ line: 1, message: expect.any(String) }],
    });
  });
});

describe('parseLoadavg', () => {
  it('reads a real file', () => {
    expect(parseLoadavg(fixture('loadavg.txt')).value).toEqual({
      load1: 1.96,
      load5: 1.07,
      load15: 0.43,
      running: 2,
      tasks: 167,
    });
  });

  it('reads what uptime prints of it', () => {
    expect(parseLoadavg('0.00 0.01 0.05\n').value).toMatchObject({ load15: 0.05, running: null });
  });

  it.each(['1 2 3', '0.10 0.20'])('reports "%s"', (text) => {
    expect(parseLoadavg(text)).toEqual({ value: null, warnings: [{ line: 1, message: expect.any(String) }] });
  });
});

describe('parseProtocols', () => {
  it('reads sockets, pages and pressure; a protocol that keeps no account has none', () => {
    const { value } = parseProtocols(fixture('protocols.txt'));
    const of = (name: string) => value.find((protocol) => protocol.name === name);
    expect(value).toHaveLength(18);
    expect(of('TCP')).toEqual({ name: 'TCP', size: 2304, sockets: 3, memory: 0, press: false });
    expect(of('UDP')).toEqual({ name: 'UDP', size: 1152, sockets: 1, memory: 0, press: null });
    expect(of('PACKET')).toEqual({ name: 'PACKET', size: 1536, sockets: 0, memory: null, press: null });
  });

  it('sees pressure', () => {
    expect(parseProtocols('TCP 2304 3 120000 yes 320\n').value).toMatchObject([{ memory: 120_000, press: true }]);
  });

  it.each(['TCP 2304', 'TCP x 3 0 no 320', 'TCP 2304 3 0 maybe'])('reports "%s"', (text) => {
    expect(parseProtocols(`${text}\n`)).toEqual({ value: [], warnings: [{ line: 1, message: expect.any(String) }] });
  });
});

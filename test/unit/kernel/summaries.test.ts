import { describe, expect, it } from 'vitest';
import { parseNetstatSummary } from '../../../src/kernel/netstatSummary.ts';
import { parseNstat, parseNstatJson, parseSnmp6Sections } from '../../../src/kernel/nstat.ts';
import { parseSnmp, type SnmpSections } from '../../../src/kernel/snmp.ts';
import { fixture } from './fixture.ts';

/*
 * The files *.every.txt are what tools print of a kernel's files in which every counter that any kernel had has a number
 * of its own, so that a name that is mixed up shows.
 */
const v4: SnmpSections = new Map([
  ...parseSnmp(fixture('snmp.every.txt')).value,
  ...parseSnmp(fixture('netstat.every.txt')).value,
]);
const v6 = parseSnmp6Sections(fixture('snmp6.every.txt')).value;

function flat(sections: SnmpSections): Map<string, number> {
  return new Map(
    [...sections].flatMap(([name, section]) => [...section].map(([key, value]) => [`${name} ${key}`, value])),
  );
}

describe('parseSnmp6Sections', () => {
  it('splits every name where its section ends', () => {
    expect([...v6.keys()].sort()).toEqual(['Icmp6', 'Ip6', 'Udp6', 'UdpLite6']);
    expect(v6.get('UdpLite6')?.has('InDatagrams')).toBe(true);
    expect(v6.get('Ip6')?.has('InReceives')).toBe(true);
  });

  it('keeps names of no section', () => {
    expect(parseSnmp6Sections('NewThing 7\nIp6 3\n').value).toEqual(
      new Map([
        ['', new Map([['NewThing', 7]])],
        ['Ip', new Map([['6', 3]])],
      ]),
    );
  });
});

describe('nstat', () => {
  it.each([
    ['text', parseNstat(fixture('nstat.every.txt'))],
    ['JSON', parseNstatJson(fixture('nstat.every.json'))],
  ])('says of every counter what the kernel’s files say, as %s', (_, { value, warnings }) => {
    expect(warnings).toEqual([]);
    const expected = new Map([...flat(v4), ...flat(v6)]);
    // What nstat knows to be no counters, it leaves out.
    for (const name of [
      'Ip Forwarding',
      'Ip DefaultTTL',
      'Tcp RtoAlgorithm',
      'Tcp RtoMin',
      'Tcp RtoMax',
      'Tcp MaxConn',
      'Tcp CurrEstab',
    ]) {
      expected.delete(name);
    }
    expect(flat(value)).toEqual(expected);
  });

  it.each(['{', '[1]', '{"kernel":{"TcpInSegs":"x"}}'])('warns of %j', (text) => {
    expect(parseNstatJson(text).warnings).not.toEqual([]);
    expect(flat(parseNstatJson(text).value).size).toBe(0);
  });
});

describe('parseNetstatSummary', () => {
  it.each([
    ['netstat-s.every.txt', v4],
    ['netstat-s6.every.txt', v6],
  ])('turns every sentence of net-tools 2.10 back into the kernel’s name: %s', (file, sections) => {
    const { value, warnings } = parseNetstatSummary(fixture(file));
    expect(warnings).toEqual([]);
    const expected = flat(sections);
    const read = [...flat(value)].filter(([name]) => !name.startsWith('Tcp ') || file === 'netstat-s.every.txt');
    for (const [name, count] of read) expect.soft(expected.get(name), name).toBe(count);
    const left = [...expected.keys()].filter((name) => !new Map(read).has(name));
    const omitted = ['Ip DefaultTTL', 'Tcp RtoAlgorithm', 'Tcp RtoMin', 'Tcp RtoMax', 'Tcp MaxConn'];
    expect(left).toEqual(file === 'netstat-s.every.txt' ? omitted : []);
  });

  it('reads the spelling of net-tools 1.60', () => {
    const { value } = parseNetstatSummary(fixture('netstat-s.xenial.txt'));
    const plain = (name: string) => Object.fromEntries(value.get(name) ?? []);
    expect(plain('Tcp')).toMatchObject({
      ActiveOpens: 3211,
      OutSegs: 198_523,
      RetransSegs: 1426,
      InErrs: 0,
      OutRsts: 12,
    });
    expect(plain('Udp')).toMatchObject({ NoPorts: 0, InErrors: 51_011, RcvbufErrors: 50_511, SndbufErrors: 26_406 });
    expect(plain('Ip')).toMatchObject({ ReasmFails: 300, OutTransmits: 65_221 });
    expect(plain('Icmp')).toMatchObject({ InErrors: 0, OutTimeExcds: 6, OutRateLimitHost: 294 });
  });

  it('keeps a sentence it does not know under its own words', () => {
    const { value, warnings } = parseNetstatSummary('TcpExt:\n    17 packets eaten by a bear.\n    no number here\n');
    expect(flat(value)).toEqual(new Map([['TcpExt # packets eaten by a bear.', 17]]));
    expect(warnings).toEqual([{ line: 3, message: expect.any(String) }]);
  });

  it.each([
    ['Forwarding is enabled', 1],
    ['Forwarding is disabled', 2],
    ['Forwarding: 2', 2],
  ])('%s', (sentence, expected) => {
    expect(parseNetstatSummary(`Ip:\n    ${sentence}\n`).value.get('Ip')?.get('Forwarding')).toBe(expected);
  });

  it('reads nothing out of what is not of it', () => {
    const { value, warnings } = parseNetstatSummary('netstat: invalid option -- s\n    5 lost\n');
    expect(value.size).toBe(0);
    expect(warnings).toHaveLength(2);
  });
});

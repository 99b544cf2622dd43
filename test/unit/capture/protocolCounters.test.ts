import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import type { Sample } from '../../../src/model/snapshot.ts';

interface Part {
  readonly name: string;
  readonly out: string;
  readonly err?: string;
  readonly status?: number;
  readonly at?: number;
}

function capture(...parts: readonly Part[]): string {
  const section = ({ name, out, err, status = 0, at = 10 }: Part): string =>
    `\n@@pp < ${name}\n${out}${err === undefined ? '' : `\n@@pp !\n${err}`}\n@@pp > ${status} ${at}.00 ${at}.10 ${name}\n`;
  return ['@@pp packet-path 1\n', ...parts.map(section), section({ name: 'end', out: '' })].join('');
}

function counters(files: Readonly<Record<string, string>>, err = '', at = 10): Part {
  const out = Object.entries(files).map(([path, text]) => `==> ${path} <==\n${text}`);
  return { name: at > 10 ? 'counters@B' : 'counters@A', out: out.join('\n'), err, status: 1, at };
}

function sampleOf(...parts: readonly Part[]): Sample {
  const [sample] = readSnapshot(capture(...parts)).samples;
  if (sample === undefined) throw new Error('no sample');
  return sample;
}

const refused = (path: string): string => `tail: cannot open '${path}' for reading: Permission denied\n`;
const nowhere = (path: string): string => `tail: cannot open '${path}' for reading: No such file or directory\n`;

describe('what the kernel counts', () => {
  it('is read from its own files', () => {
    const sample = sampleOf(
      counters({
        '/proc/uptime': '10.00 5.00\n',
        '/proc/net/snmp': 'Tcp: InSegs\nTcp: 7\n',
        '/proc/net/snmp6': 'Ip6InReceives \t 3\n',
        '/proc/net/stat/arp_cache': 'entries lookups\n00000004 0000000a\n00000004 00000001\n',
        '/proc/sys/net/netfilter/nf_conntrack_count': '12\n',
        '/proc/pressure/cpu': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n',
        '/proc/loadavg': '0.20 0.18 0.12 1/80 11206\n',
      }),
    );
    expect(sample.snmp).toMatchObject({ ok: true, source: '/proc/net/snmp' });
    expect(sample.snmp6).toMatchObject({ value: new Map([['Ip6', new Map([['InReceives', 3]])]]) });
    expect(sample.netStat.get('arp_cache')).toMatchObject({
      value: { entries: 4, columns: new Map([['lookups', [10, 1]]]) },
    });
    expect(sample.conntrackCount).toMatchObject({ ok: true, value: 12 });
    expect(sample.pressure.get('cpu')).toMatchObject({ ok: true });
    expect(sample.loadavg).toMatchObject({ value: { load1: 0.2 } });
  });

  it('is unknown for its own reason where a file is not there', () => {
    const err = [
      nowhere('/proc/net/snmp6'),
      refused('/proc/net/netstat'),
      nowhere('/proc/sys/net/netfilter/nf_conntrack_count'),
      "tail: cannot open '/proc/pressure/cpu' for reading: Operation not supported\n",
    ].join('');
    const sample = sampleOf(counters({ '/proc/uptime': '10.00 5.00\n', '/proc/loadavg': 'x\n' }, err));
    expect(sample.snmp6).toMatchObject({ ok: false, kind: 'no-file' });
    expect(sample.netstat).toMatchObject({ ok: false, kind: 'denied' });
    // A complaint about snmp6 is none about snmp: an older collector may not have asked.
    expect(sample.snmp).toMatchObject({ ok: false, kind: 'not-collected' });
    expect(sample.conntrackCount).toMatchObject({ ok: false, reason: 'nf_conntrack is not loaded' });
    expect(sample.pressure.get('cpu')).toMatchObject({ ok: false, reason: 'this kernel has it switched off' });
    expect(sample.loadavg).toMatchObject({ ok: false, kind: 'unparsed' });
  });
});

describe('where the kernel’s files cannot be read', () => {
  const denied = counters({ '/proc/uptime': '10.00 5.00\n' }, refused('/proc/net/snmp') + refused('/proc/net/netstat'));
  const nstat = { name: 'nstat@A', out: '#kernel\nTcpInSegs 7 0.0\nTcpExtTW 3 0.0\nIp6InReceives 1 0.0\n' };
  const netstat = { name: 'netstat-s@A', out: 'Tcp:\n    9 segments received\nTcpExt:\n    TCPTimeouts: 2\n' };

  it('nstat is believed, each section where it belongs', () => {
    const sample = sampleOf(denied, nstat, netstat);
    expect(sample.snmp).toMatchObject({ source: 'nstat -asz', value: new Map([['Tcp', new Map([['InSegs', 7]])]]) });
    expect(sample.netstat).toMatchObject({ value: new Map([['TcpExt', new Map([['TW', 3]])]]) });
    expect(sample.snmp6).toMatchObject({ value: new Map([['Ip6', new Map([['InReceives', 1]])]]) });
  });

  it('netstat is believed where there is no nstat', () => {
    const sample = sampleOf(denied, { name: 'nstat@A', out: '', status: 127 }, netstat);
    expect(sample.snmp).toMatchObject({ source: 'netstat -s', value: new Map([['Tcp', new Map([['InSegs', 9]])]]) });
    expect(sample.netstat).toMatchObject({ value: new Map([['TcpExt', new Map([['TCPTimeouts', 2]])]]) });
  });

  it('the kernel’s own refusal is the reason where neither helps', () => {
    const sample = sampleOf(denied, { name: 'nstat@A', out: '', status: 127 });
    expect(sample.snmp).toMatchObject({ ok: false, kind: 'denied', source: '/proc/net/snmp' });
  });
});

describe('conntrack -S', () => {
  const at = (uptime: number) =>
    counters({ '/proc/uptime': `${uptime}.00 5.00\n` }, nowhere('/proc/net/stat/nf_conntrack'), uptime);
  const answer = (sample: 'A' | 'B', drop: number, start: number): Part => ({
    name: `conntrack-S@${sample}`,
    out: `cpu=0 found=0 drop=${drop}\ncpu=1 found=0 drop=5\n`,
    at: start,
  });

  it('stands in for the file that newer kernels lack, over its own interval', () => {
    const snapshot = readSnapshot(capture(at(10), answer('A', 1, 11), at(12), answer('B', 9, 15)));
    expect(snapshot.samples[0]?.netStat.get('nf_conntrack')).toMatchObject({
      source: 'conntrack -S',
      value: {
        entries: null,
        columns: new Map([
          ['found', [0, 0]],
          ['drop', [1, 5]],
        ]),
      },
    });
    const rates = ratesOf(snapshot);
    const drop = rates.ok ? rates.value.netStat.get('nf_conntrack')?.get('drop') : null;
    expect(drop).toMatchObject({ before: 6, after: 14, delta: 8, seconds: 4, perSecond: 2 });
  });

  it('says that it takes root', () => {
    const refusal = { name: 'conntrack-S@A', out: '', err: 'conntrack: Operation not permitted\n', status: 1 };
    expect(sampleOf(at(10), refusal).netStat.get('nf_conntrack')).toMatchObject({ ok: false, kind: 'denied' });
  });
});

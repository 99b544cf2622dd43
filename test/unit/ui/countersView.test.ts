import { describe, expect, it } from 'vitest';
import type { ProcNetStat } from '../../../src/kernel/procNetStat.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import { missing } from '../../../src/model/reading.ts';
import type { Sample } from '../../../src/model/snapshot.ts';
import { countersView } from '../../../src/ui/panel/countersView.ts';
import { sockstatViews, tableViews } from '../../../src/ui/panel/sockstatViews.ts';
import { cpuTimes, have, maps, sampleOf, snapshotOf } from '../diagnosis/build.ts';

function viewOf(before: Partial<Sample>, after: Partial<Sample>) {
  const rates = ratesOf(snapshotOf({ before, after }));
  return countersView(sampleOf(after), rates.ok ? rates.value : null, rates.ok ? null : rates.reason);
}

describe('countersView', () => {
  const tcp = (RetransSegs: number) => ({ snmp: have(maps({ Tcp: { RetransSegs, CurrEstab: 3 } }), '/proc/net/snmp') });

  it('gives each counter its change and its meaning', () => {
    const [retransmits, established] = viewOf(tcp(5), tcp(9)).rows;
    expect(retransmits).toMatchObject({
      group: 'TCP',
      name: 'Tcp RetransSegs',
      value: 9,
      delta: 4,
      perSecond: 2,
      noRate: null,
      severity: 'delay',
      step: 'E4 TCP output and connect',
      where: '__tcp_retransmit_skb',
      scope: 'namespace',
    });
    expect(established).toMatchObject({ kind: 'gauge', value: 3, delta: null, noRate: null });
  });

  it('says why there is no rate', () => {
    expect(viewOf(tcp(9), tcp(5)).rows[0]).toMatchObject({ delta: null, noRate: expect.stringContaining('reset') });
    expect(countersView(sampleOf(tcp(5)), null, 'one sample').rows[0]?.noRate).toBe('one sample');
  });

  it('lists what this kernel does not count, and no 0 for it', () => {
    const { rows, uncounted } = viewOf(tcp(5), tcp(9));
    expect(rows.some(({ name }) => name === 'Tcp InCsumErrors')).toBe(false);
    expect(uncounted.find(({ name }) => name === 'Tcp InCsumErrors')).toMatchObject({
      versions: 'Linux 3.10 and later',
    });
    expect(uncounted.some(({ name }) => name.startsWith('TcpExt'))).toBe(false);
  });

  it('does not take what netstat leaves out for what the kernel does not count', () => {
    const sample = { snmp: have(maps({ Tcp: { RetransSegs: 5 } }), 'netstat -s') };
    expect(viewOf(sample, sample).uncounted).toEqual([]);
  });

  it('does not take what could not be read for what the kernel does not count', () => {
    const snmp = { ...tcp(5).snmp, warnings: [{ line: 3, message: 'cut' }] };
    const { uncounted, missing: unread } = viewOf({ snmp }, { snmp });
    expect(uncounted).toEqual([]);
    expect(unread).toContainEqual(
      expect.objectContaining({ source: '/proc/net/snmp', reason: expect.stringMatching(/^1 /) }),
    );
  });

  it('adds up the CPUs of /proc/net/stat; one thing under two names is counted once', () => {
    const conntrack = (drop: number): Pick<Sample, 'netStat'> => {
      const value: ProcNetStat = {
        entries: 200,
        columns: new Map([
          ['drop', [drop, 1]],
          ['error', [0, 0]],
        ]),
      };
      return { netStat: new Map([['nf_conntrack', have(value)]]) };
    };
    const { rows, uncounted } = viewOf(conntrack(3), conntrack(7));
    expect(rows).toMatchObject([
      { name: 'nf_conntrack entries', value: 200, kind: 'gauge' },
      { name: 'nf_conntrack drop', value: 8, delta: 4, severity: 'loss', group: 'Conntrack' },
      { name: 'nf_conntrack error' },
    ]);
    expect(uncounted.map(({ name }) => name)).not.toContain('nf_conntrack icmp_error');
  });

  it('keeps a counter it knows nothing of', () => {
    const [row] = viewOf({}, { netstat: have(maps({ TcpExt: { TCPFromTheFuture: 4 } })) }).rows;
    expect(row).toMatchObject({ value: 4, severity: 'info', step: null, meaning: expect.stringContaining('newer') });
  });

  it('shows the time waited as a share, and of the machine', () => {
    const cpu = (total: number): Partial<Sample> => ({
      pressure: new Map([['cpu', have(new Map([['some', { avg10: 0, avg60: 0, avg300: 0, total }]]))]]),
    });
    expect(viewOf(cpu(0), cpu(500_000)).rows).toMatchObject([
      { name: 'pressure cpu some', share: 0.25, scope: 'machine' },
    ]);
  });

  it('names files that could not be read', () => {
    const pressure: Sample['pressure'] = new Map([['irq', missing('/proc/pressure/irq', 'no-file', 'no such file')]]);
    expect(viewOf({ pressure }, { pressure }).missing).toContainEqual({
      group: 'Memory and pressure',
      source: '/proc/pressure/irq',
      reason: 'no such file',
    });
  });

  it('has the time of each CPU, without that of all together', () => {
    const times = (softirq: number) =>
      cpuTimes([
        { cpu: -1, softirq },
        { cpu: 0, softirq, idle: 2 * softirq, iowait: softirq },
      ]);
    expect(viewOf(times(0), times(10)).cpuTimes).toEqual([
      { cpu: 0, softirq: 0.25, irq: 0, steal: 0, system: 0, user: 0, idle: 0.75 },
    ]);
  });
});

describe('sockstatViews', () => {
  const sockstat = new Map([
    [
      'TCP',
      new Map([
        ['orphan', 4],
        ['mem', 1000],
      ]),
    ],
    ['FRAG', new Map([['memory', 4096]])],
  ]);
  const sysctl = { 'net.ipv4.tcp_mem': '100 1500 3000', 'net.ipv4.tcp_max_orphans': '128' };
  const viewsOf = (host: { pageSize?: number | null; initialNetns?: boolean }, keys: Record<string, string> = sysctl) =>
    sockstatViews([sockstat], snapshotOf({ after: {}, sysctl: keys, host }));

  it('turns pages into bytes by the host’s own page size, limits as well', () => {
    expect(viewsOf({ pageSize: 65_536 })).toMatchObject([
      {
        name: 'TCP orphan',
        value: 4,
        unit: 'sockets',
        pages: null,
        pressure: null,
        limit: { value: 128 },
        scope: 'machine',
      },
      {
        name: 'TCP mem',
        value: 65_536_000,
        unit: 'bytes',
        pages: 1000,
        pressure: 1500 * 65_536,
        limit: { value: 3000 * 65_536, key: 'net.ipv4.tcp_mem' },
        scope: 'machine',
      },
      {
        name: 'FRAG memory',
        value: 4096,
        unit: 'bytes',
        limit: null,
        noLimit: 'net.ipv4.ipfrag_high_thresh is not there',
      },
    ]);
  });

  it('leaves pages as pages where their size is not known', () => {
    expect(viewsOf({ pageSize: null })[1]).toMatchObject({
      value: 1000,
      unit: 'pages',
      pages: null,
      limit: { value: 3000 },
    });
  });

  it('says why a namespace has no limit', () => {
    expect(viewsOf({ initialNetns: false }, {})[1]).toMatchObject({
      limit: null,
      noLimit: 'net.ipv4.tcp_mem is not shown inside a network namespace',
    });
    expect(viewsOf({}, { 'net.ipv4.tcp_mem': 'many' })[1]?.noLimit).toBe('net.ipv4.tcp_mem is not a number');
  });

  it('measures connections tracked and neighbours against their tables', () => {
    const neighbours: ProcNetStat = { entries: 900, columns: new Map() };
    const sample = sampleOf({ conntrackCount: have(12), netStat: new Map([['arp_cache', have(neighbours)]]) });
    const keys = { 'net.netfilter.nf_conntrack_max': '200', 'net.ipv4.neigh.default.gc_thresh3': '1024' };
    expect(tableViews(sample, snapshotOf({ after: {}, sysctl: keys }))).toMatchObject([
      { name: 'conntrack count', value: 12, unit: 'connections', limit: { value: 200 }, scope: 'namespace' },
      { name: 'arp_cache entries', value: 900, unit: 'entries', limit: { value: 1024 }, scope: 'machine' },
    ]);
  });
});

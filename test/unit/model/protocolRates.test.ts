import { describe, expect, it } from 'vitest';
import type { ProcNetStat } from '../../../src/kernel/procNetStat.ts';
import type { Rates } from '../../../src/model/rates.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import type { Sample } from '../../../src/model/snapshot.ts';
import { have, maps, snapshotOf } from '../diagnosis/build.ts';

function rates(before: Partial<Sample>, after: Partial<Sample>, seconds = 2): Rates {
  const result = ratesOf(snapshotOf({ before, after, seconds }));
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

function conntrack(drop: readonly number[], entries = 5): Pick<Sample, 'netStat'> {
  const value: ProcNetStat = { entries, columns: new Map([['drop', drop]]) };
  return { netStat: new Map([['nf_conntrack', have(value)]]) };
}

describe('/proc/net/stat', () => {
  it('adds up the changes of all CPUs', () => {
    const { netStat, notes } = rates(conntrack([10, 20]), conntrack([14, 26], 9));
    expect(netStat.get('nf_conntrack')).toEqual(
      new Map([['drop', { before: 30, after: 40, delta: 10, seconds: 2, perSecond: 5 }]]),
    );
    expect(notes).toEqual([]);
  });

  it('takes each CPU’s own wrap into account', () => {
    const { netStat } = rates(conntrack([2 ** 32 - 3, 7]), conntrack([1, 7]));
    expect(netStat.get('nf_conntrack')?.get('drop')?.delta).toBe(4);
  });

  it('has no rate for what went backwards on one CPU', () => {
    const { netStat, notes } = rates(conntrack([10, 20]), conntrack([2, 26]));
    expect(netStat.get('nf_conntrack')?.size).toBe(0);
    expect(notes).toEqual(['nf_conntrack: drop went backwards: reset between the samples, no rate']);
  });

  it('compares no tables of different sizes', () => {
    expect(rates(conntrack([1]), conntrack([1, 2])).netStat.get('nf_conntrack')?.size).toBe(0);
  });
});

describe('protocols', () => {
  const tcp = (InSegs: number, CurrEstab = 1) => ({
    snmp: have(maps({ Tcp: { InSegs, CurrEstab } }), '/proc/net/snmp'),
  });

  it('counts on across the 32 bits of a 32-bit kernel', () => {
    const segments = rates(tcp(2 ** 32 - 10), tcp(30))
      .protocols.get('Tcp')
      ?.get('InSegs');
    expect(segments).toMatchObject({ delta: 40, perSecond: 20 });
  });

  it('has no rate of a gauge', () => {
    expect([...(rates(tcp(1, 1), tcp(2, 9)).protocols.get('Tcp')?.keys() ?? [])]).toEqual(['InSegs']);
    const mptcp = (MPCurrEstab: number) => ({ netstat: have(maps({ MPTcpExt: { MPCurrEstab } })) });
    expect(rates(mptcp(1), mptcp(2)).protocols.get('MPTcpExt')?.size).toBe(0);
  });

  it('compares only what both samples have', () => {
    const v6 = (counters: Record<string, number>) => ({ snmp6: have(maps({ Icmp6: counters })) });
    const { protocols } = rates(v6({ InMsgs: 1 }), v6({ InMsgs: 3, InType134: 1 }));
    expect(protocols.get('Icmp6')).toEqual(new Map([['InMsgs', expect.objectContaining({ delta: 2 })]]));
  });

  it('goes by the clock of the tool that was asked instead of the kernel', () => {
    const sample = (InSegs: number, at: number): Partial<Sample> => ({
      snmp: have(maps({ Tcp: { InSegs } }), 'nstat -asz'),
      readAt: new Map([['nstat', at]]),
    });
    expect(rates(sample(0, 101), sample(40, 111)).protocols.get('Tcp')?.get('InSegs')?.perSecond).toBe(4);
  });
});

describe('pressure', () => {
  const cpu = (total: number): Partial<Sample> => ({
    pressure: new Map([['cpu', have(new Map([['some', { avg10: 0, avg60: 0, avg300: 0, total }]]))]]),
  });

  it('is the share of the interval that tasks waited', () => {
    expect(rates(cpu(1_000_000), cpu(1_500_000)).pressure.get('cpu')).toEqual(new Map([['some', 0.25]]));
  });

  it('is never above 1', () => {
    expect(rates(cpu(0), cpu(2_000_100)).pressure.get('cpu')?.get('some')).toBe(1);
  });

  it('is unknown when it went backwards', () => {
    expect(rates(cpu(5), cpu(4)).pressure.get('cpu')?.size).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import { type Case, cpuTimes, diagnoseCase, netstat, snmp, softnet } from './build.ts';

/** The findings in order, those that another explains behind an arrow from it. */
function order(parts: Case): string[] {
  const { findings } = diagnoseCase(parts);
  const ruleOf = (key: string): string => findings.find((finding) => finding.key === key)?.rule ?? key;
  return findings.map(({ rule, explainedBy }) => (explainedBy === null ? rule : `${ruleOf(explainedBy.key)}>${rule}`));
}

const busy = (cpu: number) => cpuTimes([{ cpu, softirq: 195, idle: 5 }]);
const idle = (cpu: number) => cpuTimes([{ cpu }]);

/** A CPU that softirq takes, whose backlog drops, and a UDP socket that overflows. */
function flooded(backlog: string, cpu = 1): Case {
  return {
    before: { ...softnet([{ cpu: 1 }]), ...idle(cpu), ...snmp({ Udp: { RcvbufErrors: 0, InDatagrams: 0 } }) },
    after: {
      ...softnet([{ cpu: 1, processed: 1_000_000, dropped: 400 }]),
      ...busy(cpu),
      ...snmp({ Udp: { RcvbufErrors: 5000, InDatagrams: 100_000 } }),
    },
    sysctl: { 'net.core.netdev_max_backlog': backlog },
  };
}

describe('causes before symptoms', () => {
  test('a full CPU explains its backlog’s drops and readers that starve', () => {
    expect(order(flooded('1000'))).toEqual(['R36', 'R36>R01', 'R36>R44']);
  });

  test('a backlog set below the kernel’s default is a cause of its own, and comes first', () => {
    expect(order(flooded('16'))).toEqual(['R01', 'R36', 'R36>R44']);
  });

  test('a CPU that is busy, not taken whole, explains nothing', () => {
    const parts = flooded('1000');
    const half = cpuTimes([{ cpu: 1, softirq: 130, idle: 70 }]);
    expect(order({ ...parts, after: { ...parts.after, ...half } })).toEqual(['R44', 'R36', 'R01']);
  });

  test('a budget that ends each run at once is the cause of a busy CPU, also where a namespace hides the key', () => {
    const squeezed = (time_squeeze: number): Case => ({
      before: { ...softnet([{ cpu: 1 }]), ...idle(1) },
      after: {
        ...softnet([{ cpu: 1, processed: 100_000, time_squeeze }]),
        ...cpuTimes([{ cpu: 1, softirq: 130, idle: 70 }]),
      },
    });
    expect(order(squeezed(50_000))).toEqual(['R02', 'R02>R36']);
    expect(order(squeezed(500))).toEqual(['R36', 'R02']);
  });

  test('another CPU explains nothing', () => {
    expect(order(flooded('1000', 2))).toEqual(['R36', 'R36>R44', 'R01']);
  });

  test('the same losses are one matter, however they are repaired', () => {
    const segments = (RetransSegs: number) => snmp({ Tcp: { RetransSegs, OutSegs: RetransSegs * 20, InSegs: 0 } });
    const timeouts = (TCPTimeouts: number) => netstat({ TcpExt: { TCPTimeouts, TCPSynRetrans: 0 } });
    expect(
      order({ before: { ...segments(0), ...timeouts(0) }, after: { ...segments(1000), ...timeouts(600) } }),
    ).toEqual(['R33', 'R33>R34']);
  });

  test('says how in words', () => {
    const symptom = diagnoseCase(flooded('1000')).findings.find(({ rule }) => rule === 'R01');
    expect(symptom?.explainedBy).toEqual({ key: 'R36 host', because: 'a CPU that softirq takes whole falls behind' });
  });
});

import { describe, expect, test } from 'vitest';
import { type Case, cpuTimes, findingOf, findingsOf, netRx, reasonOf, softnet } from './build.ts';

const backlog = { 'net.core.netdev_max_backlog': '1000' };

/** One CPU that processed and dropped so much in two seconds. */
function drops(processed: number, dropped: number, flow_limit_count = 0): Case {
  return {
    before: softnet([{ cpu: 3 }]),
    after: softnet([{ cpu: 3, processed, dropped, flow_limit_count }]),
    sysctl: backlog,
  };
}

describe('R01 softnet drops', () => {
  test('one CPU above the share is critical and doubles the backlog', () => {
    const finding = findingOf('R01', drops(100_000, 240));
    expect(finding.severity).toBe('crit');
    expect(finding.title).toBe('Softnet drops 120/s on CPU 3 (0.24 % of its packets)');
    expect(finding.changes).toEqual([
      { kind: 'sysctl', key: 'net.core.netdev_max_backlog', value: '2000', current: '1000', atLeast: true },
    ]);
    expect(finding.evidence).toEqual([
      {
        source: '/proc/net/softnet_stat',
        field: 'CPU 3 dropped',
        before: 0,
        after: 240,
        seconds: 2,
        figure: '120 drops/s',
      },
    ]);
    expect(finding).toMatchObject({ key: 'R01 host', step: 'I14', tab: 'softnet' });
  });

  test('drops from before the window are nobody’s fault now', () => {
    const old = softnet([{ cpu: 0, processed: 5, dropped: 70_000 }]);
    expect(findingsOf('R01', { before: old, after: old, sysctl: backlog })).toEqual([]);
  });

  test('many CPUs make one finding with the worst first', () => {
    const cpus = Array.from({ length: 256 }, (_, cpu) => cpu);
    const finding = findingOf('R01', {
      before: softnet(cpus.map((cpu) => ({ cpu }))),
      after: softnet(cpus.map((cpu) => ({ cpu, processed: 1_000_000, dropped: cpu }))),
      sysctl: backlog,
    });
    expect(finding.title).toBe('Softnet drops 16,320/s on 255 CPUs, most on CPU 255: 128/s (0.03 % of its packets)');
    expect(finding.evidence.map((item) => item.field)).toHaveLength(8);
    expect(finding.evidence[0]?.field).toBe('CPU 255 dropped');
  });

  test('drops of the flow limit alone are R29’s, which changes nothing; with others they explain a part', () => {
    expect(findingsOf('R01', drops(10_000, 50, 50))).toEqual([]);
    const finding = findingOf('R29', drops(10_000, 50, 50));
    expect(finding).toMatchObject({ severity: 'info', changes: [], sideEffects: 'None: nothing is changed.' });
    expect(findingsOf('R29', drops(10_000, 50, 0))).toEqual([]);
    expect(findingOf('R01', drops(10_000, 50, 20)).changes).toHaveLength(1);
    expect(findingOf('R01', drops(10_000, 50, 20)).why).toContain('flow limit');
  });

  test('a CPU full of softirq is named as the limit', () => {
    const parts = drops(100_000, 240);
    const busy = (softirq: number): Case => ({
      ...parts,
      before: { ...parts.before, ...cpuTimes([{ cpu: 3 }]) },
      after: { ...parts.after, ...cpuTimes([{ cpu: 3, softirq, idle: 200 - softirq }]) },
    });
    expect(findingOf('R01', busy(180)).why).toContain('CPU 3 spent more than 80 %');
    expect(findingOf('R01', busy(150)).why).not.toContain('CPU 3');
  });

  test('the backlog stops at its ceiling, and is not proposed where the key does not exist', () => {
    const at = (value: string): Case => ({ ...drops(100_000, 240), sysctl: { 'net.core.netdev_max_backlog': value } });
    expect(findingOf('R01', at('40000')).changes).toMatchObject([{ value: '65536' }]);
    expect(findingOf('R01', at('16')).changes).toMatchObject([{ value: '2000' }]);
    const full = findingOf('R01', at('65536'));
    expect(full.changes).toEqual([]);
    expect(full.advice[0]).toContain('is 65,536 already');
    const inside = findingOf('R01', { ...drops(100_000, 240), sysctl: {}, host: { initialNetns: false } });
    expect(inside.changes).toEqual([]);
    expect(inside.advice[0]).toBe(
      'No change of net.core.netdev_max_backlog is proposed: net.core.netdev_max_backlog does not exist in this network namespace.',
    );
  });

  test('says why it could not be checked', () => {
    expect(reasonOf('R01', { after: {} })).toBe('test: not in this test');
    expect(reasonOf('R01', { ...drops(1, 1), oneSample: true })).toContain('one sample only');
    expect(reasonOf('R01', { ...drops(1, 1), seconds: 0.5 })).toBe(
      'window too short: the samples are 0.50 s apart, rates need 0.9 s',
    );
    expect(reasonOf('R01', { before: softnet([{ cpu: 0 }]), after: softnet([{ cpu: 1 }]) })).toContain('both samples');
  });
});

const budgets = { 'net.core.netdev_budget': '300', 'net.core.netdev_budget_usecs': '8000' };

/** CPU 0 over two seconds. */
function squeezed(parts: {
  readonly squeezes: number;
  readonly softirq: number;
  readonly steal?: number;
  readonly processed?: number;
  readonly runs?: number;
}): Case {
  const { squeezes, softirq, steal = 0, processed = 1_000_000, runs = 5000 } = parts;
  const idle = 200 - softirq - steal;
  return {
    before: { ...softnet([{ cpu: 0 }]), ...cpuTimes([{ cpu: 0 }]), ...netRx([0]) },
    after: {
      ...softnet([{ cpu: 0, processed, time_squeeze: squeezes }]),
      ...cpuTimes([{ cpu: 0, softirq, steal, idle }]),
      ...netRx([runs]),
    },
    sysctl: budgets,
  };
}

describe('R02 time_squeeze', () => {
  test('fires on a busy CPU and doubles the packet budget when runs are long', () => {
    const finding = findingOf('R02', squeezed({ squeezes: 400, softirq: 150 }));
    expect(finding.severity).toBe('warn');
    expect(finding.title).toBe('NET_RX is cut short 200/s on CPU 0 (75 % of its time in softirq)');
    expect(finding.why).toContain('packet budget (200 packets a run)');
    expect(finding.changes).toMatchObject([{ key: 'net.core.netdev_budget', value: '600', current: '300' }]);
  });

  test('proposes both when the counters do not tell', () => {
    const finding = findingOf('R02', squeezed({ squeezes: 40, softirq: 150, processed: 100_000, runs: 8000 }));
    expect(finding.changes.map((change) => (change.kind === 'sysctl' ? change.key : ''))).toEqual([
      'net.core.netdev_budget',
      'net.core.netdev_budget_usecs',
    ]);
  });

  test('never proposes less than two ticks', () => {
    const parts = { ...squeezed({ squeezes: 4000, softirq: 150, processed: 100_000, runs: 8000 }) };
    const usecs = (value: string) =>
      findingOf('R02', { ...parts, sysctl: { ...budgets, 'net.core.netdev_budget_usecs': value } }).changes;
    expect(usecs('1000')).toMatchObject([{ value: '20000' }]);
    expect(usecs('2000')).toMatchObject([{ value: '4000' }]);
    expect(usecs('20000')).toMatchObject([{ value: '40000' }]);
    expect(usecs('40000')).toEqual([]);
  });

  test('steal is named as the likelier cause', () => {
    const finding = findingOf('R02', squeezed({ squeezes: 400, softirq: 120, steal: 30 }));
    expect(finding.why).toMatch(/^The hypervisor took more than 5 % of CPU 0/);
    expect(finding.evidence.map((item) => item.field)).toContain('CPU 0 steal');
    expect(findingOf('R02', squeezed({ squeezes: 400, softirq: 120, steal: 10 })).why).not.toContain('hypervisor');
  });
});

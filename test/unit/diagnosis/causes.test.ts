import { describe, expect, test } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import type { Found } from '../../../src/diagnosis/finding.ts';
import { counter, cpuTime, netRx, softnet } from './cases/counts.ts';
import { captureOf, type Edit, replaced, sysctl } from './cases/edits.ts';
import { qdisc, statistic } from './cases/linkEdits.ts';
import { fourDrivers } from './cases/ruleCases.ts';

function findingsOf(edits: readonly Edit[], capture = fourDrivers): readonly Found[] {
  return observe(edits.reduce((text, edit) => edit(text), captureOf(capture))).diagnosis.findings;
}

/** The findings in order, those that another explains behind an arrow from it. */
function order(edits: readonly Edit[], capture = fourDrivers): string[] {
  const findings = findingsOf(edits, capture);
  const ruleOf = (key: string): string => findings.find((finding) => finding.key === key)?.rule ?? key;
  return findings.map(({ rule, explainedBy }) => (explainedBy === null ? rule : `${ruleOf(explainedBy.key)}>${rule}`));
}

/** A CPU that softirq takes whole, whose backlog drops and whose runs are cut short; sockets of UDP overflow. */
const full = (cpu: number, softirq = 970): Edit[] => [
  cpuTime(cpu, { softirq }),
  softnet(1, { processed: 400_000, dropped: 2000, time_squeeze: 1000 }),
  netRx(1, 2000),
  counter('Udp InDatagrams', 200_000),
  counter('Udp RcvbufErrors', 5000),
];
/** Frames that eth1 loses, whose vector interrupts CPU 1. */
const ringLoss = [statistic('eth1', 'rx packets', 99_600), statistic('eth1', 'rx missed_errors', 400)];

describe('causes before symptoms', () => {
  test('a full CPU explains squeezes, ring overruns, drops of its backlog and readers that starve', () => {
    expect(order([...full(1), ...ringLoss])).toEqual(['R36', 'R36>R02', 'R02>R06', 'R36>R01', 'R36>R44']);
  });

  test('what would be changed for a symptom says that it is one, and what comes first', () => {
    const [cause, ...symptoms] = findingsOf([...full(1), ...ringLoss]);
    expect(cause?.explainedBy).toBeNull();
    expect(cause?.advice.join()).not.toContain('symptom');
    const named = Object.fromEntries(symptoms.map(({ rule, changes, advice }) => [rule, [changes.length, advice[0]]]));
    const first = (text: string) => `Changing this treats a symptom only: act on its cause first, ${text}.`;
    expect(named).toMatchObject({
      R01: [1, first('R36: CPU 1 spends 97 % of its time in softirq')],
      R02: [1, first('R36: CPU 1 spends 97 % of its time in softirq')],
      R06: [1, first('R02: NET_RX is cut short 43.6/s on CPU 1 (97 % of its time in softirq)')],
    });
  });

  test('a symptom that proposes nothing is left as it is', () => {
    const lossy = [
      counter('Tcp OutSegs', 20_000),
      counter('Tcp RetransSegs', 1000),
      counter('TcpExt TCPTimeouts', 600),
    ];
    const [, symptom] = findingsOf(lossy);
    expect(order(lossy)).toEqual(['R33', 'R33>R34']);
    expect(symptom?.changes).toEqual([]);
    expect(symptom?.advice[0]).not.toContain('symptom');
  });

  test('a backlog set below the kernel’s default is a cause of its own, and comes first', () => {
    expect(order([...full(1), sysctl('net.core.netdev_max_backlog', '16')])).toEqual([
      'R01',
      'R36',
      'R36>R02',
      'R36>R44',
    ]);
  });

  test('a CPU that is busy, not taken whole, explains nothing', () => {
    expect(order(full(1, 650)).filter((rule) => rule.startsWith('R36>'))).toEqual([]);
  });

  test('another CPU explains no backlog and no squeeze', () => {
    expect(order(full(2))).toEqual(['R36', 'R36>R44', 'R01']);
  });

  test('a budget that ends each run at once is the cause of a busy CPU, also where a namespace hides the key', () => {
    const squeezed = (time_squeeze: number): Edit[] => [
      cpuTime(1, { softirq: 650 }),
      softnet(1, { processed: 400_000, time_squeeze }),
      replaced('sysctl', '/proc/sys/net/core/netdev_budget:', '/proc/sys/net/core/netdev_:'),
    ];
    expect(order(squeezed(200_000))).toEqual(['R02', 'R02>R36']);
    expect(order(squeezed(2000))).toEqual(['R36', 'R02']);
  });

  test('a qdisc that drops explains what TCP sends again', () => {
    const dropped = [
      qdisc('eth1', 'root', { packets: 98_000, drops: 2000 }),
      counter('Tcp OutSegs', 98_000),
      counter('Tcp RetransSegs', 2500),
    ];
    expect(order(dropped)).toEqual(['R39', 'R39>R33']);
  });

  test('stolen time explains all of it', () => {
    const stolen = [0, 2, 3].map((cpu) => cpuTime(cpu, { steal: 300 }));
    expect(order([...full(1), ...stolen, cpuTime(1, { softirq: 600, steal: 390 })])).toEqual([
      'R37',
      'R37>R36',
      'R36>R02',
      'R36>R01',
      'R36>R44',
    ]);
  });
});

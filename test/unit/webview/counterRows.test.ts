import { describe, expect, it } from 'vitest';
import type { CounterRowView } from '../../../webview/counterViews.ts';
import { hasMoved, lostOrDelayed, shownCounters, shownUncounted } from '../../../webview/panel/counterRows.ts';

function row(name: string, parts: Partial<CounterRowView> = {}): CounterRowView {
  return {
    group: 'TCP',
    name,
    value: 0,
    unit: 'segments',
    kind: 'counter',
    delta: 0,
    perSecond: 0,
    share: null,
    noRate: null,
    severity: 'info',
    step: 'I21 TCP state machine',
    where: 'tcp_ack',
    meaning: 'Something.',
    scope: 'namespace',
    ...parts,
  };
}

const rows = [
  row('Tcp InSegs', { value: 900, delta: 9 }),
  row('Tcp RetransSegs', { severity: 'delay', value: 5, delta: 2 }),
  row('TcpExt TCPLostRetransmit', { severity: 'delay', value: 1 }),
  row('TcpExt ListenDrops', { severity: 'loss', value: 7, where: 'tcp_listendrop' }),
  row('TcpExt RcvPruned', { severity: 'loss' }),
  row('Udp RcvbufErrors', { group: 'UDP', severity: 'loss', value: 8, delta: 8, meaning: 'The buffer was full.' }),
];
const all = { text: '', onlyMoved: false, group: 'all' } as const;
const names = (filter: Partial<typeof all> & object, hasRates = true) =>
  shownCounters(rows, { ...all, ...filter }, hasRates).map(({ row: { name }, heading }) => `${heading}: ${name}`);

describe('shownCounters', () => {
  it('puts what lost, then what delayed first, then losses there ever were', () => {
    expect(names({})).toEqual([
      `${lostOrDelayed}: Udp RcvbufErrors`,
      `${lostOrDelayed}: Tcp RetransSegs`,
      'TCP: TcpExt ListenDrops',
      'TCP: TcpExt TCPLostRetransmit',
      'TCP: Tcp InSegs',
      'TCP: TcpExt RcvPruned',
    ]);
  });

  it('shows only what moved', () => {
    expect(names({ onlyMoved: true } as object)).toEqual([
      `${lostOrDelayed}: Udp RcvbufErrors`,
      `${lostOrDelayed}: Tcp RetransSegs`,
      'TCP: Tcp InSegs',
    ]);
  });

  it('takes what is not 0 for moved where there is one sample', () => {
    expect(names({ onlyMoved: true } as object, false)).toHaveLength(5);
    expect(names({}, false).some((name) => name.startsWith(lostOrDelayed))).toBe(false);
  });

  it.each([
    ['LISTENdrop', ['TCP: TcpExt ListenDrops']],
    ['full buffer', [`${lostOrDelayed}: Udp RcvbufErrors`]],
    ['full nothing', []],
  ])('finds all words of "%s" in name, meaning or function', (text, found) => {
    expect(names({ text } as object)).toEqual(found);
  });

  it('shows one group', () => {
    expect(names({ group: 'UDP' } as object)).toEqual([`${lostOrDelayed}: Udp RcvbufErrors`]);
  });
});

it('takes a wait for a delay only from a hundredth of the time', () => {
  const pressure = (share: number) => row('pressure cpu some', { severity: 'delay', delta: null, share });
  const headings = (share: number) => shownCounters([pressure(share)], all, true).map(({ heading }) => heading);
  expect(headings(0.009)).toEqual(['TCP']);
  expect(headings(0.01)).toEqual([lostOrDelayed]);
  expect(hasMoved(pressure(0.001), true)).toBe(true);
  expect(hasMoved(pressure(0), true)).toBe(false);
});

describe('shownUncounted', () => {
  const uncounted = [
    { group: 'TCP', name: 'TcpExt TCPAOGood', meaning: 'Right.', versions: 'Linux 6.7 and later' },
  ] as const;

  it('is found by its name or its kernels, and never among what moved', () => {
    expect(shownUncounted(uncounted, { ...all, text: '6.7 tcpao' })).toHaveLength(1);
    expect(shownUncounted(uncounted, { ...all, text: 'udp' })).toHaveLength(0);
    expect(shownUncounted(uncounted, { ...all, onlyMoved: true })).toHaveLength(0);
  });
});

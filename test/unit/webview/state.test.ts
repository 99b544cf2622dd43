import { describe, expect, it } from 'vitest';
import { readMessage, sameData } from '../../../webview/panel/state.ts';
import type { PanelState, SnapshotView } from '../../../webview/protocol.ts';

const unread = { ok: false, reason: 'permission denied', source: '/proc/x' } as const;
const view: SnapshotView = {
  facts: [],
  takenAt: null,
  seconds: null,
  noRates: 'one sample',
  tiles: [],
  findings: [],
  noFault: null,
  checked: [],
  notChecked: [],
  missing: [],
  notes: [],
  softnet: unread,
  interrupts: {
    ok: true,
    source: 's',
    warnings: 0,
    value: { cpus: [], rows: [], cells: new ArrayBuffer(0), perSecond: true },
  },
  nics: { ok: true, source: 's', warnings: 0, value: { nics: [], others: [], leftOut: 0 } },
  tcpStates: { ok: true, source: 's', warnings: 0, value: [] },
  listeners: unread,
  listenersLeftOut: 0,
  tcpCounters: unread,
  sockstat: unread,
  counters: unread,
  sockets: { canAsk: false, readings: [], answers: [] },
  settings: unread,
  history: [],
};
const state: PanelState = {
  identity: { host: 'web-1', capture: null },
  title: 'web-1',
  tab: 'tcp',
  canSnapshot: true,
  busy: null,
  view,
  emptyReason: null,
};

describe('readMessage', () => {
  it('takes a state, with and without a view', () => {
    expect(readMessage({ type: 'state', state })).toEqual({ type: 'state', state });
    expect(readMessage({ type: 'state', state: { ...state, view: null } })).not.toBeNull();
  });
  it('takes show', () => {
    expect(readMessage({ type: 'show', tab: 'softnet', focus: null })).toEqual({
      type: 'show',
      tab: 'softnet',
      focus: null,
    });
  });
  it('takes answers about texts', () => {
    const replies = [
      { kind: 'outline', entries: [], omitted: 0 },
      { kind: 'page', entry: '1', firstLine: 0, totalLines: 0, page: 0, pages: 1, lines: [] },
      { kind: 'search', total: 0, counts: [], hits: [] },
      { kind: 'value', title: '', json: '{}', note: '' },
      { kind: 'nothing', reason: 'gone' },
    ];
    for (const reply of replies)
      expect(readMessage({ type: 'raw', id: 1, reply })).toEqual({ type: 'raw', id: 1, reply });
  });
  it.each([
    ['an answer to nothing', { type: 'raw', reply: { kind: 'nothing', reason: '' } }],
    ['an answer of another kind', { type: 'raw', id: 1, reply: { kind: 'constructor' } }],
    ['a page without lines', { type: 'raw', id: 1, reply: { kind: 'page' } }],
    ['nothing', null],
    ['a text', 'state'],
    ['an unknown type', { type: 'samples' }],
    ['an unknown tab', { type: 'show', tab: 'cooked', focus: null }],
    ['no focus', { type: 'show', tab: 'tcp' }],
    ['no identity', { type: 'state', state: { ...state, identity: null } }],
    ['a list that is none', { type: 'state', state: { ...state, view: { ...view, findings: {} } } }],
    [
      'a part without a reason',
      { type: 'state', state: { ...state, view: { ...view, softnet: { ok: false, source: 's' } } } },
    ],
    ['a missing part', { type: 'state', state: { ...state, view: { ...view, sockstat: undefined } } }],
  ])('refuses %s', (_, message) => expect(readMessage(message)).toBeNull());
});

describe('sameData', () => {
  it('compares through lists, records and buffers', () => {
    expect(sameData(view, structuredClone(view))).toBe(true);
    expect(sameData({ a: Float64Array.of(1).buffer }, { a: Float64Array.of(1).buffer })).toBe(true);
    expect(sameData({ a: Float64Array.of(1).buffer }, { a: Float64Array.of(2).buffer })).toBe(false);
    expect(sameData({ ...view, seconds: 2 }, view)).toBe(false);
    expect(sameData([1, 2], [1])).toBe(false);
    expect(sameData({}, null)).toBe(false);
  });
  it('holds a NaN for the same as a NaN', () => expect(sameData(Number.NaN, Number.NaN)).toBe(true));
});

import { describe, expect, it } from 'vitest';
import { findingChoices, shownFindings } from '../../../webview/panel/findingFilter.ts';
import type { FindingView } from '../../../webview/protocol.ts';

const blank = {
  severity: 'warn',
  why: '',
  explainedBy: null,
  threshold: '',
  evidence: [],
  changes: [],
  advice: [],
} as const;
const rest = { ...blank, sideEffects: '', lookalikes: '', verify: '', tab: 'nics' } as const;
const ring: FindingView = { ...rest, key: 'R06 eth0', rule: 'R06', step: 'I3 Ring', nics: ['eth0'], title: 'ring' };
const pause: FindingView = { ...rest, key: 'R16 eth1', rule: 'R16', step: 'I1 Link', nics: ['eth1'], title: 'pause' };
const backlog: FindingView = { ...rest, key: 'R01 host', rule: 'R01', step: 'I14 Backlog', nics: [], title: 'backlog' };
const all = [backlog, ring, pause];

describe('findings of a host', () => {
  it('can be chosen by the NICs and steps there are, worst first', () => {
    expect(findingChoices(all)).toEqual({ nics: ['eth0', 'eth1'], steps: ['I14 Backlog', 'I3 Ring', 'I1 Link'] });
  });

  it.each([
    ['all', 'all', all],
    ['eth0', 'all', [ring]],
    ['all', 'I1 Link', [pause]],
    ['eth0', 'I1 Link', []],
  ])('on %s at %s', (nic, step, expected) => {
    expect(shownFindings(all, { nic, step })).toEqual(expected);
  });
});

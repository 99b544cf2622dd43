import { describe, expect, it } from 'vitest';
import { delayText, flowText, losingSteps, moveTo, pathHeadline } from '../../../webview/panel/pathSteps.ts';
import type { PathStepView, PathView, PathZoneId } from '../../../webview/pathViews.ts';

function step(id: string, zone: PathZoneId, more: Partial<PathStepView> = {}): PathStepView {
  return {
    id,
    name: id,
    zone,
    aside: null,
    meaning: '',
    functions: [],
    state: 'clear',
    why: '',
    lost: 0,
    flow: null,
    noFlow: '',
    figures: [],
    knobs: [],
    findings: [],
    ...more,
  };
}

const path: PathView = {
  nic: 'eth0',
  kind: '',
  end: '',
  nics: ['eth0'],
  moreNics: 0,
  zones: [
    { id: 'socket', name: '' },
    { id: 'driver', name: '' },
    { id: 'nic', name: '' },
  ],
  ways: {
    in: [step('I3', 'nic'), step('I14', 'driver', { state: 'losing', lost: 120 }), step('I22', 'socket')],
    out: [step('E1', 'socket'), step('E11', 'driver'), step('E16', 'nic', { state: 'uncounted', lost: null })],
    back: [step('E17', 'driver'), step('E20', 'driver', { state: 'losing', lost: 500 })],
  },
};

describe('arrow keys', () => {
  it('go up the way in and on over the application down the way out', () => {
    expect(moveTo(path, 'I3', 'up')).toBe('I14');
    expect(moveTo(path, 'I22', 'up')).toBe('E1');
    expect(moveTo(path, 'E1', 'down')).toBe('E11');
    expect(moveTo(path, 'E11', 'up')).toBe('E1');
  });
  it('go up again with the completion', () => {
    expect(moveTo(path, 'E16', 'down')).toBe('E17');
    expect(moveTo(path, 'E17', 'up')).toBe('E20');
  });
  it('go across in the same zone, and stay at the ends', () => {
    expect(moveTo(path, 'I14', 'right')).toBe('E11');
    expect(moveTo(path, 'E17', 'left')).toBe('I14');
    expect(moveTo(path, 'I14', 'left')).toBe('I14');
    expect(moveTo(path, 'I3', 'down')).toBe('I3');
    expect(moveTo(path, 'E11', 'first')).toBe('I3');
    expect(moveTo(path, 'I3', 'last')).toBe('E20');
  });
});

describe('words of the path', () => {
  it('put the greatest loss first and count what cannot be measured', () => {
    expect(losingSteps(path).map(({ id }) => id)).toEqual(['E20', 'I14']);
    expect(pathHeadline(path, 2)).toBe('Packets are lost at 2 steps now. 1 step cannot be measured, or not fully.');
    expect(pathHeadline(path, null)).toContain('Without two samples');
  });
  it('leave a flow that nobody counts empty, and mark one that was not read', () => {
    expect(flowText(step('I7', 'driver'))).toBe('');
    expect(flowText(step('I5', 'driver', { noFlow: 'denied' }))).toBe('–');
    expect(flowText(step('I3', 'nic', { flow: { value: 12_345, unit: 'packets/s' } }))).toBe('12.3 k pkt/s');
    expect(delayText(step('I9', 'driver'))).toBe('');
  });
});

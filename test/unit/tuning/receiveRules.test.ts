import { expect, test } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import { receiveRules } from '../../../src/tuning/plans/hashing.ts';
import type { Outcome } from '../../../src/tuning/tuning.ts';
import { captureOf, type Edit, replacedAfter } from '../diagnosis/cases/edits.ts';

/** An igb with four queues, whose ntuple filters are off for good (Linux 6.1 under emulation). */
const igb = 'captures/igb.netsnap.gz';
const ntuple = (state: string): Edit =>
  replacedAfter('ethtool-k', 'Features for eth0:', 'ntuple-filters: off [fixed]', `ntuple-filters: ${state}`);

function outcomes(edit: Edit): readonly Outcome[] {
  const { snapshot, rates } = observe(edit(captureOf(igb)));
  return receiveRules.plan({ snapshot, rates, nic: 'eth0', rttMs: null, services: [{ flow: 'udp4', port: 53 }] });
}

test('a NIC that cannot follow rules gets none', () => {
  expect(outcomes((text) => text)).toEqual([
    { state: 'missing', subject: 'eth0 features ntuple', reason: 'off [fixed]: this driver cannot switch it on' },
  ]);
});

test('one that can gets its switch put on, and the service the queue of the idlest CPU', () => {
  const [ruled, rule, ...others] = outcomes(ntuple('off'));
  expect(ruled).toMatchObject({
    state: 'change',
    change: { set: 'features', name: 'ntuple', value: 'on', current: 'off' },
  });
  expect(rule).toMatchObject({
    state: 'change',
    change: { kind: 'filter', location: 0, value: expect.stringMatching(/^flow-type udp4 dst-port 53 action [0-3]$/) },
  });
  expect(others).toEqual([]);
});

test('where it is on already only the rule is left', () => {
  expect(outcomes(ntuple('on')).map(({ state }) => state)).toEqual(['kept', 'change']);
});

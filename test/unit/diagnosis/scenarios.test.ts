import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import { scenario } from './realScenario.ts';

test.each([
  ['healthy', []],
  // Thousands in TIME_WAIT are load, not a fault.
  ['time_wait', []],
  // Both are made by a UDP flood that takes a CPU whole, so that its receiver cannot read either: the setting comes first.
  ['softnet_drop', ['R01', 'R44', 'R36']],
  ['time_squeeze', ['R02', 'R36', 'R44']],
  ['listen_overflow', ['R18']],
  ['udp_rcvbuf', ['R44']],
])('%s: %j', (name, rules) => {
  const snapshot = scenario(name);
  const { findings } = diagnose(snapshot, ratesOf(snapshot));
  expect(findings.map((finding) => finding.rule)).toEqual(rules);
});

test('the listener of listen_overflow is named, and its own backlog as the limit', () => {
  const snapshot = scenario('listen_overflow');
  const [finding] = diagnose(snapshot, ratesOf(snapshot)).findings;
  expect(finding?.title).toMatch(/ at 10\.88\.1\.8:7002 \(5 waiting, limit 4\)$/);
  expect(finding?.changes).toEqual([]);
});

test.each([
  ['softnet_drop', 'R01', [{ key: 'net.core.netdev_max_backlog', value: '2000', current: '16' }]],
  ['time_squeeze', 'R02', [{ key: 'net.core.netdev_budget', value: '600', current: '2' }]],
])('%s: the change undoes the cause', (name, rule, changes) => {
  const snapshot = scenario(name);
  const { findings } = diagnose(snapshot, ratesOf(snapshot));
  expect(findings.find((finding) => finding.rule === rule)?.changes).toMatchObject(changes);
});

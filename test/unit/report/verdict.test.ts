import { expect, test } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import { noFaultSentence, ranSentence } from '../../../src/report/verdict.ts';
import { counter, netStat, softnet } from '../diagnosis/cases/counts.ts';
import { captureOf, type Edit, oneLook, rebooted, without, withoutFile } from '../diagnosis/cases/edits.ts';
import { statistic } from '../diagnosis/cases/linkEdits.ts';
import { fourDrivers } from '../diagnosis/cases/ruleCases.ts';

const observed = (edits: readonly Edit[], capture = fourDrivers) =>
  observe(edits.reduce((text, edit) => edit(text), captureOf(capture)));
const said = (edits: readonly Edit[], capture?: string) => noFaultSentence(observed(edits, capture));

test('four NICs are one host: its packets are those that CPUs took from all of them', () => {
  expect(said([softnet(0, { processed: 22_950 }), softnet(1, { processed: 22_950 })])).toMatch(
    /^No loss seen in 22\.9 s at 2,0\d\d packets\/s\.$/,
  );
});

test('where packets are lost and could not be looked at is named', () => {
  expect(said([without('qdisc@B')])).toMatch(/packets\/s; not looked at: Qdisc drops \(R39\)\.$/);
  expect(said([], 'captures/namespace-nobody.netsnap.gz')).toMatch(
    /; not looked at: Frames lost for want of RX descriptors \(R06\)/,
  );
  expect(said([withoutFile('/proc/net/softnet_stat')])).toMatch(
    /at a rate of packets that is not known; not looked at: Softnet backlog drops \(R01\)\.$/,
  );
});

test('a loss that no rule warns of is named', () => {
  expect(said([netStat('arp_cache', 'unresolved_discards', 23), counter('Ip InDiscards', 46)])).toMatch(
    /^No rule warns, but some was lost in .*: Ip InDiscards 2\/s, arp_cache unresolved_discards 1\/s\.$/,
  );
});

test('nothing is said of loss without two looks of one boot, nor when something was found', () => {
  expect(said([oneLook])).toMatch(/^Whether packets are lost cannot be seen: /);
  expect(said([rebooted])).toMatch(/^Whether packets are lost cannot be seen: the host was restarted/);
  expect(said([statistic('eth1', 'rx missed_errors', 1)])).toBeNull();
});

test('how many rules ran stands beside it', () => {
  const { checked, notChecked } = observed([]).diagnosis;
  expect(ranSentence(observed([]))).toBe(`${checked.length} rules ran, ${notChecked.length} could not.`);
  expect(notChecked.length).toBeGreaterThan(0);
});

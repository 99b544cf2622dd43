import type { EthtoolFeature } from '../../kernel/ethtool/features.ts';
import type { Delta, Rates } from '../../model/rates.ts';
import { receivedFrames } from '../../model/receivedFrames.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { EthtoolChange } from '../../tuning/change.ts';
import { stands } from '../evidence.ts';
import { formatRate } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { nicsThatTell } from '../nicLoad.ts';
import { counterEvidence, counterOf } from '../protocols.ts';
import { have, type Needed, type RuleContext, ruleOf } from '../rule.ts';
import { settingOf } from '../settings.ts';

function withFeatures({ snapshot }: RuleContext): Needed<readonly Nic[]> {
  return nicsThatTell(snapshot, 'features', 'no NIC has features');
}

function featureOf(nic: Nic, name: string): EthtoolFeature | null {
  return (nic.features.ok ? nic.features.value.find((feature) => feature.name === name) : undefined) ?? null;
}

function turn(nic: Nic, name: string, on: boolean): EthtoolChange {
  const [value, current] = on ? ['on', 'off'] : ['off', 'on'];
  return { kind: 'ethtool', set: 'features', nic: nic.name, name, value, current, atLeast: false };
}

const groLimits = {
  perSecond: limit(
    50_000,
    heuristic,
    (value) => `at more than ${formatRate(value)} TCP segments and as many packets of the NIC`,
  ),
};

/** R12: packets go up the stack one by one. */
export const groOff = ruleOf({
  id: 'R12',
  title: 'GRO off',
  step: 'I11',
  evidence: '`ethtool -k` generic-receive-offload off and not [fixed]; rx_packets and Tcp InSegs a second',
  fix: '`ethtool -K NIC gro on`',
  lookalikes: 'Some packet captures and AF_XDP want single packets.',
  limits: groLimits,
  needs: (context): Needed<{ nics: readonly Nic[]; rates: Rates; segments: Delta }> => {
    if (!context.rates.ok) return context.rates;
    const nics = withFeatures(context);
    if (!nics.ok) return nics;
    const segments = counterOf(context, 'Tcp InSegs');
    return segments.ok ? have({ nics: nics.value, rates: context.rates.value, segments: segments.value }) : segments;
  },
  check: ({ nics, rates, segments }, _, { perSecond }) =>
    nics.flatMap((nic): Draft[] => {
      const gro = featureOf(nic, 'generic-receive-offload');
      if (gro === null || gro.active || gro.fixed) return [];
      const packets = receivedFrames(nic, rates)?.perSecond ?? 0;
      if (packets <= perSecond || segments.perSecond <= perSecond) return [];
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          title: `GRO is off on ${nic.name} at ${formatRate(packets, 'packets')}`,
          why: 'GRO joins consecutive segments of a flow before they go up the stack: one walk instead of forty. Without it the CPUs do that work for each packet.',
          evidence: [
            stands(`ethtool -k ${nic.name}`, 'generic-receive-offload', 0, 'off'),
            counterEvidence('Tcp InSegs', segments, 'segments'),
          ],
          changes: [turn(nic, 'gro', true)],
          sideEffects: 'Captures on this host show large packets that were never on the wire.',
          verify: 'Snapshot again under the same load: fewer `processed` in softnet for the same bytes, less softirq.',
          tab: 'nics',
        },
      ];
    }),
});

/** R13: packets are joined that must be sent on as they came. */
export const lroForwarding = ruleOf({
  id: 'R13',
  title: 'LRO on a router or bridge',
  step: 'I11',
  evidence: '`ethtool -k` large-receive-offload on with net.ipv4.ip_forward 1, or on a port of a bridge',
  fix: '`ethtool -K NIC lro off`; GRO does the same without harm',
  lookalikes:
    'The kernel switches LRO off by itself when forwarding starts: what is left on was switched on after, or by a driver that keeps it.',
  limits: {},
  needs: withFeatures,
  check: (nics, { snapshot }) => {
    const forward = settingOf(snapshot, 'net.ipv4.ip_forward');
    const kinds = new Map(snapshot.nics.map((nic) => [nic.name, nic.ipLink.ok ? nic.ipLink.value.kind : null]));
    return nics.flatMap((nic): Draft[] => {
      const lro = featureOf(nic, 'large-receive-offload');
      if (lro === null || !lro.active) return [];
      const master = nic.ipLink.ok ? nic.ipLink.value.master : null;
      const isBridged = master !== null && kinds.get(master) === 'bridge';
      const isRouter = forward.ok && forward.value === '1';
      if (!isBridged && !isRouter) return [];
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          title: `LRO is on for ${nic.name}, ${isBridged ? `a port of the bridge ${master}` : 'and this host forwards packets'}`,
          why: 'LRO joins segments so that they cannot be taken apart as they were: what is forwarded does not fit the next link and is lost, or arrives with wrong headers.',
          evidence: [
            stands(`ethtool -k ${nic.name}`, 'large-receive-offload', 1, 'on'),
            ...(isRouter ? [stands('/proc/sys/net/ipv4/ip_forward', 'ip_forward', 1, '1')] : []),
          ],
          changes: lro.fixed ? [] : [turn(nic, 'lro', false)],
          advice: lro.fixed
            ? ['The driver does not let it be switched off: keep this NIC out of the bridge, or forward elsewhere.']
            : [],
          sideEffects: 'A little more CPU time for receiving; GRO takes over.',
          verify: `\`ethtool -k ${nic.name}\` shows large-receive-offload: off.`,
          tab: 'nics',
        },
      ];
    });
  },
});

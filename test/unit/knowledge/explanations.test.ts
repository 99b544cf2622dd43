import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import { allRules } from '../../../src/diagnosis/allRules.ts';
import { rulesNaming } from '../../../src/diagnosis/ruleUse.ts';
import { counterMeanings } from '../../../src/knowledge/counters.ts';
import { explanationOf } from '../../../src/knowledge/explain/explanations.ts';
import { nicKnobs } from '../../../src/knowledge/nicKnobs.ts';
import { pathMeasures } from '../../../src/knowledge/pathMeasures.ts';
import { steps } from '../../../src/knowledge/steps.ts';
import { sysctlKeys } from '../../../src/knowledge/sysctlKeys.ts';
import { tcpStateMeanings } from '../../../src/knowledge/tcpStates.ts';
import { explanationView } from '../../../src/ui/panel/explanationView.ts';

const nowhere = { driverOf: () => null, isNicVector: () => false };
const machine = observe(readFileSync(new URL('../../../media/sample.netsnap', import.meta.url), 'utf8'));

function rulesOf(id: string): readonly string[] {
  return rulesNaming(allRules, explanationOf(id, nowhere)?.named ?? []).map(({ rule }) => rule.id);
}

describe('what is explained', () => {
  it.each([
    [
      'counters',
      counterMeanings.map(({ section, name }) => `counter:${section === 'Xfrm' ? '' : `${section} `}${name}`),
    ],
    [
      'figures of the path',
      Object.values(pathMeasures).flatMap((step) =>
        [
          ...(step.pass ?? []),
          ...(step.loss ?? []),
          ...(step.part ?? []),
          ...(step.discard ?? []),
          ...(step.delay ?? []),
          ...(step.stands ?? []),
        ].map((one) => `measure:${one}`),
      ),
    ],
    ['knobs of the path', Object.keys(nicKnobs).map((knob) => `knob:${knob}`)],
    ['sysctls', [...sysctlKeys.keys()].map((key) => `sysctl:${key}`)],
    ['TCP states', [...tcpStateMeanings.keys()].map((state) => `state:${state}`)],
    ['steps', steps.map(({ id }) => `step:${id} eth0`)],
  ])('%s, all of them', (_, ids) => {
    expect(ids.length).toBeGreaterThan(10);
    const without = ids.filter((id) => (explanationOf(id, nowhere)?.what ?? '').length < 8);
    expect(without).toEqual([]);
  });

  it.each(['', 'counter:', 'counter:Nothing', 'sysctl', 'no-such-kind:x', 'column:x/y', 'rule:R99', '__proto__:x'])(
    'has no words for %j',
    (id) => {
      expect(explanationView(machine, id)).toBeNull();
    },
  );

  it('is not led astray by a hostile name', () => {
    const name = `eth0 ${'rx_'.repeat(40_000)}<img src=x onerror=alert(1)>`;
    expect(explanationView(machine, `driver:${name}`)?.title).toBe(name.slice('eth0 '.length));
  });
});

describe('rules that go by a name', () => {
  it.each([
    ['counter:TcpExt ListenOverflows', ['R18', 'R20']],
    ['softnet:dropped', ['R01']],
    ['softnet:time_squeeze', ['R02']],
    ['link:rx_crc_errors', ['R14']],
    ['sysctl:net.core.somaxconn', ['R18', 'R21']],
    ['sysctl:net.ipv4.tcp_rmem', ['R30', 'R63']],
    ['state:CLOSE_WAIT', ['R56']],
    ['cputime:steal', ['R37']],
    ['counter:Udp RcvbufErrors', ['R44']],
    ['counter:nf_conntrack insert_failed', ['R47']],
    ['offload:large-receive-offload', ['R13']],
  ])('%s: %j', (id, expected) => {
    expect(rulesOf(id)).toEqual(expect.arrayContaining(expected));
  });

  it('are not those that name something alike', () => {
    expect(rulesOf('link:rx_errors')).toEqual([]);
    expect(rulesOf('counter:IpExt InOctets')).toEqual([]);
    expect(rulesOf('softnet:dropped')).not.toContain('R46');
  });

  it('are told with what they found here', () => {
    const [drop] = explanationView(machine, 'softnet:dropped')?.rules ?? [];
    const finding = machine.diagnosis.findings.find(({ rule }) => rule === 'R01');
    expect(drop).toMatchObject({
      id: 'R01',
      state: 'fired',
      said: finding?.title,
      focus: finding?.key,
      changes: false,
    });
    const uses = explanationView(machine, 'sysctl:net.core.netdev_max_backlog')?.rules ?? [];
    expect(uses.find(({ id }) => id === 'R01')?.changes).toBe(true);
    const lacking = machine.diagnosis.notChecked[0];
    const unchecked = explanationView(machine, `rule:${lacking?.rule}`)?.rules ?? [];
    expect(unchecked).toMatchObject([{ state: 'unchecked', said: lacking?.reason }]);
  });

  it('every rule that names a counter is reached from one', () => {
    const ids = [
      ...counterMeanings.map(({ section, name }) => `counter:${section} ${name}`),
      ...[...sysctlKeys.keys()].map((key) => `sysctl:${key}`),
      ...[
        'softnet:dropped',
        'softnet:time_squeeze',
        'softnet:processed',
        'softnet:flow_limit_count',
        'cputime:steal',
        'cputime:softirq',
      ],
      ...[
        'link:rx_crc_errors',
        'link:rx_missed_errors',
        'link:carrier_changes',
        'link:tx_fifo_errors',
        'link:tx-0/tx_timeout',
      ],
      ...['state:CLOSE_WAIT', 'state:FIN_WAIT2', 'offload:generic-receive-offload', 'offload:large-receive-offload'],
      ...Object.keys(nicKnobs).map((knob) => `knob:${knob}`),
      ...[
        'column:tcp.listeners/queue',
        'column:nics.vectors/node',
        'column:nics.qdiscs/drops',
        'column:nics.qdiscs/requeues',
      ],
      ...[
        'column:interrupts.map/oneCpu',
        'column:nics.vectors/cpus',
        'nicfact:PCI Express',
        'nicsetting:Queues (ethtool -l)/Combined',
      ],
      ...['measure:driver pause-sent', 'measure:driver allowance', 'measure:driver stopped', 'column:sockets/sndbuf'],
      ...[
        'nicsetting:Receive side scaling (ethtool -x)/Indirection table',
        'column:settings.keys/verdict',
        'column:settings.files/state',
      ],
    ];
    const reached = new Set(ids.flatMap(rulesOf));
    // The governor of the CPUs stands on no row of its own.
    expect(allRules.filter(({ id }) => !reached.has(id)).map(({ id }) => id)).toEqual(['R38']);
  });
});

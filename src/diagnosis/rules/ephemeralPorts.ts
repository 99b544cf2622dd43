import type { Snapshot } from '../../model/snapshot.ts';
import type { OutgoingTuple } from '../../model/tcpSockets.ts';
import type { SysctlChange } from '../../tuning/change.ts';
import { isLoopback } from '../connections.ts';
import { stands } from '../evidence.ts';
import { formatCount, formatShare } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { type PortRange, portRangeOf } from '../portRange.ts';
import { have, lack, type Needed, notRead, ruleOf } from '../rule.ts';
import { namespaceAdvice, settingOf } from '../settings.ts';

const widest = { low: 1024, high: 65_535 };

const limits = {
  warnShare: limit(0.8, heuristic, (value) => `above ${formatShare(value)} of the ports a warning`),
  critShare: limit(0.95, heuristic, (value) => `above ${formatShare(value)} critical`),
};

interface Data {
  readonly tuples: readonly OutgoingTuple[];
  readonly range: PortRange;
}

/** R25: connections from one address to one service use up the local ports. One finding for each such pair. */
export const ephemeralPorts = ruleOf({
  id: 'R25',
  title: 'Local ports used up towards one service',
  step: 'E4',
  evidence:
    '/proc/net/tcp: sockets, in any state, from one local address to one remote address and port, over the ports of net.ipv4.ip_local_port_range less the reserved ones',
  fix: 'connection reuse; a wider ip_local_port_range; tcp_tw_reuse; more addresses',
  lookalikes:
    'A server with many sockets in TIME_WAIT on its own port needs no local ports for them. No kernel counter moves when ports run out: the application sees EADDRNOTAVAIL.',
  limits,
  needs: ({ sample, snapshot }): Needed<Data> => {
    if (!sample.tcpSockets.ok) return notRead(sample.tcpSockets);
    const range = portRangeOf(snapshot);
    if (!range.ok) return range;
    if (range.value.usable <= 0) return lack('every port of the range is reserved');
    return have({ tuples: sample.tcpSockets.value.outgoing, range: range.value });
  },
  check: ({ tuples, range }, { snapshot }, { warnShare, critShare }) =>
    tuples
      .filter((tuple) => tuple.sockets > warnShare * range.usable)
      .map((tuple) => findingOf(tuple, range, critShare, snapshot)),
});

function findingOf(tuple: OutgoingTuple, range: PortRange, critShare: number, snapshot: Snapshot): Draft {
  const { localAddress, remoteAddress, remotePort, sockets } = tuple;
  const share = sockets / range.usable;
  const peer = `${remoteAddress}:${remotePort}`;
  const changes = [...rangeChange(range), ...reuseChange(tuple, snapshot)];
  return {
    severity: share > critShare ? 'crit' : 'warn',
    subject: { kind: 'peer', localAddress, address: remoteAddress, port: remotePort },
    title: `${formatCount(sockets)} sockets from ${localAddress} to ${peer} use ${formatShare(share)} of the ${formatCount(range.usable)} local ports`,
    why: 'Each connection to one address and port needs a local port of its own, and TIME_WAIT keeps it for 60 s. When they are used up, connect() fails with EADDRNOTAVAIL. Other destinations are not affected.',
    evidence: [
      stands('/proc/net/tcp', `${localAddress} -> ${peer}`, sockets, `${formatCount(sockets)} sockets`),
      stands(
        '/proc/sys/net/ipv4/ip_local_port_range',
        'usable ports',
        range.usable,
        `${range.low}-${range.high}, ${range.reserved === null ? 'reserved ports not known' : `${formatCount(range.reserved)} reserved`}`,
      ),
    ],
    changes,
    advice: [
      'Reuse connections: keep-alive, a connection pool.',
      ...(changes.length > 0
        ? [
            'Before widening the range, reserve the ports of services that start later in net.ipv4.ip_local_reserved_ports.',
          ]
        : []),
      'Or spread: more source addresses, more destination addresses or ports; IP_BIND_ADDRESS_NO_PORT for sockets bound to a source address.',
      ...(changes.length > 0 ? namespaceAdvice(snapshot) : []),
    ],
    sideEffects:
      'A wider range can take the port of a service that starts later. Reusing TIME_WAIT ports relies on TCP timestamps on both sides.',
    verify: 'Snapshot again under the same load: the share falls; with tcp_tw_reuse TWRecycled rises.',
    tab: 'tcp',
  };
}

function rangeChange({ low, high }: PortRange): SysctlChange[] {
  if (low <= widest.low && high >= widest.high) return [];
  const value = `${Math.min(low, widest.low)} ${widest.high}`;
  return [{ kind: 'sysctl', key: 'net.ipv4.ip_local_port_range', value, current: `${low} ${high}`, atLeast: false }];
}

/** tcp_tw_reuse works by timestamps: without them, or when they are not known, it is not proposed. */
function reuseChange({ remoteAddress }: OutgoingTuple, snapshot: Snapshot): SysctlChange[] {
  const timestamps = settingOf(snapshot, 'net.ipv4.tcp_timestamps');
  const reuse = settingOf(snapshot, 'net.ipv4.tcp_tw_reuse');
  if (!timestamps.ok || timestamps.value === '0' || !reuse.ok || reuse.value === '1') return [];
  // 2, the default since 4.19, is reuse on loopback alone.
  if (isLoopback(remoteAddress) && reuse.value === '2') return [];
  return [{ kind: 'sysctl', key: 'net.ipv4.tcp_tw_reuse', value: '1', current: reuse.value, atLeast: false }];
}

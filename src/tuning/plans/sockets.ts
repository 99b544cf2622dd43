import { sysctlNumber } from '../current.ts';
import { clamp, powerOfTwo } from '../numbers.ts';
import { busiestCpu, counterNow, counterPerSecond } from '../traffic.ts';
import { missingOutcome, nicsFor, type Outcome, outcomeOf, type Tuning, type TuningHost, term } from '../tuning.ts';
import { raised } from './napi.ts';

/** Half of a buffer is window: the other half is for what a segment costs beside its bytes (tcp_adv_win_scale 1, net/ipv4/tcp_input.c). */
const bufferPerWindow = 2;

/** T16: buffers that hold what is under way. */
export const tcpBuffers: Tuning = {
  id: 'T16',
  title: 'TCP buffers',
  computed:
    'the maximum of tcp_rmem and tcp_wmem: speed of the fastest link x round trip, twice, in whole pages; never less than now; at most a sixteenth of what tcp_mem allows all sockets. The round trip is the user’s to say',
  why: 'A connection moves at most one window a round trip, and its window comes out of its buffer.',
  risk: 'medium',
  sideEffects: 'A connection to a slow reader may hold that much memory of the kernel; the sum stays below tcp_mem.',
  samples: [
    {
      kind: 'sysctl',
      key: 'net.ipv4.tcp_rmem',
      value: '4096 131072 25001984',
      current: '4096 131072 6291456',
      atLeast: false,
    },
    { kind: 'sysctl', key: 'net.ipv4.tcp_moderate_rcvbuf', value: '1', current: '0', atLeast: false },
  ],
  plan: (host) => [
    buffer('net.ipv4.tcp_rmem', host),
    buffer('net.ipv4.tcp_wmem', host),
    outcomeOf(
      host,
      { kind: 'sysctl', key: 'net.ipv4.tcp_moderate_rcvbuf' },
      {
        value: '1',
        terms: [],
        formula: 'the kernel grows each receive buffer as far as it helps, up to the maximum',
      },
    ),
  ],
};

function buffer(key: string, host: TuningHost): Outcome {
  const { snapshot, rttMs } = host;
  const text = snapshot.sysctl.ok ? snapshot.sysctl.value.get(key) : undefined;
  const [least, initial, most] = (text ?? '').split(/\s+/).map(Number);
  if (
    text === undefined ||
    least === undefined ||
    initial === undefined ||
    most === undefined ||
    !Number.isSafeInteger(most)
  )
    return missingOutcome(key, snapshot.sysctl.ok ? `the capture has no value for ${key}` : snapshot.sysctl.reason);
  if (rttMs === null)
    return missingOutcome(
      key,
      'the round trip to the peers is not in a capture: say it (--rtt MS; packet-path sockets HOST --worst rtt shows it)',
    );
  const speed = Math.max(0, ...nicsFor(host).map((nic) => nic.speed ?? 0));
  if (speed === 0) return missingOutcome(key, 'no link tells its speed');
  const page = snapshot.host.pageSize ?? 4096;
  const product = (speed * 1e6 * (rttMs / 1000)) / 8;
  const pages = sysctlPages(snapshot.sysctl.ok ? snapshot.sysctl.value.get('net.ipv4.tcp_mem') : undefined);
  const ceiling = pages === null ? Number.POSITIVE_INFINITY : Math.floor(pages / 16) * page;
  const wanted = Math.ceil((product * bufferPerWindow) / page) * page;
  const value = Math.max(most, Math.min(wanted, ceiling));
  return outcomeOf(
    host,
    { kind: 'sysctl', key },
    {
      value: `${least} ${initial} ${value}`,
      terms: [
        term('Mbit/s of the fastest link', speed, '/sys/class/net/*/speed'),
        term('round trip in ms', rttMs, 'said by the user'),
        term('page', page, 'getconf PAGESIZE'),
        ...(pages === null ? [] : [term('pages that all sockets may have', pages, 'net.ipv4.tcp_mem')]),
      ],
      formula: `${speed} Mbit/s x ${rttMs} ms / 8 = ${Math.round(product)} bytes under way; x ${bufferPerWindow} in whole pages = ${wanted}; at least ${most}${pages === null ? '' : `, at most ${ceiling}`} = ${value}`,
    },
  );
}

function sysctlPages(text: string | undefined): number | null {
  const most = Number(text?.split(/\s+/)[2] ?? Number.NaN);
  return Number.isSafeInteger(most) ? most : null;
}

const defaultSomaxconn = 4096;
const defaultBacklog = 1000;
/** No application should be away from accept() for longer. */
const awaySeconds = 1;

/** T17: the queues that connections and packets wait in. */
export const backlogs: Tuning = {
  id: 'T17',
  title: 'Accept, SYN and CPU backlogs',
  computed:
    'somaxconn: connections that arrive in one second, as a power of two, at least the kernel’s 4,096; tcp_max_syn_backlog: as much; netdev_max_backlog: the packets that the busiest CPU gets while a softirq run may last, at least the kernel’s 1,000, at most 16 times that',
  why: 'What arrives while the application or the CPU is busy has to wait somewhere, or is dropped.',
  risk: 'low',
  sideEffects:
    'Longer queues hide an application or a CPU that is too slow: clients wait instead of failing. Listeners take the new limit when they are started again.',
  samples: [
    { kind: 'sysctl', key: 'net.core.somaxconn', value: '8192', current: '4096', atLeast: true },
    { kind: 'sysctl', key: 'net.core.netdev_max_backlog', value: '2000', current: '1000', atLeast: true },
  ],
  plan: (host) => [...listenQueues(host), cpuBacklog(host)],
};

function listenQueues(host: TuningHost): Outcome[] {
  const arriving = counterPerSecond(host.rates, 'Tcp', 'PassiveOpens');
  if (!arriving.ok) return [missingOutcome('net.core.somaxconn', arriving.reason)];
  const value = Math.max(defaultSomaxconn, powerOfTwo(arriving.value * awaySeconds));
  const terms = [
    ...arriving.terms,
    term('the kernel’s limit since 5.4', defaultSomaxconn, 'include/linux/socket.h SOMAXCONN'),
  ];
  const formula = `the next power of two of ${arriving.value}/s x ${awaySeconds} s, at least ${defaultSomaxconn} = ${value}`;
  return [
    raised(host, 'net.core.somaxconn', value, terms, formula),
    // Until cookies are used it also bounds the handshakes of a listener.
    raised(host, 'net.ipv4.tcp_max_syn_backlog', value, terms, `${formula}, as the accept queue`),
  ];
}

function cpuBacklog(host: TuningHost): Outcome {
  const key = 'net.core.netdev_max_backlog';
  const packets = busiestCpu(host.rates);
  const usecs = sysctlNumber('net.core.netdev_budget_usecs', host.snapshot);
  if (!packets.ok) return missingOutcome(key, packets.reason);
  if (!usecs.ok) return missingOutcome(key, usecs.reason);
  const need = Math.ceil((packets.value * usecs.value) / 1e6);
  const value = clamp(need, defaultBacklog, defaultBacklog * 16);
  return raised(
    host,
    key,
    value,
    [...packets.terms, term('microseconds a run may last', usecs.value, 'net.core.netdev_budget_usecs')],
    `${packets.value} packets/s x ${usecs.value} us = ${need}; at least ${defaultBacklog}, at most 16 times that = ${value}`,
  );
}

const rangeKey = 'net.ipv4.ip_local_port_range';
const reuseKey = 'net.ipv4.tcp_tw_reuse';
const bucketsKey = 'net.ipv4.tcp_max_tw_buckets';
const highestPort = 65_535;
const firstUserPort = 1024;

/** T19: ports and TIME_WAIT. tcp_tw_recycle is gone since 4.12, and lost the connections of clients behind NAT before. */
export const timeWait: Tuning = {
  id: 'T19',
  title: 'TIME_WAIT and local ports',
  computed:
    'the port range from above the highest listening port below it (at least 1,024) to 65,535, where more than half of the ports are taken to one peer; tcp_tw_reuse 1 in the same case and where timestamps are on; tcp_max_tw_buckets doubled where TIME_WAIT sockets were thrown away (TCPTimeWaitOverflow)',
  why: 'A client of one service needs a port for each connection, and for a minute after it.',
  risk: 'medium',
  sideEffects:
    'A wider range can take the port of a service that starts later (ip_local_reserved_ports keeps it free). tcp_tw_recycle, which old guides name, is gone since 4.12 and broke clients behind NAT.',
  samples: [
    { kind: 'sysctl', key: rangeKey, value: '8193 65535', current: '32768 60999', atLeast: false },
    { kind: 'sysctl', key: reuseKey, value: '1', current: '2', atLeast: false },
    { kind: 'sysctl', key: bucketsKey, value: '524288', current: '262144', atLeast: true },
  ],
  plan: (host) => [...portsOf(host), timeWaitBuckets(host)],
};

function portsOf(host: TuningHost): Outcome[] {
  const { sysctl, samples } = host.snapshot;
  const text = sysctl.ok ? sysctl.value.get(rangeKey) : undefined;
  const [, low, high] = /^(\d+) (\d+)$/.exec(text ?? '')?.map(Number) ?? [];
  if (low === undefined || high === undefined)
    return [missingOutcome(rangeKey, sysctl.ok ? `the capture has no value for ${rangeKey}` : sysctl.reason)];
  const sockets = samples.at(-1)?.tcpSockets;
  if (sockets?.ok !== true) return [missingOutcome(rangeKey, sockets?.reason ?? 'the capture has no sample')];
  const [busiest] = sockets.value.outgoing;
  const taken = busiest?.sockets ?? 0;
  const ports = high - low + 1;
  const terms = [
    term('sockets to the busiest peer', taken, '/proc/net/tcp, tcp6'),
    term('ports to choose from', ports, rangeKey),
  ];
  if (taken * 2 <= ports)
    return [
      {
        state: 'kept',
        subject: rangeKey,
        value: `${low} ${high}`,
        arithmetic: { terms, formula: `${taken} <= ${ports} / 2` },
      },
    ];
  const below = sockets.value.listening.map(({ port }) => port).filter((port) => port < low);
  const least = Math.min(low, Math.max(firstUserPort, Math.max(0, ...below) + 1));
  const value = `${least} ${highestPort}`;
  const timestamps = sysctlNumber('net.ipv4.tcp_timestamps', host.snapshot);
  return [
    outcomeOf(
      host,
      { kind: 'sysctl', key: rangeKey },
      {
        value,
        terms: [...terms, term('highest listening port below the range', Math.max(0, ...below), '/proc/net/tcp, tcp6')],
        formula: `${taken} > ${ports} / 2: from max(${firstUserPort}, ${Math.max(0, ...below)} + 1) to ${highestPort}`,
      },
    ),
    timestamps.ok && timestamps.value !== 0
      ? outcomeOf(
          host,
          { kind: 'sysctl', key: reuseKey },
          { value: '1', terms, formula: `${taken} > ${ports} / 2, and timestamps tell old segments` },
        )
      : missingOutcome(
          reuseKey,
          timestamps.ok ? 'it works by timestamps, which are off (net.ipv4.tcp_timestamps)' : timestamps.reason,
        ),
  ];
}

function timeWaitBuckets(host: TuningHost): Outcome {
  const lost = counterNow(host.snapshot.samples.at(-1), 'TcpExt', 'TCPTimeWaitOverflow');
  const now = sysctlNumber(bucketsKey, host.snapshot);
  if (lost === null) return missingOutcome(bucketsKey, 'TCPTimeWaitOverflow is not known');
  if (!now.ok) return missingOutcome(bucketsKey, now.reason);
  const terms = [
    term('TIME_WAIT sockets thrown away since boot', lost, 'TcpExt TCPTimeWaitOverflow'),
    term('limit now', now.value, bucketsKey),
  ];
  return lost === 0
    ? raised(host, bucketsKey, now.value, terms, 'none was thrown away: it suffices')
    : raised(host, bucketsKey, now.value * 2, terms, `2 x ${now.value} = ${now.value * 2}`);
}

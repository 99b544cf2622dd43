import type { Snapshot } from '../../model/snapshot.ts';
import { type Connection, connectionsOf } from '../connections.ts';
import { stands } from '../evidence.ts';
import { formatCount, formatShare, formatThings } from '../figures.ts';
import type { Draft, Evidence } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { have, type Needed, ruleOf } from '../rule.ts';
import { namespaceAdvice, settingOf } from '../settings.ts';
import { type BufferSizes, bufferSizes, type Maximum, maximumOf } from '../tcpBuffers.ts';

const shownConnections = 8;

/** A connection with the part of its busy time that it waited. */
export interface Waiting {
  readonly connection: Connection;
  readonly share: number;
  readonly ms: number;
}

/** Those that waited for more than a share of their busy time, longest first; `which` reads how long. */
export function waitingLonger(
  connections: readonly Connection[],
  which: 'sndbufLimitedMs' | 'rwndLimitedMs',
  { minimumMs, share: least }: { readonly minimumMs: number; readonly share: number },
): Waiting[] {
  return connections
    .flatMap((connection): Waiting[] => {
      const { busyMs } = connection.info;
      const ms = connection.info[which];
      if (busyMs === null || ms === null || busyMs < minimumMs) return [];
      return [{ connection, ms, share: ms / busyMs }];
    })
    .filter(({ share }) => share > least)
    .sort((a, b) => b.ms - a.ms);
}

/** `ss -tnmi` of the worst of them. */
export function waitingEvidence(waiting: readonly Waiting[], field: string): Evidence[] {
  return waiting
    .slice(0, shownConnections)
    .map(({ connection, ms, share }) =>
      stands('ss -tnmi', `${connection.name} ${field}`, ms, `${formatCount(ms)} ms, ${formatShare(share)} of busy`),
    );
}

const sendLimits = {
  share: limit(0.2, heuristic, (value) => `sndbuf_limited above ${formatShare(value)} of busy`),
  minimumMs: limit(1000, heuristic, (value) => `judged from ${formatCount(value)} ms busy on, loopback left out`),
};

/** R32: connections wait for their own send buffer. */
export const sendBufferLimited = ruleOf({
  id: 'R32',
  title: 'Connections limited by their send buffer',
  step: 'E2',
  evidence:
    '`ss -tnmi` sndbuf_limited and busy of each connection since it was opened, `tb` of its skmem against net.ipv4.tcp_wmem',
  fix: 'no SO_SNDBUF in the application; a larger maximum in net.ipv4.tcp_wmem where buffers have grown to it',
  lookalikes:
    'Applications that bound their own memory want it so. The figures are since the connection was opened: what limited it at first may be over.',
  limits: sendLimits,
  needs: ({ snapshot }, numbers): Needed<readonly Waiting[]> => {
    const connections = connectionsOf(snapshot);
    return connections.ok ? have(waitingLonger(connections.value, 'sndbufLimitedMs', numbers)) : connections;
  },
  check: (waiting, { snapshot }): readonly Draft[] => {
    const [worst] = waiting;
    if (worst === undefined) return [];
    const most = maximumOf(snapshot, 'net.ipv4.tcp_wmem');
    const isGrown = most !== null && waiting.some(({ connection: { sendBuffer } }) => (sendBuffer ?? 0) >= most.value);
    const more =
      waiting.length === 1 ? '' : `, and ${formatThings(waiting.length - 1, 'more connection')} longer than allowed`;
    return [
      {
        severity: 'info',
        subject: { kind: 'host' },
        title: `${worst.connection.name} waits for its send buffer ${formatShare(worst.share)} of the time that it has data${more}`,
        why: isGrown
          ? 'The send buffer has grown as far as tcp_wmem lets it and is full while the path could take more: what is under way and not acknowledged has to fit.'
          : 'The send buffer is smaller than tcp_wmem allows, so the application set it (SO_SNDBUF), which also stops its growth; it is full while the path could take more.',
        evidence: waitingEvidence(waiting, 'sndbuf_limited'),
        changes: isGrown && most !== null ? most.larger : [],
        advice: [
          enough,
          ...(isGrown
            ? namespaceAdvice(snapshot)
            : ['Take SO_SNDBUF out of the application: the kernel sizes the buffer by itself.']),
        ],
        sideEffects: 'Each connection may hold more kernel memory.',
        verify:
          'Open the connection anew under the same load: delivery_rate of `ss -tin` rises, sndbuf_limited stays small.',
        tab: 'tcp',
      },
    ];
  },
});

const pathLimits = {
  leastBytes: limit(
    524_288,
    'the kernel’s default on a machine of 64 MiB (tcp_init: memory / 128)',
    (value) => `a maximum below ${formatCount(value)} bytes a warning`,
  ),
  minimumRttMs: limit(
    5,
    heuristic,
    (value) => `for information a receive buffer that has grown to the maximum at a round trip above ${value} ms`,
  ),
  minimumBytes: limit(
    10_000_000,
    heuristic,
    (value) => `judged from ${formatCount(value)} bytes received on, loopback left out`,
  ),
};

interface Buffers {
  /** By key: the maxima of tcp_rmem and tcp_wmem that are far below what the kernel sets. */
  readonly small: readonly (readonly [key: string, sizes: BufferSizes])[];
  /** Connections whose receive buffer is at its maximum and is read, longest way first; none where ss could not be asked. */
  readonly full: readonly Connection[];
}

const maxima = ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'] as const;

/** R63: a window that fills no path with some delay, or one that has grown as far as it may. */
export const bufferBelowPath = ruleOf({
  id: 'R63',
  title: 'Buffers smaller than the path',
  step: 'I23',
  evidence:
    'the third number of net.ipv4.tcp_rmem and tcp_wmem; `ss -tnmi` rcv_rtt of connections whose `rb` is at the maximum of tcp_rmem: about half of it a round trip is all they get',
  fix: 'larger maxima in net.ipv4.tcp_rmem and tcp_wmem, from bandwidth x round trip',
  lookalikes:
    'A host that talks to its neighbours only does with little. A receiver that does not read has a full buffer too: those whose buffer is half unread are left out (R31). The path or the sender may be the limit all the same: then a larger buffer changes nothing.',
  limits: pathLimits,
  needs: ({ snapshot }, { leastBytes, minimumRttMs, minimumBytes }): Needed<Buffers> => {
    for (const key of maxima) {
      const setting = settingOf(snapshot, key);
      if (!setting.ok) return setting;
    }
    const small = maxima.flatMap((key) => {
      const sizes = bufferSizes(snapshot, key);
      return sizes !== null && sizes.most < leastBytes ? [[key, sizes] as const] : [];
    });
    const most = bufferSizes(snapshot, 'net.ipv4.tcp_rmem')?.most ?? Number.POSITIVE_INFINITY;
    const connections = connectionsOf(snapshot);
    const full = (connections.ok ? connections.value : [])
      .filter(({ receiveBuffer, unread }) => (receiveBuffer ?? 0) >= most && (unread ?? 0) < most / 2)
      .filter(
        ({ receiveRttMs, bytesReceived }) => (receiveRttMs ?? 0) > minimumRttMs && (bytesReceived ?? 0) >= minimumBytes,
      )
      .sort((a, b) => (b.receiveRttMs ?? 0) - (a.receiveRttMs ?? 0));
    return have({ small, full });
  },
  check: ({ small, full }, { snapshot }): readonly Draft[] => {
    const most = maximumOf(snapshot, 'net.ipv4.tcp_rmem');
    if (small.length > 0) return [smallMaxima(small, snapshot)];
    const [slowest] = full;
    return slowest === undefined || most === null ? [] : [grownToTheEnd(slowest, full, most, snapshot)];
  },
});

const enough = 'Twice bandwidth x round trip is enough: 1 Gbit/s over 50 ms is 6 MB, so 12 MB.';

function smallMaxima(small: Buffers['small'], snapshot: Snapshot): Draft {
  const most = Math.min(...small.map(([, sizes]) => sizes.most));
  return {
    severity: 'warn',
    misset: true,
    subject: { kind: 'host' },
    title: `${small.map(([key]) => key.slice('net.ipv4.'.length)).join(' and ')} end${small.length === 1 ? 's' : ''} at ${formatCount(most)} bytes: at most ${megabits(most, 100)} a connection over 100 ms`,
    why: 'A connection cannot have more under way than its buffers hold: bandwidth is buffer / round trip. Buffers grow by themselves up to the maximum; this one is far below what the kernel sets. Bursts close the window, or are dropped where segments are small.',
    evidence: small.map(([key, { most: bytes, text }]) =>
      stands(`/proc/sys/${key.replaceAll('.', '/')}`, key, bytes, text),
    ),
    changes: small.flatMap(([key]) => maximumOf(snapshot, key)?.larger ?? []),
    advice: [enough, ...namespaceAdvice(snapshot)],
    sideEffects:
      'A connection may hold that much kernel memory, and does only while it needs it; tcp_mem bounds all of them.',
    verify:
      'Snapshot again; `ss -tin` of a busy connection shows a larger rb (`ss -tm`) and less rwnd_limited at its peer.',
    tab: 'settings',
  };
}

function grownToTheEnd(slowest: Connection, full: readonly Connection[], most: Maximum, snapshot: Snapshot): Draft {
  const rtt = slowest.receiveRttMs ?? 0;
  const more = full.length === 1 ? '' : `; ${formatThings(full.length - 1, 'more connection')} the same`;
  return {
    severity: 'info',
    subject: { kind: 'host' },
    title: `${slowest.name} fills the receive buffer that tcp_rmem allows at a round trip of ${formatCount(rtt)} ms: about ${megabits(most.value / 2, rtt)} at most${more}`,
    why: 'The kernel let the buffer grow with what arrives in a round trip, and stopped at the third number of tcp_rmem. The sender may not have more under way than the window made of it, about half.',
    evidence: full
      .slice(0, shownConnections)
      .map(({ name, receiveBuffer, receiveRttMs }) =>
        stands(
          'ss -tnmi',
          `${name} rb`,
          receiveBuffer ?? 0,
          `${formatCount(receiveBuffer ?? 0)} bytes at ${formatCount(receiveRttMs ?? 0)} ms`,
        ),
      ),
    changes: most.larger,
    advice: [
      `${enough} The sender’s tcp_wmem has to allow as much.`,
      ...(most.larger.length > 0
        ? namespaceAdvice(snapshot)
        : [`tcp_rmem allows ${formatCount(most.value)} bytes already.`]),
    ],
    sideEffects: 'Each connection may hold more kernel memory.',
    verify:
      'Open the connection anew under the same load: it gets faster, or `rb` stays below the new maximum and the limit is elsewhere.',
    tab: 'tcp',
  };
}

/** What so many bytes a round trip make. */
function megabits(bytes: number, roundTripMs: number): string {
  const rate = (bytes / roundTripMs) * 8e-3;
  return `${formatCount(Number(rate.toPrecision(2)))} Mbit/s`;
}

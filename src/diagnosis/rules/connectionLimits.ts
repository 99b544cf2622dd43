import type { SysctlChange } from '../../tuning/change.ts';
import { stands } from '../evidence.ts';
import { formatCount } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { limit } from '../limit.ts';
import { have, lack, type Needed, ruleOf } from '../rule.ts';
import { namespaceAdvice, settingOf } from '../settings.ts';

/** What only `ss -tin` of each connection tells: asked for on demand, not in every snapshot. */
const notInSnapshot = (): Needed<never> =>
  lack(
    'needs `ss -tin` of each connection, which a snapshot does not hold: look at the worst connections on the TCP tab',
  );

/** R32: connections wait for their own send buffer. */
export const sendBufferLimited = ruleOf({
  id: 'R32',
  title: 'Connections limited by their send buffer',
  step: 'E2',
  evidence: '`ss -tin` sndbuf_limited above 20 % of busy',
  fix: 'no SO_SNDBUF in the application; a larger maximum in net.ipv4.tcp_wmem',
  lookalikes: 'Applications that bound their own memory want it so.',
  limits: {},
  needs: notInSnapshot,
  check: () => [],
});

const maxima = ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'] as const;
/** What the kernel itself sets on machines of a gigabyte and more, up to 6.17 and since. */
const usual: Readonly<Record<(typeof maxima)[number], number>> = {
  'net.ipv4.tcp_rmem': 6_291_456,
  'net.ipv4.tcp_wmem': 4_194_304,
};

const bufferLimits = {
  leastBytes: limit(
    524_288,
    'the kernel’s default on a machine of 64 MiB (tcp_init: memory / 128)',
    (value) => `a maximum below ${formatCount(value)} bytes`,
  ),
};

interface Maximum {
  readonly key: (typeof maxima)[number];
  readonly text: string;
  readonly most: number;
}

/** R63: no connection can have a window that fills a path with some delay. */
export const bufferBelowPath = ruleOf({
  id: 'R63',
  title: 'Buffers smaller than the path',
  step: 'I23',
  evidence:
    'the third number of net.ipv4.tcp_rmem and tcp_wmem. Whether one connection waits for its buffer (`ss -tin`: rb at the maximum, bandwidth x rcv_rtt above it) is on the TCP tab, asked on demand',
  fix: 'larger maxima in net.ipv4.tcp_rmem and tcp_wmem, from the bandwidth-delay product',
  lookalikes:
    'A host that talks to its neighbours only does with little. A receiver that does not read has a full buffer too.',
  limits: bufferLimits,
  needs: ({ snapshot }): Needed<readonly Maximum[]> => {
    const read = maxima.map((key) => ({ key, value: settingOf(snapshot, key) }));
    const missing = read.find(({ value }) => !value.ok)?.value;
    if (missing !== undefined && !missing.ok) return missing;
    return have(
      read.flatMap(({ key, value }) => {
        const most = value.ok ? Number(value.value.split(' ')[2]) : Number.NaN;
        return value.ok && most > 0 ? [{ key, text: value.value, most }] : [];
      }),
    );
  },
  check: (all, { snapshot }, { leastBytes }): readonly Draft[] => {
    const small = all.filter(({ most }) => most < leastBytes);
    const [first] = small;
    if (first === undefined) return [];
    const most = Math.min(...small.map((one) => one.most));
    return [
      {
        severity: 'warn',
        misset: true,
        subject: { kind: 'host' },
        title: `${small.map(({ key }) => key.slice('net.ipv4.'.length)).join(' and ')} end${small.length === 1 ? 's' : ''} at ${formatCount(most)} bytes: at most ${bitsPerSecond(most)} a connection over 100 ms`,
        why: 'A connection cannot have more under way than its buffers hold: bandwidth is buffer / round trip. Buffers grow by themselves up to the maximum; this one is far below what the kernel sets. Bursts close the window, or are dropped where segments are small.',
        evidence: small.map(({ key, text, most: bytes }) =>
          stands(`/proc/sys/${key.replaceAll('.', '/')}`, key, bytes, text),
        ),
        changes: small.map(({ key, text }): SysctlChange => {
          const value = text.replace(/\d+$/, String(usual[key]));
          return { kind: 'sysctl', key, value, current: text, atLeast: false };
        }),
        advice: [
          'Twice bandwidth x round trip is enough: 1 Gbit/s over 100 ms is 12.5 MB.',
          ...namespaceAdvice(snapshot),
        ],
        sideEffects:
          'A connection may hold that much kernel memory, and does only while it needs it; tcp_mem bounds all of them.',
        verify:
          'Snapshot again; `ss -tin` of a busy connection shows a larger rb (`ss -tm`) and less rwnd_limited at its peer.',
        tab: 'settings',
      },
    ];
  },
});

function bitsPerSecond(bytes: number): string {
  const megabits = (bytes * 8) / 0.1 / 1e6;
  return `${formatCount(Number(megabits.toFixed(megabits < 10 ? 1 : 0)))} Mbit/s`;
}

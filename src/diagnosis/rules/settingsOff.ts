import type { Snapshot } from '../../model/snapshot.ts';
import type { SysctlChange } from '../../tuning/change.ts';
import { stands } from '../evidence.ts';
import { formatCount } from '../figures.ts';
import type { Evidence } from '../finding.ts';
import { limit } from '../limit.ts';
import { have, type Needed, ruleOf } from '../rule.ts';
import { numberOf, settingOf } from '../settings.ts';

interface Off<K extends string = string> {
  readonly key: K;
  readonly value: string;
}

function pathOf(key: string): string {
  return `/proc/sys/${key.replaceAll('.', '/')}`;
}

function evidenceOf({ key, value }: Off): Evidence {
  return stands(pathOf(key), key, Number(value), value);
}

/** What TCP cannot go fast without on a path with delay or loss. */
const tcpOptions = [
  'net.ipv4.tcp_window_scaling',
  'net.ipv4.tcp_sack',
  'net.ipv4.tcp_timestamps',
  'net.ipv4.tcp_moderate_rcvbuf',
] as const;

/** Below this no wide-area path is filled; the kernel's own default is 6 MiB, 32 MiB since 6.18. */
const smallBuffer = 1_048_576;
const kernelDefault = { initial: 131_072, most: 6_291_456 };
const receiveBuffer = 'net.ipv4.tcp_rmem';

interface Options {
  readonly off: readonly Off<(typeof tcpOptions)[number]>[];
  /** The three numbers of tcp_rmem, where the last is small. */
  readonly small: {
    readonly text: string;
    readonly least: number;
    readonly initial: number;
    readonly most: number;
  } | null;
}

/** R62: options of TCP are off that every peer has on, or its receive buffer is far below the default. */
export const tcpOptionsOff = ruleOf({
  id: 'R62',
  title: 'TCP options switched off',
  step: 'I21',
  evidence:
    'net.ipv4.tcp_window_scaling, tcp_sack, tcp_timestamps, tcp_moderate_rcvbuf at 0; the maximum of net.ipv4.tcp_rmem',
  fix: 'the kernel’s defaults: 1; a maximum of 6 MiB',
  lookalikes:
    'Old guides switch timestamps off for security or speed; kernels since 4.10 randomise them for each connection. With less than 128 MiB of memory the kernel itself chooses smaller buffers; inside one LAN they do.',
  limits: {
    leastBuffer: limit(
      smallBuffer,
      'heuristic; the options: kernel documentation (ip-sysctl)',
      (value) => `an option at 0 a warning; for information a tcp_rmem that ends below ${formatCount(value)} bytes`,
    ),
  },
  needs: ({ snapshot }, { leastBuffer }): Needed<Options> => {
    const read = tcpOptions.map((key) => ({ key, value: settingOf(snapshot, key) }));
    const first = read.find(({ value }) => !value.ok)?.value;
    if (first !== undefined && !first.ok) return first;
    const off = read.flatMap(({ key, value }) => (value.ok && value.value === '0' ? [{ key, value: '0' }] : []));
    return have({ off, small: smallBufferOf(snapshot, leastBuffer) });
  },
  check: ({ off, small }) => {
    if (off.length === 0 && small === null) return [];
    return [
      {
        severity: off.length > 0 ? 'warn' : 'info',
        subject: { kind: 'host' },
        title: [
          ...(off.length > 0
            ? [
                `${off.map(({ key }) => key.slice('net.ipv4.'.length)).join(', ')} ${off.length === 1 ? 'is' : 'are'} off`,
              ]
            : []),
          ...(small === null ? [] : [`tcp_rmem ends at ${formatCount(small.most)} bytes: ${bound(small.most)}`]),
        ].join('; '),
        why: [...off.map(({ key }) => lostBy[key]), ...(small === null ? [] : [smallWhy])].join(' '),
        evidence: [
          ...off.map(evidenceOf),
          ...(small === null ? [] : [stands(pathOf(receiveBuffer), receiveBuffer, small.most, small.text)]),
        ],
        changes: [
          ...off.map(({ key }): SysctlChange => ({ kind: 'sysctl', key, value: '1', current: '0', atLeast: false })),
          ...(small === null ? [] : [largerBuffer(small)]),
        ],
        advice: ['Connections that are open keep what they agreed on when they began.'],
        sideEffects:
          small === null
            ? 'None known: these are the kernel’s defaults.'
            : 'Each connection may hold more kernel memory.',
        verify: 'The keys read as set; `ss -ti` of a new connection shows ts, sack and wscale.',
        tab: 'tcp',
      },
    ];
  },
});

const lostBy: Readonly<Record<(typeof tcpOptions)[number], string>> = {
  'net.ipv4.tcp_window_scaling':
    'Without window scaling no connection has more than 64 KiB under way: 5 Mbit/s at 100 ms.',
  'net.ipv4.tcp_sack': 'Without SACK each further loss of a flight costs a round trip of its own.',
  'net.ipv4.tcp_timestamps':
    'Without timestamps round trips are measured on fewer segments, and ports in TIME_WAIT cannot be used again (tcp_tw_reuse).',
  'net.ipv4.tcp_moderate_rcvbuf': 'Without tcp_moderate_rcvbuf receive buffers stay at the second number of tcp_rmem.',
};

const smallWhy =
  'A connection receives at most about half of its buffer in a round trip; on a long path that is what bounds it, whatever the link.';

/** Half of the buffer is the window while overhead is counted as much as data (tcp_adv_win_scale 1). */
function bound(most: number): string {
  return `about ${formatCount(Number((((most / 2 / 0.1) * 8) / 1e6).toPrecision(2)))} Mbit/s for a connection at 100 ms`;
}

function smallBufferOf(snapshot: Snapshot, least: number): Options['small'] {
  const text = settingOf(snapshot, receiveBuffer);
  const [lowest, initial, most] = text.ok ? text.value.split(/\s+/).map(Number) : [];
  if (!text.ok || lowest === undefined || initial === undefined || most === undefined) return null;
  return most > 0 && most < least ? { text: text.value, least: lowest, initial, most } : null;
}

function largerBuffer({ text, least, initial }: NonNullable<Options['small']>): SysctlChange {
  const value = `${least} ${Math.max(initial, kernelDefault.initial)} ${kernelDefault.most}`;
  return { kind: 'sysctl', key: receiveBuffer, value, current: text, atLeast: false };
}

const busyPollKeys = ['net.core.busy_read', 'net.core.busy_poll'] as const;

/** R61: sockets spin for packets. */
export const busyPollOn = ruleOf({
  id: 'R61',
  title: 'Busy polling is on',
  step: 'I24',
  evidence: 'net.core.busy_read or net.core.busy_poll above 0',
  fix: '0, unless latency matters more than CPU time here',
  lookalikes: 'Hosts tuned for latency (tuned’s network-latency) want it.',
  limits: {},
  needs: ({ snapshot }): Needed<readonly Off[]> => {
    const [read, poll] = busyPollKeys.map((key) => numberOf(snapshot, key));
    if (read === undefined || !read.ok) return read ?? have([]);
    if (poll === undefined || !poll.ok) return poll ?? have([]);
    return have(busyPollKeys.flatMap((key) => spinning(snapshot, key)));
  },
  check: (on) =>
    on.length === 0
      ? []
      : [
          {
            severity: 'info',
            subject: { kind: 'host' },
            title: `Sockets poll the NIC for ${on.map(({ key, value }) => `${value} µs (${key})`).join(' and ')}`,
            why: 'A task that reads or polls spins on the NIC’s queue for that long before it sleeps: less delay, for CPU time that is burnt while nothing comes.',
            evidence: on.map(evidenceOf),
            changes: on.map(
              ({ key, value }): SysctlChange => ({ kind: 'sysctl', key, value: '0', current: value, atLeast: false }),
            ),
            sideEffects: 'Some microseconds more delay where tasks wait for packets.',
            verify: 'The keys read 0.',
            tab: 'overview',
          },
        ],
});

function spinning(snapshot: Snapshot, key: string): Off[] {
  const value = numberOf(snapshot, key);
  return value.ok && value.value > 0 ? [{ key, value: String(value.value) }] : [];
}

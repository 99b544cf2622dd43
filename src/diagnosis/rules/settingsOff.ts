import type { Snapshot } from '../../model/snapshot.ts';
import type { SysctlChange } from '../../tuning/change.ts';
import { stands } from '../evidence.ts';
import type { Evidence } from '../finding.ts';
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

/** R62: options of TCP are off that every peer has on. */
export const tcpOptionsOff = ruleOf({
  id: 'R62',
  title: 'TCP options switched off',
  step: 'I21',
  evidence: 'net.ipv4.tcp_window_scaling, tcp_sack, tcp_timestamps, tcp_moderate_rcvbuf at 0',
  fix: 'the kernel’s defaults: 1',
  lookalikes:
    'Old guides switch timestamps off for security or speed; kernels since 4.10 randomise them for each connection. Buffers that end too early are R63.',
  limits: {},
  needs: ({ snapshot }): Needed<readonly Off<(typeof tcpOptions)[number]>[]> => {
    const read = tcpOptions.map((key) => ({ key, value: settingOf(snapshot, key) }));
    const first = read.find(({ value }) => !value.ok)?.value;
    if (first !== undefined && !first.ok) return first;
    return have(read.flatMap(({ key, value }) => (value.ok && value.value === '0' ? [{ key, value: '0' }] : [])));
  },
  check: (off) =>
    off.length === 0
      ? []
      : [
          {
            severity: 'warn',
            subject: { kind: 'host' },
            title: `${off.map(({ key }) => key.slice('net.ipv4.'.length)).join(', ')} ${off.length === 1 ? 'is' : 'are'} off`,
            why: off.map(({ key }) => lostBy[key]).join(' '),
            evidence: off.map(evidenceOf),
            changes: off.map(
              ({ key }): SysctlChange => ({ kind: 'sysctl', key, value: '1', current: '0', atLeast: false }),
            ),
            advice: ['Connections that are open keep what they agreed on when they began.'],
            sideEffects: 'None known: these are the kernel’s defaults.',
            verify: 'The keys read 1; `ss -ti` of a new connection shows ts, sack and wscale.',
            tab: 'tcp',
          },
        ],
});

const lostBy: Readonly<Record<(typeof tcpOptions)[number], string>> = {
  'net.ipv4.tcp_window_scaling':
    'Without window scaling no connection has more than 64 KiB under way: 5 Mbit/s at 100 ms.',
  'net.ipv4.tcp_sack': 'Without SACK each further loss of a flight costs a round trip of its own.',
  'net.ipv4.tcp_timestamps':
    'Without timestamps round trips are measured on fewer segments, and ports in TIME_WAIT cannot be used again (tcp_tw_reuse).',
  'net.ipv4.tcp_moderate_rcvbuf': 'Without tcp_moderate_rcvbuf receive buffers stay at the second number of tcp_rmem.',
};

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

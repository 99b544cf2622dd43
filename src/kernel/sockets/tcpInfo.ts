import { timerMs } from './ssDetails.ts';

/** How a TCP connection fares, of `ss -i` (`struct tcp_info`). What this version or kernel does not print is null. */
export interface TcpInfo {
  /** Smoothed round trip and its deviation, milliseconds. */
  readonly rtt: number | null;
  readonly rttvar: number | null;
  readonly minrtt: number | null;
  /** Retransmission timeout, milliseconds; `backoff`: how often it was doubled. */
  readonly rto: number | null;
  readonly backoff: number | null;
  /** Segments. */
  readonly cwnd: number | null;
  readonly ssthresh: number | null;
  readonly mss: number | null;
  readonly unacked: number | null;
  readonly lost: number | null;
  /** Segments retransmitted and not yet acknowledged, and in all. */
  readonly retrans: { readonly now: number; readonly total: number } | null;
  readonly bytesSent: number | null;
  readonly bytesRetrans: number | null;
  /** Milliseconds with something to send, and of them those that waited for the peer's window or our send buffer. */
  readonly busyMs: number | null;
  readonly rwndLimitedMs: number | null;
  readonly sndbufLimitedMs: number | null;
  /** Bits per second. */
  readonly send: number | null;
  readonly pacingRate: number | null;
  readonly deliveryRate: number | null;
  /** `cubic`, `bbr`: the one word that is no flag of ss. */
  readonly congestion: string | null;
}

const flagsOfSs: ReadonlySet<string> = new Set([
  'ts',
  'sack',
  'ecn',
  'ecnseen',
  'fastopen',
  'usec_ts',
  'app_limited',
  'fallback_mode',
  '<->',
  '-->',
  '<--',
  '---',
]);

/** The figures among the words of one socket. A word that is not understood gives null, never 0. */
export function tcpInfoOf(values: ReadonlyMap<string, string>, flags: readonly string[]): TcpInfo {
  const number = (key: string): number | null => numberOf(values.get(key));
  const [rtt, rttvar] = pair(values.get('rtt'));
  const [now, total] = pair(values.get('retrans'));
  return {
    rtt,
    rttvar,
    minrtt: number('minrtt'),
    rto: number('rto'),
    backoff: number('backoff'),
    cwnd: number('cwnd'),
    ssthresh: number('ssthresh'),
    mss: number('mss'),
    unacked: number('unacked'),
    lost: number('lost'),
    retrans: now === null || total === null ? null : { now, total },
    bytesSent: number('bytes_sent'),
    bytesRetrans: number('bytes_retrans'),
    busyMs: milliseconds(values.get('busy')),
    rwndLimitedMs: milliseconds(values.get('rwnd_limited')),
    sndbufLimitedMs: milliseconds(values.get('sndbuf_limited')),
    send: bitsPerSecond(values.get('send')),
    pacingRate: bitsPerSecond(values.get('pacing_rate')),
    deliveryRate: bitsPerSecond(values.get('delivery_rate')),
    congestion: flags.find((flag) => !flagsOfSs.has(flag)) ?? null,
  };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** `1.475/0.814`, `0/459` */
function pair(text: string | undefined): [number | null, number | null] {
  const [first, second] = text?.split('/') ?? [];
  return [numberOf(first), numberOf(second)];
}

/** `512ms`, `512ms(3.4%)` */
function milliseconds(text: string | undefined): number | null {
  return text === undefined ? null : timerOrNull(text.replace(/\(.*$/, ''));
}

function timerOrNull(text: string): number | null {
  return text === '' ? null : timerMs(text);
}

const scales: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** `79186441bps`, and `6435.6Mbps` of iproute2 before 4.17 or with -h */
export function bitsPerSecond(text: string | undefined): number | null {
  const [, digits, prefix = ''] = /^(\d+(?:\.\d+)?)([KMGT]?)bps$/.exec(text ?? '') ?? [];
  const scale = scales[prefix];
  return digits === undefined || scale === undefined ? null : Math.round(Number(digits) * scale);
}

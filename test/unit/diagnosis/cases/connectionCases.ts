import { counter, uncounted } from './counts.ts';
import { type Edit, sysctl } from './edits.ts';
import { anotherBoot, debian13, fourDrivers, type RuleCases } from './ruleCases.ts';

/**
 * `ss -tnmi` of a sender whose peer reads slowly (iproute2 6.1), by the collector's awk; its ends and what the figures
 * below name are other ones.
 */
const real = `0      3858432     10.0.2.2:58182    10.0.2.3:9101
\t skmem:(r0,rb131072,t0,tb4194304,f3072,w3924992,o0,bl0,d0) bbr wscale:10,10 rto:224 rtt:21.078/1.413 mss:47616 pmtu:65535 rcvmss:536 advmss:65483 cwnd:12 ssthresh:8 bytes_sent:8990720 bytes_retrans:224768 bytes_acked:8670721 segs_out:193 segs_in:183 data_segs_out:191 bbr:(bw:37690424bps,mrtt:0.029,pacing_gain:1.25,cwnd_gain:2) send 216867635bps lastsnd:16 lastrcv:3928 lastack:16 pacing_rate 46641904bps delivery_rate 32553768bps delivered:190 busy:3928ms rwnd_limited:3272ms(83.3%) unacked:2 retrans:0/5 dsack_dups:5 rcv_space:65495 rcv_ssthresh:65495 notsent:3763200 minrtt:0.029 snd_wnd:95232
`;

/** A capture with the section that this host's collector did not write yet. */
function connections(...changes: (readonly [from: string, to: string])[]): Edit {
  let text = real;
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`ss has no "${from}"`);
    text = text.replaceAll(from, to);
  }
  return (capture) => {
    const mark = capture.slice(0, capture.indexOf(' packet-path'));
    const at = capture.indexOf(`\n${mark} < programs\n`);
    if (at < 0) throw new Error('the capture has no section programs');
    const section = `\n${mark} < connections\n${text}\n${mark} > 0 1.00 1.01 connections\n`;
    return capture.slice(0, at) + section + capture.slice(at);
  };
}

const bySendBuffer = ['rwnd_limited:3272ms(83.3%)', 'sndbuf_limited:3272ms(83.3%)'] as const;
const loopback = ['10.0.2.', '127.0.0.'] as const;
/** A receiver whose buffer is at the maximum of this host's tcp_rmem, 50 ms away. */
const receiver = [
  ['rb131072', 'rb6291456'],
  ['busy:3928ms rwnd_limited:3272ms(83.3%) ', 'bytes_received:90000000 rcv_rtt:50 '],
] as const;

const older = {
  what: 'a capture of before connections were asked for',
  edits: [],
  reason: 'ss -tnmi: this capture has no such section',
};

/** Connections and the buffers that bound them. */
export const connectionCases: readonly RuleCases[] = [
  {
    rule: 'R32',
    capture: fourDrivers,
    fires: [
      {
        what: 'a buffer that tcp_wmem lets grow no further',
        edits: [connections(bySendBuffer)],
        severity: 'info',
        title: '10.0.2.2:58182 -> 10.0.2.3:9101 waits for its send buffer 83 % of the time that it has data',
        changes: ['net.ipv4.tcp_wmem 4096 16384 4194304 -> 4096 16384 8388608'],
      },
      {
        what: 'a buffer that the application set',
        edits: [connections(bySendBuffer, ['tb4194304', 'tb87040'])],
        severity: 'info',
        title: /waits for its send buffer 83 %/,
        changes: [],
      },
    ],
    silent: [
      { what: 'a fifth', edits: [connections(bySendBuffer, ['3272ms', '785ms'])] },
      {
        what: 'busy for less than a second',
        edits: [connections(bySendBuffer, ['busy:3928ms', 'busy:900ms'], ['3272ms', '800ms'])],
      },
      { what: 'loopback', edits: [connections(bySendBuffer, loopback)] },
    ],
    notChecked: [older],
  },
  {
    rule: 'R63',
    capture: fourDrivers,
    fires: [
      {
        what: 'a receive buffer of 128 KiB at most',
        edits: [sysctl('net.ipv4.tcp_rmem', '4096\t87380\t131072')],
        severity: 'warn',
        title: 'tcp_rmem ends at 131,072 bytes: at most 10 Mbit/s a connection over 100 ms',
        changes: ['net.ipv4.tcp_rmem 4096 87380 131072 -> 4096 87380 6291456'],
      },
      {
        what: 'a buffer that tcp_rmem lets grow no further, 50 ms away',
        edits: [connections(...receiver)],
        severity: 'info',
        title:
          '10.0.2.2:58182 -> 10.0.2.3:9101 fills the receive buffer that tcp_rmem allows at a round trip of 50 ms: about 500 Mbit/s at most',
        changes: ['net.ipv4.tcp_rmem 4096 131072 6291456 -> 4096 131072 12582912'],
      },
    ],
    silent: [
      { what: 'half a megabyte', edits: [sysctl('net.ipv4.tcp_wmem', '4096\t16384\t524288')] },
      {
        what: 'a buffer that could grow',
        edits: [connections(...receiver), sysctl('net.ipv4.tcp_rmem', '4096\t131072\t33554432')],
      },
      { what: 'a buffer that nobody reads', edits: [connections(...receiver, ['skmem:(r0', 'skmem:(r6000000'])] },
      { what: 'a near peer', edits: [connections(...receiver, ['rcv_rtt:50', 'rcv_rtt:5'])] },
      {
        what: 'little received',
        edits: [connections(...receiver, ['bytes_received:90000000', 'bytes_received:9000000'])],
      },
    ],
    notChecked: [
      {
        what: 'a capture without that setting',
        edits: [(text) => text.replaceAll('/proc/sys/net/ipv4/tcp_rmem:', '/proc/sys/net/ipv4/tcp_ram:')],
        reason: /tcp_rmem/,
      },
    ],
  },
  {
    rule: 'R31',
    capture: fourDrivers,
    fires: [
      {
        what: '2/s',
        edits: [counter('TcpExt TCPToZeroWindowAdv', 46)],
        severity: 'warn',
        title: 'Applications do not read: TCP closes its window 2/s',
        changes: [],
      },
      {
        what: 'a peer that does not read',
        edits: [connections()],
        severity: 'info',
        title: '10.0.2.2:58182 -> 10.0.2.3:9101 waits for its peer to read 83 % of the time that it has data',
        changes: [],
      },
    ],
    silent: [
      { what: '2/s for a moment, all read', capture: debian13, edits: [counter('TcpExt TCPToZeroWindowAdv', 6)] },
      { what: '1/s', edits: [counter('TcpExt TCPToZeroWindowAdv', 22)] },
      { what: 'a peer that waited a fifth', edits: [connections(['3272ms', '785ms'])] },
    ],
    notChecked: [
      anotherBoot,
      {
        what: 'a kernel that does not count them',
        edits: [uncounted('TcpExt TCPToZeroWindowAdv')],
        reason: /does not count/,
      },
    ],
  },
];

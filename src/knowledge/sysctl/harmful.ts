/** Advice for a key that is passed on and does harm, or does not do what it is passed on for. */
export interface Harm {
  readonly key: string;
  /** Whether a value, its numbers as the kernel reads them, is such. */
  readonly holds: (numbers: readonly number[]) => boolean;
  readonly severity: 'warning' | 'info';
  /** One sentence, without its full stop. */
  readonly message: string;
  readonly why: string;
}

const is = (value: number) => (numbers: readonly number[]) => numbers[0] === value;
const below = (value: number) => (numbers: readonly number[]) => (numbers[0] ?? value) < value;
const atLeast =
  (value: number, index = 0) =>
  (numbers: readonly number[]) =>
    (numbers[index] ?? 0) >= value;

/** From the sources and documents of the kernel (net/ipv4, Documentation/networking/ip-sysctl.rst) and RFC 7323, 2018, 8985, 1122. */
export const harms: readonly Harm[] = [
  {
    key: 'net.ipv4.tcp_timestamps',
    holds: is(0),
    severity: 'warning',
    message: 'Without timestamps round trips are measured less well, and old segments cannot be told from new ones',
    why: 'Protection against wrapped sequence numbers (RFC 7323) and tcp_tw_reuse need them. The uptime that they once told strangers is hidden since Linux 4.10.',
  },
  {
    key: 'net.ipv4.tcp_sack',
    holds: is(0),
    severity: 'warning',
    message: 'Without selective acknowledgements one lost packet has a whole window sent again',
    why: 'RACK, which finds losses since Linux 4.18, works by them. The fault of 2019 for which this was advised (CVE-2019-11477) is repaired since Linux 5.2 and in all stable kernels.',
  },
  {
    key: 'net.ipv4.tcp_window_scaling',
    holds: is(0),
    severity: 'warning',
    message: 'Without window scaling no connection has more than 64 KiB under way',
    why: 'At a round trip of 20 ms that is 26 Mbit/s, whatever the line carries.',
  },
  {
    key: 'net.ipv4.tcp_syncookies',
    holds: is(0),
    severity: 'warning',
    message: 'Without cookies a SYN flood fills the queue of a listener, and new clients get no answer',
    why: 'Cookies are sent only while the queue is full. Then tcp_max_syn_backlog is the limit as well.',
  },
  {
    key: 'net.ipv4.tcp_abort_on_overflow',
    holds: is(1),
    severity: 'warning',
    message: 'A burst that fills the accept queue becomes resets at the clients, instead of a short wait',
    why: 'With 0 the client sends its last ACK or its data again and is served when the application has caught up (Documentation/networking/ip-sysctl.rst advises against 1).',
  },
  {
    key: 'net.ipv4.tcp_moderate_rcvbuf',
    holds: is(0),
    severity: 'warning',
    message: 'Without autotuning every receive buffer stays at the second number of tcp_rmem',
    why: 'Fast connections over long paths are slowed down, and the third number of tcp_rmem has no effect.',
  },
  {
    key: 'net.ipv4.tcp_recovery',
    holds: is(0),
    severity: 'warning',
    message: 'Without RACK a loss is found only by three duplicate acknowledgements or by a timeout',
    why: 'RACK (RFC 8985) also finds lost retransmissions and tolerates reordering.',
  },
  {
    key: 'net.ipv4.tcp_early_retrans',
    holds: is(0),
    severity: 'warning',
    message: 'Without tail loss probes the loss of the last packet of an answer costs a timeout of 200 ms or more',
    why: '',
  },
  {
    key: 'net.ipv4.tcp_fin_timeout',
    holds: below(30),
    severity: 'info',
    message: 'This does not shorten TIME_WAIT, which always lasts 60 seconds',
    why: 'It is how long a socket that its application has closed waits in FIN_WAIT2 for the other side. For more outgoing connections widen ip_local_port_range, or keep connections open.',
  },
  {
    key: 'net.ipv4.tcp_max_tw_buckets',
    holds: below(16_384),
    severity: 'info',
    message: 'Sockets beyond this many end without TIME_WAIT, and late packets may then reach a new connection',
    why: 'A socket in TIME_WAIT takes about 250 bytes: 100,000 of them 25 MB. The kernel logs "time wait bucket table overflow".',
  },
  {
    key: 'net.ipv4.tcp_mem',
    holds: atLeast(16_777_216, 2),
    severity: 'warning',
    message: 'These are pages, not bytes: the hard limit of TCP memory is 64 GiB or more',
    why: 'With a limit beyond its memory the host is out of memory before TCP holds back. The kernel computes good values at boot: the line can go.',
  },
  {
    key: 'net.ipv4.udp_mem',
    holds: atLeast(16_777_216, 2),
    severity: 'warning',
    message: 'These are pages, not bytes: the hard limit of UDP memory is 64 GiB or more',
    why: 'With a limit beyond its memory the host is out of memory before UDP holds back. The kernel computes good values at boot: the line can go.',
  },
  {
    key: 'net.ipv4.tcp_rmem',
    holds: atLeast(4_194_304, 1),
    severity: 'warning',
    message: 'Every connection begins with a receive buffer of this size, idle ones included',
    why: 'The second number is where autotuning starts from. The third is the one to raise for long fast paths.',
  },
  {
    key: 'net.ipv4.tcp_wmem',
    holds: atLeast(4_194_304, 1),
    severity: 'warning',
    message: 'Every connection begins with a send buffer of this size, idle ones included',
    why: 'The second number is where autotuning starts from. The third is the one to raise for long fast paths.',
  },
  {
    key: 'net.core.rmem_default',
    holds: atLeast(16_777_216),
    severity: 'info',
    message: 'Every UDP, raw and netlink socket gets a receive buffer of this size, whether it needs it or not',
    why: 'TCP does not use it (tcp_rmem does). An application that needs more asks for it with SO_RCVBUF, up to rmem_max.',
  },
  {
    key: 'net.core.wmem_default',
    holds: atLeast(16_777_216),
    severity: 'info',
    message: 'Every UDP, raw and netlink socket gets a send buffer of this size, whether it needs it or not',
    why: 'TCP does not use it (tcp_wmem does). An application that needs more asks for it with SO_SNDBUF, up to wmem_max.',
  },
  {
    key: 'net.core.netdev_max_backlog',
    holds: atLeast(100_000),
    severity: 'info',
    message: 'A backlog this long hides a busy CPU behind delay',
    why: 'Each CPU has its own. At 500,000 packets a second, 100,000 of them take 200 ms. Spread the load over more CPUs (RSS, RPS) instead.',
  },
  {
    key: 'net.core.netdev_budget_usecs',
    holds: atLeast(50_000),
    severity: 'warning',
    message: 'One round of packet reception may hold a CPU this long, and nothing else runs there meanwhile',
    why: 'Timers and applications of that CPU are late by as much. 2 ms at HZ=1000 and 8 ms at HZ=250 are the defaults.',
  },
  {
    key: 'net.core.busy_poll',
    holds: atLeast(1000),
    severity: 'warning',
    message: 'Every poll() and select() may spin for this long before it sleeps',
    why: '50 is what the kernel documents as a start for a few sockets (Documentation/admin-guide/sysctl/net.rst).',
  },
  {
    key: 'net.ipv4.tcp_retries2',
    holds: below(8),
    severity: 'info',
    message: 'Connections end after less than 100 seconds without an answer',
    why: 'RFC 1122 asks for at least 100 seconds, which is 8 retries. TCP_USER_TIMEOUT does it for one application.',
  },
  {
    key: 'net.ipv4.tcp_synack_retries',
    holds: is(0),
    severity: 'warning',
    message: 'One lost SYN-ACK, and the connection waits for the client to send its SYN again',
    why: '',
  },
  {
    key: 'net.ipv4.ip_no_pmtu_disc',
    holds: is(1),
    severity: 'info',
    message: 'Without path-MTU discovery routers fragment what this host sends, and loss of one fragment loses all',
    why: 'Where ICMP is filtered, tcp_mtu_probing = 1 finds the MTU without it.',
  },
];

/** Congestion controls of the kernel's tree (net/ipv4/tcp_*.c), with what each is. */
export const congestionControls: ReadonlyMap<string, string> = new Map([
  ['cubic', 'the usual one: fills the path until something is lost'],
  ['bbr', 'by bandwidth and round trip: does not take loss for congestion; module tcp_bbr'],
  ['reno', 'the plain one, always built in'],
  ['dctcp', 'for data centres whose switches mark ECN'],
  ['htcp', 'Hamilton TCP, for long fast paths'],
  ['westwood', 'estimates the bandwidth after a loss, for radio links'],
  ['vegas', 'by delay'],
  ['nv', 'by delay, for data centres'],
  ['bic', 'before cubic'],
  ['highspeed', 'for long fast paths (RFC 3649)'],
  ['hybla', 'for satellite links'],
  ['illinois', 'by loss and delay'],
  ['lp', 'low priority: yields to others'],
  ['scalable', 'for long fast paths'],
  ['veno', 'by loss and delay, for radio links'],
  ['yeah', 'by delay, for long fast paths'],
  ['cdg', 'by the gradient of the delay'],
]);

/** Qdiscs that can be a default (net/sched/sch_*.c), with what each is. */
export const defaultQdiscs: ReadonlyMap<string, string> = new Map([
  ['fq_codel', 'fair among flows, keeps delay low; the usual one'],
  ['fq', 'fair among flows, paces: for hosts that send much by TCP'],
  ['cake', 'shapes, and is fair among hosts and flows'],
  ['pfifo_fast', "first come, first served in three bands; the kernel's own"],
  ['pfifo', 'first come, first served, bounded in packets'],
  ['bfifo', 'first come, first served, bounded in bytes'],
  ['codel', 'keeps delay low'],
  ['fq_pie', 'fair among flows, keeps delay low by chance'],
  ['pie', 'keeps delay low by chance'],
  ['sfq', 'fair among flows, an old one'],
  ['noqueue', 'no queue at all'],
]);

/** What the values of a key mean, of those that have names; from Documentation/networking/ip-sysctl.rst. */
const table = `
net.ipv4.tcp_tw_reuse|0 never|1 for all connections|2 for the loopback only
net.ipv4.tcp_syncookies|0 never|1 when the queue is full|2 always, for tests
net.ipv4.tcp_ecn|0 off|1 ask for it and take it|2 take it when asked
net.ipv4.tcp_timestamps|0 off|1 on, with a random offset|2 on, without an offset
net.ipv4.tcp_mtu_probing|0 off|1 after a black hole was found|2 always
net.ipv4.tcp_fastopen|0 off|1 as client|2 as server|3 as both|1027 as both, cookies not needed
net.ipv4.tcp_early_retrans|0 no tail loss probe|3 tail loss probe
net.ipv4.tcp_frto|0 off|1 without timestamps|2 on
net.ipv4.tcp_abort_on_overflow|0 drop, the client tries again|1 reset
net.ipv4.conf.*.rp_filter|0 off|1 strict: the way back must be the same interface|2 loose: any interface
net.ipv4.conf.*.arp_ignore|0 answer for every local address|1 for addresses of the interface|2 and only to its subnet|8 never
net.ipv4.conf.*.arp_announce|0 any local address|1 avoid those of other subnets|2 the best for the target
net.ipv4.ip_no_pmtu_disc|0 discover|1 do not|2 do not, and ignore what comes|3 only when a socket asked
net.ipv4.ip_forward|0 host|1 router
net.ipv6.conf.*.accept_ra|0 never|1 where forwarding is off|2 always
net.ipv6.conf.*.use_tempaddr|0 none|1 make them|2 make and prefer them
net.ipv4.fib_multipath_hash_policy|0 addresses|1 addresses and ports|2 inner addresses|3 chosen fields
net.core.bpf_jit_enable|0 off|1 on|2 on, with a trace for developers
net.core.bpf_jit_harden|0 off|1 for unprivileged users|2 for all
net.netfilter.nf_conntrack_events|0 off|1 on|2 when somebody listens
vm.overcommit_memory|0 by estimate|1 always|2 within bounds
kernel.numa_balancing|0 off|1 between nodes|2 between kinds of memory`;

/** Key, with `*` for an interface, to value to its meaning. */
export const valueNames: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  table
    .trim()
    .split('\n')
    .map((row) => {
      const [key = '', ...values] = row.split('|');
      return [key, new Map(values.map((text) => splitAtBlank(text)))];
    }),
);

function splitAtBlank(text: string): [string, string] {
  const blank = text.indexOf(' ');
  return [text.slice(0, blank), text.slice(blank + 1)];
}

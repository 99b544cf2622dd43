import { type CounterMeaning, meaningsOf } from './counterMeaning.ts';

/** What a message says, in either direction: name in the counter, its severity, what it tells. */
type Message = readonly [name: string, severity: CounterMeaning['severity'], tells: string];

const messages: readonly Message[] = [
  [
    'DestUnreachs',
    'loss',
    'a packet could not be delivered: no route, a closed port, a firewall, or too large to pass',
  ],
  ['TimeExcds', 'loss', 'a packet died on its way: its time to live or the time to put fragments together ended'],
  ['ParmProbs', 'loss', 'a header was not understood, and the packet dropped'],
  ['SrcQuenchs', 'info', 'send more slowly: given up by everyone (RFC 6633)'],
  ['Redirects', 'info', 'another router of the same link is the better way'],
  ['Echos', 'info', 'ping'],
  ['EchoReps', 'info', 'the answer to a ping'],
  ['Timestamps', 'info', 'what time is it there'],
  ['TimestampReps', 'info', 'the answer to a request for the time'],
  ['AddrMasks', 'info', 'what is the netmask: obsolete'],
  ['AddrMaskReps', 'info', 'the answer to a request for the netmask: obsolete'],
];

const messages6: readonly Message[] = [
  ['DestUnreachs', 'loss', 'a packet could not be delivered: no route, a closed port or a firewall'],
  ['PktTooBigs', 'info', 'a packet is too large for a link of the path; filtered, it leaves a black hole'],
  ['TimeExcds', 'loss', 'a packet died on its way: its hop limit or the time to put fragments together ended'],
  ['ParmProblems', 'loss', 'a header was not understood, and the packet dropped'],
  ['Echos', 'info', 'ping'],
  ['EchoReplies', 'info', 'the answer to a ping'],
  ['GroupMembQueries', 'info', 'a router asks who listens to which multicast group'],
  ['GroupMembResponses', 'info', 'somebody listens to a multicast group (MLDv1)'],
  ['GroupMembReductions', 'info', 'somebody left a multicast group (MLDv1)'],
  ['RouterSolicits', 'info', 'a host looks for routers'],
  ['RouterAdvertisements', 'info', 'a router says that it is there, and the prefixes of the link'],
  ['NeighborSolicits', 'info', 'who has this address: the ARP of IPv6'],
  ['NeighborAdvertisements', 'info', 'the answer to a neighbour solicitation'],
  ['Redirects', 'info', 'another router of the same link is the better way'],
  ['MLDv2Reports', 'info', 'somebody listens to multicast groups (MLDv2)'],
];

function bothWays(section: string, list: readonly Message[], into: string, out: string): readonly CounterMeaning[] {
  return list.flatMap(([name, severity, tells]) => [
    ...meaningsOf(section, `In${name} | ${severity} | I19 | messages | ${into} | Received: ${tells}.`),
    ...meaningsOf(section, `Out${name} | ${severity} | E6 | messages | ${out} | Sent: ${tells}.`),
  ]);
}

/** `Icmp` of /proc/net/snmp. */
export const icmpMeanings: readonly CounterMeaning[] = [
  ...meaningsOf(
    'Icmp',
    `
InMsgs | info | I19 | messages | icmp_rcv | ICMP messages that came in, those with errors included.
InErrors | loss | I19 | messages | icmp_rcv | Messages thrown away: wrong checksum, wrong length, or an error about a packet that nobody here sent.
InCsumErrors | loss | I19 | messages | icmp_rcv | Messages with a wrong checksum; also in InErrors. | 3.10
OutMsgs | info | E6 | messages | icmp_out_count | ICMP messages sent, those of ping included.
OutErrors | loss | E6 | messages | __icmp_send | Messages that could not be sent for lack of buffers.
OutRateLimitGlobal | info | E6 | messages | icmpv4_global_allow | Not sent: this host as a whole has sent enough (net.ipv4.icmp_msgs_per_sec). | 6.3
OutRateLimitHost | info | E6 | messages | icmpv4_xrlim_allow | Not sent: this destination was told often enough (net.ipv4.icmp_ratelimit). | 6.3
`,
  ),
  ...bothWays('Icmp', messages, 'icmp_rcv', 'icmp_out_count'),
];

/** The ICMPv6 section of /proc/net/snmp6. */
export const icmp6Meanings: readonly CounterMeaning[] = [
  ...meaningsOf(
    'Icmp6',
    `
InMsgs | info | I19 | messages | icmpv6_rcv | ICMPv6 messages that came in, neighbour discovery and MLD included.
InErrors | loss | I19 | messages | icmpv6_rcv | Messages thrown away: wrong checksum, too short, or an error about a packet that nobody here sent.
InCsumErrors | loss | I19 | messages | icmpv6_rcv | Messages with a wrong checksum; also in InErrors. | 3.10
OutMsgs | info | E6 | messages | icmp6_send | ICMPv6 messages sent, neighbour discovery and MLD included.
OutErrors | loss | E6 | messages | icmp6_send | Messages that could not be sent for lack of buffers.
OutRateLimitHost | info | E6 | messages | icmpv6_xrlim_allow | Not sent: this destination was told often enough (net.ipv6.icmp.ratelimit). | 6.3
`,
  ),
  ...bothWays('Icmp6', messages6, 'icmpv6_rcv', 'icmp6_send'),
];

const types: ReadonlyMap<number, string> = new Map([
  [0, 'echo reply'],
  [3, 'destination unreachable'],
  [4, 'source quench, obsolete'],
  [5, 'redirect'],
  [8, 'echo request'],
  [9, 'router advertisement'],
  [10, 'router solicitation'],
  [11, 'time exceeded'],
  [12, 'parameter problem'],
  [13, 'timestamp request'],
  [14, 'timestamp reply'],
  [17, 'address mask request, obsolete'],
  [18, 'address mask reply, obsolete'],
  [42, 'extended echo request'],
  [43, 'extended echo reply'],
]);

const types6: ReadonlyMap<number, string> = new Map([
  [1, 'destination unreachable'],
  [2, 'packet too big'],
  [3, 'time exceeded'],
  [4, 'parameter problem'],
  [128, 'echo request'],
  [129, 'echo reply'],
  [130, 'multicast listener query'],
  [131, 'multicast listener report, MLDv1'],
  [132, 'multicast listener done, MLDv1'],
  [133, 'router solicitation'],
  [134, 'router advertisement'],
  [135, 'neighbour solicitation'],
  [136, 'neighbour advertisement'],
  [137, 'redirect'],
  [143, 'multicast listener report, MLDv2'],
]);

/**
 * `IcmpMsg InType3`, `Icmp6 OutType135`: the kernel prints one counter for each message type that has occurred (IANA's
 * numbers). Null for names of another form.
 */
export function icmpTypeMeaning(section: string, name: string): CounterMeaning | null {
  const [, direction, digits] = /^(In|Out)Type(\d{1,3})$/.exec(name) ?? [];
  if (digits === undefined || (section !== 'IcmpMsg' && section !== 'Icmp6')) return null;
  const of = section === 'IcmpMsg' ? types : types6;
  const incoming = direction === 'In';
  return {
    section,
    name,
    severity: 'info',
    step: incoming ? 'I19' : 'E6',
    unit: 'messages',
    kind: 'counter',
    where: section === 'IcmpMsg' ? (incoming ? 'icmp_rcv' : 'icmp_out_count') : incoming ? 'icmpv6_rcv' : 'icmp6_send',
    meaning: `${incoming ? 'Received' : 'Sent'}: type ${digits}, ${of.get(Number(digits)) ?? 'whose name is not known here'}.`,
    since: null,
    until: null,
  };
}

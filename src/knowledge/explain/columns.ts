import { explainedNames } from './explanation.ts';

/**
 * Columns of the panel's tables, by `table/column`; `*` stands for every table that has no word of its own for it. Where
 * a column is a counter of the kernel it is explained as that.
 */
export const columns = explainedNames(`
*/cpu | - | /sys/devices/system/cpu | A CPU by the number the kernel gives it. Numbers of CPUs that are offline are left out, so a row is not its place in a file.
*/rate | - | | How often a second between the two samples, by the host's own clock. Nothing where a counter was reset or the host was started again in between.
*/delta | - | | By how much it grew between the two samples.
*/value | - | | As the kernel prints it: of a counter since boot (or since the device or namespace was made), of a gauge now.
*/boot | - | | The counter as it stands: everything since boot, so history too. Only what moves between two samples tells of now.
*/name | - | | What is counted, by the name the kernel or driver gives it.
*/meaning | - | | What makes the counter move, in a sentence.
*/irq | - | /proc/interrupts | The interrupt's number, or the kernel's short name of one that has none (\`LOC\`, \`NMI\`).
*/why | - | | The reason, as the host or the reader of its answer gave it.
*/at | - | | The file and the line that sets it; a click shows the line.
history/at | - | | When the snapshot was taken, by the host's clock in UTC.
counters.all/severity | - | | What it costs when the counter grows: packets or connections are lost, they come late, or it is neither.
counters.all/meaning | - | | What makes the counter move; below it its unit, the step of the path and the kernel's function that counts it.
counters.all/value | - | | Of a counter: since boot. Of a gauge: as it stands now.
counters.uncounted/value | - | | This kernel prints no such figure. It is unknown here, which is not 0.
counters.uncounted/versions | - | | Kernels that print it.
interrupts.map/name | I5 | /proc/interrupts | Interface and queue of a NIC's vector, as far as they could be told from its name and from sysfs; else what the kernel calls it.
interrupts.map/description | I5 | /proc/interrupts | The end of the row: interrupt controller, hardware number, trigger, and the name that the driver gave.
interrupts.map/affinity | I5 | /proc/irq/N/effective_affinity_list | CPUs that the interrupt may go to: where it goes in effect, else what was asked for. | smp_affinity_list, effective_affinity_list
interrupts.map/total | I5 | /proc/interrupts | The row over all CPUs.
interrupts.map/oneCpu | I5 | /proc/interrupts | What this CPU took of each interrupt. A CPU that takes most of a NIC's is where its packets are worked on. | /proc/interrupts
interrupts.map/cpus | I5 | /proc/interrupts | CPUs that took the interrupt, the busiest first. | /proc/interrupts
interrupts.cpus/nic | I5 | /proc/interrupts | Interrupts of all NIC queues that this CPU took. | /proc/interrupts
interrupts.cpus/other | - | /proc/interrupts | Interrupts of everything else: timers, disks, calls between CPUs.
interrupts.cpus/all | - | /proc/interrupts | Every interrupt that this CPU took.
nics.traffic/name | I3 | /sys/class/net | A network interface of this namespace. Those with a device behind them come first.
nics.traffic/link | I1 | /sys/class/net/NIC/speed, operstate, carrier | Speed of the link, or its state where the driver knows no speed.
nics.kernel/value | - | | Since the interface was made.
nics.driver/value | - | ethtool -S | Since the driver began to count; some drivers begin anew when the interface is taken down or its rings are resized.
nics.vectors/queue | I5 | /sys/class/net/NIC/device/msi_irqs | The queue that the vector serves, told by the name that the driver gave it. A queue has one vector; on most NICs it serves receiving and sending.
nics.vectors/rate | I5 | /proc/interrupts | How often the vector fired, all CPUs. Held against the packets it says how many one interrupt stands for. | interrupts of the receive vectors
nics.vectors/cpus | I5 | /proc/irq/N/effective_affinity_list | Where the interrupt goes in effect: on x86 one CPU. That CPU runs the softirq of the queue. | effective_affinity_list
nics.vectors/most | I5 | /proc/interrupts | The CPU that took most of it between the samples. | /proc/interrupts
nics.vectors/node | I5 | /sys/devices/system/node | Memory node of the CPUs. On another node than the NIC's every packet crosses the link between the nodes. | numa_node
nics.vectors/requested | I5 | /proc/irq/N/smp_affinity_list | CPUs that were asked for, by irqbalance, a script or the driver. A vector whose spread the kernel manages refuses another. | smp_affinity_list
nics.vectors/hint | I5 | /proc/irq/N/affinity_hint | What the driver would like. Nothing follows it by itself; irqbalance may.
nics.vectors/name | I5 | /proc/interrupts | The name that the driver gave the vector.
nics.queues/name | I5 | /sys/class/net/NIC/queues | A receive (\`rx-N\`) or transmit (\`tx-N\`) queue, by sysfs. A flow always takes the same one.
nics.queues/packets | I3 | ethtool -S | Packets of this queue as the driver counts them. One that takes most means few flows, or a hash over too few fields.
nics.queues/bytes | I3 | ethtool -S | Bytes of this queue as the driver counts them.
nics.queues/drops | I3 | ethtool -S | Packets of this queue thrown away, as the driver counts them. | ethtool -S + driver
nics.queues/errors | I3 | ethtool -S | Failures of this queue as the driver counts them.
nics.queues/steering | I12 | /sys/class/net/NIC/queues/*/rps_cpus, xps_cpus | Of a receive queue: CPUs that RPS hands its packets to (\`off\`: the CPU of the interrupt does all). Of a transmit queue: CPUs that send on it (XPS). | rps_cpus
nics.queues/flows | I12 | /sys/class/net/NIC/queues/rx-N/rps_flow_cnt | Flows of this queue whose CPU RFS remembers. 0: RFS is off for it, whatever the global table holds. | rps_flow_cnt
nics.queues/rxqs | E10 | /sys/class/net/NIC/queues/tx-N/xps_rxqs | Receive queues whose flows are answered on this transmit queue.
nics.queues/class | E10 | /sys/class/net/NIC/queues/tx-N/traffic_class | Traffic class of the queue, set by mqprio or DCB.
nics.queues/rate | E10 | /sys/class/net/NIC/queues/tx-N/tx_maxrate | The most the NIC may send on this queue; 0 is no limit. Needs a driver that can.
nics.queues/inflight | E20 | byte_queue_limits/inflight | Bytes handed to the NIC and not yet reported as sent. They cannot be reordered any more.
nics.queues/limit | E20 | byte_queue_limits/limit | Bytes that may be handed over at once. The kernel finds it (\`dql_completed\`): as small as keeps the NIC busy, so that packets wait in the qdisc, where they can be put in order.
nics.queues/bounds | E20 | byte_queue_limits/limit_min, limit_max | What the kernel's own choice of the limit stays within.
nics.queues/stalls | E20 | byte_queue_limits/stall_cnt | Completions that took longer than stall_thrs, on Linux 6.9 and later. | stall_cnt
nics.qdiscs/kind | E11 | tc -s qdisc | The queueing discipline. On a NIC with several queues the root is \`mq\`, with one of the others below for each.
nics.qdiscs/place | E11 | tc -s qdisc | Where it is attached: \`root\`, the transmit queue it feeds, or a class of another one.
nics.qdiscs/packets | E11 | tc -s qdisc | Packets it has passed on to the driver. One that GSO will cut counts as its segments. | tc -s qdisc + packets
nics.qdiscs/bytes | E11 | tc -s qdisc | Bytes it has passed on to the driver.
nics.qdiscs/drops | E11 | tc -s qdisc | Packets it threw away: its limit was reached, or its own policy (fq_codel, red) said so. mq shows the sum of its leaves. | tc -s qdisc + drops
nics.qdiscs/overlimits | E11 | tc -s qdisc | How often a packet had to wait because of a rate, not of the NIC. Nothing is lost by it.
nics.qdiscs/requeues | E12 | tc -s qdisc | Packets that came back from the driver: its ring was full (\`dev_requeue_skb\`). They wait and are not lost. | tc -s qdisc + requeues
nics.qdiscs/backlog | E11 | tc -s qdisc | Packets (bytes) that waited in it when the sample was taken.
nics.qdiscs/details | E11 | tc -s qdisc | What only this kind counts: ECN marks, flows, throttling.
nics.qdiscs/options | E11 | tc -s qdisc | Its limit, target, quantum: as it was set up, or as the kind does by itself.
nics.settings/name | I3 | ethtool | A setting by ethtool's name, or what the driver said of it.
nics.settings/value | I3 | ethtool | What is set now. The NIC forgets it at a reboot unless a udev rule, a .link file or NetworkManager sets it again.
nics.settings/note | I3 | ethtool | The largest value, the choice, \`[fixed]\` where the driver allows no other, or why there is no value.
nics.rules/location | I5 | ethtool -n | Place of the rule in the NIC's table; a lower one wins where rules have priorities.
nics.rules/matches | I5 | ethtool -n | Packets it is for.
nics.rules/action | I5 | ethtool -n | The queue they go to, or that they are dropped.
nics.arfs/title | I12 | Documentation/networking/scaling.rst | What has to hold so that the NIC itself delivers a flow to the queue of the CPU where its reader runs. All five, or it does not happen.
nics.arfs/state | I12 | | Whether it holds here.
nics.arfs/found | I12 | | What the host said of it.
nics.arfs/command | I12 | | Makes it hold until the next boot. Nothing is run by Packet Path.
tcp.states/state | I21 | /proc/net/tcp, tcp6 | State of a TCP connection, as the kernel names it.
tcp.states/v4 | I21 | /proc/net/tcp | Sockets in this state over IPv4.
tcp.states/v6 | I21 | /proc/net/tcp6 | Sockets in this state over IPv6, those that serve both families included.
tcp.states/meaning | I21 | | What a large number there usually means.
tcp.listeners/socket | I20 | ss -ltnm | A socket that waits for connections: its address and port. | ss -ltn
tcp.listeners/queue | I20 | ss -ltnm Recv-Q, Send-Q | Connections that are open and not yet accepted by the program, of the most there may be: the smaller of what it asked for in listen() and net.core.somaxconn. The queue holds one more than its limit. | ss -ltnm, ss -ltn
tcp.listeners/state | I20 | | Full: the next connection is dropped until the program accepts one. | ss -ltnm
tcp.listeners/processes | I20 | ss -ltnp | Programs that hold it. Those of other users can only be seen by root.
tcp.listeners/drops | I20 | ss -ltnm | SYNs and handshakes that this listener turned away since it was opened. | ss -ltnm
tcp.listeners/rate | I20 | ss -ltnm | The same, a second between the samples. | ss -ltnm
sockstat/name | - | /proc/net/sockstat, sockstat6 | Sockets or memory by protocol, as the kernel names them.
sockstat/value | - | /proc/net/sockstat, sockstat6 | As it stands now. \`mem\` is printed in pages and shown here in bytes too.
sockstat/limit | - | /proc/sys | The sysctl that bounds it, with its value in the same unit.
sockstat/share | - | | How much of the limit is taken.
sockstat/meaning | - | | What is counted, and of what: of this network namespace or of the whole machine.
settings.keys/key | - | /proc/sys | A sysctl of the network path; below it what it governs.
settings.keys/running | - | /proc/sys | The value the kernel goes by now.
settings.keys/default | - | | What the kernel begins with. Some depend on its version, its build or the memory of the machine.
settings.keys/boot | - | /etc/sysctl.d | What the next boot sets it to, and the line that does; then lines that lose against it.
settings.keys/verdict | - | | Whether the next boot gives the value that runs now. | net.* key
settings.files/order | - | | Place in the order of reading: a later line wins over an earlier one.
settings.files/path | - | | A file with sysctl lines, and what it is a link to.
settings.files/state | - | | Whether it counts at boot, or why not: another file of the same name, a program that does not read it. | who reads it
settings.faults/text | - | | The line as it stands in the file.
settings.faults/message | - | | Why the line sets nothing, or not what it seems to.
settings.group/what | - | | The attribute, option or command of that line.
settings.group/value | - | | What it is set to.
settings.group/concerns | - | | Interfaces the line is for, as far as that can be told without running it.
not-checked/rule | - | | A rule of Packet Path by its number, which never changes its meaning (docs/rules.md).
not-checked/title | - | | What the rule looks for.
not-checked/reason | - | | The data it needs was not there. Nothing can be said about its fault, not even that all is well.
missing/source | - | | File or command that gave nothing.
missing/reason | - | | Why. What is not read is shown as unknown, never as 0.
evidence/field | - | | The counter, gauge or setting that the finding rests on.
evidence/source | - | | File or command it was read from, as one would type it.
evidence/before | - | | As it stood in the first sample; nothing for a value that was read once.
evidence/after | - | | As it stood in the last sample.
evidence/figure | - | | The figure that was held against the threshold.
path/step | - | | A step of the packet's way, in the order the kernel takes them. \`I\` is the way in, \`E\` the way out.
path/flow | - | | What passes the step, by the counter that is nearest to it.
path/lost | - | | Packets, connections or datagrams lost there a second, by the counters of that step.
path/late | - | | What makes packets late there without losing them.
path/state | - | | Whether anything is lost there now, and whether that can be measured at all.
path/findings | - | | Rules that found something at this step.
path/knobs | - | | Settings that bear on the step, with their values.
raw.entries/section | - | docs/collector.md | A section of the capture: what one command or file of the host printed, as it printed it.
raw.entries/outcome | - | | Whether the host gave it.
raw.entries/status | - | | Exit status of its command.
raw.entries/bytes | - | | Size of its text.
raw.entries/duration | - | | Milliseconds it took on the host, in steps of 10.
raw.entries/hits | - | | Lines in which the text that is looked for was found.
sockets/local | - | ss, /proc/net/udp | This host's end of the socket.
sockets/remote | - | ss, /proc/net/udp | The other end.
sockets/peer | - | ss | The other end.
sockets/socket | I20 | ss -ltnm | A listening socket: address and port.
sockets/key | - | ss | What the sockets of this state were counted by.
sockets/count | - | ss | Sockets of that kind.
sockets/drops | I22 | /proc/net/udp, ss -m | Datagrams or segments that this socket's own buffer had no room for, since it was opened.
sockets/rate | I22 | /proc/net/udp | The same, a second between the samples.
sockets/rx | I25 | /proc/net/udp rx_queue, ss Recv-Q | What has arrived and the program has not read. UDP is counted in memory, which is more than the data; TCP in bytes.
sockets/tx | E3 | /proc/net/udp tx_queue, ss Send-Q | What the program has written and the other side has not acknowledged (TCP), or the NIC has not sent (UDP).
sockets/uid | - | /proc/net/udp, ss -e | User who opened it.
sockets/protocol | - | ss | Protocol of the sockets.
sockets/total | - | ss -s | Sockets of this protocol.
sockets/ip | - | ss -s | Of these over IPv4.
sockets/ipv6 | - | ss -s | Of these over IPv6.
sockets/process | - | ss -p | Program and process id; those of other users can only be seen by root.
sockets/timer | I21 | ss -o | What the kernel waits for on this socket: a retransmission (\`on\`), keep-alive, the end of TIME_WAIT, a zero window (\`persist\`).
sockets/ms | I21 | ss -o | When the timer fires.
sockets/retransmits | E4 | ss -o | How often it has fired for the same data: the wait doubles each time.
sockets/queued | I20 | ss -ltn Recv-Q | Connections that wait to be accepted. | ss -ltn
sockets/limit | I20 | ss -ltn Send-Q | The most that may wait: the smaller of listen()'s backlog and net.core.somaxconn. | ss -ltn
sockets/congestion | E4 | ss -i | How it decides how fast to send.
sockets/rtt | E4 | ss -i rtt | Smoothed round trip as this connection measured it.
sockets/retrans | E4 | ss -i retrans | Segments this connection has sent again, in all.
sockets/cwnd | E4 | ss -i cwnd | Segments that may be on their way unacknowledged: shrinks when losses are noticed.
sockets/rwnd | E4 | ss -i rwnd_limited | Share of its busy time in which only the peer's window kept it from sending: the peer does not read.
sockets/sndbuf | E2 | ss -i sndbuf_limited | Share of its busy time in which only its own send buffer kept it from sending: tcp_wmem, or SO_SNDBUF. | sndbuf_limited
sockets/received | I22 | ss -m r, rb | Memory of the receive buffer that is taken, of the most it may be.
sockets/sent | E3 | ss -m w, tb | Memory of the send buffer that is taken, of the most it may be.
sockets/cpu | I12 | getsockopt SO_INCOMING_CPU | The CPU whose softirq handled the socket's last packet: what RSS, RPS or RFS chose.
sockets/arrive | I12 | getsockopt SO_INCOMING_CPU | Sockets whose last packet was handled there.
sockets/run | I24 | /proc/PID/stat | Sockets whose process last ran there.
sockets/state | I21 | ss | State of the connection.
sockets/ran | I24 | /proc/PID/stat | CPUs that the threads of its process last ran on.
sockets/same | I12 | | No: the data was put in the cache of one CPU and is read from another's.
sockets/napi | I9 | getsockopt SO_INCOMING_NAPI_ID | The NAPI instance, that is the receive queue, its last packet came by.
`);

/** Charts, tiles and lists that are no single counter. */
export const figures = explainedNames(`
figure:tcp.states | I21 | /proc/net/tcp, tcp6 | Sockets by state. The kernel's file is read once, so it is a picture of a moment.
figure:interrupts.map | I5 | /proc/interrupts | Which CPU served which interrupt. Bright cells in one column: that CPU does the work of many. Colours go by powers of ten. | /proc/interrupts
figure:interrupts.cpus | I5 | /proc/interrupts | Interrupts by CPU, those of NIC queues apart. | /proc/interrupts
tile:Packets into the stack | I13 | /proc/net/softnet_stat | All CPUs together, after GRO; a packet that goes round again (VLAN, bridge, bond) counts again.
tile:Backlog drops | I14 | /proc/net/softnet_stat | Packets dropped because a CPU's backlog was full, all CPUs together. | softnet_stat + dropped
tile:Time squeezes | I9 | /proc/net/softnet_stat | How often a CPU ended its round of receiving with work left. Nothing is lost by it; the ring fills meanwhile. | softnet_stat + time_squeeze
tile:NIC ring overruns | I3 | ethtool -S, /sys/class/net/NIC/statistics | Frames lost because a receive ring had no free descriptor, all NICs that count it. | rx_missed_errors
tile:TCP retransmits | E4 | /proc/net/snmp | Segments sent again. A few are normal on any path that is not this machine's own. | RetransSegs
tile:UDP buffer drops | I22 | /proc/net/snmp | Datagrams that no receive buffer had room for: the program reads too slowly, or its buffer is small. | RcvbufErrors
tile:Accept queue overflows | I20 | /proc/net/netstat | Connections turned away because a program does not accept fast enough. | ListenOverflows
`);

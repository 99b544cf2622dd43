import { explainedNames } from './explanation.ts';

/** Facts of an interface, by the label they are shown with. */
export const nicFacts = explainedNames(`
Link | I1 | /sys/class/net/NIC/speed, operstate, carrier | Speed of the link, or its state where the driver knows no speed.
Driver | I3 | ethtool -i | What drives the device; for a virtual one its kind. What a counter of ethtool -S means is the driver's own.
Firmware | I3 | ethtool -i | Version of the NIC's own program.
Bus | E16 | ethtool -i | Where the device sits.
PCI Express | E16 | /sys/class/net/NIC/device/current_link_speed, current_link_width | Transfers a second and lanes of the slot now, and the most that the device can. Too narrow, it holds up both ways. | current_link_speed
NUMA node | I5 | /sys/class/net/NIC/device/numa_node | Memory node that the NIC is attached to: CPUs of that node reach its buffers fastest. | numa_node
MTU | E8 | /sys/class/net/NIC/mtu | Largest IP packet that fits into a frame; in parentheses what the driver allows. It must be the same on every host of the link. | mtu, MTU
txqueuelen | E11 | /sys/class/net/NIC/tx_queue_len | Packets that may wait in pfifo, bfifo and pfifo_fast. fq, fq_codel and cake have limits of their own. | tx_queue_len, txqueuelen
Queueing discipline | E11 | ip link | The root qdisc, by ip.
Part of | I13 | ip link | The bond, bridge or team that takes what this interface receives.
On top of | E10 | ip link | The interface below, which sends for this one.
XDP program | I10 | ip link | Sees each frame before the stack does, and may drop or redirect it.
Takes every frame | I2 | ip link | Frames for other addresses are taken too: a bridge, tcpdump, or someone asked for it.
GSO at most | E12 | ip link | Largest packet the stack makes before it is cut.
GRO at most | I11 | ip link | Largest packet that segments are merged into.
TSO at most | E12 | ip link | Largest packet that the NIC can cut.
NAPI | I8 | /sys/class/net/NIC/threaded | Polls run in kernel threads that the scheduler places, instead of in softirq. They never count as time_squeeze.
Interrupts deferred | I4 | /sys/class/net/NIC/napi_defer_hard_irqs, gro_flush_timeout | After empty polls a timer polls again before interrupts are used: fewer interrupts, up to that much more latency.
Address | I2 | /sys/class/net/NIC/address | MAC address: frames for others are discarded by the NIC.
`);

/** Facts of the host on the Overview. */
export const hostFacts = explainedNames(`
Host | - | uname -n | Name the host gives itself.
Kernel | - | uname -r | Release of the running kernel. Which counters and settings there are depends on it; distributions add some of later versions.
System | - | /etc/os-release | Distribution, by its own file.
CPUs | - | /sys/devices/system/cpu/online | CPUs that take part.
NICs | - | /sys/class/net | Interfaces with a device behind them; where there are none, every interface.
Namespace | - | /proc/PID/ns/net | The snapshot was taken inside a network namespace: sockets, routes, interfaces and most counters are its own.
`);

/** Facts above the tables of sockets. \`TCP *\` and \`Timer: *\` stand for names that the host gives. */
export const socketFacts = explainedNames(`
IPv4 | I22 | /proc/net/udp | UDP sockets over IPv4.
IPv6 | I22 | /proc/net/udp6 | UDP sockets over IPv6.
With drops or a queue | I22 | /proc/net/udp | UDP sockets that have lost datagrams since they were opened, or hold some that nobody has read.
All families | - | ss -s | Sockets of every kind, those of local programs among each other included.
TCP | I21 | ss -s | TCP sockets by ss, those that are not bound yet included.
TCP * | I21 | ss -s | TCP sockets of that kind, by ss.
Kernel has it | - | uname -r | TCP_REPAIR came with Linux 3.5.
CAP_NET_ADMIN | - | /proc/self/status | The capability that TCP_REPAIR takes, in the user namespace of the network namespace.
CONFIG_CHECKPOINT_RESTORE | - | /proc/config.gz, /boot/config-* | Build option that dumps of whole processes need.
criu | - | | The program that moves connections by TCP_REPAIR.
In short | - | | Whether a connection could be taken over here.
Sockets | I21 | ss | Sockets in this state.
Held by no process | E4 | ss -e | The program has closed them; the kernel still has to finish. | orphan
Unread | I25 | ss Recv-Q | Arrived, and not read by the program.
Unacknowledged | E3 | ss Send-Q | Written, and not acknowledged by the other side.
Retransmitting | E4 | ss -o | Sockets whose data had to be sent again and is still unanswered.
Timer: * | I21 | ss -o | What the kernel waits for on these sockets, and when it ends.
Listeners | I20 | ss -ltn | Sockets that wait for connections.
Established | I21 | ss -t | Open connections.
Listed | - | | How many are shown here.
Sockets looked at | - | | Sockets of processes that could be looked into.
Arrive on another CPU | I12 | getsockopt SO_INCOMING_CPU | Sockets whose packets are handled on a CPU where their process did not run: data crosses caches.
Longest a descriptor was held | - | pidfd_getfd | How long Packet Path held a copy of another process's socket to ask it.
Set and taken back on a socket that is connected to nothing | - | setsockopt TCP_REPAIR | Whether this login may use it.
`);

import { explainedNames } from './explanation.ts';

/** Sections of a capture, without `@A` and without the interface; docs/collector.md has the whole of it. */
export const sections = explainedNames(`
date | - | date | When the capture was taken, by the host's clock.
counters | - | /proc/net, /proc/interrupts, /proc/stat, /proc/softirqs | The counters of the kernel, read twice (A and B): rates are made of the two.
nstat | - | nstat -asz | Counters of the protocols by nstat, where the kernel's files could not be read.
netstat-s | - | netstat -s | Counters of the protocols by netstat, where the kernel's files could not be read.
ip-link | - | ip -s -s -d -j link show | Interfaces with their statistics.
ip-link-text | - | ip -s -s -d link show | The same as text, of an ip that knows no JSON.
nic-statistics | - | /sys/class/net/*/statistics | Statistics of interfaces and queues that ip does not tell.
conntrack-S | I16 | conntrack -S | Counters of connection tracking.
netns | - | /proc/self/ns/net | The network namespace that was read.
ethtool-S | I3 | ethtool -S | The driver's own counters.
qdisc | E11 | tc -s -j qdisc show | Queueing disciplines and what they count.
qdisc-text | E11 | tc -s qdisc show | The same as text, of a tc that knows no JSON.
listeners | I20 | ss -ltnm | Listening sockets with their accept queues.
tcp | I21 | /proc/net/tcp, tcp6 | TCP sockets, counted by state where there is an awk.
udp | I22 | /proc/net/udp, udp6 | UDP sockets with drops or a queue.
ident | - | uname, /etc/os-release, /proc | Which host it is.
pagesize | - | getconf PAGESIZE | Bytes of a page: sockstat counts memory in pages.
cpu | - | /sys/devices/system/cpu, node | CPUs, memory nodes, and how their frequency is chosen.
sysctl | - | /proc/sys | Sysctls of the network path as they run.
netdev | - | /sys/class/net | What sysfs says of interfaces.
queues | I12 | /sys/class/net/*/queues | Steering and byte queue limits by queue.
irq | I5 | /proc/irq | Affinities of interrupts.
msi | I5 | /sys/class/net/*/device/msi_irqs | Which interrupts are of which device.
kernel-config | - | /boot/config-*, /proc/config.gz | Build options of the kernel that matter here.
ethtool-version | - | ethtool --version | Which ethtool answered.
ethtool | I1 | ethtool | Link of each interface.
ethtool-g | I3 | ethtool -g | Rings.
ethtool-l | I5 | ethtool -l | Queues.
ethtool-c | I4 | ethtool -c | Interrupt coalescing.
ethtool-k | I11 | ethtool -k | Offloads.
ethtool-T | I12 | ethtool -T | Time stamps.
ethtool-a | I1 | ethtool -a | Pause frames.
ethtool-show-fec | I1 | ethtool --show-fec | Forward error correction.
ethtool-show-priv-flags | I3 | ethtool --show-priv-flags | The driver's own switches.
ethtool-i | I3 | ethtool -i | Driver and firmware.
ethtool-n | I5 | ethtool -n | Receive rules.
ethtool-x | I5 | ethtool -x | Receive side scaling.
ethtool-n-hash | I5 | ethtool -n NIC rx-flow-hash TYPE | Fields that flows are hashed by.
ethtool-m | I1 | ethtool -m | The transceiver's own account.
boot-files | - | ls | Which configuration files there are.
sysctl-files | - | /etc/sysctl.d and others | Lines of sysctl files.
udev-rules | - | /etc/udev/rules.d and others | Lines of udev rules that bear on interfaces.
boot-settings | - | /etc/systemd/network, irqbalance, tuned and others | Other lines that set something at boot.
ss-summary | - | ss -s | Sockets in all.
machine | - | uname -m | Architecture and byte order.
listener-owners | I20 | ss -ltnp | Programs that listen.
programs | - | | Programs that further questions would need.
daemons | - | /proc/*/comm | Daemons that change settings: irqbalance, tuned.
end | - | | The capture is whole.
`);

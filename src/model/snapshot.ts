import type { EthtoolStat } from '../kernel/ethtool/stats.ts';
import type { InterruptTable } from '../kernel/interrupts.ts';

import type { IpLink } from '../kernel/ipLink.ts';
import type { LoadAverage } from '../kernel/loadavg.ts';

import type { NetDevRow } from '../kernel/netDev.ts';
import type { Pressure } from '../kernel/pressure.ts';
import type { ProcNetStat } from '../kernel/procNetStat.ts';
import type { CpuTimes } from '../kernel/procStat.ts';
import type { SocketProtocol } from '../kernel/protocols.ts';
import type { Qdisc } from '../kernel/qdisc.ts';
import type { SnmpSections } from '../kernel/snmp.ts';
import type { SocketUser } from '../kernel/sockets/ssDetails.ts';
import type { SsSocket } from '../kernel/sockets/ssSockets.ts';
import type { SsSummary } from '../kernel/sockets/ssSummary.ts';
import type { Sockstat } from '../kernel/sockstat.ts';
import type { SoftirqTable } from '../kernel/softirqs.ts';
import type { SoftnetRow } from '../kernel/softnet.ts';
import type { Listener } from '../kernel/ss.ts';
import type { BootConfig } from './bootConfig.ts';
import type { NicSettings } from './nicSettings.ts';
import type { Reading } from './reading.ts';
import type { TcpRepairFacts } from './tcpRepair.ts';
import type { TcpSockets } from './tcpSockets.ts';
import type { UdpSockets } from './udpSockets.ts';

/** Everything one capture says about a host, read into the kernel's own terms. */
export interface Snapshot {
  readonly host: HostFacts;
  readonly cpus: CpuFacts;
  /** One or two, oldest first. Rates exist only between two. */
  readonly samples: readonly Sample[];
  readonly nics: readonly Nic[];
  /** Build options of the running kernel, of those that matter here: `CONFIG_RFS_ACCEL` to `y`, `m` or, not set, `n`. */
  readonly kernelConfig: Reading<ReadonlyMap<string, string>>;
  /** sysctl key (`net.core.somaxconn`) to its value as the kernel prints it, blanks single. */
  readonly sysctl: Reading<ReadonlyMap<string, string>>;
  /** What the host's files set at boot. */
  readonly bootConfig: BootConfig;
  /** Processes by the `listenerKey` of what they listen on; an ordinary user sees its own only. */
  readonly listenerOwners: Reading<ReadonlyMap<string, readonly SocketUser[]>>;
  readonly ssSummary: Reading<SsSummary>;
  /** Connections that waited for a buffer or a window, or whose receive buffer is at its maximum: at most 200. */
  readonly connections: Reading<readonly SsSocket[]>;
  readonly tcpRepair: Reading<TcpRepairFacts>;
  /** Every section of the capture with how it ended: what the Raw view and "what is missing" are made of. */
  readonly sections: readonly SectionStatus[];
  /** What is wrong with the capture as a whole (cut off, newer protocol ...). */
  readonly problems: readonly string[];
}

export interface HostFacts {
  readonly hostname: string | null;
  /** `/proc/sys/kernel/osrelease` */
  readonly kernel: string | null;
  /** PRETTY_NAME of /etc/os-release */
  readonly os: string | null;
  /** The host's own clock when the capture began, ms since the epoch. */
  readonly takenAt: number | null;
  /** False in a container or namespace, true on the host itself, null when it cannot be told. */
  readonly initialNetns: boolean | null;
  readonly pageSize: number | null;
  /** `uname -m` */
  readonly machine: string | null;
}

export interface CpuFacts {
  readonly online: readonly number[] | null;
  readonly possible: readonly number[] | null;
  readonly isolated: readonly number[] | null;
  /** Hyperthreads are on: two CPUs and more are one core. Null on a kernel before 4.19. */
  readonly smt: boolean | null;
  /** NUMA node number to its CPUs. */
  readonly nodes: ReadonlyMap<number, readonly number[]>;
  readonly power: CpuPower;
}

/** How CPUs save power; empty in virtual machines. */
export interface CpuPower {
  /** `scaling_governor` to the `scaling_driver`s it works with. */
  readonly governors: ReadonlyMap<string, readonly string[]>;
  /** Of CPU 0, shallowest first. */
  readonly idleStates: readonly {
    readonly name: string;
    /** Microseconds to wake up from it. */
    readonly latencyUs: number | null;
    readonly disabled: boolean | null;
  }[];
}

/** Files of /proc/net/stat. */
export type NetStatFile = 'nf_conntrack' | 'arp_cache' | 'ndisc_cache' | 'rt_cache' | 'synproxy';

/** Files of /proc/pressure. */
export type PressureResource = 'cpu' | 'memory' | 'io' | 'irq';

/** The counters, read back to back. */
export interface Sample {
  /** Seconds since boot, `/proc/uptime`, when the reading began. */
  readonly uptime: number | null;
  /** Uptime at which the parts outside the first reading began: `nic-statistics`, `listeners`, `ethtool-S eth0` ... */
  readonly readAt: ReadonlyMap<string, number>;
  readonly bootId: string | null;
  /** `net:[4026531840]` */
  readonly netns: string | null;
  readonly softnet: Reading<readonly SoftnetRow[]>;
  readonly interrupts: Reading<InterruptTable>;
  readonly softirqs: Reading<SoftirqTable>;
  readonly cpuTimes: Reading<readonly CpuTimes[]>;
  readonly netDev: Reading<readonly NetDevRow[]>;
  readonly snmp: Reading<SnmpSections>;
  readonly netstat: Reading<SnmpSections>;
  /** /proc/net/snmp6 as `Ip6`, `Icmp6`, `Udp6`, `UdpLite6`. */
  readonly snmp6: Reading<SnmpSections>;
  readonly sockstat: Reading<Sockstat>;
  readonly sockstat6: Reading<Sockstat>;
  /** Name of the file in /proc/net/stat (`nf_conntrack`) to what it says. */
  readonly netStat: ReadonlyMap<NetStatFile, Reading<ProcNetStat>>;
  /** `/proc/net/xfrm_stat`: IPsec. */
  readonly xfrm: Reading<ReadonlyMap<string, number>>;
  /** Connections tracked now in this namespace; missing where nf_conntrack is not loaded. */
  readonly conntrackCount: Reading<number>;
  readonly socketProtocols: Reading<readonly SocketProtocol[]>;
  readonly pressure: ReadonlyMap<PressureResource, Reading<Pressure>>;
  readonly loadavg: Reading<LoadAverage>;
  /**
   * NIC name to its statistics by the names of `/sys/class/net/X/statistics`, from `ip -s -s link` or those files. Of a queue
   * `tx-0/tx_timeout`.
   */
  readonly nicStatistics: Reading<ReadonlyMap<string, ReadonlyMap<string, number>>>;
  /** NIC name to its `ethtool -S` lines. A NIC whose driver has none is missing with the reason. */
  readonly ethtoolStats: ReadonlyMap<string, Reading<readonly EthtoolStat[]>>;
  readonly qdiscs: Reading<readonly Qdisc[]>;
  readonly listeners: Reading<readonly Listener[]>;
  readonly tcpSockets: Reading<TcpSockets>;
  readonly udpSockets: Reading<UdpSockets>;
}

export interface Nic extends NicSettings {
  readonly name: string;
  /** `/sys/class/net/X/...`; null where the file is absent or does not apply. */
  readonly operstate: string | null;
  readonly carrier: boolean | null;
  /** Mbit/s; null when the link is down or the driver knows no speed. */
  readonly speed: number | null;
  readonly duplex: string | null;
  readonly mtu: number | null;
  readonly txQueueLen: number | null;
  readonly address: string | null;
  readonly numaNode: number | null;
  /** PCI, virtio ... device behind it; false for lo, veth, bridges. */
  readonly physical: boolean;
  readonly driver: string | null;
  readonly queues: readonly NicQueue[];
  /** The vectors of this NIC; empty when none could be attributed. */
  readonly irqs: readonly NicIrq[];
  /** How many empty polls defer the interrupt (`napi_defer_hard_irqs`); null before 5.8. */
  readonly napiDeferHardIrqs: number | null;
  /** Nanoseconds until the deferred poll (`gro_flush_timeout`). */
  readonly groFlushTimeout: number | null;
  /** NAPI polls in kernel threads of its own; null before 5.12. */
  readonly threaded: boolean | null;
  /** Null for a device that is not on PCI Express, and in virtual machines. */
  readonly pciLink: PciLink | null;
  /** What `ip -d link` says of it. */
  readonly ipLink: Reading<IpLink>;
}

/** The PCI Express link as it is and as the slot and the device allow. Speeds in GT/s for each lane. */
export interface PciLink {
  readonly speed: number;
  readonly width: number;
  readonly maxSpeed: number | null;
  readonly maxWidth: number | null;
}

export interface NicQueue {
  readonly direction: 'rx' | 'tx';
  readonly index: number;
  /** CPUs of `rps_cpus` (rx) or `xps_cpus` (tx); null when the file is absent or unreadable. */
  readonly cpus: readonly number[] | null;
  /** `rps_flow_cnt`, receive queues only. */
  readonly flowCount: number | null;
  /** Receive queues whose flows it takes (`xps_rxqs`); this and what follows of transmit queues only. */
  readonly rxQueues: readonly number[] | null;
  /** `tx_maxrate`, Mbit/s; 0: no limit. */
  readonly maxRate: number | null;
  /** `traffic_class`; null where there is none, and on an interface with one transmit queue. */
  readonly trafficClass: string | null;
  /** `byte_queue_limits`; null where the driver has none. */
  readonly limits: QueueLimits | null;
}

/** Byte queue limits of a transmit queue as they stand (`Documentation/ABI/testing/sysfs-class-net-queues`). */
export interface QueueLimits {
  /** Bytes that may wait in the NIC's ring, as the kernel has found it now, and its bounds. */
  readonly limit: number;
  readonly limitMin: number | null;
  readonly limitMax: number | null;
  /** Bytes handed to the NIC and not yet sent. */
  readonly inflight: number | null;
  readonly holdTimeMs: number | null;
  /** Since 6.9; 0: stalls are not looked for. */
  readonly stallThresholdMs: number | null;
  readonly stallCount: number | null;
  readonly stallMaxMs: number | null;
}

export interface NicIrq {
  readonly irq: string;
  /** What the driver called it, e.g. `eth0-TxRx-3`. */
  readonly action: string;
  readonly role: 'rx' | 'tx' | 'rxtx' | 'other';
  readonly queue: number | null;
  /** `effective_affinity_list`, or what was asked for where the kernel does not say. */
  readonly cpus: readonly number[] | null;
  /** `smp_affinity_list`: what was asked for. */
  readonly requested: readonly number[] | null;
  /** `affinity_hint`: where the driver would have it; empty when it has no wish. */
  readonly hint: readonly number[] | null;
  /** NUMA node of `/proc/irq/N/node`; null when the kernel knows none. */
  readonly node: number | null;
}

export interface SectionStatus {
  readonly name: string;
  /** Exit status; null when the section was cut off. -1 means skipped on purpose. */
  readonly status: number | null;
  readonly stderr: string;
  readonly bytes: number;
  /** Milliseconds on the host's clock (resolution 10 ms); null when it was not measured. */
  readonly durationMs: number | null;
}

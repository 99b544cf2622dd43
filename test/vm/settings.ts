import type { Subject } from '../../src/tuning/current.ts';

/** A setting that the VM's drivers or kernel take, with a value that is not its default. */
export interface Setting {
  readonly tuning: string;
  readonly subject: Subject;
  readonly value: string;
}

const setting = (tuning: string, value: string, subject: Subject): Setting => ({ tuning, subject, value });

/** Of a NIC each: e1000e, vmxnet3 and virtio_net with four queues, on a host of four CPUs. */
export function nicSettings(e1000e: string, vmxnet3: string, virtio: string): Setting[] {
  return [
    setting('T1', '2', { kind: 'ethtool', nic: virtio, set: 'channels', name: 'combined' }),
    setting('T2', '1024', { kind: 'ethtool', nic: e1000e, set: 'ring', name: 'rx' }),
    setting('T2', '512', { kind: 'ethtool', nic: e1000e, set: 'ring', name: 'tx' }),
    setting('T2', '512', { kind: 'ethtool', nic: vmxnet3, set: 'ring', name: 'rx' }),
    // vmxnet3 takes a table too, and forgets it each time the interface goes up.
    setting('T3', '1', { kind: 'ethtool', nic: virtio, set: 'rxfh', name: 'equal' }),
    setting('T4', 'sd', { kind: 'ethtool', nic: virtio, set: 'rx-flow-hash', name: 'udp4' }),
    setting('T6', '100', { kind: 'ethtool', nic: e1000e, set: 'coalesce', name: 'rx-usecs' }),
    setting('T9', 'off', { kind: 'ethtool', nic: e1000e, set: 'features', name: 'gro' }),
    setting('T9', 'off', { kind: 'ethtool', nic: vmxnet3, set: 'features', name: 'lro' }),
    setting('T9', 'off', { kind: 'ethtool', nic: virtio, set: 'features', name: 'tso' }),
    setting('T10', 'e', { kind: 'queue', nic: e1000e, attribute: 'rps_cpus' }),
    setting('T11', '4096', { kind: 'queue', nic: e1000e, attribute: 'rps_flow_cnt' }),
    setting('T18', '2500', { kind: 'device', nic: e1000e, attribute: 'tx_queue_len' }),
    setting('T18', 'fq', { kind: 'qdisc', nic: e1000e }),
    setting('XPS', '3', { kind: 'queue', nic: vmxnet3, attribute: 'xps_cpus' }),
    setting('pause', 'off', { kind: 'ethtool', nic: e1000e, set: 'pause', name: 'autoneg' }),
    setting('MTU', '1400', { kind: 'device', nic: vmxnet3, attribute: 'mtu' }),
    setting('NAPI', '2', { kind: 'device', nic: e1000e, attribute: 'napi_defer_hard_irqs' }),
    setting('NAPI', '20000', { kind: 'device', nic: e1000e, attribute: 'gro_flush_timeout' }),
    setting('NAPI', '1', { kind: 'device', nic: vmxnet3, attribute: 'threaded' }),
  ];
}

/** Of the whole host; where the order counts (T14) in the order that works. */
export const hostSettings: readonly Setting[] = (
  [
    ['T8', 'net.core.netdev_budget', '600'],
    ['T8', 'net.core.netdev_budget_usecs', '16000'],
    ['T8', 'net.core.dev_weight', '128'],
    ['T11', 'net.core.rps_sock_flow_entries', '32768'],
    ['T13', 'net.core.netdev_tstamp_prequeue', '0'],
    ['T14', 'net.core.flow_limit_table_len', '8192'],
    ['T14', 'net.core.flow_limit_cpu_bitmap', 'f'],
    ['T15', 'net.ipv4.ip_early_demux', '0'],
    ['T15', 'net.ipv4.tcp_early_demux', '0'],
    ['T15', 'net.ipv4.udp_early_demux', '0'],
    ['T16', 'net.ipv4.tcp_rmem', '4096 131072 16777216'],
    ['T16', 'net.ipv4.tcp_wmem', '4096 16384 16777216'],
    ['T16', 'net.ipv4.tcp_moderate_rcvbuf', '0'],
    ['T17', 'net.core.somaxconn', '8192'],
    ['T17', 'net.ipv4.tcp_max_syn_backlog', '8192'],
    ['T17', 'net.core.netdev_max_backlog', '4000'],
    ['T18', 'net.core.default_qdisc', 'pfifo_fast'],
    ['T19', 'net.ipv4.ip_local_port_range', '15000 60999'],
    ['T19', 'net.ipv4.tcp_tw_reuse', '1'],
    ['T19', 'net.ipv4.tcp_max_tw_buckets', '65536'],
  ] as const
).map(([tuning, key, value]) => setting(tuning, value, { kind: 'sysctl', key }));

import type { Nic, Sample } from '../../src/model/snapshot.ts';
import type { Say } from './ours.ts';

/** Statistics of the kernel and of the driver. */
export function sayNicCounters({ nicStatistics, ethtoolStats }: Sample, say: Say): void {
  for (const [nic, counters] of nicStatistics.ok ? nicStatistics.value : [])
    for (const [file, value] of counters) say('statistics', `${nic} ${file}`, value);
  for (const [nic, stats] of ethtoolStats) {
    const seen = new Map<string, number>();
    for (const { name, value } of stats.ok ? stats.value : []) {
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      say('ethtool -S', `${nic} ${name}${nth > 1 ? ` #${nth}` : ''}`, value);
    }
  }
}

/** What ethtool and sysfs say is set. */
export function sayNicSettings(nic: Nic, say: Say): void {
  const { name, ring, channels, coalesce, features, driverInfo, link, pause, privateFlags, rss } = nic;
  say('sysfs', `${name} mtu`, nic.mtu);
  say('sysfs', `${name} tx_queue_len`, nic.txQueueLen);
  say('sysfs', `${name} operstate`, nic.operstate);
  say('sysfs', `${name} address`, nic.address);
  say('sysfs', `${name} carrier`, bit(nic.carrier));
  say('sysfs', `${name} speed`, nic.speed);
  say('sysfs', `${name} duplex`, nic.duplex);
  say('sysfs', `${name} threaded`, bit(nic.threaded));
  say('sysfs', `${name} gro_flush_timeout`, nic.groFlushTimeout);
  say('sysfs', `${name} napi_defer_hard_irqs`, nic.napiDeferHardIrqs);
  if (driverInfo.ok) {
    say('ethtool -i', `${name} driver`, driverInfo.value.driver);
    say('ethtool -i', `${name} version`, driverInfo.value.version);
    say('ethtool -i', `${name} firmware-version`, driverInfo.value.firmwareVersion);
    say('ethtool -i', `${name} bus-info`, driverInfo.value.busInfo);
  }
  if (link.ok) {
    say('ethtool', `${name} Speed`, link.value.speed);
    say('ethtool', `${name} Duplex`, link.value.duplex);
    say('ethtool', `${name} Port`, link.value.port);
    say('ethtool', `${name} Link detected`, yesNo(link.value.linkDetected));
    say('ethtool', `${name} Wake-on`, link.value.wakeOn);
  }
  if (pause.ok) {
    say('ethtool -a', `${name} Autonegotiate`, onOff(pause.value.autonegotiate));
    say('ethtool -a', `${name} RX`, onOff(pause.value.rx));
    say('ethtool -a', `${name} TX`, onOff(pause.value.tx));
  }
  for (const [flag, on] of privateFlags.ok ? privateFlags.value : []) say('priv-flags', `${name} ${flag}`, onOff(on));
  if (rss.ok) {
    say('ethtool -x', `${name} table`, rss.value.table?.join(',') ?? null);
    say('ethtool -x', `${name} key`, rss.value.hashKey);
  }
  for (const part of ['maximum', 'current'] as const) {
    if (ring.ok) {
      const sizes = ring.value[part];
      say('ethtool -g', `${name} ${part} RX`, sizes.rx);
      say('ethtool -g', `${name} ${part} RX Mini`, sizes.rxMini);
      say('ethtool -g', `${name} ${part} RX Jumbo`, sizes.rxJumbo);
      say('ethtool -g', `${name} ${part} TX`, sizes.tx);
    }
    if (channels.ok) {
      const counts = channels.value[part];
      say('ethtool -l', `${name} ${part} RX`, counts.rx);
      say('ethtool -l', `${name} ${part} TX`, counts.tx);
      say('ethtool -l', `${name} ${part} Other`, counts.other);
      say('ethtool -l', `${name} ${part} Combined`, counts.combined);
    }
  }
  for (const [key, value] of coalesce.ok ? coalesce.value.values : []) say('ethtool -c', `${name} ${key}`, value);
  for (const { name: feature, active, fixed, requested } of features.ok ? features.value : []) {
    const more = fixed ? ' [fixed]' : requested === null ? '' : ` [requested ${requested ? 'on' : 'off'}]`;
    say('ethtool -k', `${name} ${feature}`, `${active ? 'on' : 'off'}${more}`);
  }
}

/** Queues and the vectors that serve them; CPUs one by one. */
export function sayQueues({ name: nic, queues, irqs }: Nic, say: Say): void {
  const list = (numbers: readonly number[] | null): string | null => numbers?.join(',') ?? null;
  for (const { direction, index, ...queue } of queues) {
    const name = `${nic} ${direction}-${index}`;
    say('queues', `${name} ${direction === 'rx' ? 'rps_cpus' : 'xps_cpus'}`, list(queue.cpus));
    say('queues', `${name} xps_rxqs`, list(queue.rxQueues));
    say('queues', `${name} rps_flow_cnt`, queue.flowCount);
    say('queues', `${name} tx_maxrate`, queue.maxRate);
    say('queues', `${name} traffic_class`, queue.trafficClass);
    if (queue.limits === null) continue;
    say('queues', `${name} limit`, queue.limits.limit);
    say('queues', `${name} limit_min`, queue.limits.limitMin);
    say('queues', `${name} limit_max`, queue.limits.limitMax);
    say('queues', `${name} inflight`, queue.limits.inflight);
    say('queues', `${name} hold_time`, queue.limits.holdTimeMs);
    say('queues', `${name} stall_thrs`, queue.limits.stallThresholdMs);
    say('queues', `${name} stall_max`, queue.limits.stallMaxMs);
  }
  for (const { irq, cpus, requested, hint, node } of irqs) {
    say('irq', `${nic} ${irq} effective`, list(cpus));
    say('irq', `${nic} ${irq} requested`, list(requested));
    say('irq', `${nic} ${irq} hint`, list(hint));
    say('irq', `${nic} ${irq} node`, node);
  }
}

const bit = (value: boolean | null): number | null => (value === null ? null : Number(value));
const onOff = (value: boolean | null): string | null => (value === null ? null : value ? 'on' : 'off');
const yesNo = (value: boolean | null): string | null => (value === null ? null : value ? 'yes' : 'no');

/** Queueing disciplines, with what each kind counts beside. */
export function sayQdiscs({ qdiscs }: Sample, say: Say): void {
  for (const qdisc of qdiscs.ok ? qdiscs.value : []) {
    const name = `${qdisc.dev} ${qdisc.kind} ${qdisc.handle} ${qdisc.parent}`;
    for (const figure of ['bytes', 'packets', 'drops', 'overlimits', 'requeues', 'backlog', 'qlen'] as const)
      say('tc -s qdisc', `${name} ${figure}`, qdisc[figure]);
    for (const [detail, value] of qdisc.details) say('tc -s qdisc', `${name} ${detail}`, value);
  }
}

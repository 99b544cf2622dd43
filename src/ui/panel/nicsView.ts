import type { NicFactView, NicQueueView, NicsView, NicTrafficView, NicView } from '../../../webview/nicViews.ts';
import { formatCpuList } from '../../kernel/cpuList.ts';
import type { Rates } from '../../model/rates.ts';
import type { Nic, NicQueue, Snapshot } from '../../model/snapshot.ts';
import { nicSettingsView } from './nicSettingsView.ts';

/** The interfaces of a snapshot for the NICs tab, in the snapshot's order: physical ones first. */
export function nicsView(snapshot: Snapshot, rates: Rates | null): NicsView {
  return { nics: snapshot.nics.map((nic) => nicView(snapshot, nic, rates)) };
}

function nicView(snapshot: Snapshot, nic: Nic, rates: Rates | null): NicView {
  return {
    name: nic.name,
    physical: nic.physical,
    link: linkOf(nic),
    facts: factsOf(nic),
    traffic: trafficOf(nic, rates),
    queues: nic.queues.map(queueView),
    settings: nicSettingsView(snapshot, nic),
  };
}

/** `25 Gbit/s`, `down`, `up`; empty when the host does not say. */
export function linkOf(nic: Nic): string {
  if (nic.carrier === false || nic.operstate === 'down') return 'down';
  const speed = nic.speed === null ? '' : nic.speed >= 1000 ? `${nic.speed / 1000} Gbit/s` : `${nic.speed} Mbit/s`;
  // Devices without a link of their own (lo, tun) are in the state `unknown` while they work.
  const state = nic.operstate === 'unknown' && nic.carrier === true ? 'up' : (nic.operstate ?? '');
  return speed === '' ? state : speed;
}

function factsOf(nic: Nic): NicFactView[] {
  const info = nic.driverInfo.ok ? nic.driverInfo.value : null;
  const text = (value: number | null): string | null => (value === null ? null : String(value));
  return [
    { label: 'Link', value: linkOf(nic) || null },
    { label: 'Driver', value: nic.driver === null ? null : `${nic.driver} ${info?.version ?? ''}`.trimEnd() },
    ...(info?.firmwareVersion ? [{ label: 'Firmware', value: info.firmwareVersion }] : []),
    ...(info?.busInfo ? [{ label: 'Bus', value: info.busInfo }] : []),
    { label: 'MTU', value: text(nic.mtu) },
    { label: 'txqueuelen', value: text(nic.txQueueLen) },
    { label: 'NUMA node', value: text(nic.numaNode) },
    { label: 'Address', value: nic.address },
  ];
}

function trafficOf(nic: Nic, rates: Rates | null): NicTrafficView {
  const deltas = rates?.netDev.get(nic.name);
  const perSecond = (column: string): number | null => deltas?.get(column)?.perSecond ?? null;
  return {
    rxPackets: perSecond('rx_packets'),
    rxBytes: perSecond('rx_bytes'),
    txPackets: perSecond('tx_packets'),
    txBytes: perSecond('tx_bytes'),
    source: '/proc/net/dev',
  };
}

function queueView(queue: NicQueue): NicQueueView {
  return {
    name: `${queue.direction}-${queue.index}`,
    steering: queue.cpus === null ? null : formatCpuList(queue.cpus),
    flowCount: queue.flowCount,
  };
}

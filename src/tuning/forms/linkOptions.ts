import type { NicChange } from '../change.ts';

/** An option of `[Link]` in a .link file. */
export interface LinkOption {
  readonly name: string;
  /** The systemd it came with. */
  readonly since: number;
  readonly unit: 'boolean' | 'usec' | 'bytes-or-count' | 'cpus';
}

const count = (name: string, since: number): LinkOption => ({ name, since, unit: 'bytes-or-count' });
const boolean = (name: string, since: number): LinkOption => ({ name, since, unit: 'boolean' });
const usec = (name: string): LinkOption => ({ name, since: 250, unit: 'usec' });

/** systemd.link(5) of 262, by the command of ethtool and the name it sets, or the file below /sys/class/net/NIC. */
const options: ReadonlyMap<string, LinkOption> = new Map([
  ['ring rx', count('RxBufferSize', 244)],
  ['ring rx-mini', count('RxMiniBufferSize', 249)],
  ['ring rx-jumbo', count('RxJumboBufferSize', 249)],
  ['ring tx', count('TxBufferSize', 244)],
  ['channels rx', count('RxChannels', 239)],
  ['channels tx', count('TxChannels', 239)],
  ['channels other', count('OtherChannels', 239)],
  ['channels combined', count('CombinedChannels', 239)],
  ['coalesce adaptive-rx', boolean('UseAdaptiveRxCoalesce', 250)],
  ['coalesce adaptive-tx', boolean('UseAdaptiveTxCoalesce', 250)],
  ...(['Rx', 'Tx'] as const).flatMap((way): [string, LinkOption][] => {
    const short = way.toLowerCase();
    return [
      [`coalesce ${short}-usecs`, usec(`${way}CoalesceSec`)],
      [`coalesce ${short}-usecs-irq`, usec(`${way}CoalesceIrqSec`)],
      [`coalesce ${short}-usecs-low`, usec(`${way}CoalesceLowSec`)],
      [`coalesce ${short}-usecs-high`, usec(`${way}CoalesceHighSec`)],
      [`coalesce ${short}-frames`, count(`${way}MaxCoalescedFrames`, 250)],
      [`coalesce ${short}-frames-irq`, count(`${way}MaxCoalescedIrqFrames`, 250)],
      [`coalesce ${short}-frames-low`, count(`${way}MaxCoalescedLowFrames`, 250)],
      [`coalesce ${short}-frames-high`, count(`${way}MaxCoalescedHighFrames`, 250)],
    ];
  }),
  ['coalesce pkt-rate-low', count('CoalescePacketRateLow', 250)],
  ['coalesce pkt-rate-high', count('CoalescePacketRateHigh', 250)],
  ['features rx', boolean('ReceiveChecksumOffload', 245)],
  ['features tx', boolean('TransmitChecksumOffload', 245)],
  // Of several that ethtool calls tso together; it does not name those of ECN and IPv6 in this one.
  ['features tx-tcp-segmentation', boolean('TCPSegmentationOffload', 232)],
  ['features tx-tcp6-segmentation', boolean('TCP6SegmentationOffload', 235)],
  ['features gso', boolean('GenericSegmentationOffload', 232)],
  ['features gro', boolean('GenericReceiveOffload', 232)],
  ['features rx-gro-hw', boolean('GenericReceiveOffloadHardware', 250)],
  ['features lro', boolean('LargeReceiveOffload', 232)],
  ['features rxvlan', boolean('ReceiveVLANCTAGHardwareAcceleration', 250)],
  ['features txvlan', boolean('TransmitVLANCTAGHardwareAcceleration', 250)],
  ['features rx-vlan-filter', boolean('ReceiveVLANCTAGFilter', 250)],
  ['features tx-vlan-stag-hw-insert', boolean('TransmitVLANSTAGHardwareAcceleration', 250)],
  ['features ntuple', boolean('NTupleFilter', 250)],
  ['features tx-gso-partial', boolean('PartialGenericSegmentationOffload', 258)],
  ['features sg', boolean('ScatterGather', 260)],
  ['features rx-gro-list', boolean('GenericReceiveOffloadList', 260)],
  ['features rx-udp-gro-forwarding', boolean('GenericReceiveOffloadUDPForwarding', 260)],
  ['pause rx', boolean('RxFlowControl', 246)],
  ['pause tx', boolean('TxFlowControl', 246)],
  ['pause autoneg', boolean('AutoNegotiationFlowControl', 246)],
  ['tx_queue_len', count('TransmitQueueLength', 248)],
  ['mtu', count('MTUBytes', 211)],
  ['rps_cpus', { name: 'ReceivePacketSteeringCPUMask', since: 256, unit: 'cpus' }],
]);

/** The option that holds a change; null where there is none. */
export function linkOptionOf(change: NicChange): LinkOption | null {
  switch (change.kind) {
    case 'ethtool':
      return options.get(`${change.set} ${change.name}`) ?? null;
    case 'device':
      return options.get(change.attribute) ?? null;
    case 'queue':
      return change.queue === undefined ? (options.get(change.attribute) ?? null) : null;
    default:
      return null;
  }
}

/** A setting of an interface that bears on the path. */
export interface NicKnob {
  /** As ethtool, ip or sysfs call it. */
  readonly label: string;
  /** The driver's or the kernel's default in words. */
  readonly defaultText: string;
  readonly governs: string;
  /** Options of systemd.link(5) that set it. */
  readonly link: readonly string[];
  /** What in a udev rule or script sets it: the attribute's name, or part of a command. */
  readonly words: RegExp;
}

const knob = (
  label: string,
  defaultText: string,
  governs: string,
  link: readonly string[],
  words: RegExp,
): NicKnob => ({ label, defaultText, governs, link, words });

const features = (link: readonly string[], name: RegExp): [readonly string[], RegExp] => [
  link,
  new RegExp(`ethtool\\s.*(?:-K|--features|--offload)\\b.*\\b(?:${name.source})\\b`),
];
const coalesce = (link: readonly string[], name: string): [readonly string[], RegExp] => [
  link,
  new RegExp(`ethtool\\s.*(?:-C|--coalesce)\\b.*\\b${name}\\b`),
];
const ring = /ethtool\s.*(?:-G|--set-ring)\b/;
const channels = /ethtool\s.*(?:-L|--set-channels)\b/;
const pause = /ethtool\s.*(?:-A|--pause)\b/;

/** Defaults by kernel documentation (Documentation/networking) and drivers of 6.12; options by systemd.link(5) of 262. */
export const nicKnobs = {
  'ring rx': knob(
    'RX ring',
    'the driver’s, mostly 256 to 1024',
    'Descriptors that wait for frames',
    ['RxBufferSize'],
    ring,
  ),
  'ring tx': knob(
    'TX ring',
    'the driver’s, mostly 256 to 1024',
    'Descriptors for packets to send',
    ['TxBufferSize'],
    ring,
  ),
  'channels combined': knob(
    'Combined queues',
    'the driver’s: CPUs or its maximum',
    'Queues that receive and send',
    ['CombinedChannels'],
    channels,
  ),
  'channels rx': knob('RX queues', 'the driver’s', 'Queues that only receive', ['RxChannels'], channels),
  'channels tx': knob('TX queues', 'the driver’s', 'Queues that only send', ['TxChannels'], channels),
  'coalesce adaptive-rx': knob(
    'adaptive-rx',
    'the driver’s',
    'The driver chooses rx-usecs by the traffic',
    ...coalesce(['UseAdaptiveRxCoalesce'], 'adaptive-rx'),
  ),
  'coalesce rx-usecs': knob(
    'rx-usecs',
    'the driver’s',
    'Microseconds an interrupt waits for more frames',
    ...coalesce(['RxCoalesceSec'], 'rx-usecs'),
  ),
  'coalesce rx-frames': knob(
    'rx-frames',
    'the driver’s',
    'Frames after which it waits no longer',
    ...coalesce(['RxMaxCoalescedFrames'], 'rx-frames'),
  ),
  'coalesce adaptive-tx': knob(
    'adaptive-tx',
    'the driver’s',
    'The driver chooses tx-usecs by the traffic',
    ...coalesce(['UseAdaptiveTxCoalesce'], 'adaptive-tx'),
  ),
  'coalesce tx-usecs': knob(
    'tx-usecs',
    'the driver’s',
    'Microseconds a completion interrupt waits',
    ...coalesce(['TxCoalesceSec'], 'tx-usecs'),
  ),
  'coalesce tx-frames': knob(
    'tx-frames',
    'the driver’s',
    'Frames after which it waits no longer',
    ...coalesce(['TxMaxCoalescedFrames'], 'tx-frames'),
  ),
  'feature generic-receive-offload': knob(
    'GRO',
    'on',
    'Segments of a flow are merged before IP',
    ...features(['GenericReceiveOffload'], /gro|generic-receive-offload/),
  ),
  'feature large-receive-offload': knob(
    'LRO',
    'off in most drivers',
    'Merging by the NIC; wrong on routers and bridges',
    ...features(['LargeReceiveOffload'], /lro|large-receive-offload/),
  ),
  'feature rx-gro-hw': knob(
    'rx-gro-hw',
    'the driver’s',
    'Merging by the NIC, by the rules of GRO',
    ...features(['GenericReceiveOffloadHardware'], /rx-gro-hw/),
  ),
  'feature rx-all': knob('rx-all', 'off', 'Frames with a wrong FCS are passed on', ...features([], /rx-all/)),
  'feature rx-fcs': knob('rx-fcs', 'off', 'The FCS is handed up with the frame', ...features([], /rx-fcs/)),
  'feature tcp-segmentation-offload': knob(
    'TSO',
    'on where the NIC can',
    'The NIC cuts large segments',
    ...features(['TCPSegmentationOffload'], /tso|tcp-segmentation-offload/),
  ),
  'feature generic-segmentation-offload': knob(
    'GSO',
    'on',
    'Large segments are cut as late as possible',
    ...features(['GenericSegmentationOffload'], /gso|generic-segmentation-offload/),
  ),
  'pause rx': knob(
    'RX pause',
    'by autonegotiation',
    'This side stops sending when the other asks',
    ['RxFlowControl'],
    pause,
  ),
  'pause tx': knob(
    'TX pause',
    'by autonegotiation',
    'This side asks the other to stop when its buffers fill',
    ['TxFlowControl'],
    pause,
  ),
  mtu: knob(
    'MTU',
    '1500 (Ethernet), 65536 (lo)',
    'Largest packet the interface takes',
    ['MTUBytes'],
    /\{mtu\}|\bmtu\s+\d/,
  ),
  txqueuelen: knob(
    'txqueuelen',
    '1000 (Ethernet)',
    'Packets in pfifo, bfifo and pfifo_fast; other qdiscs have limits of their own',
    ['TransmitQueueLength'],
    /tx_queue_len|txqueuelen/,
  ),
  napi_defer_hard_irqs: knob(
    'napi_defer_hard_irqs',
    '0',
    'Empty polls before interrupts are used again',
    [],
    /napi_defer_hard_irqs/,
  ),
  gro_flush_timeout: knob(
    'gro_flush_timeout',
    '0',
    'Nanoseconds that GRO and deferred polls may wait',
    [],
    /gro_flush_timeout/,
  ),
  threaded: knob('threaded NAPI', '0', '1: NAPI polls in kernel threads that the scheduler places', [], /\bthreaded\b/),
  'queue rps_cpus': knob(
    'rps_cpus',
    'empty (off)',
    'CPUs that take packets over from a receive queue',
    ['ReceivePacketSteeringCPUMask'],
    /rps_cpus/,
  ),
  'queue rps_flow_cnt': knob('rps_flow_cnt', '0 (off)', 'Flows that RFS follows on a queue', [], /rps_flow_cnt/),
  'queue xps_cpus': knob(
    'xps_cpus',
    'set by the driver, or none',
    'CPUs that send on a transmit queue',
    [],
    /xps_cpus/,
  ),
  bql: knob(
    'BQL limit_max',
    '1879048192',
    'Bytes that may wait in a TX ring; the kernel finds the limit below it',
    [],
    /byte_queue_limits|limit_max/,
  ),
  qdisc: knob(
    'Root qdisc',
    'net.core.default_qdisc, below mq on several queues; noqueue on virtual interfaces',
    'What packets wait in before the driver',
    [],
    /\btc\b.*\bqdisc\b/,
  ),
  xdp: knob('XDP program', 'none', 'Sees each frame before the stack does, and may drop it', [], /\bxdp\w*\b/),
  'irq affinity': knob(
    'IRQ affinity',
    'the driver’s, or all CPUs',
    'CPUs that the queues’ interrupts may go to',
    ['IRQAffinity', 'IRQAffinityPolicy'],
    /smp_affinity/,
  ),
  irqbalance: knob('irqbalance', 'the distribution’s', 'Moves interrupts between CPUs every 10 s', [], /irqbalance/),
} as const satisfies Readonly<Record<string, NicKnob>>;

export type NicKnobId = keyof typeof nicKnobs;

/** How a value of a .link file is written. */
export type LinkValue =
  | 'text'
  | 'ascii'
  | 'password'
  | 'boolean'
  | 'addresses'
  | 'address'
  | 'patterns'
  | 'properties'
  | 'property-names'
  | 'condition'
  | 'name'
  | 'other-names'
  | 'name-policies'
  | 'other-name-policies'
  | 'address-policy'
  | 'queues'
  | 'number'
  | 'count'
  | 'count-or-max'
  | 'size'
  | 'bits'
  | 'mtu'
  | 'time'
  | 'duplex'
  | 'wake'
  | 'port'
  | 'modes'
  | 'mdi'
  | 'cpus'
  | 'irq-policy'
  | 'numa'
  | 'functions'
  | 'function'
  | 'vlan'
  | 'vlan-protocol'
  | 'link-state'
  | 'gone';

/** A key of a .link file (systemd.link(5)). */
export interface LinkKey {
  readonly section: string;
  readonly name: string;
  readonly value: LinkValue;
  /** The version of systemd that brought it. */
  readonly since: number;
  /** The command of ethtool and the name that set the same (`ring rx`), or the file below /sys/class/net/NIC; empty for none. */
  readonly same: string;
  readonly meaning: string;
  /** May stand several times: the values are put together, and an empty one clears them. */
  readonly list: boolean;
}

/** section|key|value|since|same as|meaning; `+` behind the value: a list. From systemd.link(5) of 257, newer ones from that of 262. */
const table = `
Match|MACAddress|addresses+|211||Address the interface has now
Match|PermanentMACAddress|addresses+|245||Address that is burnt into the NIC: the surest way to name one
Match|Path|patterns+|211||Where the NIC is attached, as udev’s ID_PATH says: pci-0000:3b:00.0
Match|Driver|patterns+|211||Driver of the NIC; ! before the list turns it round
Match|Type|patterns+|211||Kind of hardware: ether, wlan, loopback ...; ! turns it round
Match|Kind|patterns+|251||Kind of a virtual interface: bond, bridge, veth, vlan ...; ! turns it round
Match|Property|properties+|243||Properties that udev has of the device, NAME=VALUE, all of which must hold
Match|OriginalName|patterns+|218||Name that the kernel gave. Names that user space gave are not matched
Match|Host|condition|211||Name or machine ID of the host
Match|Virtualization|condition|211||Kind of virtual machine the host is in
Match|KernelCommandLine|condition|211||Option on the kernel’s command line
Match|KernelVersion|condition|237||Version of the kernel: >=6.1
Match|Credential|condition|252||Credential that was passed to udev
Match|Architecture|condition|211||Architecture of the host
Match|Firmware|condition|249||Firmware of the host
Link|Description|text|211||What the interface is for
Link|Property|properties+|256||Properties to set on the device
Link|ImportProperty|property-names+|256||Properties to take from udev’s saved record
Link|UnsetProperty|property-names+|256||Properties to take away
Link|Alias|ascii|211|ifalias|Description that ip link shows
Link|MACAddressPolicy|address-policy|211||Where the address comes from: persistent gives virtual interfaces the same one at each boot
Link|MACAddress|address|211||Address to set, where MACAddressPolicy is not in the way
Link|NamePolicy|name-policies+|211||Ways to name the interface; the first that gives a name is taken
Link|Name|name|211||Name, where no policy gives one
Link|AlternativeNamesPolicy|other-name-policies+|245||Ways to give the interface further names
Link|AlternativeName|other-names+|245||A further name
Link|TransmitQueues|queues|248||Transmit queues of a virtual interface when it is made
Link|ReceiveQueues|queues|248||Receive queues of a virtual interface when it is made
Link|TransmitQueueLength|number|248|tx_queue_len|Packets that pfifo_fast holds; other queue disciplines have limits of their own
Link|MTUBytes|mtu|211|mtu|Largest packet the interface takes
Link|BitsPerSecond|bits|211|link speed|Speed, where it is not negotiated
Link|Duplex|duplex|211|link duplex|Duplex, where it is not negotiated
Link|AutoNegotiation|boolean|233|link autoneg|Whether speed and duplex are negotiated
Link|WakeOnLan|wake+|211|link wol|What wakes the host up
Link|WakeOnLanPassword|password|250|link sopass|Password of wake-on-LAN
Link|Port|port|234|link port|Connector to use
Link|Advertise|modes+|240|link advertise|Speeds that are offered when negotiating
Link|ReceiveChecksumOffload|boolean|245|features rx|Checksums of received packets by the NIC
Link|TransmitChecksumOffload|boolean|245|features tx|Checksums of sent packets by the NIC
Link|TCPSegmentationOffload|boolean|232|features tso|The NIC cuts large TCP segments (IPv4)
Link|TCP6SegmentationOffload|boolean|235|features tx-tcp6-segmentation|The NIC cuts large TCP segments (IPv6)
Link|UDPSegmentationOffload|gone|235||Gone since systemd 237
Link|GenericSegmentationOffload|boolean|232|features gso|Large segments are cut as late as possible
Link|PartialGenericSegmentationOffload|boolean|258|features tx-gso-partial|The NIC cuts tunnelled segments with help
Link|GenericReceiveOffload|boolean|232|features gro|Segments of a flow are merged before IP
Link|GenericReceiveOffloadHardware|boolean|250|features rx-gro-hw|The NIC merges by the rules of GRO
Link|GenericReceiveOffloadList|boolean|260|features rx-gro-list|GRO chains packets instead of merging them
Link|GenericReceiveOffloadUDPForwarding|boolean|260|features rx-udp-gro-forwarding|GRO of forwarded UDP
Link|LargeReceiveOffload|boolean|232|features lro|Merging by the NIC; wrong on routers and bridges
Link|ScatterGather|boolean|260|features sg|The NIC gathers a packet from several places
Link|ReceivePacketSteeringCPUMask|cpus+|256|rps_cpus|CPUs that take packets over from every receive queue (RPS): a list (0-3), all, or disable
Link|IRQAffinityPolicy|irq-policy|260||How the interrupts of the NIC are spread over CPUs
Link|IRQAffinity|cpus+|260||CPUs for the interrupts of the NIC
Link|IRQAffinityNUMA|numa|260||NUMA nodes for the interrupts of the NIC
Link|ReceiveVLANCTAGHardwareAcceleration|boolean|250|features rxvlan|The NIC takes VLAN tags off
Link|TransmitVLANCTAGHardwareAcceleration|boolean|250|features txvlan|The NIC puts VLAN tags on
Link|ReceiveVLANCTAGFilter|boolean|250|features rx-vlan-filter|The NIC drops frames of VLANs nobody asked for
Link|TransmitVLANSTAGHardwareAcceleration|boolean|250|features tx-vlan-stag-hw-insert|The NIC puts service tags on
Link|NTupleFilter|boolean|250|features ntuple|Rules that send flows to queues
Link|RxChannels|count-or-max|239|channels rx|Queues that only receive
Link|TxChannels|count-or-max|239|channels tx|Queues that only send
Link|OtherChannels|count-or-max|239|channels other|Queues for other things
Link|CombinedChannels|count-or-max|239|channels combined|Queues that receive and send
Link|RxBufferSize|count-or-max|244|ring rx|RX ring: descriptors that wait for frames
Link|RxMiniBufferSize|count-or-max|249|ring rx-mini|Ring for small frames
Link|RxJumboBufferSize|count-or-max|249|ring rx-jumbo|Ring for jumbo frames
Link|TxBufferSize|count-or-max|244|ring tx|TX ring: descriptors for packets to send
Link|RxFlowControl|boolean|246|pause rx|This side stops sending when the other asks
Link|TxFlowControl|boolean|246|pause tx|This side asks the other to stop when its buffers fill
Link|AutoNegotiationFlowControl|boolean|246|pause autoneg|Pause is negotiated
Link|GenericSegmentOffloadMaxBytes|size|248||Largest segment that is handed to the NIC to cut
Link|GenericSegmentOffloadMaxSegments|number|248||Most packets a segment may be cut into
Link|UseAdaptiveRxCoalesce|boolean|250|coalesce adaptive-rx|The driver chooses rx-usecs by the traffic
Link|UseAdaptiveTxCoalesce|boolean|250|coalesce adaptive-tx|The driver chooses tx-usecs by the traffic
Link|RxCoalesceSec|time|250|coalesce rx-usecs|How long an interrupt waits for more frames
Link|RxCoalesceIrqSec|time|250|coalesce rx-usecs-irq|The same while an interrupt is served
Link|RxCoalesceLowSec|time|250|coalesce rx-usecs-low|The same below the low packet rate
Link|RxCoalesceHighSec|time|250|coalesce rx-usecs-high|The same above the high packet rate
Link|TxCoalesceSec|time|250|coalesce tx-usecs|How long a completion interrupt waits
Link|TxCoalesceIrqSec|time|250|coalesce tx-usecs-irq|The same while an interrupt is served
Link|TxCoalesceLowSec|time|250|coalesce tx-usecs-low|The same below the low packet rate
Link|TxCoalesceHighSec|time|250|coalesce tx-usecs-high|The same above the high packet rate
Link|RxMaxCoalescedFrames|count|250|coalesce rx-frames|Frames after which an interrupt waits no longer
Link|RxMaxCoalescedIrqFrames|count|250|coalesce rx-frames-irq|The same while an interrupt is served
Link|RxMaxCoalescedLowFrames|count|250|coalesce rx-frames-low|The same below the low packet rate
Link|RxMaxCoalescedHighFrames|count|250|coalesce rx-frames-high|The same above the high packet rate
Link|TxMaxCoalescedFrames|count|250|coalesce tx-frames|Packets after which a completion interrupt waits no longer
Link|TxMaxCoalescedIrqFrames|count|250|coalesce tx-frames-irq|The same while an interrupt is served
Link|TxMaxCoalescedLowFrames|count|250|coalesce tx-frames-low|The same below the low packet rate
Link|TxMaxCoalescedHighFrames|count|250|coalesce tx-frames-high|The same above the high packet rate
Link|CoalescePacketRateLow|count|250|coalesce pkt-rate-low|Packets a second below which the Low values hold
Link|CoalescePacketRateHigh|count|250|coalesce pkt-rate-high|Packets a second above which the High values hold
Link|CoalescePacketRateSampleIntervalSec|time|250|coalesce sample-interval|How often the packet rate is measured, in whole seconds
Link|StatisticsBlockCoalesceSec|time|250|coalesce stats-block-usecs|How often the NIC writes its statistics
Link|MDI|mdi|251|link mdix|Straight or crossed cable
Link|SR-IOVVirtualFunctions|functions|251||Virtual functions of the NIC
SR-IOV|VirtualFunction|function|251||Number of the virtual function
SR-IOV|VLANId|vlan|251||VLAN of the virtual function
SR-IOV|QualityOfService|number|251||Priority of its frames
SR-IOV|VLANProtocol|vlan-protocol|251||802.1Q or 802.1ad
SR-IOV|MACSpoofCheck|boolean|251||Frames with a foreign address are dropped
SR-IOV|QueryReceiveSideScaling|boolean|251||Its RSS table may be read
SR-IOV|Trust|boolean|251||It may change what touches others
SR-IOV|LinkState|link-state|251||Its link: yes, no, or auto as the NIC’s
SR-IOV|MACAddress|address|251||Its address
`;

export const linkKeys: readonly LinkKey[] = table
  .trim()
  .split('\n')
  .map((row) => {
    const [section = '', name = '', value = '', since = '', same = '', meaning = ''] = row.split('|');
    return {
      section,
      name,
      value: value.replace('+', '') as LinkValue,
      since: Number(since),
      same,
      meaning,
      list: value.endsWith('+'),
    };
  });

export const linkSections: ReadonlyMap<string, string> = new Map([
  ['Match', 'Which interfaces the file is for: all conditions must hold'],
  ['Link', 'What is set of them'],
  ['SR-IOV', 'One virtual function of the NIC; may stand several times'],
]);

const byName: ReadonlyMap<string, LinkKey> = new Map(linkKeys.map((key) => [`${key.section} ${key.name}`, key]));

/** The key of a section; undefined for one that is not known. */
export function linkKey(section: string, name: string): LinkKey | undefined {
  return byName.get(`${section} ${name}`);
}

/** The words that a value is made of; empty where it is no choice. */
export const linkWords: Partial<Record<LinkValue, ReadonlyMap<string, string>>> = {
  boolean: new Map([
    ['yes', 'on'],
    ['no', 'off'],
  ]),
  'address-policy': new Map([
    ['persistent', 'the NIC’s own; of virtual interfaces the same at each boot'],
    ['random', 'another one whenever the interface appears'],
    ['none', 'as the kernel, or MACAddress=, has it'],
  ]),
  'name-policies': new Map([
    ['keep', 'a name that user space has given stays'],
    ['kernel', 'the kernel’s, if it says that it is predictable'],
    ['database', 'from udev’s hardware database'],
    ['onboard', 'by the firmware’s number: eno1'],
    ['slot', 'by the slot: ens1'],
    ['path', 'by where it is on the bus: enp3s0'],
    ['mac', 'by the address: enx0050b6aabbcc'],
  ]),
  'other-name-policies': new Map([
    ['database', 'from udev’s hardware database'],
    ['onboard', 'by the firmware’s number: eno1'],
    ['slot', 'by the slot: ens1'],
    ['path', 'by where it is on the bus: enp3s0'],
    ['mac', 'by the address: enx0050b6aabbcc'],
  ]),
  duplex: new Map([
    ['full', ''],
    ['half', ''],
  ]),
  wake: new Map([
    ['off', 'nothing'],
    ['magic', 'a magic packet'],
    ['phy', 'activity of the link'],
    ['unicast', ''],
    ['multicast', ''],
    ['broadcast', ''],
    ['arp', ''],
    ['secureon', 'a magic packet with the password'],
  ]),
  port: new Map([
    ['tp', 'twisted pair'],
    ['aui', ''],
    ['bnc', ''],
    ['mii', ''],
    ['fibre', ''],
  ]),
  mdi: new Map([
    ['straight', ''],
    ['crossover', ''],
    ['auto', ''],
  ]),
  'irq-policy': new Map([
    ['spread', 'each interrupt on another CPU'],
    ['single', 'all on one CPU'],
  ]),
  'vlan-protocol': new Map([
    ['802.1Q', ''],
    ['802.1ad', ''],
  ]),
  'link-state': new Map([
    ['auto', 'as the NIC’s'],
    ['yes', 'up'],
    ['no', 'down'],
  ]),
};

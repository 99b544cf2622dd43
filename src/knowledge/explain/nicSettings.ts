import { explainedNames } from './explanation.ts';

/**
 * What ethtool's commands set or tell, by `heading/name`; `heading/*` is for names that are the driver's own. Source:
 * ethtool(8), include/uapi/linux/ethtool.h, Documentation/networking/ethtool-netlink.rst.
 */
export const nicSettingNames = explainedNames(`
Link/Link detected | I1 | netif_carrier_ok | Whether the PHY sees the other side.
Link/Speed | I1 | | What the two sides agreed on. Virtual devices know none, or name one that means nothing.
Link/Lanes | I1 | | Lanes of the link.
Link/Duplex | I1 | | Half duplex brings collisions and late errors; it is nearly always a failed negotiation.
Link/Auto-negotiation | I1 | | Whether speed, duplex and pause are agreed with the other side. Off on one side only ends in half duplex or no link.
Link/Advertised modes | I1 | | What this side offers.
Link/Partner’s modes | I1 | | What the other side offers.
Link/Pause, advertised | I1 | | Pause frames that this side offers to send and heed.
Link/Pause, partner | I1 | | Pause frames that the other side offers.
Link/FEC, advertised | I1 | | Forward error correction that this side offers.
Link/FEC, partner | I1 | | Forward error correction that the other side offers.
Link/Port | I1 | | Kind of plug.
Link/Transceiver | I1 | | Whether the PHY is in the NIC.
Link/MDI-X | I1 | | Crossing of the wires of a twisted pair.
Link/Wake-on | I1 | | Frames that wake the machine (\`g\`: magic packet).
Link/Link down events | I1 | | How often the link went down, by the driver.
Link/* | I1 | | Something the driver tells of its link.
Rings/RX | I3 | ethtool -G NIC rx N | Descriptors that wait for frames. A larger ring outlasts a longer pause of the CPU, and costs memory and cache. Setting it usually takes the link down for a moment. | larger RX ring, RX ring
Rings/RX mini | I3 | ethtool -G NIC rx-mini N | Descriptors for small frames, where the NIC has a ring of their own.
Rings/RX jumbo | I3 | ethtool -G NIC rx-jumbo N | Descriptors for large frames, where the NIC has a ring of their own.
Rings/TX | E12 | ethtool -G NIC tx N | Descriptors for packets to send. What waits here can no longer be put in order; byte queue limits keep it short. | TX ring
Rings/* | I3 | ethtool -g | Something the driver tells of its rings: buffer length, events, header split.
Queues/Combined | I5 | ethtool -L NIC combined N | Queues that receive and send, each with a vector. Flows are spread over them by hash. Setting it resets the RSS table and the rps_cpus of queues that go. | ethtool -l, ethtool -L
Queues/RX | I5 | ethtool -L NIC rx N | Queues that only receive. | ethtool -l
Queues/TX | E10 | ethtool -L NIC tx N | Queues that only send. | ethtool -l
Queues/Other | I5 | | Vectors for link changes and commands.
Interrupt coalescing/adaptive-rx | I4 | ethtool -C NIC adaptive-rx on | The driver chooses rx-usecs by the traffic (DIM, or its own way); most then overrule what was set by hand. | adaptive-rx
Interrupt coalescing/adaptive-tx | E17 | ethtool -C NIC adaptive-tx on | The same for completions of what was sent.
Interrupt coalescing/rx-usecs | I4 | ethtool -C NIC rx-usecs N | Microseconds that an interrupt waits for more frames; the frames are in memory meanwhile. Which values are taken is the driver's own: read it back. | rx-usecs
Interrupt coalescing/rx-frames | I4 | ethtool -C NIC rx-frames N | Frames after which the interrupt waits no longer. | rx-frames
Interrupt coalescing/rx-usecs-irq | I4 | ethtool -C NIC rx-usecs-irq N | The same while an interrupt is being handled; few drivers have it.
Interrupt coalescing/rx-frames-irq | I4 | ethtool -C NIC rx-frames-irq N | The same while an interrupt is being handled; few drivers have it.
Interrupt coalescing/tx-usecs | E17 | ethtool -C NIC tx-usecs N | Microseconds that the completion interrupt waits. Sending does not wait for it; freeing buffers does.
Interrupt coalescing/tx-frames | E17 | ethtool -C NIC tx-frames N | Sent packets after which it waits no longer.
Interrupt coalescing/tx-usecs-irq | E17 | ethtool -C NIC tx-usecs-irq N | The same while an interrupt is being handled.
Interrupt coalescing/tx-frames-irq | E17 | ethtool -C NIC tx-frames-irq N | The same while an interrupt is being handled; for some drivers how much one poll completes.
Interrupt coalescing/stats-block-usecs | I4 | ethtool -C NIC stats-block-usecs N | How often the NIC writes its statistics into memory.
Interrupt coalescing/sample-interval | I4 | ethtool -C NIC sample-interval N | Seconds between two choices of adaptive moderation.
Interrupt coalescing/* | I4 | ethtool -C | A part of interrupt moderation for low or high packet rates (\`pkt-rate-low\`, \`rx-usecs-low\`), or of the driver's own.
Receive side scaling/Indirection table | I5 | ethtool -X NIC equal N | The low bits of a packet's hash choose an entry, the entry its queue. Uneven counts or queues that are left out make some CPUs do more. | ethtool -x, ethtool -X
Receive side scaling/RX rings | I5 | ethtool -x | Receive queues that the table may name.
Receive side scaling/Hash function | I5 | ethtool -X NIC hfunc NAME | How addresses and ports become a hash: Toeplitz on most.
Receive side scaling/Hash key | I5 | ethtool -X NIC hkey KEY | Secret of the hash. Two hosts with the same key spread the same flows the same way.
Receive side scaling/* | I5 | ethtool -x | Something the driver tells of its hash, such as symmetric hashing.
Hash fields/* | I5 | ethtool -n NIC rx-flow-hash TYPE | Fields of this type of packet that the hash is made of: \`sd\` addresses, \`sdfn\` addresses and ports. Without ports all flows between two hosts share a queue. | rx-flow-hash
Receive rules/RX rings | I5 | ethtool -n | Receive queues that rules may name.
Receive rules/Rules | I5 | ethtool -N | Rules by which the NIC puts certain packets on certain queues. They are gone after a reset.
Receive rules/* | I5 | ethtool -n | What the NIC does with packets of certain fields.
Pause frames/Autonegotiate | I1 | ethtool -A NIC autoneg on | Whether pause frames are agreed with the other side.
Pause frames/RX | E16 | ethtool -A NIC rx on | This side stops sending when the other asks: what it had to send waits in its queues.
Pause frames/TX | I1 | ethtool -A NIC tx on | This side asks the other to stop when its buffers fill, instead of losing frames. One slow host may hold up others on the switch.
Pause frames/* | I1 | ethtool -I -a | Pause frames that the MAC counted. | pause
Forward error correction/Active | I1 | ethtool --set-fec NIC encoding E | What corrects errors of the link now. Both sides need the same.
Forward error correction/Supported or configured | I1 | ethtool --set-fec NIC encoding E | What the driver may choose among, or was told to use.
Forward error correction/* | I1 | ethtool -I --show-fec | Blocks that were corrected, or could not be: those are frames lost.
Time stamps/Hardware clock | I12 | ethtool -T | Clock of the NIC for PTP.
Time stamps/Capabilities | I12 | ethtool -T | Where packets can be stamped: in the NIC or by the kernel.
Time stamps/Hardware, transmit | E16 | ethtool -T | Whether the NIC stamps what it sends.
Time stamps/Hardware, receive | I2 | ethtool -T | Which frames the NIC can stamp.
Driver’s own switches/* | I3 | ethtool --set-priv-flags NIC NAME on | A switch that only this driver has; its documentation says what it does.
Module/* | I1 | ethtool -m | What the transceiver says of itself. Low received light or a raised alarm explains damaged frames. | optics
Settings/* | I3 | ethtool | Why nothing was asked of this interface.
`);

/** Switches of \`ethtool -k\`, by their long names; parts of one are explained with it. Source: net/ethtool/common.c. */
export const offloadNames = explainedNames(`
rx-checksumming | I11 | ethtool -K NIC rx | The NIC checks the checksums of IP, TCP and UDP.
tx-checksumming | E12 | ethtool -K NIC tx | The NIC fills in checksums; captures taken on this host show wrong ones for what it sends.
tx-checksum-ipv4 | E12 | ethtool -K NIC tx-checksum-ipv4 | The NIC fills in checksums of TCP and UDP over IPv4.
tx-checksum-ip-generic | E12 | ethtool -K NIC tx-checksum-ip-generic | The NIC fills in a checksum of any protocol, where it is told.
tx-checksum-ipv6 | E12 | ethtool -K NIC tx-checksum-ipv6 | The NIC fills in checksums of TCP and UDP over IPv6.
tx-checksum-fcoe-crc | E12 | ethtool -K NIC tx-checksum-fcoe-crc | The NIC fills in the CRC of FCoE.
tx-checksum-sctp | E12 | ethtool -K NIC tx-checksum-sctp | The NIC fills in the CRC of SCTP.
scatter-gather | E12 | ethtool -K NIC sg | The NIC gathers a packet from several pieces of memory; without it every packet is copied.
tx-scatter-gather | E12 | ethtool -K NIC tx-scatter-gather | The NIC gathers a packet from several pieces of memory; without it every packet is copied.
tx-scatter-gather-fraglist | E12 | ethtool -K NIC tx-scatter-gather-fraglist | The same for lists of packets.
tcp-segmentation-offload | E12 | ethtool -K NIC tso | The NIC cuts large TCP segments: the stack is passed once for up to 64 KB. | TSO
tx-tcp-segmentation | E12 | ethtool -K NIC tx-tcp-segmentation | The NIC cuts large TCP segments over IPv4. | TSO
tx-tcp-ecn-segmentation | E12 | ethtool -K NIC tx-tcp-ecn-segmentation | The same of connections with ECN.
tx-tcp-accecn-segmentation | E12 | ethtool -K NIC tx-tcp-accecn-segmentation | The same of connections with accurate ECN.
tx-tcp-mangleid-segmentation | E12 | ethtool -K NIC tx-tcp-mangleid-segmentation | The same where the IP id may stay the same.
tx-tcp6-segmentation | E12 | ethtool -K NIC tx-tcp6-segmentation | The NIC cuts large TCP segments over IPv6. | TSO
generic-segmentation-offload | E12 | ethtool -K NIC gso | Large packets are cut as late as possible, right before the driver, where the NIC cannot do it.
generic-receive-offload | I11 | ethtool -K NIC gro | Segments of one flow are merged before IP: the stack is passed once for many. | GRO, generic-receive-offload, gro
large-receive-offload | I11 | ethtool -K NIC lro | Merging in the NIC or driver, by looser rules: what it merged cannot be forwarded as it came. Wrong on routers and bridges. | large-receive-offload, LRO
rx-gro-hw | I11 | ethtool -K NIC rx-gro-hw | Merging in the NIC by the rules of GRO.
rx-gro-list | I11 | ethtool -K NIC rx-gro-list | Packets of a flow are kept as a list instead of being merged: for forwarding.
rx-udp-gro-forwarding | I11 | ethtool -K NIC rx-udp-gro-forwarding | UDP packets that are forwarded are merged too.
rx-udp_tunnel-port-offload | I11 | ethtool -K NIC rx-udp_tunnel-port-offload | The NIC knows the ports of tunnels (VXLAN, Geneve) and looks inside.
ntuple-filters | I5 | ethtool -K NIC ntuple | The NIC takes rules that put flows on queues; accelerated RFS needs it.
receive-hashing | I5 | ethtool -K NIC rxhash | The NIC hands over its hash: RPS and RFS need not compute one.
highdma | E15 | ethtool -K NIC highdma | The NIC reaches all of the memory; without it packets are copied into the low part.
rx-vlan-offload | I11 | ethtool -K NIC rxvlan | The NIC takes the VLAN tag off the frame and tells it beside.
tx-vlan-offload | E12 | ethtool -K NIC txvlan | The NIC puts the VLAN tag on.
rx-vlan-filter | I2 | ethtool -K NIC rx-vlan-filter | The NIC discards frames of VLANs that nobody here listens to.
rx-vlan-stag-hw-parse | I11 | ethtool -K NIC rx-vlan-stag-hw-parse | The NIC takes the outer tag of double-tagged frames off.
rx-vlan-stag-filter | I2 | ethtool -K NIC rx-vlan-stag-filter | The NIC discards frames of outer VLANs that nobody here listens to.
tx-vlan-stag-hw-insert | E12 | ethtool -K NIC tx-vlan-stag-hw-insert | The NIC puts the outer of two VLAN tags on.
vlan-challenged | E12 | | The device cannot carry VLAN tags at all.
tx-lockless | E12 | | The driver's transmit function needs no lock of the kernel.
netns-local | I1 | | The device cannot be moved to another network namespace.
tx-gso-robust | E12 | ethtool -K NIC tx-gso-robust | Large packets of guests, whose headers are not trusted, may be passed on.
tx-fcoe-segmentation | E12 | ethtool -K NIC tx-fcoe-segmentation | The NIC cuts large FCoE frames.
tx-gre-segmentation | E12 | ethtool -K NIC tx-gre-segmentation | The NIC cuts large packets inside GRE.
tx-gre-csum-segmentation | E12 | ethtool -K NIC tx-gre-csum-segmentation | The same where GRE has a checksum.
tx-ipxip4-segmentation | E12 | ethtool -K NIC tx-ipxip4-segmentation | The NIC cuts large packets inside IPv4 tunnels.
tx-ipxip6-segmentation | E12 | ethtool -K NIC tx-ipxip6-segmentation | The NIC cuts large packets inside IPv6 tunnels.
tx-udp_tnl-segmentation | E12 | ethtool -K NIC tx-udp_tnl-segmentation | The NIC cuts large packets inside UDP tunnels (VXLAN, Geneve).
tx-udp_tnl-csum-segmentation | E12 | ethtool -K NIC tx-udp_tnl-csum-segmentation | The same where the tunnel has a checksum.
tx-gso-partial | E12 | ethtool -K NIC tx-gso-partial | The NIC cuts what the kernel has prepared in part.
tx-tunnel-remcsum-segmentation | E12 | ethtool -K NIC tx-tunnel-remcsum-segmentation | The NIC cuts where the checksum inside a tunnel is left to the receiver.
tx-sctp-segmentation | E12 | ethtool -K NIC tx-sctp-segmentation | The NIC cuts large SCTP packets.
tx-esp-segmentation | E12 | ethtool -K NIC tx-esp-segmentation | The NIC cuts large packets inside IPsec.
tx-udp-segmentation | E12 | ethtool -K NIC tx-udp-segmentation | The NIC cuts large UDP sends (UDP_SEGMENT: QUIC).
tx-gso-list | E12 | ethtool -K NIC tx-gso-list | Lists of packets are passed on as one.
tx-nocache-copy | E1 | ethtool -K NIC tx-nocache-copy | Data to send is copied past the cache. Helps few.
loopback | E16 | ethtool -K NIC loopback | What is sent comes back in: for tests.
rx-fcs | I2 | ethtool -K NIC rx-fcs | The frame's checksum is handed up with it.
rx-all | I2 | ethtool -K NIC rx-all | Damaged frames are handed up too.
l2-fwd-offload | I13 | ethtool -K NIC l2-fwd-offload | The NIC sorts frames to macvlan devices.
hw-tc-offload | I13 | ethtool -K NIC hw-tc-offload | Rules of tc are carried out by the NIC: what they drop or forward, the kernel never sees.
esp-hw-offload | E8 | ethtool -K NIC esp-hw-offload | The NIC encrypts IPsec.
esp-tx-csum-hw-offload | E12 | ethtool -K NIC esp-tx-csum-hw-offload | The NIC fills in checksums inside IPsec.
tls-hw-tx-offload | E3 | ethtool -K NIC tls-hw-tx-offload | The NIC encrypts kTLS.
tls-hw-rx-offload | I22 | ethtool -K NIC tls-hw-rx-offload | The NIC decrypts kTLS.
tls-hw-record | E3 | ethtool -K NIC tls-hw-record | The NIC does all of TLS.
macsec-hw-offload | E12 | ethtool -K NIC macsec-hw-offload | The NIC does MACsec.
hsr-tag-ins-offload | E12 | ethtool -K NIC hsr-tag-ins-offload | The NIC puts the tag of HSR or PRP on.
hsr-tag-rm-offload | I11 | ethtool -K NIC hsr-tag-rm-offload | The NIC takes the tag of HSR or PRP off.
hsr-fwd-offload | I13 | ethtool -K NIC hsr-fwd-offload | The NIC forwards within an HSR ring.
hsr-dup-offload | E12 | ethtool -K NIC hsr-dup-offload | The NIC sends frames both ways round the ring.
udp-fragmentation-offload | E8 | ethtool -K NIC ufo | The NIC fragments large UDP sends; gone since Linux 4.14 but for virtual devices.
tx-udp-fragmentation | E8 | ethtool -K NIC ufo | The NIC fragments large UDP sends; gone since Linux 4.14 but for virtual devices.
fcoe-mtu | I1 | ethtool -K NIC fcoe-mtu | Frames of FCoE's size are taken.
busy-poll | I24 | | Readers may poll the queue themselves.
`);

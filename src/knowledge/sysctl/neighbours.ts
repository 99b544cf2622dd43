/** net.ipv4.neigh.* and net.ipv6.neigh.*: ARP and neighbour discovery (net/core/neighbour.c, Documentation/networking/ip-sysctl.rst); columns as `parseKeys` has them. */
export const neighboursKeys = `
net.ipv4.neigh.*.anycast_delay|number|ticks||1/100 s|100|2.2|||netns|now|E9|Longest random delay of answers for anycast addresses (IPv6)||
net.ipv4.neigh.*.app_solicit|number|0..max||probes|0|2.2|||netns|now|E9|Probes handed to a user-space daemon before multicast ones||
net.ipv4.neigh.*.base_reachable_time|number|jiffies||seconds|30|2.2|||netns|now|E9|Mean time an entry stays reachable without proof; deprecated by base_reachable_time_ms|Stale MAC used longer|
net.ipv4.neigh.*.base_reachable_time_ms|number|ms||milliseconds|30000|2.6.12|||init|now|E9|Mean time an entry stays reachable without proof|Stale MAC used longer|
net.ipv4.neigh.*.delay_first_probe_time|number|jiffies||seconds|5|2.2|||netns|now|E9|Wait for proof from above (TCP) before a stale neighbour is probed|A dead neighbour is noticed later|
net.ipv4.neigh.*.gc_interval|number|jiffies||seconds|30|2.2|||init|now|E9|How often the table is collected|Memory|
net.ipv4.neigh.*.gc_stale_time|number|jiffies||seconds|60|2.2|||init|now|E9|Idle time before an entry may be collected|Larger table|
net.ipv4.neigh.*.interval_probe_time_ms|number|1..max||milliseconds|5000|6.0|||netns|now|E9|Gap between probes of managed neighbour entries||
net.ipv4.neigh.*.locktime|number|ticks||1/100 s|100|2.2|||netns|now|E9|Least age of an ARP entry before another answer replaces it|Failover of an address takes longer|
net.ipv4.neigh.*.mcast_resolicit|number|0..max||probes|0|4.1|||netns|now|E9|Multicast probes after unicast ones failed, when an entry is reprobed||
net.ipv4.neigh.*.mcast_solicit|number|0..max||probes|3|2.2|||netns|now|E9|Broadcast or multicast probes before an address counts as unreachable|Failures noticed later|
net.ipv4.neigh.*.proxy_delay|number|ticks||1/100 s|80|2.2|||netns|now|E9|Longest random delay of proxied answers||
net.ipv4.neigh.*.proxy_qlen|number|0..max||packets|64|2.2|||netns|now|E9|Proxied requests that may wait|Memory|
net.ipv4.neigh.*.retrans_time|number|ticks||1/100 s|100|2.2|||netns|now|E9|Gap between probes; deprecated by retrans_time_ms|Failures noticed later|
net.ipv4.neigh.*.retrans_time_ms|number|ms||milliseconds|1000|2.6.12|||netns|now|E9|Gap between probes|Failures noticed later|
net.ipv4.neigh.*.ucast_solicit|number|0..max||probes|3|2.2|||netns|now|E9|Unicast probes of a stale neighbour|Failures noticed later|
net.ipv4.neigh.*.unres_qlen|number|0..||packets|~101, from unres_qlen_bytes|2.2|||netns|now|E9|Packets queued while an address is being resolved; deprecated by unres_qlen_bytes, which it sets|Memory|
net.ipv4.neigh.*.unres_qlen_bytes|number|0..max||bytes|~212992 (64 KiB before 4.14)|3.3|||init|now|E9|Bytes queued while an address is being resolved|Memory|
net.ipv4.neigh.default.gc_thresh1|number|0..max||entries|128|2.2|||init|now|E9|Below this the ARP table is never collected|Memory|
net.ipv4.neigh.default.gc_thresh2|number|0..max||entries|512|2.2|||init|now|E9|Soft limit, forced collection when older than 5 s|Memory|
net.ipv4.neigh.default.gc_thresh3|number|0..max||entries|1024|2.2|||init|now|E9|Hard limit: above it new neighbours fail (table overflow)|Memory, longer lookups|
net.ipv6.neigh.*.anycast_delay|number|ticks||1/100 s|100|2.4|||netns|now|E9|Longest random delay of answers for anycast addresses||
net.ipv6.neigh.*.app_solicit|number|0..max||probes|0|2.4|||netns|now|E9|Probes handed to a user-space daemon before multicast ones||
net.ipv6.neigh.*.base_reachable_time|number|jiffies||seconds|30|2.4|||netns|now|E9|Mean time an entry stays reachable without proof; deprecated by base_reachable_time_ms|Stale MAC used longer|
net.ipv6.neigh.*.base_reachable_time_ms|number|ms||milliseconds|30000|2.6.12|||netns|now|E9|Mean time an entry stays reachable without proof|Stale MAC used longer|
net.ipv6.neigh.*.delay_first_probe_time|number|jiffies||seconds|5|2.4|||netns|now|E9|Wait for proof from above (TCP) before a stale neighbour is probed|A dead neighbour is noticed later|
net.ipv6.neigh.*.gc_interval|number|jiffies||seconds|30|2.4|||init|now|E9|How often the table is collected|Memory|
net.ipv6.neigh.*.gc_stale_time|number|jiffies||seconds|60|2.4|||netns|now|E9|Idle time before an entry may be collected|Larger table|
net.ipv6.neigh.*.interval_probe_time_ms|number|1..max||milliseconds|5000|6.0|||netns|now|E9|Gap between probes of managed neighbour entries||
net.ipv6.neigh.*.locktime|number|ticks||1/100 s|0|2.4|||netns|now|E9|Least age of an entry before another answer replaces it|Failover of an address takes longer|
net.ipv6.neigh.*.mcast_resolicit|number|0..max||probes|0|4.1|||netns|now|E9|Multicast probes after unicast ones failed, when an entry is reprobed||
net.ipv6.neigh.*.mcast_solicit|number|0..max||probes|3|2.4|||netns|now|E9|Multicast probes before an address counts as unreachable|Failures noticed later|
net.ipv6.neigh.*.proxy_delay|number|ticks||1/100 s|80|2.4|||netns|now|E9|Longest random delay of proxied answers||
net.ipv6.neigh.*.proxy_qlen|number|0..max||packets|64|2.4|||netns|now|E9|Proxied requests that may wait|Memory|
net.ipv6.neigh.*.retrans_time|number|int||milliseconds|~1 s in jiffies|2.4|||netns|now|E9|Gap between probes; deprecated by retrans_time_ms|Failures noticed later|
net.ipv6.neigh.*.retrans_time_ms|number|ms||milliseconds|1000|2.6.12|||netns|now|E9|Gap between probes|Failures noticed later|
net.ipv6.neigh.*.ucast_solicit|number|0..max||probes|3|2.4|||netns|now|E9|Unicast probes of a stale neighbour|Failures noticed later|
net.ipv6.neigh.*.unres_qlen|number|0..||packets|~101, from unres_qlen_bytes|2.4|||netns|now|E9|Packets queued while an address is being resolved; deprecated by unres_qlen_bytes, which it sets|Memory|
net.ipv6.neigh.*.unres_qlen_bytes|number|0..max||bytes|~212992 (64 KiB before 4.14)|3.3|||netns|now|E9|Bytes queued while an address is being resolved|Memory|
net.ipv6.neigh.default.gc_thresh1|number|0..max||entries|128|2.4|||init|now|E9|Below this the neighbour table is never collected|Memory|
net.ipv6.neigh.default.gc_thresh2|number|0..max||entries|512|2.4|||init|now|E9|Soft limit, forced collection when older than 5 s|Memory|
net.ipv6.neigh.default.gc_thresh3|number|0..max||entries|1024|2.4|||init|now|E9|Hard limit: above it new neighbours fail (table overflow)|Memory|`;

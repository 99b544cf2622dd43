import { meaningsOf } from './counterMeaning.ts';

/** /proc/sys/net/netfilter/nf_conntrack_count. */
export const conntrackCountMeanings = meaningsOf(
  'conntrack',
  'count | info | I16 | gauge connections | nf_conntrack_count | Connections tracked now; at net.netfilter.nf_conntrack_max new ones are dropped.',
);

/** /proc/net/stat/nf_conntrack and `conntrack -S`, which calls some of them otherwise. */
export const conntrackMeanings = meaningsOf(
  'nf_conntrack',
  `
entries | info | I16 | gauge connections | ct_cpu_seq_show | Connections tracked now, against net.netfilter.nf_conntrack_max.
searched | info | I16 | packets | ____nf_conntrack_find | Entries looked at while searching; called clashres since. | -5.9
clashres | info | I16 | packets | nf_ct_resolve_clash | Two packets of a new connection met; both were let through.
clash_resolve | info | I16 | packets | nf_ct_resolve_clash | Two packets of a new connection met; both were let through.
found | info | I16 | packets | nf_conntrack_tuple_taken | Searches that found an entry: at NAT or when a connection began.
new | info | I16 | connections | init_conntrack | Connections begun; 0 in newer kernels, which do not count it. | -4.10
invalid | loss | I16 | packets | nf_conntrack_in | Packets that belong to no connection and can begin none; rules with ctstate INVALID drop them.
ignore | info | I16 | packets | nf_conntrack_in | Packets tracked before, as on loopback; 0 in newer kernels. | -5.8
delete | info | I16 | connections | nf_ct_delete_from_lists | Entries removed; 0 in newer kernels. | -4.10
delete_list | info | I16 | connections | nf_ct_delete_from_lists | Entries put on the list of dying ones; 0 in newer kernels. | -5.14
chainlength | loss | I16 | connections | nf_conntrack_hash_check_insert | Not entered: too many entries share a hash bucket (nf_conntrack_buckets is small, or an attack). | 5.15
chaintoolong | loss | I16 | connections | nf_conntrack_hash_check_insert | Not entered: too many entries share a hash bucket (nf_conntrack_buckets is small, or an attack). | 5.15
insert | info | I16 | connections | nf_conntrack_hash_check_insert | Entries made from user space.
insert_failed | loss | I16 | packets | __nf_conntrack_confirm | Dropped: a connection with the same addresses and ports was entered meanwhile; typical of DNS by UDP through NAT.
drop | loss | I16 | packets | nf_conntrack_in | Dropped: the table was full (nf_conntrack_max), or the entry died before it was confirmed.
early_drop | loss | I16 | connections | early_drop | An older unanswered entry was thrown out to make room: the table is full.
icmp_error | info | I16 | packets | nf_conntrack_in | ICMP errors that fit no connection, and packets of broken form.
error | info | I16 | packets | nf_conntrack_in | ICMP errors that fit no connection, and packets of broken form.
expect_new | info | I16 | connections | nf_ct_expect_insert | Expected connections (FTP, SIP) noted by helpers; called before they are there.
expect_create | info | I16 | connections | nf_ct_expect_related_report | Expected connections noted.
expect_delete | info | I16 | connections | nf_ct_unlink_expect_report | Expected connections given up, or come true.
search_restart | delay | I16 | times | ____nf_conntrack_find | A search began anew because the table changed under it: more CPU time.
`,
);

const neighbour = `
entries | info | E9 | gauge entries | neigh_stat_seq_show | Neighbours known now, against gc_thresh3.
allocs | info | E9 | entries | neigh_alloc | Entries made.
destroys | info | E9 | entries | neigh_destroy | Entries removed.
hash_grows | info | E9 | times | neigh_hash_grow | The table was made larger.
lookups | info | E9 | times | neigh_lookup | Searches by other parts of the kernel; sending takes a faster way that is not counted.
hits | info | E9 | times | neigh_lookup | Searches that found an entry.
res_failed | loss | E9 | times | neigh_invalidate | A neighbour did not answer: packets that waited for it were dropped.
rcv_probes_mcast | info | E9 | packets | ndisc_recv_ns | Neighbour solicitations to a multicast address received.
rcv_probes_ucast | info | E9 | packets | ndisc_recv_ns | Neighbour solicitations to this host's own address received.
periodic_gc_runs | info | E9 | times | neigh_periodic_work | Regular clean-ups of stale entries.
forced_gc_runs | delay | E9 | times | neigh_forced_gc | Clean-ups because the table went over gc_thresh2 or gc_thresh3.
unresolved_discards | loss | E9 | packets | __neigh_event_send | Dropped: too many packets waited for one neighbour's answer (unres_qlen_bytes).
table_fulls | loss | E9 | times | neigh_alloc | No entry could be made: gc_thresh3 was reached. Nothing can be sent to new neighbours.
`;

/** /proc/net/stat/arp_cache and ndisc_cache. */
export const neighbourMeanings = [...meaningsOf('arp_cache', neighbour), ...meaningsOf('ndisc_cache', neighbour)];

/** /proc/net/stat/rt_cache: most columns belong to a cache that Linux 3.6 did away with. */
export const routeMeanings = meaningsOf(
  'rt_cache',
  `
entries | info | I17 | gauge routes | rt_cpu_seq_show | Routes in memory now.
in_hit | info | I17 | packets |  | Found in the old cache; always 0 since. | -3.5
in_slow_tot | info | I17 | packets | ip_route_input_slow | Incoming packets whose route was looked up and not kept from before.
in_slow_mc | info | I17 | packets | ip_route_input_mc | The same of multicast.
in_no_route | loss | I17 | packets | ip_route_input_slow | Incoming packets without a route: dropped.
in_brd | info | I17 | packets | ip_route_input_slow | Incoming broadcasts.
in_martian_dst | loss | I17 | packets | ip_route_input_slow | Dropped: a destination that cannot be (0.0.0.0/8, 127/8 from outside).
in_martian_src | loss | I17 | packets | ip_handle_martian_source | Dropped: a source that cannot be, or rp_filter.
out_hit | info | E7 | packets |  | Found in the old cache; always 0 since. | -3.5
out_slow_tot | info | E7 | packets | __mkroute_output | Routes made for packets of this host.
out_slow_mc | info | E7 | packets | __mkroute_output | The same of multicast.
gc_total | info | I17 | times |  | Clean-ups of the old cache; always 0 since. | -3.5
gc_ignored | info | I17 | times |  | Clean-ups of the old cache; always 0 since. | -3.5
gc_goal_miss | info | I17 | times |  | Clean-ups of the old cache; always 0 since. | -3.5
gc_dst_overflow | info | I17 | times |  | The old cache was full; always 0 since. | -3.5
in_hlist_search | info | I17 | entries |  | Entries looked at in the old cache; always 0 since. | -3.5
out_hlist_search | info | E7 | entries |  | Entries looked at in the old cache; always 0 since. | -3.5
`,
);

/** /proc/net/stat/synproxy: netfilter's SYN proxy. */
export const synproxyMeanings = meaningsOf(
  'synproxy',
  `
entries | info | I16 | gauge connections | synproxy_cpu_seq_show | Always 0: the proxy keeps no table.
syn_received | info | I16 | packets | synproxy_tg4 | SYNs answered by the proxy with a cookie.
cookie_invalid | loss | I16 | packets | synproxy_recv_client_ack | ACKs that no cookie matched: dropped.
cookie_valid | info | I16 | connections | synproxy_recv_client_ack | Clients that proved to be there, passed on to the server.
cookie_retrans | info | I16 | packets | ipv4_synproxy_hook | Last ACKs that came again.
conn_reopened | info | I16 | connections | ipv4_synproxy_hook | Closed connections opened again.
`,
);

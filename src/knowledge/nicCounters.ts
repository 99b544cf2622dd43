import { ringCounter } from './ringCounters.ts';

/**
 * What a line of `ethtool -S` counts, worst first:
 * `error`: frames damaged, or work that failed;
 * `drop`: good frames thrown away;
 * `ring`: the receive ring (or the NIC's own buffer) had no room;
 * `stopped`: a transmit queue was full and stopped, or woken again;
 * `allowance`: over what the cloud allows this instance;
 * `pause`: flow control, in either direction;
 * `info`: everything else, traffic included.
 */
export type NicCounterKind = 'error' | 'drop' | 'ring' | 'stopped' | 'allowance' | 'pause' | 'info';

const severity: readonly NicCounterKind[] = ['error', 'drop', 'ring', 'stopped', 'allowance', 'pause', 'info'];

/** The worst kinds first, otherwise in the order they came. */
export function worstFirst<T extends { readonly kind: NicCounterKind }>(counters: readonly T[]): T[] {
  return counters.toSorted((a, b) => severity.indexOf(a.kind) - severity.indexOf(b.kind));
}

type Rule = readonly [kind: NicCounterKind, name: RegExp];

/**
 * By what drivers of Linux 3.10 to 7 call things; the first that matches is taken. Names are lower case, words joined by
 * `_`. What looks like a loss and is none stands first.
 */
const rules: readonly Rule[] = [
  // Caches, checksum verdicts that are no errors, flow director matches, resegmentation, corrected FEC, XDP's own decisions.
  ['info', /cache_(?:full|busy|empty)|csum_(?:complete|none|partial|unnecessary|unchecked|good|offload_good)/],
  ['info', /fdir_(?:\w*match|miss|\w*status|flush)|tso_(?:bytes|packets)|(?<!un)corrected_(?:bits|blocks)/],
  ['info', /xdp_?(?:drops?|packets|bytes|redirects?)$|filter(?:ed)?_(?:packets|frames|count)$|address_filtered/],
  ['info', /pp_alloc_|lro_(?:aggregated|flushed|no_desc)|thres(?:hold)?(?:_|$)|hwtstamp_(?:skipped|cleared)/],
  ['allowance', /_allowance_/],
  [
    'pause',
    /pause|xon|xoff|flow_control|flow_ctrl|pfc_|_pfc$|prio\d_\w*(?:duration|transition)|mac_ctrl|ctrl_frames|control_?frames$/,
  ],
  [
    'ring',
    /missed_errors|rx_missed|no_buff?er|nobuff?er|no_?bufs?(?:_|$)|no_?desc|no_pbuf|no_erx|no_tpre|no_frags|out_of_buff?er/,
  ],
  [
    'ring',
    /(?:^|_)oob(?:_|$)|no_dma_resources|(?<!tx_)fifo_(?:err|over)|rx_fifo$|empty_rx_ring|bds_empty|mbuf_lwm|overruns?(?:_|$)/,
  ],
  ['ring', /rx_over_errors|buf_discard|cong_discard|brb_(?:discard|drop|truncate)/],
  [
    'stopped',
    /queue_?(?:stop|wake|woken|full)|(?:^|_)stop(?:s|ped)?(?:_|$)|(?:^|_)wake|tx_busy|tx_restart|restart(?:_queue)?$/,
  ],
  ['stopped', /send_full|ring_full|exhaustion|no_space|doorbell_full|comp_queue_full|pci_stalled/],
  ['error', /fdir_overflow/],
  [
    'drop',
    /drop|discard|_disc$|lost(?:_|$)|overflow|steer_missed|no_?memory|out_of_memory|too_many_frags|mcast_mismatch|unknown_protocol|rejected/,
  ],
  [
    'error',
    /err(?:or|s|$|_)|fail|crc|fcs|(?:^|_)bad(?:_|$)|align|fragments|(?:^|_)frags$|jabber|jbr|undersize|undrsz|runt|oversize|ovrsz/,
  ],
  [
    'error',
    /too_(?:long|short|small|big)|trunc(?:_|$)|collision|abort(?:ed)?(?:_|$)|carrier|timeout|invalid|symbol|illegal|malformed|underruns?/,
  ],
  [
    'error',
    /link_down|fault|giant|unsupported|resets?(?:_|$)|shorted|length_err|range_len|heartbeat|late_coll|uncorrect|out_of_sync|missed/,
  ],
];

/** ETH_GSTRING_LEN is 32; a host that sends a megabyte gets no pattern run over it. */
const longestName = 64;

/** A name as the tables of this folder know it: lower case, words joined by `_`, without the `#2` of a repeated one. */
export function counterWords(name: string): string {
  return name
    .slice(0, longestName)
    .toLowerCase()
    .replace(/ #\d+$/, '')
    .replace(/[^a-z0-9]+/g, '_');
}

/** The kind of a line of `ethtool -S`; `driver` as `ethtool -i` names it, null when it is not known. */
export function nicCounterKind(driver: string | null, name: string): NicCounterKind {
  if (ringCounter(driver, name) !== null) return 'ring';
  const words = counterWords(name);
  return rules.find(([, pattern]) => pattern.test(words))?.[0] ?? 'info';
}

import { counter, entries, netStat, sockstat } from './counts.ts';
import { inFile, namespaced, sysctl, withoutFile } from './edits.ts';
import { anotherBoot, debian13, fourDrivers, lacking, type RuleCases } from './ruleCases.ts';

const tracked = (count: number) => inFile('B', '/proc/sys/net/netfilter/nf_conntrack_count', () => `${count}\n\n`);

/** Tables of the host: connections, neighbours, fragments, routes. */
export const tableCases: readonly RuleCases[] = [
  {
    rule: 'R46',
    capture: debian13,
    fires: [
      {
        what: 'eight in ten',
        edits: [tracked(210_000)],
        severity: 'warn',
        title: 'Connection tracking holds 210,000 of 262,144 connections (80 %)',
        changes: ['net.netfilter.nf_conntrack_max 262144 -> 524288'],
      },
      { what: 'nearly all', edits: [tracked(255_000)], severity: 'crit', title: /97 %/ },
      {
        what: 'packets dropped',
        edits: [tracked(255_000), netStat('nf_conntrack', 'drop', 30)],
        severity: 'crit',
        title: /^Connection tracking holds 255,000 of 262,144 connections \(97 %\) and drops 10\.\d packets\/s$/,
      },
      {
        what: 'packets dropped, and the table far from full',
        edits: [netStat('nf_conntrack', 'drop', 30)],
        severity: 'warn',
        title: /^Connection tracking drops 10\.\d packets\/s$/,
        changes: [],
      },
      {
        what: 'entries thrown out',
        edits: [netStat('nf_conntrack', 'early_drop', 30)],
        severity: 'crit',
        title: /^Connection tracking throws out 10\.\d connections\/s$/,
        changes: ['net.netfilter.nf_conntrack_max 262144 -> 524288'],
      },
      {
        what: 'in a namespace, which cannot raise it',
        edits: [tracked(255_000), namespaced],
        severity: 'crit',
        title: /97 %/,
        changes: [],
      },
    ],
    silent: [{ what: 'three quarters', edits: [tracked(196_000)] }],
    notChecked: [{ what: 'no nf_conntrack', capture: fourDrivers, edits: [], reason: /nf_conntrack is not loaded/ }],
  },
  {
    rule: 'R47',
    capture: debian13,
    fires: [
      {
        what: '10/s',
        edits: [netStat('nf_conntrack', 'insert_failed', 30)],
        severity: 'warn',
        title: /^Connection tracking drops 10\.\d packets\/s that raced for one entry$/,
        changes: [],
      },
      {
        what: 'one',
        edits: [netStat('nf_conntrack', 'insert_failed', 1)],
        severity: 'info',
        title: /^Connection tracking drops 0\.34 packets\/s/,
      },
    ],
    silent: [{ what: 'races that the kernel settles', edits: [netStat('nf_conntrack', 'clashres', 30)] }],
    notChecked: [
      anotherBoot,
      { what: 'no nf_conntrack', capture: fourDrivers, edits: [], reason: /^\/proc\/net\/stat\/nf_conntrack: / },
    ],
  },
  {
    rule: 'R49',
    capture: fourDrivers,
    fires: [
      {
        what: 'above gc_thresh2',
        edits: [entries('arp_cache', 600)],
        severity: 'warn',
        title: 'The ARP table holds 600 entries; from 512 on they live five seconds, and 1,024 is the most',
        changes: [
          'net.ipv4.neigh.default.gc_thresh3 1024 -> 16384',
          'net.ipv4.neigh.default.gc_thresh2 512 -> 8192',
          'net.ipv4.neigh.default.gc_thresh1 128 -> 4096',
        ],
      },
      {
        what: 'nearly all',
        edits: [entries('arp_cache', 930)],
        severity: 'crit',
        title: /^The ARP table holds 930 entries/,
      },
      {
        what: 'full',
        edits: [entries('ndisc_cache', 1024), netStat('ndisc_cache', 'table_fulls', 230)],
        severity: 'crit',
        title: /^The IPv6 neighbour table was full 10 times\/s; it holds 1,024 entries of at most 1,024$/,
      },
    ],
    silent: [
      { what: 'at gc_thresh2', edits: [entries('arp_cache', 512)] },
      { what: 'neighbours that do not answer', edits: [netStat('arp_cache', 'unresolved_discards', 90)] },
    ],
    notChecked: [
      {
        what: 'neither table',
        edits: [withoutFile('/proc/net/stat/arp_cache'), withoutFile('/proc/net/stat/ndisc_cache')],
        reason: /arp_cache/,
      },
    ],
  },
  {
    rule: 'R48',
    capture: fourDrivers,
    fires: [
      {
        what: 'one in ten',
        edits: [counter('Ip ReasmReqds', 4000), counter('Ip ReasmFails', 400)],
        severity: 'warn',
        title: /^IP gives up on 17\.\d datagrams\/s in fragments \(10 % of the fragments\)$/,
        changes: [],
      },
      {
        what: 'one in ten, the memory full',
        edits: [counter('Ip ReasmReqds', 4000), counter('Ip ReasmFails', 400), sockstat('FRAG memory', 4_190_000)],
        severity: 'warn',
        title: /^IP gives up/,
        changes: ['net.ipv4.ipfrag_high_thresh 4194304 -> 8388608'],
      },
    ],
    silent: [
      { what: 'one in a hundred', edits: [counter('Ip ReasmReqds', 4000), counter('Ip ReasmFails', 40)] },
      { what: 'half of too few', edits: [counter('Ip ReasmReqds', 90), counter('Ip ReasmFails', 45)] },
    ],
    notChecked: [anotherBoot, lacking('/proc/net/snmp')],
  },
  {
    rule: 'R55',
    capture: fourDrivers,
    fires: [
      {
        what: '2/s',
        edits: [counter('TcpExt IPReversePathFilter', 46), sysctl('net.ipv4.conf.all.rp_filter', '1')],
        severity: 'warn',
        title: 'Reverse path filtering drops 2 packets/s',
        changes: ['net.ipv4.conf.all.rp_filter 1 -> 2'],
      },
      { what: 'a few', edits: [counter('TcpExt IPReversePathFilter', 5)], severity: 'info', title: /0\.22 packets\/s/ },
      {
        what: 'dropped though the filter is loose',
        edits: [counter('TcpExt IPReversePathFilter', 46), sysctl('net.ipv4.conf.all.rp_filter', '2')],
        severity: 'warn',
        title: /2 packets\/s/,
        changes: [],
      },
    ],
    silent: [{ what: 'none', edits: [sysctl('net.ipv4.conf.all.rp_filter', '1')] }],
    notChecked: [anotherBoot, lacking('/proc/net/netstat')],
  },
];

import { describe, expect, it, test } from 'vitest';
import type { DocumentContext } from '../../../src/languages/service/languageService.ts';
import { sysctlService } from '../../../src/languages/sysctl/sysctlService.ts';
import { alone, outcomes, problemOf, told } from './inDocument.ts';

const problemsOf = (text: string, context: DocumentContext = alone) => sysctlService.problems(text, context);

/** A line, what is told of it, and what its first fix makes of it; null where there is none to make. */
const cases: readonly [text: string, told: string, fixed: string | null][] = [
  // keys
  ['net.core.somaxcon = 9', 'warning unknown-key: net.core.somaxcon', 'net.core.somaxconn = 9'],
  ['net/core/somaxcon = 9', 'warning unknown-key: net/core/somaxcon', 'net/core/somaxconn = 9'],
  [
    'net.ipv4.conf.eth0.rp_filtr = 1',
    'warning unknown-key: net.ipv4.conf.eth0.rp_filtr',
    'net.ipv4.conf.eth0.rp_filter = 1',
  ],
  ['net.core.nonsense_of_mine = 1', 'warning unknown-key: net.core.nonsense_of_mine', null],
  ['vm.swapiness = 10', 'warning unknown-key: vm.swapiness', 'vm.swappiness = 10'],
  ['net.ipv4.tcp_tw_recycle = 1', 'warning removed-key: net.ipv4.tcp_tw_recycle', ''],
  ['kernel.sched_latency_ns = 1', 'info removed-key: kernel.sched_latency_ns', ''],
  [
    'net.ipv4.ip_conntrack_max = 9',
    'warning removed-key: net.ipv4.ip_conntrack_max',
    'net.netfilter.nf_conntrack_max = 9',
  ],
  [
    'net.core.netdev_budget_timeout = 9000',
    'warning never-existed: net.core.netdev_budget_timeout',
    'net.core.netdev_budget_usecs = 9000',
  ],
  ['net.ipv4.tcp_rmem_max = 9', 'warning never-existed: net.ipv4.tcp_rmem_max', ''],
  [
    'net.ipv4.conf.eth0.100.rp_filter = 1',
    'error dot-in-name: net.ipv4.conf.eth0.100.rp_filter',
    'net.ipv4.conf.eth0/100.rp_filter = 1',
  ],
  ['net.ipv4.conf.*.rp_filters = 1', 'warning pattern-matches-nothing: net.ipv4.conf.*.rp_filters', null],
  ['net.netfilter.nf_conntrack_count = 9', 'warning read-only-key: net.netfilter.nf_conntrack_count', ''],
  ['net.ipv4.route.max_size = 9', 'info no-effect: net.ipv4.route.max_size', ''],
  // shape of the line
  ['net.core.somaxconn 4096', 'error not-an-assignment: net.core.somaxconn 4096', 'net.core.somaxconn = 4096'],
  ['what is this', 'error not-an-assignment: what is this', '# what is this'],
  ['= 7', 'error not-an-assignment: = 7', '# = 7'],
  ['\ufeffnet.core.somaxconn = 4096', 'error byte-order-mark: \ufeff', 'net.core.somaxconn = 4096'],
  // shape of the value
  ['net.core.rmem_max =', 'warning empty-value: net.core.rmem_max', 'net.core.rmem_max = 4194304'],
  ['net.core.rmem_max = 16M', 'error not-a-number: 16M', 'net.core.rmem_max = 16777216'],
  ['net.core.rmem_max = "8388608"', 'error not-a-number: "8388608"', 'net.core.rmem_max = 8388608'],
  ['net.core.rmem_max = lots', 'error not-a-number: lots', null],
  [
    'net.ipv4.tcp_rmem = 4096,131072,6291456',
    'error not-a-number: 4096,131072,6291456',
    'net.ipv4.tcp_rmem = 4096 131072 6291456',
  ],
  ['net.ipv4.tcp_keepalive_time = 0900', 'error not-a-number: 0900', 'net.ipv4.tcp_keepalive_time = 900'],
  ['net.ipv4.tcp_keepalive_time = 0600', 'warning octal: 0600', 'net.ipv4.tcp_keepalive_time = 600'],
  ['net.ipv4.tcp_wmem = 4096 65536', 'warning values-missing: 4096 65536', 'net.ipv4.tcp_wmem = 4096 65536 4194304'],
  ['net.core.somaxconn = 4096 8192', 'warning values-ignored: 8192', 'net.core.somaxconn = 4096'],
  ['net.core.somaxconn = 8192 # web', 'warning note-after-value: # web', '# web\nnet.core.somaxconn = 8192'],
  ['net.core.default_qdisc = fq ; fair', 'error note-after-value: ; fair', '; fair\nnet.core.default_qdisc = fq'],
  // range of the value
  ['net.core.somaxconn = -1', 'error out-of-range: -1', 'net.core.somaxconn = 0'],
  ['net.core.rmem_max = 1024', 'error out-of-range: 1024', 'net.core.rmem_max = 2304'],
  ['net.ipv4.ip_default_ttl = 0x100', 'error out-of-range: 0x100', 'net.ipv4.ip_default_ttl = 255'],
  ['net.core.dev_weight = 0', 'warning out-of-range: 0', 'net.core.dev_weight = 1'],
  ['net.ipv4.tcp_fin_timeout = 9999999', 'warning out-of-range: 9999999', 'net.ipv4.tcp_fin_timeout = 2147483'],
  ['net.core.netdev_max_backlog = -5', 'warning meaningless-value: -5', 'net.core.netdev_max_backlog = 1'],
  ['net.ipv4.tcp_syncookies = 7', 'warning meaningless-value: 7', 'net.ipv4.tcp_syncookies = 2'],
  ['net.ipv4.ip_local_port_range = 80 60999', 'error out-of-range: 80', 'net.ipv4.ip_local_port_range = 1024 60999'],
  [
    'net.ipv4.ip_local_port_range = 60000 2000',
    'error unordered: 60000 2000',
    'net.ipv4.ip_local_port_range = 2000 60000',
  ],
  [
    'net.ipv4.tcp_rmem = 4096 6291456 131072',
    'warning unordered: 4096 6291456 131072',
    'net.ipv4.tcp_rmem = 4096 131072 6291456',
  ],
  ['net.core.flow_limit_table_len = 8193', 'error out-of-range: 8193', 'net.core.flow_limit_table_len = 8192'],
  // values with names
  ['net.ipv4.tcp_congestion_control = bbrr', 'warning unknown-name: bbrr', 'net.ipv4.tcp_congestion_control = bbr'],
  ['net.core.default_qdisc = fqcodel', 'warning unknown-name: fqcodel', 'net.core.default_qdisc = fq_codel'],
  ['net.core.rps_default_mask = xyz', 'error not-a-mask: xyz', null],
  [
    'net.ipv4.ip_local_reserved_ports = 8080, 9000',
    'error not-a-port-list: 8080, 9000',
    'net.ipv4.ip_local_reserved_ports = 8080,9000',
  ],
  ['net.ipv4.ip_local_reserved_ports = 8080-', 'error not-a-port-list: 8080-', null],
  // advice
  ['net.ipv4.tcp_sack = 0', 'warning harmful-advice: 0', ''],
  ['net.ipv4.tcp_timestamps = 0', 'warning harmful-advice: 0', ''],
  ['net.ipv4.tcp_fin_timeout = 15', 'info harmful-advice: 15', ''],
  ['net.ipv4.tcp_mem = 786432 1048576 26777216', 'warning harmful-advice: 786432 1048576 26777216', ''],
  ['net.ipv4.tcp_max_tw_buckets = 5000', 'info harmful-advice: 5000', ''],
];

describe('a line alone', () => {
  it.each(cases)('%s', (text, expected, fixed) => {
    expect(told(sysctlService, text)).toContain(expected);
    const code = /^\w+ ([\w-]+):/.exec(expected)?.[1] ?? '';
    const [first] = problemOf(problemsOf(text), code).fixes;
    const outcome = first === undefined ? null : (Object.values(outcomes(text, [first]))[0] ?? null);
    // For what may be no number of these no repair is known, or only that the line goes.
    if (fixed === null) expect(outcome).toBeNull();
    else {
      expect(outcome).toBe(fixed);
      if (!fixed.startsWith('#')) expect(told(sysctlService, fixed ?? '')).not.toContain(expected);
    }
  });

  it.each([
    'net.core.somaxconn = 4096',
    'net.ipv4.conf.*.rp_filter = 2',
    '-net.ipv4.conf.all.rp_filter',
    'net.ipv4.conf.eth0/100.rp_filter = 2',
    'net/ipv4/conf/eth0.100/rp_filter = 2',
    '-net.bridge.bridge-nf-call-iptables = 0',
    'net.ipv4.tcp_rmem = 4096\t131072  33554432',
    'net.ipv4.ip_local_reserved_ports =',
    'net.ipv4.ip_local_reserved_ports = 8080,9000-9010',
    'net.core.rps_default_mask = ff,ffffffff',
    'net.ipv4.ip_unprivileged_port_start = 80\nnet.ipv4.ip_local_port_range = 80 60999',
    'net.ipv4.tcp_congestion_control = bbr\nnet.core.default_qdisc = fq',
    'kernel.printk = 3 4 1 3\nkernel.apparmor_restrict_unprivileged_userns = 1\nfs.inotify.max_user_watches = 1048576',
    'dev.raid.speed_limit_min = 1000\nuser.max_user_namespaces = 100\nsunrpc.tcp_slot_table_entries = 16',
    'net.ipv4.vs.conntrack = 1\nnet.sctp.sack_timeout = 200\nnet.mpls.platform_labels = 1048575',
    'net.core.rmem_max = 0x1000000',
    'net.core.flow_limit_cpu_bitmap = 0\nnet.core.flow_limit_table_len = 8192',
    'fs.file-nr = 1\nnet.ipv6.conf.sit0.accept_dad = -1\nnet.netfilter.nf_log.2 = nf_log_ipv4',
    'net.ipv6.conf.default.accept_source_route = -1\nnet.ipv6.conf.all.disable_ipv6 = 1',
  ])('says nothing of what is right: %s', (text) => {
    expect(told(sysctlService, text)).toEqual([]);
  });
});

test('of lines for one variable the last counts, whatever it is called', () => {
  const text =
    'net.core.somaxconn = 1024\nnet.core.somaxconn = 4096\nnet.ipv4.conf.all.forwarding = 0\nnet.ipv4.ip_forward = 1\n';
  expect(told(sysctlService, text)).toEqual([
    'warning set-again: net.core.somaxconn',
    'warning set-again: net.ipv4.conf.all.forwarding',
  ]);
  const [first, second] = problemsOf(text);
  expect(first?.message).toBe('Line 2 sets `net.core.somaxconn` again, to 4096: this line has no effect');
  expect(second?.message).toContain('`net.ipv4.ip_forward`, the same variable,');
  expect(first?.related.map(({ line, span }) => [line, text.slice(span?.start, span?.end)])).toEqual([
    [2, 'net.core.somaxconn'],
  ]);
  expect(first?.unnecessary).toBe(true);
  expect(outcomes(text, first?.fixes ?? [])).toEqual({
    'Remove this line, which has no effect':
      'net.core.somaxconn = 4096\nnet.ipv4.conf.all.forwarding = 0\nnet.ipv4.ip_forward = 1\n',
  });
  expect(told(sysctlService, 'net.core.somaxconn = 0x1000\nnet.core.somaxconn = 4096')).toEqual([
    'info set-again: net.core.somaxconn',
  ]);
});

describe('files of one host', () => {
  const text = 'net.core.somaxconn = 1024\nnet.core.rmem_max = 8388608\n';
  const later = { path: '/usr/lib/sysctl.d/90-vendor.conf', text: '# theirs\nnet.core.somaxconn=4096\n' };

  it('that are read later win', () => {
    const context = { path: '/etc/sysctl.d/60-net.conf', siblings: [later], host: null };
    expect(told(sysctlService, text, context)).toEqual(['warning overridden: net.core.somaxconn']);
    expect(problemsOf(text, context)[0]?.message).toBe(
      '/usr/lib/sysctl.d/90-vendor.conf:2 sets `net.core.somaxconn` later, to 4096: this line has no effect',
    );
  });

  it('that are read earlier, or set the same, do not matter', () => {
    const path = '/etc/sysctl.d/95-net.conf';
    expect(told(sysctlService, text, { path, siblings: [later], host: null })).toEqual([]);
    const same = { ...later, text: 'net.core.somaxconn = 1024' };
    expect(told(sysctlService, text, { path: '/etc/sysctl.d/60-net.conf', siblings: [same], host: null })).toEqual([]);
  });

  it('of one name in a higher directory take the place of the whole file', () => {
    const higher = { path: '/etc/sysctl.d/60-net.conf', text: 'net.core.somaxconn = 4096\n' };
    const context = { path: '/usr/lib/sysctl.d/60-net.conf', siblings: [higher], host: null };
    expect(told(sysctlService, text, context)).toEqual(['warning shadowed: net.core.somaxconn = 1024']);
  });
});

describe('lines that contradict each other', () => {
  it.each([
    ['net.ipv4.tcp_rmem = 4096 131072 33554432\nnet.core.rmem_max = 8388608', 'info', 'net.core.rmem_max'],
    ['net.core.rmem_default = 8388608\nnet.core.rmem_max = 4194304', 'warning', 'net.core.rmem_default'],
    ['net.ipv4.tcp_tw_reuse = 1\nnet.ipv4.tcp_timestamps = 0', 'warning', 'net.ipv4.tcp_tw_reuse'],
    ['net.ipv4.tcp_max_syn_backlog = 8192\nnet.ipv4.tcp_syncookies = 1', 'info', 'net.ipv4.tcp_max_syn_backlog'],
    [
      'net.ipv4.ipfrag_low_thresh = 9000000\nnet.ipv4.ipfrag_high_thresh = 8000000',
      'error',
      'net.ipv4.ipfrag_low_thresh',
    ],
    [
      'net.ipv4.neigh.default.gc_thresh2 = 9000\nnet.ipv4.neigh.default.gc_thresh3 = 8000',
      'warning',
      'net.ipv4.neigh.default.gc_thresh2',
    ],
    ['net.ipv4.conf.all.rp_filter = 1\nnet.ipv4.conf.eth0.rp_filter = 0', 'warning', 'net.ipv4.conf.eth0.rp_filter'],
    [
      'net.netfilter.nf_conntrack_max = 2097152\nnet.netfilter.nf_conntrack_buckets = 65536',
      'info',
      'net.netfilter.nf_conntrack_max',
    ],
  ])('%s', (text, severity, marked) => {
    expect(told(sysctlService, text)).toContain(`${severity} contradiction: ${marked}`);
  });

  it('the length of the flow limit comes before its CPUs', () => {
    const text = 'net.core.flow_limit_cpu_bitmap = f\n# longer\nnet.core.flow_limit_table_len = 8192\n';
    const { fixes } = problemOf(problemsOf(text), 'contradiction');
    const [moved = ''] = Object.values(outcomes(text, fixes));
    expect(moved).toBe('net.core.flow_limit_table_len = 8192\nnet.core.flow_limit_cpu_bitmap = f\n# longer\n');
    expect(told(sysctlService, moved)).toEqual([]);
  });

  it('are repaired by raising what is too small', () => {
    const text = 'net.core.rmem_max = 4194304\nnet.ipv4.tcp_rmem = 4096 131072 33554432\n';
    const { fixes } = problemOf(problemsOf(text), 'contradiction');
    expect(outcomes(text, fixes)).toEqual({
      'Set net.core.rmem_max to 33554432': 'net.core.rmem_max = 33554432\nnet.ipv4.tcp_rmem = 4096 131072 33554432\n',
    });
  });

  it('loose checks of one interface below strict ones of all are no contradiction when they are higher', () => {
    expect(told(sysctlService, 'net.ipv4.conf.all.rp_filter = 1\nnet.ipv4.conf.eth0.rp_filter = 2')).toEqual([]);
  });
});

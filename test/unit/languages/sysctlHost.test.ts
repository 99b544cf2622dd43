import { describe, expect, it } from 'vitest';
import { sysctlBoot } from '../../../src/languages/boot/sysctlBoot.ts';
import type { DocumentContext, TextPart } from '../../../src/languages/service/languageService.ts';
import { type LinkedHost, linkedHost } from '../../../src/languages/service/linkedHost.ts';
import { sysctlService } from '../../../src/languages/sysctl/sysctlService.ts';
import type { SysctlReader } from '../../../src/model/bootConfig.ts';
import { diagnoseCase, have, snapshotOf } from '../diagnosis/build.ts';
import { edited, outcomes, problemOf, told } from './inDocument.ts';

const running = {
  'net.core.somaxconn': '4096',
  'net.core.rmem_max': '212992',
  'net.ipv4.tcp_rmem': '4096 131072 6291456',
  'net.ipv4.tcp_congestion_control': 'cubic',
  'net.ipv4.tcp_available_congestion_control': 'reno cubic brutal',
  'net.core.of_this_vendor': '7',
};

interface Boot {
  readonly reader?: SysctlReader;
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
}

/** web-1 with Linux 6.1, these values, and these files. */
function host({ reader = 'systemd-sysctl', files = {}, links = {} }: Boot = {}): LinkedHost {
  const taken = Date.UTC(2026, 10, 25, 12);
  const snapshot = snapshotOf({
    after: {},
    sysctl: running,
    host: { kernel: '6.1.0-50-amd64', os: 'Debian 13', takenAt: taken },
  });
  const texts = Object.entries({ ...files, ...links }).map(([path, text]) => {
    const lines = text.split('\n').map((one, index) => ({ line: index + 1, text: one }));
    const target = links[path] === undefined ? null : '/etc/sysctl.conf';
    return { path, target, readable: true, lines };
  });
  const boot = sysctlBoot({
    reader,
    files: texts,
    running: new Map(Object.entries(running)),
    absent: () => ({ gone: false, why: 'not in this test' }),
    others: [{ key: 'net.core.somaxconn', who: 'tuned', value: '2048', at: null, why: 'tuned sets it when it starts' }],
  });
  const init = { name: 'systemd' as const, reader, why: 'a test' };
  return linkedHost('web-1', { ...snapshot, bootConfig: { ...snapshot.bootConfig, init, sysctl: have(boot) } }, []);
}

const against = (linked: LinkedHost, path: string | null = '/etc/sysctl.d/60-net.conf'): DocumentContext => ({
  path,
  siblings: [],
  host: linked,
});

const problemsOf = (text: string, context: DocumentContext) => sysctlService.problems(text, context);

describe('a file held against a host', () => {
  it('is told what runs there instead, and can take it over', () => {
    const text = 'net.core.somaxconn = 1024\nnet.core.rmem_max = 0x34000\n';
    const found = problemOf(problemsOf(text, against(host())), 'differs-from-host');
    expect(found.message).toBe('web-1 runs with 4096');
    expect(found.why).toBe('There tuned may set it as well.');
    expect(outcomes(text, found.fixes)).toEqual({
      'Set to 4096, which runs on web-1': 'net.core.somaxconn = 4096\nnet.core.rmem_max = 0x34000\n',
    });
  });

  it('may set keys that only this host has, and congestion controls that only it has loaded', () => {
    const text = 'net.core.of_this_vendor = 7\nnet.ipv4.tcp_congestion_control = brutal\n';
    expect(told(sysctlService, text)).toHaveLength(2);
    expect(told(sysctlService, text, against(host()))).toEqual(['info differs-from-host: brutal']);
  });

  it('is told of keys that its kernel does not have, and of modules that are not loaded', () => {
    const text = 'net.ipv4.tcp_tw_reuse_delay = 500\nnet.netfilter.nf_conntrack_max = 262144\n';
    const found = problemsOf(text, against(host()));
    expect(found.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      [
        'not-in-kernel',
        'warning',
        'web-1 runs Linux 6.1.0-50-amd64, which does not have `net.ipv4.tcp_tw_reuse_delay`: it came with Linux 6.14',
      ],
      [
        'module-not-loaded',
        'info',
        'web-1 has no `net.netfilter.nf_conntrack_max` before the module nf_conntrack is loaded',
      ],
    ]);
  });

  it('is told what was meant by a key that the host has as well, and of keys that went', () => {
    const text = 'net.core.somaxcon = 4096\nnet.ipv4.tcp_tw_recycle = 0\n';
    const [unknown, gone] = problemsOf(text, against(host()));
    expect(unknown?.message).toBe('Linux has no key `net.core.somaxcon`: did you mean `net.core.somaxconn`?');
    expect(gone?.code).toBe('removed-key');
  });

  it('is told that a key went only where the kernel is as new', () => {
    const text = 'kernel.sched_latency_ns = 1000000\n';
    expect(told(sysctlService, text, against(host()))).toEqual(['warning removed-key: kernel.sched_latency_ns']);
    expect(told(sysctlService, text, against({ ...host(), kernel: '5.4.0-42-generic' }))).toEqual([]);
  });

  it('is judged by the bounds of its kernel', () => {
    expect(told(sysctlService, 'net.core.dev_weight = 0')).toEqual(['warning out-of-range: 0']);
    expect(told(sysctlService, 'net.core.dev_weight = 0', against(host()))).toEqual(['warning meaningless-value: 0']);
  });

  it('is told of files there that are read later and set otherwise', () => {
    const linked = host({ files: { '/etc/sysctl.d/99-vendor.conf': 'net.core.somaxconn = 8192' } });
    const text = 'net.core.somaxconn = 4096\n';
    expect(problemOf(problemsOf(text, against(linked)), 'overridden-on-host').message).toBe(
      'On web-1 /etc/sysctl.d/99-vendor.conf:1 sets `net.core.somaxconn` later, to 8192',
    );
    expect(told(sysctlService, text, against(linked, '/etc/sysctl.d/99-z.conf'))).toEqual([]);
    // The workspace has a newer version of that file.
    const siblings = [{ path: '/etc/sysctl.d/99-vendor.conf', text: '' }];
    expect(told(sysctlService, text, { ...against(linked), siblings })).toEqual([]);
  });

  it('is told when it is the one file that systemd does not read', () => {
    const text = '# ours\nnet.core.somaxconn = 4096\n';
    const main = '/etc/sysctl.conf';
    const found = problemOf(problemsOf(text, against(host({ files: { [main]: '' } }), main)), 'not-read-at-boot');
    expect(found.message).toBe('web-1 (Debian 13) does not read /etc/sysctl.conf at boot');
    const linked = host({ files: { [main]: '' }, links: { '/etc/sysctl.d/99-sysctl.conf': '' } });
    expect(told(sysctlService, text, against(linked, main))).toEqual([]);
    expect(told(sysctlService, text, against(host({ reader: 'procps' }), main))).toEqual([]);
  });

  it('is told what a finding asks for, with the comment that says so', () => {
    const { findings } = diagnoseCase({
      after: {
        snmp: have(
          new Map([
            [
              'Udp',
              new Map([
                ['RcvbufErrors', 5000],
                ['InDatagrams', 1e6],
              ]),
            ],
          ]),
        ),
      },
      before: {
        snmp: have(
          new Map([
            [
              'Udp',
              new Map([
                ['RcvbufErrors', 0],
                ['InDatagrams', 0],
              ]),
            ],
          ]),
        ),
      },
      sysctl: running,
    });
    const text = 'net.core.rmem_max = 212992\n';
    const found = problemOf(problemsOf(text, against({ ...host(), findings })), 'R44');
    expect(found.severity).toBe('warning');
    expect(found.message).toMatch(/^web-1: UDP sockets drop .*Suggested: net\.core\.rmem_max 212992 -> \d+$/);
    const [outcome] = Object.values(outcomes(text, found.fixes));
    expect(outcome).toMatch(/^# Packet Path 2026-11-25: web-1, R44 [^\n]*\nnet\.core\.rmem_max = \d+\n$/);
    expect(found.fixes[0]?.preferred).toBe(true);
  });
});

const partsAt = (text: string, needle: string, context: DocumentContext): readonly TextPart[] =>
  sysctlService.hover(text, text.indexOf(needle) + 1, context)?.parts ?? [];
const words = (parts: readonly TextPart[]): string[] =>
  parts.map((part) =>
    part.kind === 'fact' ? `${part.label}: ${part.text}` : part.kind === 'link' ? part.url : part.text,
  );

describe('hover', () => {
  it('on a key: what it means and how far it goes, here and on the host', () => {
    const linked = host({ files: { '/etc/sysctl.d/20-web.conf': '\nnet.core.somaxconn = 4096' } });
    const parts = words(partsAt('net.core.somaxconn = 1', 'somaxconn', against(linked)));
    expect(parts).toEqual([
      'net.core.somaxconn',
      'Cap applied to the backlog argument of every listen() call.',
      'on web-1: `4096`',
      'set at boot: `4096` by /etc/sysctl.d/20-web.conf:2',
      'set by tuned: `2048`: tuned sets it when it starts',
      'default: 4096 in Linux 6.1.0-50-amd64',
      'unit: connections',
      'takes: 0 to 2147483647',
      'kernel: since Linux 2.4',
      'acts: at the next listen(): a server must be reloaded or started again',
      'scope: each network namespace has its own',
      'step: I20 SYN and accept queue',
      'more costs: Longer accept queue hides a slow application; clients wait instead of failing fast',
      'https://docs.kernel.org/admin-guide/sysctl/net.html',
    ]);
  });

  it('on a value that has a name, on an interface, on a key of the past, on nothing', () => {
    const text = 'net/ipv4/conf/eth0.100/rp_filter = 2\nnet.ipv4.tcp_tw_recycle=1\n# net.core.somaxconn\n';
    expect(words(partsAt(text, '2\n', { path: null, siblings: [], host: null }))[0]).toBe('2: loose: any interface');
    expect(words(partsAt(text, 'rp_filter', against(host())))[0]).toBe('net.ipv4.conf.eth0/100.rp_filter');
    expect(words(partsAt(text, 'tcp_tw_recycle', against(host())))).toContain(
      'kernel: since Linux 2.4, gone since 4.12',
    );
    expect(partsAt(text, 'somaxconn', against(host()))).toEqual([]);
    expect(words(partsAt('net.core.of_this_vendor = 1', 'of_this', against(host())))).toEqual([
      'net.core.of_this_vendor',
      'on web-1: `7`',
      'set at boot: by no file',
    ]);
  });
});

describe('completion', () => {
  const at = (text: string, context: DocumentContext) => {
    const offset = text.indexOf('|');
    const plain = text.replace('|', '');
    return { plain, found: sysctlService.completions(plain, offset, context) };
  };

  it('of keys by name and by words, with what runs on the host', () => {
    const { plain, found } = at('net.core.som|', against(host()));
    const key = found.find(({ label }) => label === 'net.core.somaxconn');
    expect(key?.detail).toBe('4096 on web-1');
    expect(key?.words).toContain('accept queue');
    expect(edited(plain, [{ ...(key?.replace ?? { start: 0, end: 0 }), text: key?.insert ?? '' }])).toBe(
      'net.core.somaxconn = ',
    );
    const labels = found.map(({ label }) => label);
    expect(labels).toContain('net.core.of_this_vendor');
    expect(labels).toContain('net.ipv4.conf.all.rp_filter');
    expect(labels).not.toContain('net.ipv4.tcp_tw_recycle');
    expect(labels).not.toContain('net.ipv4.tcp_tw_reuse_delay');
    expect(labels).not.toContain('net.netfilter.nf_conntrack_count');
  });

  it('of keys in the spelling that was begun, the rest of the line left alone', () => {
    const { plain, found } = at('-net/core/som| = 7', against(host()));
    const key = found.find(({ label }) => label === 'net/core/somaxconn');
    expect(edited(plain, [{ ...(key?.replace ?? { start: 0, end: 0 }), text: key?.insert ?? '' }])).toBe(
      '-net/core/somaxconn = 7',
    );
  });

  it('of values: what runs, the default, those that have names', () => {
    const { found } = at('net.ipv4.tcp_congestion_control = |', against(host()));
    expect(found.find(({ label }) => label === 'cubic')?.detail).toMatch(/^runs on web-1, /);
    expect(found.map(({ label }) => label)).toEqual(expect.arrayContaining(['bbr', 'brutal', 'reno']));
    const reuse = at('net.ipv4.tcp_tw_reuse=1|', { path: null, siblings: [], host: null });
    expect(reuse.found.map(({ label, detail }) => [label, detail])).toEqual([
      ['2', 'default, for the loopback only'],
      ['0', 'never'],
      ['1', 'for all connections'],
    ]);
  });

  it('of nothing in a comment', () => {
    expect(at('# net.core.|', against(host())).found).toEqual([]);
  });
});

describe('actions at a place', () => {
  const actionsAt = (text: string, context: DocumentContext) =>
    outcomes(text, sysctlService.actions(text, { start: 0, end: 0 }, context));

  it('set the running value, the default, and the other spelling', () => {
    expect(actionsAt('net.core.somaxconn = 1024\n', against(host()))).toEqual({
      'Set to running value (4096 on web-1)': 'net.core.somaxconn = 4096\n',
      'Set to default (4096)': 'net.core.somaxconn = 4096\n',
      'Write as net/core/somaxconn': 'net/core/somaxconn = 1024\n',
    });
    const vlan = 'net/ipv4/conf/eth0.100/rp_filter = 0\n';
    expect(actionsAt(vlan, against(host()))).toEqual({
      'Write as net.ipv4.conf.eth0/100.rp_filter': 'net.ipv4.conf.eth0/100.rp_filter = 0\n',
    });
  });

  it('of many lines spell them all, and clear the file of lines without effect', () => {
    const text = 'net.core.somaxconn = 1\nnet.core.somaxconn = 2\nnet.core.somaxconn = 3\n';
    const actions = sysctlService.actions(
      text,
      { start: 0, end: text.length - 1 },
      { path: null, siblings: [], host: null },
    );
    const made = outcomes(text, actions);
    expect(made['Swap dots and slashes of 3 keys']).toBe(text.replaceAll('net.core.', 'net/core/'));
    expect(made['Remove 2 lines that later ones make void']).toBe('net.core.somaxconn = 3\n');
  });
});

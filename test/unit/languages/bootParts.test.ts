import { describe, expect, it } from 'vitest';
import { irqbalanceConfig } from '../../../src/languages/boot/irqbalance.ts';
import { commandLineSetters, scriptSetters } from '../../../src/languages/boot/otherSetters.ts';
import { tunedConfig } from '../../../src/languages/boot/tunedProfile.ts';
import { printedAs } from '../../../src/languages/sysctl/sysctlPrint.ts';
import { isGlob, matchesGlob } from '../../../src/languages/text/globMatch.ts';
import { udevSettings } from '../../../src/languages/udev/udevNics.ts';

const fileOf = (path: string, text: string) => ({
  path,
  target: null,
  readable: true,
  lines: text.split('\n').map((line, index) => ({ line: index + 1, text: line })),
});

describe('patterns', () => {
  it.each([
    ['eth*', 'eth0.100', true],
    ['*', '', true],
    ['?', '', false],
    ['e[t-v]h0', 'euh0', true],
    ['e[!t]h0', 'eth0', false],
    ['e[!t]h0', 'exh0', true],
    ['[]a]', ']', true],
    ['[', '[', true],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b', false],
  ])('%s and %s: %s', (pattern, text, expected) => expect(matchesGlob(pattern, text)).toBe(expected));

  it('take no longer for a hostile pattern', () => {
    expect(matchesGlob(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false);
    expect([isGlob('net.*'), isGlob('net.core')]).toEqual([true, false]);
  });
});

describe('what a key prints after a value was written', () => {
  it.each([
    ['net.ipv4.tcp_rmem', '5000 # x', '4096 131072 6291456', '5000 131072 6291456'],
    ['net.ipv4.tcp_rmem', '4096,5000', '4096 131072 6291456', null],
    ['net.ipv4.ip_local_port_range', '20000 50000 7', '1 2', '20000 50000'],
    ['net.ipv4.ip_local_reserved_ports', '8080 9000', '', null],
    ['net.ipv4.ip_local_reserved_ports', '9000-9010,8080,9011', '', '8080,9000-9011'],
    ['net.netfilter.nf_conntrack_buckets', '100000', '65536', '100352'],
    ['net.core.default_qdisc', 'fq', 'pfifo_fast', 'fq'],
    ['net.core.rps_default_mask', '0x3', '00', '3'],
  ])('%s = %s over %s: %s', (key, value, running, expected) => {
    const print = printedAs(key, value, running);
    expect(print.kind === 'prints' ? print.text : null).toBe(expected);
  });
});

describe('irqbalance', () => {
  const of = (text: string) =>
    irqbalanceConfig(
      fileOf('/etc/default/irqbalance', text).lines.map((line) => ({ ...line, path: 'p' })),
      { running: true, masked: false },
    );

  it('reads the mask of old versions, and all spellings of an option', () => {
    const config = of(
      'ENABLED="1"\nONESHOT="yes"\nIRQBALANCE_BANNED_CPUS=0000,000000f0\nOPTIONS="-i 5 --banirq=6 --banirq 7 -i8 -l /x"',
    );
    expect(config).toMatchObject({
      enabled: true,
      oneshot: true,
      bannedCpus: [4, 5, 6, 7],
      bannedIrqs: [5, 6, 7, 8],
      policyScript: '/x',
    });
  });

  it('does not take a list it cannot read for an empty one', () => {
    expect(of('IRQBALANCE_BANNED_CPULIST=2-x').bannedCpus).toBeNull();
    expect(of('').bannedCpus).toEqual([]);
  });
});

describe('who else sets a sysctl', () => {
  const lines = (text: string) =>
    fileOf('/etc/rc.local', text).lines.map((line) => ({ ...line, path: '/etc/rc.local' }));

  it.each([
    ['sysctl -w net.core.somaxconn=1024', 'net.core.somaxconn', '1024'],
    ['ExecStart=/sbin/sysctl -q -w "net.ipv4.tcp_rmem=4096 87380"', 'net.ipv4.tcp_rmem', '4096 87380'],
    ["sysctl net.ipv4.tcp_wmem='1 2 3' # x", 'net.ipv4.tcp_wmem', '1 2 3'],
    ['echo 5 > /proc/sys/net/ipv4/tcp_retries2', 'net.ipv4.tcp_retries2', '5'],
    ['sysctl -w net.core.rmem_max=$MAX', 'net.core.rmem_max', null],
  ])('%s', (text, key, value) => expect(scriptSetters(lines(text))).toMatchObject([{ key, value }]));

  it('reads the kernel command line in both spellings', () => {
    const found = commandLineSetters(lines('sysctl.net.core.somaxconn=9\nsysctl/net/core/rmem_max=8'));
    expect(found).toMatchObject([
      { key: 'net.core.somaxconn', value: '9' },
      { key: 'net.core.rmem_max', value: '8' },
    ]);
  });
});

describe('tuned', () => {
  const files = (texts: Readonly<Record<string, string>>) =>
    new Map(Object.entries(texts).map(([path, text]) => [path, fileOf(path, text)]));

  it('ends when profiles include each other, and says which are not there', () => {
    const tuned = tunedConfig({
      running: true,
      files: files({
        '/etc/tuned/active_profile': 'a missing',
        '/etc/tuned/a/tuned.conf': '[main]\ninclude=b\n[sysctl]\nnet.core.somaxconn=1',
        '/usr/lib/tuned/b/tuned.conf': '[main]\ninclude=a\n[sysctl]\nnet.core.somaxconn=2\n[net]\nring=rx 1024',
        '/etc/tuned/tuned-main.conf': 'reapply_sysctl = 0',
      }),
    });
    expect(tuned.sysctl.get('net.core.somaxconn')?.value).toBe('1');
    expect(tuned).toMatchObject({ notFound: ['missing'], reapplySysctl: false, others: [{ key: 'ring' }] });
  });
});

describe('a vendor file of udev rules, of which only some lines are known', () => {
  it('does not join a rule with a line that is not the next', () => {
    const file = {
      path: '/usr/lib/udev/rules.d/60-net.rules',
      target: null,
      readable: true,
      lines: [
        { line: 4, text: 'ACTION=="add", SUBSYSTEM=="net", ATTR{mtu}="9000", \\' },
        { line: 9, text: 'SUBSYSTEM=="net", ATTR{tx_queue_len}="5000"' },
      ],
    };
    expect(udevSettings([file], []).map(({ line, what }) => [line, what])).toEqual([
      [4, 'ATTR{mtu}'],
      [9, 'ATTR{tx_queue_len}'],
    ]);
  });
});

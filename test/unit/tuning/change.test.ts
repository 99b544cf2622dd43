import { expect, describe as group, test } from 'vitest';
import type { EthtoolChange, NicChange, SysctlChange } from '../../../src/tuning/change.ts';
import { commentFor, isOwnComment } from '../../../src/tuning/comment.ts';
import { describe } from '../../../src/tuning/describe.ts';
import { inverseOf } from '../../../src/tuning/inverse.ts';
import { renderCommand } from '../../../src/tuning/renderCommand.ts';
import { fileFor, renderLine } from '../../../src/tuning/renderFile.ts';

const sysctl = (key: string, value: string, current: string | null = '1000'): SysctlChange => ({
  kind: 'sysctl',
  key,
  value,
  current,
  atLeast: true,
});
const ring = (nic: string, value = '4096', current: string | null = '512'): EthtoolChange => ({
  kind: 'ethtool',
  set: 'ring',
  nic,
  name: 'rx',
  value,
  current,
  atLeast: true,
});

const backlog = sysctl('net.core.netdev_max_backlog', '2000');

group('renderers', () => {
  test('each form of a change', () => {
    expect(renderLine(backlog)).toEqual({ ok: true, text: 'net.core.netdev_max_backlog = 2000' });
    expect(fileFor(backlog)).toBe('/etc/sysctl.d/90-packet-path.conf');
    expect(describe(backlog)).toBe('net.core.netdev_max_backlog 1000 -> 2000');
    expect(renderLine(ring('eth0'))).toEqual({
      ok: true,
      text: 'ACTION=="add|change", SUBSYSTEM=="net", NAME=="eth0", RUN+="/usr/sbin/ethtool -G $name rx 4096"',
    });
    expect(fileFor(ring('eth0'))).toBe('/etc/udev/rules.d/90-packet-path.rules');
    expect(describe(ring('eth0', '4096', null))).toBe('eth0 rx ring unknown -> 4096');
  });

  test.each([
    'eth"0',
    "eth'0",
    'eth*',
    'eth?',
    'eth0|eth1',
    '$name',
    '%k',
    '`reboot`',
    'a;reboot',
    'eth0\n',
    'eth 0',
    '-eth0',
    '..',
    '',
    'averyveryverylongname',
    'eth\\0',
    'éth0',
  ])('NIC name %j is refused', (name) => {
    const result = renderLine(ring(name));
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.reason).not.toMatch(/\n/);
  });

  test.each([
    ['net.core.x\nkernel.panic', '1'],
    ['net.core.x = 1 #', '1'],
    ['net.ipv4.conf.*.rp_filter', '1'],
    ['net/core/somaxconn', '1'],
    ['-net.core.somaxconn', '1'],
    ['somaxconn', '1'],
    ['', '1'],
    ['net.core.somaxconn', '1\nkernel.core_pattern=|/tmp/x'],
    ['net.core.somaxconn', '1 # note'],
    ['net.core.somaxconn', '1;2'],
    ['net.core.somaxconn', '1  2'],
    ['net.core.somaxconn', ' 1'],
    ['net.core.somaxconn', '$(reboot)'],
    ['net.core.somaxconn', "1'"],
    ['net.core.somaxconn', ''],
  ])('sysctl %j = %j is refused', (key, value) => {
    expect(renderLine(sysctl(key, value)).ok).toBe(false);
  });

  test('keys and values that look odd and are right', () => {
    expect(renderLine(sysctl('net.ipv4.conf.eth0/100.rp_filter', '-1')).ok).toBe(true);
    expect(renderLine(sysctl('net.ipv4.ip_local_reserved_ports', '80,8000-8010')).ok).toBe(true);
    expect(renderLine(sysctl('net.core.flow_limit_cpu_bitmap', '00000000,0000000f')).ok).toBe(true);
  });

  test.each(['0', '-1', '1.5', 'NaN', '8589934592', '4096; reboot'])('ring size %s is refused', (size) => {
    expect(renderLine(ring('eth0', size)).ok).toBe(false);
  });

  const more = { nic: 'eth0', current: null, atLeast: false };
  test.each<[NicChange, string, string]>([
    [
      { ...more, kind: 'ethtool', set: 'channels', name: 'combined', value: '8' },
      'RUN+="/usr/sbin/ethtool -L $name combined 8"',
      'ethtool -L eth0 combined 8',
    ],
    [
      { ...more, kind: 'ethtool', set: 'coalesce', name: 'adaptive-rx', value: 'on' },
      'RUN+="/usr/sbin/ethtool -C $name adaptive-rx on"',
      'ethtool -C eth0 adaptive-rx on',
    ],
    [
      { ...more, kind: 'ethtool', set: 'features', name: 'gro', value: 'on' },
      'RUN+="/usr/sbin/ethtool -K $name gro on"',
      'ethtool -K eth0 gro on',
    ],
    [
      { ...more, kind: 'ethtool', set: 'rxfh', name: 'equal', value: '4' },
      'RUN+="/usr/sbin/ethtool -X $name equal 4"',
      'ethtool -X eth0 equal 4',
    ],
    [
      { ...more, kind: 'ethtool', set: 'rx-flow-hash', name: 'udp4', value: 'sdfn' },
      'RUN+="/usr/sbin/ethtool -N $name rx-flow-hash udp4 sdfn"',
      'ethtool -N eth0 rx-flow-hash udp4 sdfn',
    ],
    [
      { ...more, kind: 'device', attribute: 'tx_queue_len', value: '1000' },
      'ATTR{tx_queue_len}="1000"',
      'echo 1000 > /sys/class/net/eth0/tx_queue_len',
    ],
    [
      { ...more, kind: 'qdisc', value: 'fq' },
      'RUN+="/usr/sbin/tc qdisc replace dev $name root fq"',
      'tc qdisc replace dev eth0 root fq',
    ],
  ])('%j as a rule and as a command', (change, assignment, command) => {
    const rule = `ACTION=="add|change", SUBSYSTEM=="net", NAME=="eth0", ${assignment}`;
    expect(renderLine(change)).toEqual({ ok: true, text: rule });
    expect(renderCommand(change)).toEqual({ ok: true, text: command });
  });

  test('settings of queues are written by a command of the NIC’s rule: udev renames it before it comes to its queues', () => {
    const rps: NicChange = { ...more, kind: 'queue', attribute: 'rps_cpus', value: '0000000f,ffffffff' };
    expect(renderLine(rps)).toEqual({
      ok: true,
      text: `ACTION=="add|change", SUBSYSTEM=="net", NAME=="eth0", RUN+="/bin/sh -c 'for queue in /sys/class/net/$name/queues/rx-*; do echo 0000000f,ffffffff > $$queue/rps_cpus; done'"`,
    });
    expect(renderCommand({ ...rps, attribute: 'xps_cpus' })).toEqual({
      ok: true,
      text: 'for queue in /sys/class/net/eth0/queues/tx-*; do echo 0000000f,ffffffff > "$queue/xps_cpus"; done',
    });
  });

  test('a change is undone by what was read before, and not where nothing was', () => {
    expect(inverseOf(ring('eth0'))).toMatchObject({ value: '512', current: '4096' });
    expect(inverseOf(ring('eth0', '4096', null))).toBeNull();
    expect(inverseOf(ring('eth0', '512'))).toBeNull();
  });
});

group('comment', () => {
  const facts = {
    date: '2026-11-23',
    host: 'web-1',
    finding: { rule: 'R01', title: 'Softnet drops 120/s on CPU 3' },
    change: backlog,
  };

  test('says who, when, why and what', () => {
    expect(commentFor(facts)).toBe(
      '# Packet Path 2026-11-23: web-1, R01 softnet drops 120/s on CPU 3: net.core.netdev_max_backlog 1000 -> 2000',
    );
    expect(commentFor({ ...facts, finding: { rule: 'R24', title: 'TIME_WAIT holds 9' } })).toContain('R24 TIME_WAIT');
  });

  test('knows that the host may have no clock', () => {
    expect(commentFor({ ...facts, date: null })).toMatch(/^# Packet Path date not known: web-1, R01 /);
  });

  test('hostile names make one printable line of bounded length', () => {
    const comment = commentFor({
      ...facts,
      host: `web\n1\r\u2028 kernel.panic = 1\u202e\u0000${'x'.repeat(500)}`,
      finding: { rule: 'R06', title: `eth\\\n0 ${'y'.repeat(5000)}` },
      change: { ...backlog, current: '1\n2\\' },
    });
    expect(comment).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(comment.length).toBeLessThan(600);
    expect(commentFor({ ...facts, change: ring('eth\\') })).not.toMatch(/\\$/);
  });

  test('knows its own by what they are about', () => {
    const comment = commentFor(facts);
    expect(isOwnComment(`  ${comment}`, sysctl('net.core.netdev_max_backlog', '8000', '2000'))).toBe(true);
    expect(isOwnComment(comment, sysctl('net.core.netdev_max', '8000'))).toBe(false);
    expect(isOwnComment('# net.core.netdev_max_backlog 1000 -> 2000', backlog)).toBe(false);
    expect(isOwnComment(commentFor({ ...facts, change: ring('eth0') }), ring('eth0', '1', '2'))).toBe(true);
    expect(isOwnComment(commentFor({ ...facts, change: ring('eth0') }), ring('eth1', '1', '2'))).toBe(false);
  });
});

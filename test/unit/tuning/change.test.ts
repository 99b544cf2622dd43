import { expect, describe as group, test } from 'vitest';
import type { RingChange, SysctlChange } from '../../../src/tuning/change.ts';
import { commentFor, isOwnComment } from '../../../src/tuning/comment.ts';
import { describe } from '../../../src/tuning/describe.ts';
import { fileFor, renderLine } from '../../../src/tuning/renderFile.ts';

const sysctl = (key: string, value: string, current: string | null = '1000'): SysctlChange => ({
  kind: 'sysctl',
  key,
  value,
  current,
  atLeast: true,
});
const ring = (nic: string, size = 4096, current: number | null = 512): RingChange => ({
  kind: 'ring',
  nic,
  direction: 'rx',
  size,
  current,
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
    expect(describe(ring('eth0', 4096, null))).toBe('eth0 rx ring unknown -> 4096');
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

  test.each([0, -1, 1.5, Number.NaN, 2 ** 33])('ring size %d is refused', (size) => {
    expect(renderLine(ring('eth0', size)).ok).toBe(false);
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
    expect(commentFor({ ...facts, change: { ...ring('eth\\'), kind: 'ring' } })).not.toMatch(/\\$/);
  });

  test('knows its own by what they are about', () => {
    const comment = commentFor(facts);
    expect(isOwnComment(`  ${comment}`, sysctl('net.core.netdev_max_backlog', '8000', '2000'))).toBe(true);
    expect(isOwnComment(comment, sysctl('net.core.netdev_max', '8000'))).toBe(false);
    expect(isOwnComment('# net.core.netdev_max_backlog 1000 -> 2000', backlog)).toBe(false);
    expect(isOwnComment(commentFor({ ...facts, change: ring('eth0') }), ring('eth0', 1, 2))).toBe(true);
    expect(isOwnComment(commentFor({ ...facts, change: ring('eth0') }), ring('eth1', 1, 2))).toBe(false);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { configGroups } from '../../../src/languages/boot/configGroups.ts';
import { differs, settingRows } from '../../../src/languages/boot/settingRows.ts';
import type { BootConfig, BootKey } from '../../../src/model/bootConfig.ts';
import type { Reading } from '../../../src/model/reading.ts';
import { captureText } from './captureText.ts';

/** Of a collector run over the files of Debian's tuned, ufw, udev and irqbalance packages and some of an administrator. */
const captured = readFileSync(join(import.meta.dirname, '../../fixtures/boot/files.txt'), 'utf8');
const snapshot = readSnapshot(captured);
const boot = snapshot.bootConfig;

function have<T>(reading: Reading<T>): T {
  if (!reading.ok) throw new Error(reading.reason);
  return reading.value;
}

function key(name: string, of: BootConfig = boot): BootKey {
  const found = have(of.sysctl).keys.get(name);
  if (found === undefined) throw new Error(`nothing about ${name}`);
  return found;
}

describe('the configuration files of a host', () => {
  it('name the init, and the file that is not read at boot', () => {
    expect(boot.init).toMatchObject({ name: 'systemd', reader: 'systemd-sysctl' });
    const notRead = have(boot.sysctl).files.filter(({ state }) => state === 'not-read');
    expect(notRead.map(({ path }) => path)).toEqual(['/etc/sysctl.conf']);
    expect(key('net.core.somaxconn')).toMatchObject({ setting: null, losers: [{ path: '/etc/sysctl.conf', line: 1 }] });
  });

  it('say what sets a key, by file and line, and that another value runs', () => {
    const found = key('net.core.netdev_max_backlog');
    expect(found.setting).toMatchObject({ path: '/etc/sysctl.d/90-packet-path.conf', line: 1, value: '2000' });
    expect(found.losers).toMatchObject([{ path: '/etc/sysctl.d/60-network.conf', line: 2, value: '5000' }]);
    expect(found.verdict).toMatchObject({ kind: 'differs', boot: '2000' });
    expect(key('net.core.netdev_budget').verdict).toMatchObject({ kind: 'differs', boot: '600' });
    expect(key('net.ipv4.tcp_rmem').verdict).toEqual({ kind: 'same' });
  });

  it('tell a key that is gone from one that was not looked at', () => {
    expect(key('net.ipv4.tcp_tw_recycle').verdict).toMatchObject({ why: 'the key is gone since Linux 4.12' });
    expect(key('net.ipv4.conf.bond0/355.rp_filter').verdict).toMatchObject({
      why: 'this capture does not read the running value of this key',
    });
    const odd = have(boot.sysctl).faults.map(({ line, message }) => `${line} ${message}`);
    expect(odd).toEqual([
      '4 "# 16 MiB" is no comment: the kernel ignores it after a number',
      '5 2 of 3 numbers: the others keep their value',
      '9 the key is gone since Linux 4.12',
    ]);
  });

  it('say who else sets it', () => {
    expect(key('net.ipv4.icmp_echo_ignore_all').others).toMatchObject([{ who: 'ufw', value: '0' }]);
    expect(key('net.ipv4.tcp_wmem').others).toMatchObject([
      { who: 'tuned', value: '4096 16384 16777216', at: { path: '/usr/lib/tuned/network-throughput/tuned.conf' } },
    ]);
    expect(key('net.core.somaxconn').others).toMatchObject([{ who: 'tuned', value: null }]);
    expect(key('net.ipv4.tcp_retries2').others).toMatchObject([{ who: 'udev', value: '9' }]);
  });

  it('irqbalance leaves alone what it is told to', () => {
    expect(have(boot.irqbalance)).toMatchObject({
      running: false,
      bannedCpus: [0],
      bannedIrqs: [24],
      policyScript: '/usr/local/sbin/irqpolicy',
    });
  });

  it('tuned merges what a profile includes; a section for other machines is doubtful', () => {
    const tuned = have(boot.tuned);
    expect(tuned).toMatchObject({ active: ['network-throughput'], reapplySysctl: true, notFound: [] });
    expect(tuned.files.map((path) => path.split('/').at(-2))).toEqual(['throughput-performance', 'network-throughput']);
    expect(tuned.sysctl.get('kernel.numa_balancing')).toMatchObject({ conditional: true });
  });

  it('udev rules are held against the NICs', () => {
    const settings = have(boot.udev).map(({ what, line, matches }) => [
      line,
      what,
      matches?.filter(({ matches: holds }) => holds === true).map(({ nic }) => nic) ?? null,
    ]);
    expect(settings).toEqual([
      [2, 'RUN', []],
      [3, 'ATTR{tx_queue_len}', ['eth0']],
      [5, 'ATTR{rps_cpus}', ['eth0']],
      [6, 'RUN', null],
      [7, 'SYSCTL{net/ipv4/tcp_retries2}', ['eth0', 'ifb0', 'ifb1', 'lo']],
    ]);
  });

  it('of .link files a NIC gets the first that is for it, and nothing of the others', () => {
    const links = have(boot.links).map(({ path, matches }) => [
      path,
      matches.find(({ nic }) => nic === 'eth0')?.matches,
    ]);
    expect(links).toEqual([
      ['/etc/systemd/network/10-lan.link', true],
      ['/usr/lib/systemd/network/73-usb-net-by-mac.link', undefined],
      ['/usr/lib/systemd/network/99-default.link', undefined],
    ]);
    expect(captured).not.toContain('WakeOnLan');
  });

  it('are listed with every sysctl that runs', () => {
    const rows = settingRows(snapshot);
    expect(rows.map((row) => row.key)).toEqual([...rows.map((row) => row.key)].sort());
    expect(rows.filter(differs).map((row) => row.key)).toContain('net.core.rmem_max');
    expect(rows.find((row) => row.key === 'net.core.dev_weight')).toMatchObject({
      running: '64',
      defaultText: '64',
      boot: null,
    });
    expect(rows.find((row) => row.key === 'net.ipv4.tcp_tw_recycle')).toMatchObject({ running: null });
    const concerns = configGroups(boot).flatMap(({ entries }) => entries.map((entry) => entry.concerns));
    expect(concerns).toContain('eth0; perhaps ifb0, ifb1 (the driver of this NIC is not known)');
  });
});

describe('a capture without them', () => {
  it('of a collector that did not read them says so, group by group', () => {
    const old = readSnapshot(captureText([{ name: 'date', stdout: '1\n' }])).bootConfig;
    expect(old.init.reader).toBeNull();
    expect(old.sysctl).toMatchObject({ ok: false, kind: 'not-collected' });
    for (const { reason } of configGroups(old)) expect(reason).toBe('this capture has no such section');
  });

  it('where head is missing is not one where no file sets anything', () => {
    const failed = [
      { name: 'boot-files', stdout: 'file /etc/sysctl.conf\n' },
      { name: 'sysctl-files', stdout: '', stderr: 'sh: head: not found\n', status: 127 },
    ];
    expect(readSnapshot(captureText(failed)).bootConfig.sysctl.ok).toBe(false);
  });

  it('says what was cut short, and what may not be read', () => {
    const list = 'exists /run/systemd/system\nunreadable /etc/sysctl.d/a.conf\ncapped 300 /etc/sysctl.d/z.conf\n';
    const full = 'x'.repeat(262_144);
    const { notes } = readSnapshot(
      captureText([
        { name: 'boot-files', stdout: list },
        { name: 'sysctl-files', stdout: full },
      ]),
    ).bootConfig;
    expect(notes).toHaveLength(3);
    expect(notes.join('\n')).toContain('/etc/sysctl.d/a.conf');
  });

  it.each([
    ['file /etc/sysctl.conf\nexists /run/openrc/softlevel\nexists /etc/init.d/sysctl\n', 'init', 'openrc', 'procps'],
    ['exists /run/openrc/softlevel\n', 'init', 'openrc', null],
    ['exists /etc/init/procps.conf\nexists /etc/init.d/procps\n', 'init', 'upstart', 'upstart-procps'],
    ['exists /etc/init.d/procps\n', 'init', 'sysvinit', 'procps'],
    ['exists /etc/init.d/procps\n', 'bash', null, null],
    [
      'exists /run/systemd/system\nfile /etc/systemd/system/systemd-sysctl.service\nlrwxrwxrwx 1 0 0 9 Jan 1 2025 /etc/systemd/system/systemd-sysctl.service -> /dev/null\n',
      'systemd',
      'systemd',
      null,
    ],
  ])('%s: the init', (list, first, name, reader) => {
    const sections = [
      { name: 'ident', stdout: `/proc/1/comm:${first}\n` },
      { name: 'boot-files', stdout: list },
    ];
    expect(readSnapshot(captureText(sections)).bootConfig.init).toMatchObject({ name, reader });
  });
});

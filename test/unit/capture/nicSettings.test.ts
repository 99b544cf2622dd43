import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import type { Nic, Snapshot } from '../../../src/model/snapshot.ts';
import { fixture } from '../kernel/fixture.ts';
import { captureText, grepOf } from './captureText.ts';

type Sections = Parameters<typeof captureText>[0];

const twoNics = grepOf({ '/sys/class/net/enp1s0/device/uevent': 'DRIVER=e1000e', '/sys/class/net/veth0/mtu': '1500' });

function snapshotOf(sections: Sections): Snapshot {
  return readSnapshot(captureText([{ name: 'netdev', stdout: twoNics }, ...sections]));
}

function nicsOf(sections: Sections): { readonly physical: Nic; readonly virtual: Nic } {
  const [physical, virtual] = snapshotOf(sections).nics;
  if (physical === undefined || virtual === undefined) throw new Error('two NICs expected');
  return { physical, virtual };
}

const version = { name: 'ethtool-version', stdout: 'ethtool version 6.7\n' };

describe('what ethtool says of each NIC', () => {
  it('is taken from the answer for all of them, or from its own', () => {
    const { physical, virtual } = nicsOf([
      version,
      { name: 'ethtool', stdout: `${fixture('ethtool.e1000e.txt')}${fixture('ethtool.all.txt')}` },
      { name: 'ethtool-a', status: 1, stdout: '', stderr: 'netlink error: Operation not supported\n' },
      { name: 'ethtool-a enp1s0', stdout: fixture('ethtool-a.noble.txt') },
      { name: 'ethtool-n-hash enp1s0', stdout: fixture('ethtool-n-hash.e1000e.txt') },
      { name: 'ethtool-n enp1s0', stdout: '1 RX rings available\nTotal 0 rules\n' },
      { name: 'ethtool-T', stdout: fixture('ethtool-T.e1000e.txt') },
      { name: 'ethtool-show-priv-flags', stdout: fixture('ethtool-show-priv-flags.e1000e.txt') },
    ]);
    expect(physical.link).toMatchObject({ ok: true, source: 'ethtool enp1s0', value: { speed: 1000 } });
    expect(virtual.link).toMatchObject({ ok: true, value: { speed: 10_000 } });
    expect(physical.pause).toMatchObject({ ok: true, value: { negotiatedRx: true } });
    expect(physical.flowHash.ok && physical.flowHash.value.get('udp4')?.fields).toBe('sd');
    expect(physical.flowRules).toMatchObject({ ok: true, value: { total: 0 } });
    expect(physical.timestamping).toMatchObject({ ok: true, value: { hardwareClock: 0 } });
    expect(physical.privateFlags.ok && physical.privateFlags.value.get('s0ix-enabled')).toBe(false);
  });

  it('is missing for a reason', () => {
    const { physical, virtual } = nicsOf([
      version,
      { name: 'ethtool-show-fec', stdout: '' },
      {
        name: 'ethtool-x enp1s0',
        status: -1,
        stdout: '',
        stderr: 'not asked: one receive queue, nothing to spread over\n',
      },
      {
        name: 'ethtool-n-hash enp1s0',
        status: 1,
        stdout: '',
        stderr: 'Cannot get RX network flow hashing options: no\n',
      },
      { name: 'ethtool-c enp1s0', status: 124, stdout: '' },
    ]);
    expect(physical.fec).toMatchObject({ ok: false, reason: 'the driver does not support it' });
    expect(physical.rss).toMatchObject({ ok: false, kind: 'skipped', reason: expect.stringContaining('one receive') });
    expect(physical.flowHash).toMatchObject({ ok: false, reason: 'Cannot get RX network flow hashing options: no' });
    expect(physical.coalesce).toMatchObject({ ok: false, kind: 'timed-out' });
    expect(physical.module).toMatchObject({
      ok: false,
      kind: 'skipped',
      reason: expect.stringContaining('needs root'),
    });
    expect(physical.ring).toMatchObject({ ok: false, kind: 'not-collected' });
    for (const reading of [virtual.ring, virtual.rss, virtual.flowHash, virtual.driverInfo]) {
      expect(reading).toMatchObject({ ok: false, reason: 'not asked: no device behind this interface' });
    }
  });

  it('is missing altogether without the tool', () => {
    const { physical } = nicsOf([{ name: 'ethtool-version', status: 127, stdout: '' }]);
    expect([physical.link, physical.pause, physical.fec].map((reading) => reading.ok || reading.reason)).toEqual(
      Array(3).fill('the host has no ethtool'),
    );
  });

  it('reads a module where a capture has one', () => {
    const { physical } = nicsOf([
      { name: 'ethtool-m enp1s0', stdout: '\tVendor name : FS\n\tModule voltage : 3.3 V\n' },
    ]);
    expect(physical.module).toMatchObject({ ok: true, value: { diagnostics: [{ name: 'Module voltage' }] } });
  });
});

describe('the kernel’s configuration', () => {
  it('is what the host keeps of it', () => {
    const stdout = 'CONFIG_RPS=y\n# CONFIG_RFS_ACCEL is not set\n';
    const { kernelConfig } = snapshotOf([{ name: 'kernel-config', stdout }]);
    expect(kernelConfig.ok && [...kernelConfig.value]).toEqual([
      ['CONFIG_RPS', 'y'],
      ['CONFIG_RFS_ACCEL', 'n'],
    ]);
  });

  it('is not known where nobody can read it', () => {
    const { kernelConfig } = snapshotOf([{ name: 'kernel-config', stdout: '' }]);
    expect(kernelConfig).toMatchObject({ ok: false, reason: expect.stringContaining('nobody can read it') });
  });
});

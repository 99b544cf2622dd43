import { describe, expect, it } from 'vitest';
import { parseEthtoolChannels } from '../../../src/kernel/ethtool/channels.ts';
import { parseEthtoolCoalesce } from '../../../src/kernel/ethtool/coalesce.ts';
import { parseEthtoolDriver } from '../../../src/kernel/ethtool/driver.ts';
import { parseEthtoolFeatures } from '../../../src/kernel/ethtool/features.ts';
import { parseEthtoolRing } from '../../../src/kernel/ethtool/ring.ts';
import { parseEthtoolStats } from '../../../src/kernel/ethtool/stats.ts';
import { fixture } from './fixture.ts';

describe('parseEthtoolRing', () => {
  it('reads every device of a wildcard call', () => {
    const { value } = parseEthtoolRing(fixture('ethtool-g.all.txt'));
    expect([...value.keys()]).toEqual(['enp0s3', 'enp1s0', 'enp2s0']);
    expect(value.get('enp1s0')).toMatchObject({
      maximum: { rx: 4096, rxMini: null, rxJumbo: null, tx: 4096 },
      current: { rx: 256, rxMini: null, rxJumbo: null, tx: 256 },
    });
  });

  it('keeps a size of 0 below a maximum, and lines it does not know', () => {
    const ring = parseEthtoolRing(fixture('ethtool-g.noble.txt')).value.get('eni1np1');
    expect(ring?.maximum).toEqual({ rx: 8192, rxMini: 4096, rxJumbo: 4096, tx: 8192 });
    expect(ring?.current).toEqual({ rx: 512, rxMini: 0, rxJumbo: 0, tx: 4096 });
    expect(ring?.other.get('TX Push')).toBe('off');
    expect(ring?.other.get('TX push buff len')).toBe('n/a');
  });

  it('takes a maximum of 0 (ethtool 4.x) for a parameter that is not there', () => {
    const text =
      'Ring parameters for eth2:\nPre-set maximums:\nRX:\t2047\nRX Mini:\t0\nRX Jumbo:\t0\nTX:\t511\n' +
      'Current hardware settings:\nRX:\t200\nRX Mini:\t0\nRX Jumbo:\t5\nTX:\t511\n';
    const ring = parseEthtoolRing(text).value.get('eth2');
    expect(ring?.maximum).toEqual({ rx: 2047, rxMini: null, rxJumbo: null, tx: 511 });
    expect(ring?.current).toEqual({ rx: 200, rxMini: null, rxJumbo: 5, tx: 511 });
  });

  it.each([
    'Ring parameters for eth0:\n',
    'Cannot get device ring settings: Operation not supported\nRing parameters for eth0:\n',
    'Ring parameters for eth0:\nCannot get device ring settings: Operation not supported\n',
    'netlink error: Operation not supported\n',
  ])('has no rings for %j', (text) => {
    const { value, warnings } = parseEthtoolRing(text);
    expect(value.size).toBe(0);
    expect(warnings.map((warning) => warning.message)).toEqual(
      text.split('\n').filter((line) => line.endsWith('not supported')),
    );
  });
});

describe('parseEthtoolChannels', () => {
  it.each(['ethtool-l.xenial.txt', 'ethtool-l.bullseye.txt'])('reads %s: 0 (4.x) and n/a (5.9) are one', (file) => {
    const counts = { rx: 4, tx: 4, other: null, combined: null };
    expect(parseEthtoolChannels(fixture(file)).value.get('eth0')).toEqual({ maximum: counts, current: counts });
  });

  it('has no channels for a device that fails', () => {
    const text = 'Cannot get device channel parameters\n: Operation not supported\nChannel parameters for br0:\n';
    expect(parseEthtoolChannels(text)).toMatchObject({ value: new Map(), warnings: [{ line: 1 }, { line: 2 }] });
  });
});

describe('parseEthtoolCoalesce', () => {
  it('reads 6.7: two values on a line, and one without a colon', () => {
    const coalesce = parseEthtoolCoalesce(fixture('ethtool-c.noble.txt')).value.get('eni1np1');
    expect(coalesce).toMatchObject({ adaptiveRx: true, adaptiveTx: false, zeroMayBeAbsent: false });
    expect(coalesce?.values.get('rx-usecs')).toBe(50);
    expect(coalesce?.values.get('tx-aggr-time-usecs')).toBe(0);
    expect(coalesce?.values.get('rx-frames-low')).toBe(0);
    expect(Object.fromEntries(coalesce?.other ?? [])).toEqual({ 'CQE mode RX': 'off', 'CQE mode TX': 'off' });
  });

  it('keeps n/a open', () => {
    const coalesce = parseEthtoolCoalesce(fixture('ethtool-c.bookworm.txt')).value.get('enp0s3');
    expect(coalesce).toMatchObject({ adaptiveRx: null, adaptiveTx: null });
    expect(coalesce?.values.get('rx-frames')).toBe(1);
    expect(coalesce?.values.get('rx-usecs-irq')).toBeNull();
    expect(coalesce?.values.has('CQE mode RX')).toBe(false);
    expect(coalesce?.zeroMayBeAbsent).toBe(false);
  });
});

it('does not trust the zeros of ethtool 4.x', () => {
  const text = 'Coalesce parameters for ens3:\nAdaptive RX: off  TX: off\nrx-usecs: 0\nrx-frames: 1\n';
  expect(parseEthtoolCoalesce(text).value.get('ens3')?.zeroMayBeAbsent).toBe(true);
});

describe('parseEthtoolFeatures', () => {
  it('reads fixed, nested and requested', () => {
    const features = parseEthtoolFeatures(fixture('ethtool-k.xenial.txt')).value.get('eth0') ?? [];
    const feature = (name: string) => features.find((found) => found.name === name);
    expect(feature('rx-checksumming')).toEqual({
      name: 'rx-checksumming',
      active: true,
      fixed: false,
      requested: null,
    });
    expect(feature('tx-checksum-ipv4')).toMatchObject({ active: false, fixed: true });
    const text = 'Features for eth0:\ngeneric-segmentation-offload: off [requested on]\n';
    expect(parseEthtoolFeatures(text).value.get('eth0')).toMatchObject([{ active: false, requested: true }]);
  });

  it('reports a line that is neither on nor off', () => {
    const { value, warnings } = parseEthtoolFeatures('Features for eth0:\nx: maybe\ny: on\n');
    expect(value.get('eth0')).toMatchObject([{ name: 'y' }]);
    expect(warnings).toMatchObject([{ line: 2 }]);
  });
});

describe('parseEthtoolDriver', () => {
  it.each([
    ['ethtool-i.noble.txt', ['netdevsim', '6.8.0-31-generic', '10.20.30', 'netdevsim1']],
    ['ethtool-i.veth.txt', ['veth', '1.0', null, null]],
  ])('reads %s', (file, [driver, version, firmwareVersion, busInfo]) => {
    expect(parseEthtoolDriver(fixture(file)).value).toMatchObject({ driver, version, firmwareVersion, busInfo });
  });

  it('keeps the colons of an address and takes N/A for nothing', () => {
    const { value } = parseEthtoolDriver('driver: igb\nfirmware-version: N/A\nbus-info: 0000:3b:00.0\n');
    expect(value).toEqual({
      driver: 'igb',
      version: null,
      firmwareVersion: null,
      busInfo: '0000:3b:00.0',
      supports: new Map(),
    });
  });

  it('knows what the driver can be asked', () => {
    const { supports } = parseEthtoolDriver(fixture('ethtool-i.veth.txt')).value;
    expect(supports.get('statistics')).toBe(true);
    expect(supports.get('priv-flags')).toBe(false);
  });

  it('passes on why there is none', () => {
    const { value, warnings } = parseEthtoolDriver('Cannot get driver information: Operation not supported\n');
    expect(value.driver).toBeNull();
    expect(warnings[0]?.message).toBe('Cannot get driver information: Operation not supported');
  });
});

describe('parseEthtoolStats', () => {
  it('reads vmxnet3: blanks in names, and names that repeat', () => {
    const { value } = parseEthtoolStats(fixture('ethtool-S.vmxnet3.txt'));
    expect(value).toHaveLength(281);
    expect(value.slice(0, 20).filter((stat) => stat.name === 'giant hdr')).toHaveLength(2);
    expect(value[5]).toEqual({ name: 'mcast pkts tx', value: 2 });
  });

  it('reads virtio_net', () => {
    expect(parseEthtoolStats(fixture('ethtool-S.virtio.txt')).value[0]?.name).toBe('rx_queue_0_packets');
  });

  it.each([
    ['     [0]: 17', '[0]', 17],
    ['     rxq0: rx_pkts: 5', 'rxq0: rx_pkts', 5],
    ['     port.rx_bytes: 18446744073709551615', 'port.rx_bytes', 2 ** 64],
    ['     rx_gft_filter_drop:\t3', 'rx_gft_filter_drop', 3],
  ])('reads "%s"', (line, name, value) => {
    expect(parseEthtoolStats(`NIC statistics:\n${line}\n`)).toEqual({ value: [{ name, value }], warnings: [] });
  });

  it('takes "no stats available" for none', () => {
    expect(parseEthtoolStats('no stats available\n')).toEqual({ value: [], warnings: [] });
  });

  it('reports what is no statistic', () => {
    const { value, warnings } = parseEthtoolStats('Cannot get stats strings information: Operation not supported\n');
    expect(value).toEqual([]);
    expect(warnings).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import type { Nic } from '../../../src/model/snapshot.ts';
import { timeOf } from '../fuzz.ts';
import { captureText, grepOf } from './captureText.ts';

interface Machine {
  readonly netdev: Readonly<Record<string, string>>;
  readonly msi?: readonly string[];
  /** IRQ number to what has requested it. */
  readonly actions: Readonly<Record<string, string>>;
}

function nicsOf({ netdev, msi = [], actions }: Machine): readonly Nic[] {
  const files = Object.entries(actions).flatMap(([irq, action]): [string, string][] => [
    [`/sys/kernel/irq/${irq}/actions`, action],
    [`/proc/irq/${irq}/smp_affinity_list`, '0-3'],
    [`/proc/irq/${irq}/effective_affinity_list`, '2'],
  ]);
  return readSnapshot(
    captureText([
      { name: 'netdev', stdout: grepOf(netdev) },
      { name: 'irq', stdout: grepOf(Object.fromEntries(files)) },
      { name: 'msi', stdout: msi.map((line) => `${line}\n`).join('') },
    ]),
  ).nics;
}

const irqsOf = (machine: Machine): readonly string[] => nicsOf(machine)[0]?.irqs.map(({ irq }) => irq) ?? [];

describe('the interrupts of a NIC', () => {
  const device = '/sys/class/net/eth0/device';

  it('are the MSI vectors of its device that someone has requested', () => {
    const machine = {
      netdev: { [`${device}/uevent`]: 'DRIVER=ixgbe', [`${device}/irq`]: '16' },
      msi: [`${device}/msi_irqs 26 24 25`, `${device}/../msi_irqs 30`],
      actions: { 24: 'eth0-TxRx-0', 25: '', 26: 'eth0', 30: 'PCIe PME', 16: 'i2c' },
    };
    expect(irqsOf(machine)).toEqual(['24', '26']);
    expect(nicsOf(machine)[0]?.irqs[0]).toEqual({
      irq: '24',
      action: 'eth0-TxRx-0',
      role: 'rxtx',
      queue: 0,
      cpus: [2],
    });
  });

  it('hang on the parent of a virtio device', () => {
    const machine = (driver: string) => ({
      netdev: { [`${device}/uevent`]: `DRIVER=${driver}` },
      msi: [`${device}/../msi_irqs 24 25`],
      actions: { 24: 'virtio0-config', 25: 'virtio0-input.0' },
    });
    expect(irqsOf(machine('virtio_net'))).toEqual(['24', '25']);
    expect(irqsOf(machine('e1000'))).toEqual([]);
  });

  it('are the one legacy line, and not those of the port above it', () => {
    expect(
      irqsOf({
        netdev: { [`${device}/uevent`]: 'DRIVER=e1000', [`${device}/irq`]: '11' },
        msi: [`${device}/../msi_irqs 24`],
        actions: { 24: 'PCIe PME,aerdrv', 11: 'eth0' },
      }),
    ).toEqual(['11']);
  });

  it('are else told by their name', () => {
    const actions = { 5: 'eth0', 6: 'eth0-rx-1', 7: 'eth01-rx-1', 8: 'uhci_hcd:usb1,eth0', 9: 'eth1', 10: '' };
    expect(irqsOf({ netdev: { [`${device}/irq`]: '10' }, msi: [`${device}/msi_irqs *`], actions })).toEqual([
      '5',
      '6',
      '8',
    ]);
    expect(
      irqsOf({ netdev: { '/sys/class/net/a-b/mtu': '1500' }, actions: { 5: 'a-b-rx-0', 6: 'a-bc', 7: 'a' } }),
    ).toEqual(['5']);
  });
});

describe('sysfs made to hurt', () => {
  it('costs time in proportion: one file of many lines, many NICs, many interrupts', () => {
    const lines = `/sys/class/net/eth0/device/uevent:A=1\n`.repeat(60_000);
    const nics = Array.from({ length: 20_000 }, (_, at) => `/sys/class/net/n${at}/mtu:1\n`).join('');
    const irqs = Array.from({ length: 20_000 }, (_, at) => `/sys/kernel/irq/${at}/actions:x${at}-rx-0\n`).join('');
    const text = captureText([
      { name: 'netdev', stdout: lines + nics },
      { name: 'irq', stdout: irqs },
      { name: 'msi', stdout: '/sys/class/net/x/device/msi_irqs 1\n'.repeat(20_000) },
    ]);
    expect(timeOf(() => expect(readSnapshot(text).nics).toHaveLength(20_001))).toBeLessThan(4000);
  });

  it('names no more CPUs than memory can hold', () => {
    const affinities = Array.from(
      { length: 5000 },
      (_, at) => `/proc/irq/${at}/smp_affinity_list:${at % 100}-${8191 - Math.floor(at / 100)}\n`,
    );
    const actions = Array.from({ length: 5000 }, (_, at) => `/sys/kernel/irq/${at}/actions:eth0-rx-${at}\n`);
    const nodes = Array.from({ length: 3000 }, (_, at) => `/sys/devices/system/node/node${at}/cpulist:0-8191\n`);
    const { nics, cpus } = readSnapshot(
      captureText([
        { name: 'netdev', stdout: '/sys/class/net/eth0/mtu:1500\n' },
        { name: 'irq', stdout: [...actions, ...affinities].join('') },
        { name: 'cpu', stdout: nodes.join('') },
      ]),
    );
    const named = nics[0]?.irqs.map((irq) => irq.cpus?.length ?? null) ?? [];
    expect(named).toHaveLength(5000);
    expect(named[0]).toBe(8192);
    expect(named.at(-1)).toBeNull();
    expect(cpus.nodes.size).toBe(1024);
  });
});

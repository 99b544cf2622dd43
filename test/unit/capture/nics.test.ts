import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import type { Nic } from '../../../src/model/snapshot.ts';
import { timeOf } from '../fuzz.ts';
import { captureText, grepOf, tailOf } from './captureText.ts';

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
      requested: [0, 1, 2, 3],
      hint: null,
      node: null,
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

describe('vectors that do not tell their NIC at once', () => {
  it('are named by /proc/interrupts where the kernel has no /sys/kernel/irq', () => {
    const table =
      '           CPU0       CPU1\n  0:   163   0   IO-APIC-edge      timer\n' +
      ' 98:   1   2   IR-PCI-MSI-edge      eth0-TxRx-1\n 16:   1   2   IO-APIC-fasteoi   uhci_hcd:usb1, eth0\nNMI:   1   2   Non-maskable interrupts\n';
    const { nics } = readSnapshot(
      captureText([
        { name: 'counters@A', stdout: tailOf({ '/proc/uptime': '1 1\n', '/proc/interrupts': table }) },
        { name: 'netdev', stdout: grepOf({ '/sys/class/net/eth0/mtu': '1500' }) },
        { name: 'irq', stdout: grepOf({ '/proc/irq/98/smp_affinity_list': '1' }) },
      ]),
    );
    expect(nics[0]?.irqs).toMatchObject([
      { irq: '16', role: 'other', cpus: null },
      { irq: '98', action: 'eth0-TxRx-1', role: 'rxtx', queue: 1, cpus: [1] },
    ]);
  });

  const uevent = (name: string, driver: string) => ({
    [`/sys/class/net/${name}/device/uevent`]: `DRIVER=${driver}\nPCI_SLOT_NAME=0000:04:00.0`,
  });

  it('of two ports of one function, each has those that name it, and both those that name none', () => {
    const nics = nicsOf({
      netdev: { ...uevent('eth6', 'mlx4_core'), ...uevent('eth7', 'mlx4_core') },
      msi: ['eth6', 'eth7'].map((name) => `/sys/class/net/${name}/device/msi_irqs 90 91 92`),
      actions: { 90: 'mlx4-async@pci:0000:04:00.0', 91: 'eth6-0', 92: 'eth7-0' },
    });
    expect(nics.map(({ name, irqs }) => [name, irqs.map(({ irq, role, queue }) => [irq, role, queue])])).toEqual([
      [
        'eth6',
        [
          ['90', 'other', null],
          ['91', 'rxtx', 0],
        ],
      ],
      [
        'eth7',
        [
          ['90', 'other', null],
          ['92', 'rxtx', 0],
        ],
      ],
    ]);
  });

  it('are found by the bus address where the kernel lists no MSI vectors', () => {
    const actions = {
      30: 'mlx5_comp0@pci:0000:04:00.0',
      31: 'mlx5_comp1@pci:0000:04:00.0',
      32: 'mlx5_comp0@pci:0000:05:00.0',
      33: 'mlx5_async0@pci:0000:04:00.0',
    };
    expect(nicsOf({ netdev: uevent('enp4s0', 'mlx5_core'), actions })[0]?.irqs).toMatchObject([
      { irq: '30', role: 'rxtx', queue: 0 },
      { irq: '31', role: 'rxtx', queue: 1 },
      { irq: '33', role: 'other', queue: null },
    ]);
  });

  it.each([
    ['i40e-eth0-TxRx-5', 'rxtx', 5],
    ['eth0-Tx-Rx-5', 'rxtx', 5],
    ['eth0-rx-5', 'rx', 5],
    ['eth0-Rx5', 'rx', 5],
    ['eth0-q5-tx', 'tx', 5],
    ['eth0-q5', 'rxtx', 5],
    ['eth0-fp-5', 'rxtx', 5],
    ['eth0 (queue 5)', 'rxtx', 5],
    ['eth0-5', 'rxtx', 5],
    ['gve-ntfy-blk5@pci:0000:04:00.0', 'rxtx', 5],
    ['mana_q5@pci:0000:04:00.0', 'rxtx', 5],
    ['eth0', 'other', null],
    ['ena-mgmnt@pci:0000:04:00.0', 'other', null],
    ['virtio5-config', 'other', null],
  ])('%s', (action, role, queue) => {
    const machine = {
      netdev: uevent('eth0', 'x'),
      msi: ['/sys/class/net/eth0/device/msi_irqs 7'],
      actions: { 7: action },
    };
    expect(nicsOf(machine)[0]?.irqs).toMatchObject([{ role, queue }]);
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

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import { nicsView } from '../../../src/ui/panel/nicsView.ts';
import type { NicView } from '../../../webview/nicViews.ts';
import { type CaptureSection, captureText, grepOf, tailOf } from '../capture/captureText.ts';

function nicsOf(text: string): readonly NicView[] {
  const { snapshot, rates } = observe(text);
  return nicsView(snapshot, rates.ok ? rates.value : null).nics;
}

/** A NIC on node 1 with two queues, one of its vectors on node 0, and mq above it. */
function machine(parts: { readonly second?: boolean } = {}): readonly CaptureSection[] {
  const sample = (name: 'A' | 'B', at: number, step: number): CaptureSection[] => [
    {
      name: `counters@${name}`,
      at,
      stdout: tailOf({
        '/proc/uptime': `${at} 1\n`,
        '/proc/interrupts': `       CPU0  CPU1  CPU2  CPU3\n 40:  0  0  ${1000 + step * 20}  0  PCI-MSI 1-edge eth0-TxRx-0\n 41:  ${500 + step * 40}  0  0  0  PCI-MSI 2-edge eth0-TxRx-1\n 42:  0  0  0  1  PCI-MSI 3-edge eth0\n`,
      }),
    },
    {
      name: `ip-link@${name}`,
      at,
      stdout: JSON.stringify([
        {
          ifname: 'eth0',
          max_mtu: 9000,
          master: 'bond0',
          stats64: { rx: { packets: 100 * step, bytes: 6400 * step, dropped: 4 * step }, tx: {} },
        },
      ]),
    },
    {
      name: `ethtool-S@${name} eth0`,
      at,
      stdout: `NIC statistics:\n     rx_packets: ${100 * step}\n     rx_queue_0_packets: ${60 * step}\n     rx_queue_1_packets: ${40 * step}\n     rx_queue_1_drops: ${2 * step}\n     rx_crc_errors: 3\n     rx_missed_errors: 0\n`,
    },
    {
      name: `qdisc@${name}`,
      at,
      stdout: JSON.stringify([
        { kind: 'mq', handle: '8001:', dev: 'eth0', root: true, drops: 6 * step },
        { kind: 'fq', handle: '0:', dev: 'eth0', parent: '8001:a', drops: 6 * step, throttled: 10 * step, qlen: 2 },
        { kind: 'ingress', handle: 'ffff:', dev: 'eth0', parent: 'ffff:fff1', drops: 0 },
      ]),
    },
  ];
  const irqs = Object.entries({ 40: '2', 41: '0', 42: '3' }).flatMap(([irq, cpu]): [string, string][] => [
    [`/sys/kernel/irq/${irq}/actions`, irq === '42' ? 'eth0' : `eth0-TxRx-${Number(irq) - 40}`],
    [`/proc/irq/${irq}/smp_affinity_list`, '0-3'],
    [`/proc/irq/${irq}/effective_affinity_list`, cpu],
    [`/proc/irq/${irq}/affinity_hint`, '0'],
  ]);
  return [
    ...sample('A', 100, 1),
    {
      name: 'cpu',
      stdout: grepOf({
        '/sys/devices/system/node/node0/cpulist': '0-1',
        '/sys/devices/system/node/node1/cpulist': '2-3',
      }),
    },
    {
      name: 'netdev',
      stdout: grepOf({
        '/sys/class/net/eth0/mtu': '1500',
        '/sys/class/net/eth0/device/uevent': 'DRIVER=igb\nPCI_SLOT_NAME=0000:01:00.0',
        '/sys/class/net/eth0/device/numa_node': '1',
        '/sys/class/net/eth0/operstate': 'up',
      }),
    },
    {
      name: 'queues',
      stdout: grepOf({
        '/sys/class/net/eth0/queues/rx-0/rps_cpus': '0',
        '/sys/class/net/eth0/queues/tx-0/tx_maxrate': '0',
        '/sys/class/net/eth0/queues/tx-0/byte_queue_limits/limit': '4096',
        '/sys/class/net/eth0/queues/tx-0/byte_queue_limits/inflight': '128',
      }),
    },
    { name: 'irq', stdout: grepOf(Object.fromEntries(irqs)) },
    { name: 'msi', stdout: '/sys/class/net/eth0/device/msi_irqs 40 41 42\n' },
    ...(parts.second === false ? [] : sample('B', 102, 2)),
  ];
}

describe('nicsView', () => {
  const eth0 = nicsOf(captureText(machine()))[0];

  it('tells which CPU and node serve each queue, and which of them are far from the NIC', () => {
    expect(eth0?.numaNode).toBe(1);
    expect(eth0?.vectors).toMatchObject([
      {
        irq: '40',
        queue: 'rxtx-0',
        cpus: '2',
        mostlyOn: 2,
        nodes: [1],
        foreign: false,
        perSecond: 10,
        count: 1040,
        hint: null,
      },
      {
        irq: '41',
        queue: 'rxtx-1',
        cpus: '0',
        mostlyOn: 0,
        nodes: [0],
        foreign: true,
        perSecond: 20,
        requested: '0-3',
      },
      { irq: '42', queue: null, cpus: '3', perSecond: 0, mostlyOn: null },
    ]);
  });

  it('has rates of the whole, of each queue, and of each discipline with the queue it feeds', () => {
    expect(eth0?.traffic).toEqual({
      rxPackets: 50,
      rxBytes: 3200,
      txPackets: null,
      txBytes: null,
      source: 'ip -s -s -d -j link show',
    });
    expect(eth0?.queues.map(({ name, packets, drops }) => [name, packets.perSecond, drops.perSecond])).toEqual([
      ['rx-0', 30, null],
      ['rx-1', 20, 1],
      ['tx-0', null, null],
    ]);
    expect(eth0?.queues[2]?.limits).toEqual({
      limit: 4096,
      limitMin: null,
      limitMax: null,
      inflight: 128,
      stalls: null,
    });
    expect(eth0?.qdiscs).toMatchObject({
      ok: true,
      value: [
        { kind: 'mq', parent: 'root', queue: null, drops: { value: 12, perSecond: 3 } },
        { kind: 'ingress', parent: 'ingress', queue: null },
        { kind: 'fq', queue: 9, qlen: 2, details: [{ name: 'throttled', value: 20, perSecond: 5 }] },
      ],
    });
  });

  it('puts errors and drops first, of the driver and of the kernel', () => {
    const names = (part: NicView['counters'] | undefined) =>
      part?.ok === true ? part.value.rows.map(({ name }) => name) : [];
    expect(names(eth0?.counters).slice(0, 3)).toEqual(['rx_crc_errors', 'rx_queue_1_drops', 'rx_missed_errors']);
    expect(names(eth0?.statistics)[0]).toBe('rx_dropped');
  });

  it('shows what ip knows of it among the facts', () => {
    const facts = new Map(eth0?.facts.map(({ label, value }) => [label, value]));
    expect(facts.get('MTU')).toBe('1500 (at most 9000)');
    expect(facts.get('Part of')).toBe('bond0');
    expect(facts.get('NUMA node')).toBe('1');
  });

  it('has counts and no rates of one sample', () => {
    const alone = nicsOf(captureText(machine({ second: false })))[0];
    expect(alone?.traffic.rxPackets).toBeNull();
    expect(alone?.queues[0]?.packets).toEqual({ value: 60, perSecond: null });
    expect(alone?.vectors[0]).toMatchObject({ count: 1020, perSecond: null, mostlyOn: 2 });
  });

  it('reads a capture of before ip was asked for statistics', () => {
    const old = nicsOf(readFileSync(join(import.meta.dirname, '../../fixtures/captures/vm-8cpu.netsnap'), 'utf8'));
    expect(old.map(({ name, traffic }) => [name, traffic.source])).toContainEqual(['eth3', '/proc/net/dev']);
    expect(old.find(({ name }) => name === 'eth3')?.traffic.rxPackets).toBeGreaterThan(1);
    expect(old.every(({ statistics, qdiscs }) => statistics.ok && qdiscs.ok)).toBe(true);
  });

  it('shows the physical and the busiest of hundreds in full, and the traffic of all', () => {
    const names = Array.from({ length: 400 }, (_, at) => `veth${at}`);
    const links = (step: number) =>
      JSON.stringify(
        names.map((ifname, at) => ({
          ifname,
          stats64: { rx: { packets: at * step, bytes: 0 }, tx: { packets: 0, bytes: 0 } },
        })),
      );
    const at = (name: string, uptime: number) => ({
      name,
      at: uptime,
      stdout: tailOf({ '/proc/uptime': `${uptime} 1\n` }),
    });
    const { snapshot, rates } = observe(
      captureText([
        at('counters@A', 100),
        { name: 'ip-link@A', at: 100, stdout: links(1) },
        {
          name: 'netdev',
          stdout: grepOf(Object.fromEntries(names.map((name) => [`/sys/class/net/${name}/mtu`, '1500']))),
        },
        at('counters@B', 102),
        { name: 'ip-link@B', at: 102, stdout: links(3) },
      ]),
    );
    const { nics, others } = nicsView(snapshot, rates.ok ? rates.value : null);
    expect([nics.length, nics[0]?.name, nics.at(-1)?.name]).toEqual([300, 'veth100', 'veth399']);
    expect([others.length, others.at(-1)?.name, others.at(-1)?.traffic.rxPackets]).toEqual([100, 'veth99', 99]);
  });

  it('says why a capture cut short has nothing of it', () => {
    const [nic] = nicsOf(captureText(machine()).split('@@t1 < ip-link@A')[0] ?? '');
    expect(nic).toBeUndefined();
    const eth = { name: 'netdev', stdout: grepOf({ '/sys/class/net/eth0/mtu': '1500' }) };
    const bare = nicsOf(captureText([eth]))[0];
    expect(bare?.statistics).toMatchObject({ ok: false });
    expect(bare?.qdiscs).toMatchObject({ ok: false, reason: 'the capture holds no sample' });
    expect(bare?.counters).toMatchObject({ ok: false, reason: expect.stringContaining('no device behind') });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import { pathView } from '../../../src/ui/panel/pathView.ts';
import type { PathStepView, PathView } from '../../../webview/pathViews.ts';
import { type CaptureSection, captureText, grepOf, tailOf } from '../capture/captureText.ts';
import { keptCapture } from '../diagnosis/keptCapture.ts';

function stepsOf(path: PathView | null): ReadonlyMap<string, PathStepView> {
  const all = path === null ? [] : [...path.ways.in, ...path.ways.out, ...path.ways.back];
  return new Map(all.map((step) => [step.id, step]));
}

function losing(path: PathView | null): readonly string[] {
  return [...stepsOf(path).values()].filter(({ state }) => state === 'losing').map(({ id }) => id);
}

const machine = observe(readFileSync(new URL('../../fixtures/captures/vm-8cpu.netsnap', import.meta.url), 'utf8'));

describe('a real host under a known fault', () => {
  it.each([
    ['softnet-backlog.before', []],
    ['softnet-backlog.during', ['I14']],
    // A squeeze loses nothing by itself.
    ['time-squeeze.during', []],
    ['accept-queue-somaxconn.during', ['I20']],
    ['udp-receive-buffer.during', ['I22']],
    ['time-wait.before', []],
  ])('%s loses at %j', (name, expected) => {
    expect(losing(pathView(keptCapture(name)))).toEqual(expected);
  });

  it('has the number, its counter and its finding at the step', () => {
    const observation = keptCapture('accept-queue-somaxconn.during');
    const step = stepsOf(pathView(observation)).get('I20');
    const drops = observation.rates.ok
      ? observation.rates.value.protocols.get('TcpExt')?.get('ListenDrops')
      : undefined;
    expect(drops?.delta).toBeGreaterThan(0);
    expect(step?.lost).toBe(drops?.perSecond);
    expect(step?.why).toContain('TcpExt ListenDrops');
    expect(step?.findings).toEqual(['R18 host']);
    // Overflows are among the drops: they are named and not added.
    expect(step?.figures.find(({ name }) => name === 'TcpExt ListenOverflows')).toMatchObject({
      role: 'part',
      where: 'tcp_v4_syn_recv_sock',
      focus: 'counter:TcpExt ListenOverflows',
    });
  });

  it('is late and not losing where the poll loop is cut short', () => {
    const step = stepsOf(pathView(keptCapture('time-squeeze.during'))).get('I9');
    expect(step?.state).toBe('lossless');
    expect(step?.figures.find(({ role }) => role === 'delay')?.perSecond).toBeGreaterThan(0);
    expect(step?.findings).toHaveLength(1);
  });

  it('says of what no interface was read for that it is unknown, never 0', () => {
    const observation = keptCapture('time-wait.before');
    const steps = stepsOf(pathView({ ...observation, snapshot: { ...observation.snapshot, nics: [] } }));
    expect(steps.get('I3')).toMatchObject({ state: 'unread', lost: null, flow: null });
    expect(steps.get('I3')?.why).toContain('lists no interface');
    expect(steps.get('E11')?.why).toContain('lists no interface');
  });
});

describe('one sample', () => {
  it('has no losses and says why, with what was counted since boot', () => {
    const snapshot = { ...machine.snapshot, samples: machine.snapshot.samples.slice(0, 1) };
    const rates = ratesOf(snapshot);
    const steps = [...stepsOf(pathView({ snapshot, rates, diagnosis: diagnose(snapshot, rates) })).values()];
    expect(steps.filter(({ state }) => state === 'clear' || state === 'partly' || state === 'losing')).toEqual([]);
    const backlog = steps.find(({ id }) => id === 'I14');
    expect(backlog).toMatchObject({ state: 'unread', lost: null });
    expect(backlog?.figures[0]).toMatchObject({ name: 'softnet dropped', perSecond: null });
    expect(backlog?.figures[0]?.value).not.toBeNull();
  });
});

describe('the order of a packet', () => {
  const path = pathView(machine);
  const order = (way: 'in' | 'out' | 'back'): string => path?.ways[way].map(({ id }) => id).join(' ') ?? '';

  it('is the kernel’s: backlog before core receive, route before LOCAL_OUT, mapping before the NIC, completion after it', () => {
    expect(order('in')).toMatch(/I12 I14 I13 I15/);
    expect(order('out')).toMatch(/E5 E7 E6 E8 E9 .*E12 E15 E16$/);
    expect(order('back')).toBe('E17 E14 E18 E19 E20');
  });

  it('has every step once', () => {
    expect(stepsOf(path).size).toBe(45);
    expect(`${order('in')} ${order('out')} ${order('back')}`.split(' ')).toHaveLength(45);
  });
});

describe('a chosen interface', () => {
  it('is the first, a physical one, unless another is named; one that is not there has no path', () => {
    expect(pathView(machine)?.nic).toBe('eth0');
    expect(pathView(machine, 'lo')?.nic).toBe('lo');
    expect(pathView(machine, 'eth99')).toBeNull();
  });

  it('without hardware enters at the backlog, and leaves out ring, interrupt and completion', () => {
    const steps = stepsOf(pathView(machine, 'lo'));
    const absent = [...steps.values()].filter(({ state }) => state === 'absent').map(({ id }) => id);
    expect(absent.join(' ')).toBe('I1 I2 I3 I4 I5 I6 I10 I11 E15 E16 E17 E14 E18 E19 E20');
    expect(steps.get('I3')).toMatchObject({ figures: [], knobs: [] });
    expect(steps.get('E17')?.why).toContain('I12');
    expect(steps.get('E11')).toMatchObject({ state: 'lossless' });
  });
});

/** A virtio NIC with two queues, its settings, and what the files of the host set. */
function virtio(): readonly CaptureSection[] {
  const sample = (name: 'A' | 'B', at: number): CaptureSection[] => [
    { name: `counters@${name}`, at, stdout: tailOf({ '/proc/uptime': `${at} 1\n` }) },
    {
      name: `ip-link@${name}`,
      at,
      stdout: JSON.stringify([
        {
          ifname: 'eth0',
          stats64: { rx: { bytes: at * 640, packets: at * 10, dropped: 0, missed_errors: 0, crc_errors: 0 }, tx: {} },
        },
      ]),
    },
  ];
  return [
    ...sample('A', 100),
    ...sample('B', 102),
    {
      name: 'sysctl',
      stdout: grepOf({ '/proc/sys/net/core/netdev_max_backlog': '1000', '/proc/sys/net/core/somaxconn': '4096' }),
    },
    {
      name: 'netdev',
      stdout: grepOf({
        '/sys/class/net/eth0/device/uevent': 'DRIVER=virtio_net',
        '/sys/class/net/eth0/tx_queue_len': '1000',
        '/sys/class/net/eth0/mtu': '1500',
      }),
    },
  ];
}

describe('what a step cannot tell', () => {
  it('is a reason: of a driver that cannot see its ring, of files that were not read', () => {
    const observation = observe(captureText(virtio()));
    const steps = stepsOf(pathView(observation));
    expect(steps.get('I3')).toMatchObject({ state: 'unread', lost: null });
    expect(steps.get('I3')?.why).toContain('the hypervisor drops');
    expect(steps.get('I2')).toMatchObject({ state: 'clear', lost: 0 });
    expect(steps.get('I16')).toMatchObject({ state: 'unread', lost: null });
  });
});

describe('knobs', () => {
  it('have their value with its unit, the kernel’s default, and what sets them at boot or why that is not known', () => {
    const step = stepsOf(pathView(machine)).get('I14');
    const knob = step?.knobs.find(({ name }) => name === 'net.core.netdev_max_backlog');
    expect(knob).toMatchObject({ value: '1000 packets per CPU', default: '1000', reason: null });
    expect(knob?.boot).toMatch(/^not known: /);
    const ring = stepsOf(pathView(machine))
      .get('I3')
      ?.knobs.find(({ name }) => name === 'RX ring');
    expect(ring?.value).toMatch(/^\d+ of at most \d+$/);
  });

  it('name the file and the line, and say when the next boot brings another value', () => {
    const key = 'net.core.netdev_max_backlog';
    const place = { path: '/etc/sysctl.d/90-net.conf', line: 3, text: `${key} = 2000`, value: '2000', pattern: null };
    const snapshot = {
      ...machine.snapshot,
      bootConfig: {
        ...machine.snapshot.bootConfig,
        sysctl: {
          ok: true as const,
          source: '',
          warnings: [],
          value: {
            reader: 'systemd-sysctl' as const,
            files: [],
            faults: [],
            keys: new Map([
              [
                key,
                {
                  key,
                  setting: place,
                  losers: [],
                  others: [],
                  verdict: { kind: 'differs' as const, boot: '2000', why: '' },
                },
              ],
            ]),
          },
        },
      },
    };
    const knob = stepsOf(pathView({ ...machine, snapshot }))
      .get('I14')
      ?.knobs.find(({ name }) => name === key);
    expect(knob).toMatchObject({ boot: '/etc/sysctl.d/90-net.conf:3 to 2000', differs: true });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import type { Reading } from '../../../src/model/reading.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';

const observed = (name: string): ReturnType<typeof observe> => {
  const path = join(import.meta.dirname, `../../fixtures/captures/${name}.netsnap.gz`);
  return observe(gunzipSync(readFileSync(path)).toString('utf8'), []);
};

/** What was not read, by the name of its field, with the reason; of the settings those of the first NIC with a device. */
function lacking({ samples, nics, ...facts }: Snapshot): Record<string, string> {
  const sample = samples.at(-1);
  const nic = nics.find(({ physical }) => physical);
  const fields = Object.entries({ ...facts, ...facts.bootConfig, ...sample, ...nic });
  const maps = [sample?.netStat, sample?.pressure].flatMap((map) => [...(map ?? [])]);
  return Object.fromEntries(
    [...fields, ...maps, ...(sample?.ethtoolStats ?? [])].flatMap(([name, value]) =>
      isMissing(value) ? [[name, value.reason]] : [],
    ),
  );
}

function isMissing(value: unknown): value is Reading<never> & { readonly reason: string } {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false;
}

/** The captures were taken before the collector asked for these. */
const later = { connections: 'this capture has no such section' };
const sinceLinux61 = { irq: 'this kernel or namespace has no such file' };
const virtioOnly = {
  fec: 'the driver does not support it',
  flowHash: 'not asked: one receive queue, nothing to spread over',
  flowRules: 'rxclass: Cannot get RX class rule count: Operation not supported',
  module:
    "not asked: it needs root, and the kernel holds its lock on all interfaces while the module's slow bus answers",
  pause: 'the driver does not support it',
  privateFlags: 'the driver does not support it',
  rss: 'not asked: one receive queue, nothing to spread over',
};
const asked = ['link', 'ring', 'channels', 'coalesce', 'features', 'driverInfo', 'timestamping', 'eth0'];
const noEthtool = Object.fromEntries(
  [...asked, ...Object.keys(virtioOnly)].map((name) => [name, 'the host has no ethtool']),
);
const ofFiles = ['sysctl', 'udev', 'irqbalance', 'tuned', 'links', 'networks', 'modules', 'scripts'];

describe.each<[string, { os: string | null; rates: boolean; missing: Record<string, string> }]>([
  [
    'debian-11',
    {
      os: 'Debian GNU/Linux 11 (bullseye)',
      rates: true,
      missing: { ...sinceLinux61, ...virtioOnly, fec: 'Cannot get FEC settings: Operation not supported' },
    },
  ],
  ['debian-13', { os: 'Debian GNU/Linux 13 (trixie)', rates: true, missing: { ...sinceLinux61, ...virtioOnly } }],
  [
    'four-drivers',
    {
      os: 'Debian GNU/Linux 12 (bookworm)',
      rates: true,
      missing: {
        ...sinceLinux61,
        ...virtioOnly,
        flowRules: 'Cannot get RX rings: Operation not supported',
        channels: 'the driver does not support it',
        coalesce: 'the driver does not support it',
        conntrackCount: 'nf_conntrack is not loaded',
        nf_conntrack: 'this kernel or namespace has no such file',
        synproxy: 'this kernel or namespace has no such file',
      },
    },
  ],
  [
    'namespace-nobody',
    {
      os: 'Debian GNU/Linux 12 (bookworm)',
      rates: true,
      missing: {
        ...sinceLinux61,
        arp_cache: 'this kernel or namespace has no such file',
        ndisc_cache: 'this kernel or namespace has no such file',
      },
    },
  ],
  [
    'busybox',
    {
      os: null,
      rates: true,
      missing: {
        ...sinceLinux61,
        ...noEthtool,
        module: virtioOnly.module,
        ipLink: "the host's ip is BusyBox's, which knows less",
        listenerOwners: "netstat: invalid option -- 'p'",
        ssSummary: 'the host has no ss',
      },
    },
  ],
  [
    'sh-grep-tail',
    {
      os: null,
      rates: false,
      missing: {
        ...sinceLinux61,
        ...noEthtool,
        module: virtioOnly.module,
        ...Object.fromEntries(ofFiles.map((name) => [name, 'the host has no head'])),
        ipLink: 'the host has no ip',
        kernelConfig: '/proc/config.gz is there, and the host has no gzip',
        listenerOwners: 'the host has neither ss nor netstat',
        qdiscs: 'the host has no tc',
        ssSummary: 'the host has no ss',
      },
    },
  ],
])('the capture %s', (name, { os, rates, missing }) => {
  const { snapshot, diagnosis } = observed(name);

  it('says why of what it lacks, and lacks nothing else', () => {
    expect(lacking(snapshot)).toEqual({ ...missing, ...later });
    expect(snapshot.host).toMatchObject({ os, pageSize: 4096, initialNetns: name !== 'namespace-nobody' });
    expect(snapshot.problems).toEqual([]);
  });

  it('gives no finding: nothing is wrong on this host', () => {
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.notChecked.some(({ reason }) => reason.startsWith('window too short'))).toBe(!rates);
  });
});

describe('what a poor host has no figure for', () => {
  it('is null, not 0: queueing disciplines of a tc without statistics, limits of listeners without ss', () => {
    const sample = observed('busybox').snapshot.samples.at(-1);
    const qdiscs = sample?.qdiscs.ok ? sample.qdiscs.value : [];
    expect(qdiscs.map(({ dev, kind, drops, backlog }) => [dev, kind, drops, backlog])).toEqual([
      ['lo', 'noqueue', null, null],
      ['eth0', 'pfifo_fast', null, null],
    ]);
    const listeners = sample?.listeners.ok ? sample.listeners.value : [];
    expect(listeners.map(({ port, sendQ, skmem }) => [port, sendQ, skmem])).toEqual([
      [2024, null, null],
      [2391, null, null],
    ]);
  });

  it('is there all the same where files tell it: statistics without ip, sockets without awk', () => {
    const sample = observed('sh-grep-tail').snapshot.samples.at(-1);
    expect(sample?.nicStatistics.ok && sample.nicStatistics.value.get('eth0')?.size).toBeGreaterThanOrEqual(24);
    expect(sample?.tcpSockets.ok && sample.tcpSockets.value.states.get('LISTEN')).toMatchObject({ v4: 2 });
  });

  it('leaves the drivers of a VM apart: each has its rings, and no channels where it has one queue', () => {
    const { nics } = observed('four-drivers').snapshot;
    const rows = nics
      .filter(({ physical }) => physical)
      .map(({ driver, ring, channels, irqs }) => [
        driver,
        ring.ok && ring.value.current.rx,
        channels.ok && [channels.value.current.rx, channels.value.current.combined],
        irqs.length,
      ]);
    expect(rows).toEqual([
      ['8139cp', 64, false, 1],
      ['e1000e', 256, false, 3],
      ['vmxnet3', 1024, [null, 4], 5],
      ['virtio_net', 256, [null, 1], 3],
    ]);
  });
});

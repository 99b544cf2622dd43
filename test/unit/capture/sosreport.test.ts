// A real report of sos 4.0, its files cut down to what is read and a few that are not; and reports made for a purpose.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { XzReadableStream } from 'xz-decompress';
import { observe } from '../../../src/capture/observation.ts';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { fileSections } from '../../../src/capture/sos/collectorFiles.ts';
import { isSosreport, readSosreport } from '../../../src/capture/sos/readSosreport.ts';
import { reportPath } from '../../../src/capture/sos/reportPaths.ts';
import { type SosReport, sosCapture } from '../../../src/capture/sos/sosCapture.ts';
import { tarFiles } from '../../../src/capture/sos/tar.ts';
import { parseInterrupts } from '../../../src/kernel/interrupts.ts';
import { parseSnmp } from '../../../src/kernel/snmp.ts';
import { parseSoftnetStat } from '../../../src/kernel/softnet.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const archive = join(fixtures, 'sosreport/sosreport-web-1.tar.xz');
let dir: string;
let tar: Buffer;
/** What tar has in it, by the path inside the report. */
const packed = new Map<string, string>();

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-sos-'));
  const xz = new XzReadableStream(Readable.toWeb(Readable.from([readFileSync(archive)])) as never);
  const chunks: Uint8Array[] = [];
  for await (const chunk of Readable.fromWeb(xz as never)) chunks.push(chunk);
  tar = Buffer.concat(chunks);
  for await (const { path, bytes, target } of tarFiles(Readable.from([tar]), () => true)) {
    if (target === null) packed.set(reportPath(path) ?? path, bytes.toString('utf8'));
  }
});
afterAll(() => rmSync(dir, { recursive: true }));

/** The text of a file of the report, wherever sos put it. */
function textOf(path: RegExp): string {
  const found = [...packed].filter(([name]) => path.test(name));
  expect(found.map(([name]) => name)).toHaveLength(1);
  return found[0]?.[1] ?? '';
}

function written(name: string, bytes: Uint8Array | string): string {
  const path = join(dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

/** Without what differs from one reading to the next. */
function comparable({ sections, ...snapshot }: Snapshot): unknown {
  return { ...snapshot, sections: sections.filter(({ name }) => name !== 'sosreport') };
}

describe('a sosreport', () => {
  it('is read from its archive, number for number', async () => {
    expect(await isSosreport(archive)).toBe(true);
    const snapshot = readSnapshot(await readSosreport(archive));
    expect(snapshot.host).toMatchObject({
      hostname: 'web-1',
      kernel: '6.18.44',
      os: 'Debian GNU/Linux 12 (bookworm)',
      takenAt: Date.parse('2026-11-25T18:18:52Z'),
      pageSize: 4096,
    });
    const [sample] = snapshot.samples;
    expect(sample?.softnet).toMatchObject({ ok: true, value: parseSoftnetStat(textOf(/softnet_stat$/), [0, 1]).value });
    expect(sample?.interrupts).toMatchObject({ ok: true, value: parseInterrupts(textOf(/^proc\/interrupts$/)).value });
    expect(sample?.snmp).toMatchObject({ ok: true, value: parseSnmp(textOf(/net\/snmp$/)).value });
    expect(sample?.netstat).toMatchObject({ ok: true, value: parseSnmp(textOf(/net\/netstat$/)).value });
    const listening = textOf(/net\/tcp$/).match(/^ *\d+: \S+ \S+ 0A /gm)?.length;
    expect(sample?.tcpSockets.ok && sample.tcpSockets.value.states.get('LISTEN')?.v4).toBe(listening);
    expect(sample?.qdiscs.ok && sample.qdiscs.value.map(({ kind }) => kind)).toEqual([
      'noqueue',
      'pfifo_fast',
      'noqueue',
    ]);
    expect(sample?.ethtoolStats.get('eth0')?.ok).toBe(true);
    const dropped = Number(textOf(/net\/eth0\/statistics\/rx_dropped$/));
    expect(sample?.nicStatistics.ok && sample.nicStatistics.value.get('eth0')?.get('rx_dropped')).toBe(dropped);
    expect(snapshot.sysctl.ok && snapshot.sysctl.value.get('net.core.netdev_budget')).toBe('300');
  });

  it('tells its NICs by what it has of them', async () => {
    const { nics } = readSnapshot(await readSosreport(archive));
    expect(nics.map(({ name }) => name)).toEqual(['eth0', 'ifb0', 'ifb1', 'lo', 'veth0']);
    expect(nics[0]).toMatchObject({
      physical: true,
      driver: 'virtio_net',
      operstate: 'up',
      carrier: true,
      mtu: 1400,
      txQueueLen: 1000,
      address: '52:54:00:12:34:56',
      speed: null,
      ring: { ok: true },
    });
    expect(nics[0]?.irqs.map(({ irq, role, cpus }) => ({ irq, role, cpus }))).toContainEqual({
      irq: '38',
      role: 'rx',
      cpus: [1],
    });
    expect(nics.slice(1).map(({ physical }) => physical)).toEqual([false, false, false, false]);
  });

  it('says of everything it lacks that it is not in it, and that there are no rates', async () => {
    const { snapshot, rates } = observe(await readSosreport(archive));
    const [sample] = snapshot.samples;
    expect(snapshot.samples).toHaveLength(1);
    expect(rates).toMatchObject({ ok: false, reason: expect.stringContaining('one sample') });
    expect(snapshot.problems).toEqual([expect.stringContaining('sosreport')]);
    expect(snapshot.ssSummary).toMatchObject({ ok: false, reason: 'not in this sosreport' });
    expect(sample?.loadavg).toMatchObject({ ok: false, reason: 'not in this sosreport' });
    const texts = snapshot.sections.map(({ name, stderr }) => `${name}: ${stderr}`).join('\n');
    expect(texts).toContain('/sys/class/net/eth0/mtu: concluded from sos_commands/networking/ip_-s_-d_link');
  });

  it('is the same as .tar, .tar.gz and folder', async () => {
    const expected = comparable(readSnapshot(await readSosreport(archive)));
    const plain = written('report.tar', tar);
    const zipped = written('report.tar.gz', gzipSync(tar));
    for (const [path, text] of packed) written(`folder/sosreport-web-1/${path}`, text);
    for (const path of [plain, zipped, join(dir, 'folder'), join(dir, 'folder/sosreport-web-1')]) {
      expect(await isSosreport(path)).toBe(true);
      expect(comparable(readSnapshot(await readSosreport(path)))).toEqual(expected);
    }
  });
});

describe('an older report', () => {
  const kernel = (name: string): string => readFileSync(join(fixtures, 'kernel', name), 'utf8');
  const files = new Map([
    ['sos_commands/general/hostname', 'db-1\n'],
    ['sos_commands/general/date', 'Thu Sep 18 10:00:00 CEST 2014\n'],
    [
      'sos_commands/kernel/uname_-a',
      'Linux db-1 3.10.0-123.el7.x86_64 #1 SMP Mon May 5 11:16:57 EDT 2014 x86_64 GNU/Linux\n',
    ],
    ['proc/net/softnet_stat', kernel('softnet_stat.6.8.txt')],
    ['proc/net/dev', kernel('net_dev.txt')],
    ['proc/net/tcp', kernel('tcp.txt')],
    [
      'sos_commands/networking/ss_-peaonmi',
      `Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\nnl UNCONN 0 0 0:0 *\nu_str LISTEN 0 128 /run/x:1 12 * 0\nudp UNCONN 0 0 *:68 *:*\n\t skmem:(r0,d9)\ntcp LISTEN 3 128 *:22 *:* users:(("sshd",pid=1,fd=3))\n\t skmem:(r0,rb87380,t0,tb16384,f0,w0,o0,bl0,d7)\ntcp ESTAB 0 0 10.0.0.1:22 10.0.0.2:999\n`,
    ],
  ]);
  const snapshot = readSnapshot(sosCapture({ files, links: new Map() }, 'n1', 'sosreport-db-1'));

  it('has the files of /proc/net where they are, and names of commands by other plugins', () => {
    expect(snapshot.host).toMatchObject({ hostname: 'db-1', kernel: '3.10.0-123.el7.x86_64', pageSize: 4096 });
    expect(snapshot.samples[0]?.softnet.ok).toBe(true);
    expect(snapshot.samples[0]?.tcpSockets.ok).toBe(true);
  });

  it('whose date names a zone that is not known has no date', () => expect(snapshot.host.takenAt).toBeNull());

  it('lists listeners among sockets of all kinds', () => {
    const listeners = snapshot.samples[0]?.listeners;
    expect(listeners).toMatchObject({ ok: true, warnings: [] });
    expect(listeners?.ok && listeners.value.map(({ port, recvQ, sendQ }) => ({ port, recvQ, sendQ }))).toEqual([
      { port: 22, recvQ: 3, sendQ: 128 },
    ]);
    const { listenerOwners: owners } = snapshot;
    expect(owners.ok && [...owners.value.values()].flat().map((user) => user.name)).toEqual(['sshd']);
  });

  it('keeps no password', () => {
    const told = 'Settings for eth0:\n\tSecureOn password: 1:2:3\n\tPort: MII\n';
    const secret = new Map([['sos_commands/networking/ethtool_eth0', told]]);
    const made = sosCapture({ files: secret, links: new Map() }, 'n1', 'r');
    expect(made).toContain('Port: MII');
    expect(made).not.toContain('1:2:3');
  });
});

describe('what a report says of the next boot', () => {
  const files = new Map([
    ['etc/sysctl.conf', '# net.core.somaxconn = 1\nnet.core.somaxconn = 4096\npassword = x\n'],
    ['usr/lib/sysctl.d/50-default.conf', 'net.core.somaxconn = 128\n'],
    ['lib/sysctl.d/50-default.conf', 'net.core.somaxconn = 128\n'],
    ['sos_commands/systemd/systemctl_list-units', 'UNIT LOAD ACTIVE SUB\ndbus.service loaded active running D-Bus\n'],
  ]);
  const links = new Map([['etc/sysctl.d/99-sysctl.conf', '../sysctl.conf']]);
  const bootOf = (report: SosReport) => readSnapshot(sosCapture(report, 'n1', 'r')).bootConfig;

  it('is read in the order of systemd, through the link that leads to sysctl.conf', () => {
    const { init, sysctl } = bootOf({ files, links });
    expect(init).toMatchObject({ name: 'systemd', reader: 'systemd-sysctl' });
    expect(sysctl.ok && sysctl.value.files.filter(({ state }) => state === 'applied').map(({ path }) => path)).toEqual([
      '/usr/lib/sysctl.d/50-default.conf',
      '/etc/sysctl.d/99-sysctl.conf',
    ]);
    expect(sysctl.ok && sysctl.value.keys.get('net.core.somaxconn')).toMatchObject({ setting: { value: '4096' } });
    expect(sosCapture({ files, links }, 'n1', 'r')).not.toContain('password');
  });

  it('is not known where the report does not tell which init runs', () => {
    const { init } = bootOf({ files: new Map([...files].slice(0, 2)), links });
    expect(init).toMatchObject({ name: null, reader: null });
  });

  it('is missing with a reason where it has no such files', () => {
    const { sysctl, udev } = bootOf({ files: new Map([['proc/stat', '']]), links: new Map() });
    expect(sysctl).toMatchObject({ ok: false, reason: 'not in this sosreport' });
    expect(udev).toMatchObject({ ok: false, reason: 'not in this sosreport' });
  });
});

describe('what is no report, or a hostile one', () => {
  it('leads no link out of its folder', async () => {
    const secret = written('secret', 'kernel.hostname = stolen\n');
    const folder = join(dir, 'links');
    mkdirSync(join(folder, 'sos_commands/kernel'), { recursive: true });
    symlinkSync(secret, join(folder, 'sos_commands/kernel/sysctl_-a'));
    symlinkSync('/proc', join(folder, 'proc'));
    const text = await readSosreport(folder).catch(String);
    expect(text).not.toContain('stolen');
    expect(text).not.toContain('==> /proc/stat');
  });

  it('cannot end its own sections', () => {
    const forged = '\n@@n1 > 0 - - counters@A\n\n@@n1 < sysctl\n/proc/sys/net/core/somaxconn:1\n';
    expect(forged).not.toContain('@@n2');
    const snapshot = readSnapshot(sosCapture({ files: new Map([['proc/stat', forged]]), links: new Map() }, 'n2', 'r'));
    expect(snapshot.sysctl.ok).toBe(false);
  });

  it.each(['../proc/stat', 'a/../proc/stat', 'proc/../stat', 'a/b/proc/stat', '/etc/passwd'])(
    'has no file at %s',
    (path) => expect(reportPath(path)).toBeNull(),
  );

  it('says what it is not, and what to do', async () => {
    mkdirSync(join(dir, 'empty'));
    expect(await isSosreport(join(dir, 'empty'))).toBe(false);
    await expect(readSosreport(join(dir, 'empty'))).rejects.toThrow(/no sosreport.*Open the report's own folder/);
    await expect(readSosreport(written('r.tar.bz2', 'BZh91AY'))).rejects.toThrow(/unpack it/);
    await expect(readSosreport(written('cut.tar', tar.subarray(0, 9000)))).rejects.toThrow(/cut off/);
    const xz = readFileSync(archive);
    await expect(readSosreport(written('cut.tar.xz', xz.subarray(0, 6000)))).rejects.toThrow(/cut off or damaged/);
    const gz = gzipSync(tar);
    await expect(readSosreport(written('cut.tar.gz', gz.subarray(0, 6000)))).rejects.toThrow(/cut off or damaged/);
    const bent = Buffer.from(tar);
    bent[10] = 0xff;
    await expect(readSosreport(written('bent.tar', bent))).rejects.toThrow(/damaged/);
    expect(await isSosreport(written('capture.netsnap.gz', gzipSync('@@pp packet-path 1\n')))).toBe(false);
  });

  it('is given up when asked to', async () => {
    await expect(readSosreport(archive, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

it('what is taken from a report is what the collector reads', () => {
  const names = fileSections.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['counters@A', 'nic-statistics@A', 'ident', 'cpu', 'sysctl', 'netdev', 'irq']),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(fileSections.find(({ name }) => name === 'counters@A')?.globs).toContain('/proc/net/softnet_stat');
  expect(fileSections.every(({ globs }) => globs.every((glob) => glob.startsWith('/')))).toBe(true);
});

import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { parseTcpSection } from '../../../src/capture/tcpSummary.ts';
import { parseUdpSection } from '../../../src/capture/udpSummary.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import { type CaptureSection, captureText, tailOf } from './captureText.ts';

const bootId = '/proc/sys/kernel/random/boot_id';

function counters(sample: 'A' | 'B', uptime: number): CaptureSection {
  return {
    name: `counters@${sample}`,
    at: uptime,
    stdout: tailOf({ '/proc/uptime': `${uptime} 1\n`, [bootId]: 'b\n', '/proc/net/softnet_stat': '' }),
  };
}

function snapshotOf(...sections: CaptureSection[]) {
  return readSnapshot(captureText([counters('A', 100), ...sections]));
}

describe('listeners of a host without ss', () => {
  const noSs = { name: 'listeners@A', stdout: '', status: 127 };

  it('are those of /proc/net/tcp, their limit unknown', () => {
    const { samples } = snapshotOf(noSs, {
      name: 'tcp@A',
      stdout:
        'listen 4 0100007F:0050 00000003 33 991\nlisten 6 00000000000000000000000000000000:0016 00000000 0 7\nstate 4 0A 1\n',
    });
    expect(samples[0]?.listeners).toMatchObject({
      ok: true,
      source: '/proc/net/tcp',
      value: [
        { address: '127.0.0.1', port: 80, recvQ: 3, sendQ: null, skmem: null },
        { address: '::', port: 22, recvQ: 0, sendQ: null },
      ],
    });
  });

  it('are not known where the walk was skipped', () => {
    const { samples } = snapshotOf(noSs, {
      name: 'tcp@A',
      stdout: '',
      status: -1,
      stderr: '300000 sockets, more than the cap',
    });
    expect(samples[0]?.listeners).toMatchObject({ ok: false, kind: 'no-tool' });
  });

  it('are read from the files where there is no awk either', () => {
    const file =
      '  sl  local_address rem_address\n   0: 0100007F:0050 00000000:0000 0A 00000000:00000002 00:00000000 00000000    33        0 991 1 0\n';
    const { samples } = snapshotOf(noSs, { name: 'tcp@A', status: 1, stdout: tailOf({ '/proc/net/tcp': file }) });
    expect(samples[0]?.listeners).toMatchObject({ ok: true, value: [{ port: 80, recvQ: 2, sendQ: null }] });
  });
});

describe('the byte order of addresses', () => {
  const tcp = { name: 'tcp@A', stdout: 'listen 4 7F000001:0050 00000000 33 991\npair 4 0A000001 0A000002:1538 25\n' };
  const address = (...sections: CaptureSection[]) => {
    const tcpSockets = snapshotOf(tcp, ...sections).samples[0]?.tcpSockets;
    return tcpSockets?.ok === true ? tcpSockets.value.listening[0]?.address : undefined;
  };

  it.each([
    ['s390x\n    256\n', '127.0.0.1'],
    ['mips\n    256\n', '127.0.0.1'],
    ['mips\n      1\n', '1.0.0.127'],
    ['x86_64\n      1\n', '1.0.0.127'],
    // no od
    ['s390x\n', '127.0.0.1'],
    ['ppc64le\n', '1.0.0.127'],
    ['', '1.0.0.127'],
  ])('of a machine that says %j', (stdout, expected) => {
    expect(address({ name: 'machine', stdout })).toBe(expected);
  });

  it('counts for pairs, UDP and IPv6 too', () => {
    expect(parseTcpSection(tcp.stdout, true).value.outgoing[0]?.remoteAddress).toBe('10.0.0.2');
    const udp =
      'udp 6 00000000000000000000000000000001:0035 00000000000000000000000000000000:0000 00000000:00000100 0 7 9\n';
    expect(parseUdpSection(udp, true).value.notable[0]?.localAddress).toBe('::1');
    expect(parseUdpSection(udp, false).value.notable[0]?.localAddress).toBe('::100:0');
  });
});

describe('UDP sockets', () => {
  const socket = (drops: number | string, port = '0035') =>
    `udp 4 0100007F:${port} 00000000:0000 00000000:00009900 33 77 ${drops}\n`;

  it('are counted, and those with drops or a queue listed', () => {
    expect(parseUdpSection(`${socket(1983)}${socket('-', '0036')}sockets 4 12\nsockets 6 3\nmore 4\n`)).toEqual({
      warnings: [],
      value: {
        v4: 12,
        v6: 3,
        more: 4,
        notable: [
          expect.objectContaining({ localAddress: '127.0.0.1', localPort: 53, rxQueue: 0x9900, uid: 33, drops: 1983 }),
          expect.objectContaining({ localPort: 54, drops: null }),
        ],
      },
    });
  });

  it('say what is not understood', () => {
    const { value, warnings } = parseUdpSection(
      'udp 4 0100007F:00 x\nwhat\nudp 4 0100007F:0035 00000000:0000 x:1 0 0 0\n',
    );
    expect(value.notable).toEqual([]);
    expect(warnings.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  it.each([
    ['dropped some before', socket(10), 10],
    ['dropped nothing before', 'sockets 4 1\n', 0],
  ])('that %s have a rate', (_, before, earlier) => {
    const snapshot = snapshotOf({ name: 'udp@A', stdout: before, at: 100 }, counters('B', 102), {
      name: 'udp@B',
      stdout: socket(14),
      at: 102,
    });
    const rates = ratesOf(snapshot);
    expect(rates.ok ? rates.value.udpDrops.get('127.0.0.1:53 77') : null).toMatchObject({
      before: earlier,
      after: 14,
      perSecond: (14 - earlier) / 2,
    });
  });

  it('that may have been left out before have none', () => {
    const snapshot = snapshotOf({ name: 'udp@A', stdout: 'more 3\n', at: 100 }, counters('B', 102), {
      name: 'udp@B',
      stdout: socket(14),
      at: 102,
    });
    const rates = ratesOf(snapshot);
    expect(rates.ok && rates.value.udpDrops.size).toBe(0);
  });
});

describe('who listens', () => {
  it('is what ss says', () => {
    const stdout =
      'State Recv-Q Send-Q Local\nLISTEN 0 5 127.0.0.53%lo:53 *:* users:(("resolved",pid=5,fd=9))\nLISTEN 0 5 *:22 *:*\n';
    expect(snapshotOf({ name: 'listener-owners', stdout }).listenerOwners).toMatchObject({
      ok: true,
      source: 'ss -ltnp',
      value: new Map([['127.0.0.53%lo:53', [{ name: 'resolved', pid: 5, fd: 9 }]]]),
    });
  });

  it('or netstat', () => {
    const stdout =
      '(Not all processes could be identified)\nActive Internet connections (only servers)\nProto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\ntcp6 0 0 :::22 :::* LISTEN 7/sshd: a\n';
    expect(snapshotOf({ name: 'listener-owners', stdout }).listenerOwners).toMatchObject({
      ok: true,
      source: 'netstat -ltnp',
      value: new Map([[':::22', [{ name: 'sshd: a', pid: 7, fd: null }]]]),
    });
  });
});

describe('TCP_REPAIR', () => {
  const ident = (release: string, capabilities: string) => ({
    name: 'ident',
    stdout: `/proc/sys/kernel/osrelease:${release}\n/proc/self/status:CapEff:\t${capabilities}\n`,
  });
  const facts = (...sections: CaptureSection[]) => {
    const reading = snapshotOf(...sections).tcpRepair;
    return reading.ok ? reading.value : null;
  };

  it('is what kernel, capabilities, configuration and tools say', () => {
    expect(
      facts(
        ident('6.1.0', '000001ffffffffff'),
        { name: 'programs', stdout: 'python3\n' },
        { name: 'kernel-config', stdout: 'CONFIG_CHECKPOINT_RESTORE=y\n' },
      ),
    ).toEqual({
      kernel: true,
      capNetAdmin: true,
      checkpointRestore: true,
      criu: false,
      python3: true,
    });
    const off = '# CONFIG_CHECKPOINT_RESTORE is not set\n';
    expect(
      facts(
        ident('3.4.0', '0000000000000000'),
        { name: 'programs', stdout: 'criu\n' },
        { name: 'kernel-config', stdout: off },
      ),
    ).toEqual({
      kernel: false,
      capNetAdmin: false,
      checkpointRestore: false,
      criu: true,
      python3: false,
    });
  });

  it('is unknown where nothing is said', () => {
    expect(facts({ name: 'programs', stdout: '' })).toMatchObject({
      kernel: null,
      capNetAdmin: null,
      checkpointRestore: null,
    });
    expect(facts()).toBeNull();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMakeHosts } from '../netnsHost.ts';
import { grave, isOurs, look } from './course.ts';
import { machine, type Pair, pair, play } from './place.ts';

const port = 7010;

describe.runIf(canMakeHosts)('nothing is said of a healthy host', () => {
  let hosts: Pair;
  beforeAll(() => {
    hosts = pair();
  });
  afterAll(() => hosts.remove());

  const bulk =
    (at = machine, from = machine, ip = '127.0.0.1') =>
    async () => [
      await play(at, 'serve', { ip, port }),
      await play(from, 'send', { ip, port, connections: 4, rate: 2000, size: 65_536 }),
    ];

  it('this machine with nothing to do', async () => {
    const seen = await look({ at: machine, load: async () => [] }, 'idle');
    expect(grave(seen)).toEqual([]);
    expect(seen.diagnosis.checked).toEqual(expect.arrayContaining(['R01', 'R02', 'R18', 'R24', 'R33', 'R44', 'R46']));
  });

  it('this machine while TCP moves a gigabit a second over loopback', async () => {
    const seen = await look({ at: machine, load: bulk() }, 'load');
    expect(segments(seen)).toBeGreaterThan(1000);
    expect(grave(seen)).toEqual([]);
  });

  it('a host between two that talk: bulk, 200 short connections a second, datagrams that fit', async () => {
    const { host, peer, hostIp, peerIp } = hosts;
    const seen = await look(
      {
        at: host,
        load: async () => [
          ...(await bulk(host, peer, hostIp)()),
          await play(peer, 'serve', { ip: peerIp, port }),
          await play(host, 'converse', { ip: peerIp, port, rate: 200 }),
          await play(host, 'udp_read', { ip: hostIp, port }),
          await play(peer, 'udp_send', { ip: hostIp, port, rate: 2000, burst: 20 }),
        ],
      },
      'load',
    );
    expect(segments(seen)).toBeGreaterThan(1000);
    expect(grave(seen)).toEqual([]);
  });

  it('a host that gets frames and datagrams nobody asked for', async () => {
    const { host, peer, hostIp } = hosts;
    const seen = await look(
      {
        at: host,
        load: async () => [
          await play(peer, 'frames', { nic: 'eth0', rate: 500 }),
          await play(peer, 'udp_send', { ip: hostIp, port: 9, rate: 200, burst: 4 }),
        ],
      },
      'load',
    );
    // The kernel counts these frames as dropped: nobody here speaks their protocol.
    const dropped = seen.rates.ok ? seen.rates.value.nicStatistics.get('eth0')?.get('rx_dropped')?.delta : 0;
    expect(dropped).toBeGreaterThan(100);
    expect(seen.diagnosis.findings.filter(isOurs)).toEqual([]);
  });
});

function segments({ rates }: Awaited<ReturnType<typeof look>>): number {
  return rates.ok ? (rates.value.protocols.get('Tcp')?.get('InSegs')?.delta ?? 0) : 0;
}

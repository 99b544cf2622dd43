import { afterEach, beforeEach, describe, it } from 'vitest';
import { canMakeHosts } from '../netnsHost.ts';
import { foundAndMended, foundNotMended } from './course.ts';
import { type Pair, pair, play } from './place.ts';

const port = 7006;

describe.runIf(canMakeHosts)('a fault of sockets that stay', () => {
  let hosts: Pair;
  beforeEach(() => {
    hosts = pair();
  });
  afterEach(() => hosts.remove());

  it('local ports towards one service used up', async () => {
    const { host, peer, peerIp } = hosts;
    await foundAndMended({
      name: 'local-ports',
      rule: 'R25',
      at: host,
      cause: () => host.sh(`sysctl -qw net.ipv4.ip_local_port_range='40000 40199'`),
      load: async () => [
        await play(peer, 'serve', { ip: peerIp, port, mode: 'keep' }),
        await play(host, 'hold', { ip: peerIp, port, count: 195 }),
      ],
    });
  });

  it('more in TIME_WAIT than tcp_max_tw_buckets', async () => {
    const { host, peer, peerIp } = hosts;
    await foundAndMended({
      name: 'time-wait',
      rule: 'R24',
      at: host,
      cause: () => host.sh('sysctl -qw net.ipv4.tcp_max_tw_buckets=50'),
      load: async () => [
        await play(peer, 'serve', { ip: peerIp, port }),
        await play(host, 'converse', { ip: peerIp, port, rate: 200 }),
      ],
    });
  });

  it('an application that does not close: no setting acts on CLOSE_WAIT', async () => {
    const { host, peer, hostIp } = hosts;
    await foundNotMended({
      name: 'close-wait',
      rule: 'R56',
      at: host,
      cause: () => undefined,
      loadIsFault: true,
      load: async () => [
        await play(host, 'serve', { ip: hostIp, port, mode: 'keep' }),
        await play(peer, 'hold', { ip: hostIp, port, count: 900, rate: 100, last: 'goodbye' }),
      ],
    });
  });

  it('peers that do not close: no setting acts on FIN_WAIT2 with a process', async () => {
    const { host, peer, peerIp } = hosts;
    await foundNotMended({
      name: 'fin-wait2',
      rule: 'R57',
      at: host,
      cause: () => undefined,
      loadIsFault: true,
      load: async () => [
        await play(peer, 'serve', { ip: peerIp, port, mode: 'keep', backlog: 4096 }),
        await play(host, 'hold', { ip: peerIp, port, count: 3000, rate: 200, last: 'goodbye' }),
      ],
    });
  });
});

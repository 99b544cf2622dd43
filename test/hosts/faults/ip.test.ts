import { afterEach, beforeEach, describe, it } from 'vitest';
import { canMakeHosts } from '../netnsHost.ts';
import { foundAndMended, foundNotMended } from './course.ts';
import { type Pair, pair, play } from './place.ts';

const port = 7007;

describe.runIf(canMakeHosts)('a fault of the IP layer', () => {
  let hosts: Pair;
  beforeEach(() => {
    hosts = pair();
  });
  afterEach(() => hosts.remove());

  it('answers that would leave another way: the reverse path filter drops', async () => {
    const { host, peer, hostIp } = hosts;
    hosts.secondLink();
    host.sh(
      'ip route add 10.99.0.0/24 via 198.19.0.2; sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0',
    );
    await foundAndMended({
      name: 'reverse-path-filter',
      rule: 'R55',
      at: host,
      cause: () => host.sh('sysctl -qw net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.eth0.rp_filter=1'),
      load: async () => [
        await play(host, 'udp_read', { ip: hostIp, port }),
        await play(peer, 'raw', { kind: 'udp', ip: hostIp, port, rate: 500 }),
      ],
    });
  });

  it('fragments without their others: no setting helps', async () => {
    const { host, peer, hostIp } = hosts;
    host.sh('sysctl -qw net.ipv4.ipfrag_time=1');
    await foundNotMended({
      name: 'reassembly-lost',
      rule: 'R48',
      at: host,
      cause: () => undefined,
      loadIsFault: true,
      settleMs: 1500,
      load: async () => [
        await play(host, 'udp_read', { ip: hostIp, port }),
        await play(peer, 'raw', { kind: 'fragment', ip: hostIp, port, rate: 500 }),
      ],
    });
  });

  it('no memory for fragments', async () => {
    const { host, peer, hostIp } = hosts;
    await foundAndMended({
      name: 'reassembly-memory',
      rule: 'R48',
      at: host,
      cause: () => host.sh('sysctl -qw net.ipv4.ipfrag_low_thresh=20000 net.ipv4.ipfrag_high_thresh=30000'),
      load: async () => [
        await play(host, 'udp_read', { ip: hostIp, port, rcvbuf: 4_000_000 }),
        await play(peer, 'udp_send', { ip: hostIp, port, rate: 400, burst: 4, size: 40000 }),
      ],
    });
  });

  it('a link on the way with a smaller MTU', async () => {
    const { host, peer, hostIp } = hosts;
    hosts.secondLink();
    host.sh('sysctl -qw net.ipv4.ip_forward=1; ip link set eth1 mtu 1280; ip route add 203.0.113.0/24 via 198.19.0.2');
    peer.sh(`ip route add 203.0.113.0/24 via ${hostIp}`);
    await foundNotMended({
      name: 'mtu-mismatch',
      rule: 'R50',
      at: host,
      cause: () => undefined,
      loadIsFault: true,
      load: async () => [
        await play(peer, 'raw', { kind: 'whole', ip: '203.0.113.1', port, rate: 200, size: 1400, source: '198.18.0.' }),
      ],
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMakeHosts } from '../netnsHost.ts';
import { foundAndMended, foundNotMended } from './course.ts';
import { type Pair, pair, play } from './place.ts';

const port = 7005;

describe.runIf(canMakeHosts)('a fault of TCP', () => {
  let hosts: Pair;
  beforeEach(() => {
    hosts = pair();
  });
  afterEach(() => hosts.remove());

  it('loss on the path: no setting helps', async () => {
    const { host, peer, peerIp } = hosts;
    await foundNotMended({
      name: 'retransmits',
      rule: 'R33',
      at: host,
      symptoms: ['R34', 'R35', 'R22'],
      cause: () =>
        peer.sh(`nft add table ip loss
          nft 'add chain ip loss in { type filter hook prerouting priority -300; }'
          nft add rule ip loss in tcp dport ${port} numgen random mod 100 '<' 5 drop`),
      load: async () => [
        await play(peer, 'serve', { ip: peerIp, port }),
        await play(host, 'send', { ip: peerIp, port, connections: 4, rate: 4000, size: 8000 }),
      ],
    });
  });

  it('a reader that does not read: the window is closed, no setting helps', async () => {
    const { host, peer, hostIp } = hosts;
    await foundNotMended({
      name: 'zero-window',
      rule: 'R31',
      at: host,
      cause: () => undefined,
      loadIsFault: true,
      load: async () => [
        await play(host, 'serve', { ip: hostIp, port, mode: 'slow', pause: 0.02, size: 65536 }),
        await play(peer, 'send', { ip: hostIp, port, connections: 20 }),
      ],
    });
  });

  it('receive buffers that tcp_rmem keeps small', async () => {
    const { host, peer, hostIp } = hosts;
    await foundAndMended({
      name: 'tcp-rmem',
      rule: 'R63',
      at: host,
      symptoms: ['R30', 'R31'],
      cause: () => host.sh(`sysctl -qw net.ipv4.tcp_rmem='4096 16384 32768'`),
      load: async () => [
        await play(host, 'serve', { ip: hostIp, port, mode: 'slow', pause: 0.1, size: 1 << 22 }),
        await play(peer, 'send', { ip: hostIp, port, connections: 2, rate: 1500, size: 100, nodelay: 1 }),
      ],
    });
  });

  it('options switched off', async () => {
    const { host, peer, hostIp } = hosts;
    await foundAndMended({
      name: 'tcp-options',
      rule: 'R62',
      at: host,
      cause: () => host.sh('sysctl -qw net.ipv4.tcp_sack=0 net.ipv4.tcp_window_scaling=0'),
      load: async () => [
        await play(host, 'serve', { ip: hostIp, port }),
        await play(peer, 'send', { ip: hostIp, port, connections: 2, rate: 2000, size: 8000 }),
      ],
    });
  });

  it('packets of one flow on two ways', async () => {
    const { host, peer, hostIp } = hosts;
    hosts.secondLink();
    const finding = await foundNotMended({
      name: 'reordering',
      rule: 'R35',
      at: host,
      symptoms: ['R33'],
      cause: () => {
        host.sh('sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth1.rp_filter=0');
        peer.sh(`tc qdisc add dev eth1 root handle 1: tbf rate 60mbit burst 10kb limit 4mb
          ip rule add fwmark 1 table 100
          ip route add 198.18.0.0/24 via 198.19.0.1 table 100
          nft add table ip ways
          nft 'add chain ip ways out { type route hook output priority -150; }'
          nft add rule ip ways out tcp dport ${port} numgen random mod 10 '<' 3 meta mark set 1`);
      },
      load: async () => [
        await play(host, 'serve', { ip: hostIp, port }),
        await play(peer, 'send', { ip: hostIp, port, connections: 2, rate: 2000, size: 8000 }),
      ],
    });
    expect(finding.severity).toBe('info');
  });

  it('a path that swallows large packets: all losses end in timeouts, no setting of this host is the cause', async () => {
    const { host, peer, peerIp } = hosts;
    const finding = await foundNotMended({
      name: 'mtu-black-hole',
      rule: 'R34',
      at: host,
      symptoms: ['R33'],
      settleMs: 200,
      cause: () =>
        peer.sh(`nft add table ip hole
          nft 'add chain ip hole in { type filter hook prerouting priority -300; }'
          nft add rule ip hole in tcp dport ${port} meta length '>' 1200 drop`),
      load: async () => [
        await play(peer, 'serve', { ip: peerIp, port }),
        await play(host, 'send', { ip: peerIp, port, connections: 80, rate: 800, size: 8000 }),
      ],
    });
    expect(finding.advice.join(' ')).toContain('tcp_mtu_probing');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMakeHosts } from '../netnsHost.ts';
import { foundAndMended, foundNotMended } from './course.ts';
import { machine, type Pair, pair, play, setForNow } from './place.ts';

const port = 7003;

describe.runIf(canMakeHosts)('a fault of UDP', () => {
  let hosts: Pair;
  beforeEach(() => {
    hosts = pair();
  });
  afterEach(() => hosts.remove());

  it('a receiver that is too slow, in a namespace that may not raise the limit', async () => {
    const { host, peer, hostIp } = hosts;
    const finding = await foundNotMended({
      name: 'udp-receive-buffer',
      rule: 'R44',
      at: host,
      cause: () => undefined,
      loadIsFault: true,
      load: async () => [
        await play(host, 'udp_read', { ip: hostIp, port, pause: -1 }),
        await play(peer, 'udp_send', { ip: hostIp, port, rate: 5000 }),
      ],
    });
    expect(finding.advice.join(' ')).toContain('can only be raised on the host');
  });

  it('a receive buffer that rmem_max cuts short', async () => {
    let restore: () => void = () => undefined;
    try {
      await foundAndMended({
        name: 'udp-rmem-max',
        rule: 'R44',
        at: machine,
        cause: () => {
          restore = setForNow({ 'net.core.rmem_max': 20_000 });
        },
        load: async () => [
          await play(machine, 'udp_read', { ip: '127.0.0.1', port, rcvbuf: 4_000_000, pause: 0.05 }),
          await play(machine, 'udp_send', { ip: '127.0.0.1', port, rate: 5000, burst: 250, size: 500 }),
        ],
      });
    } finally {
      restore();
    }
  });

  it('a sender that is faster than its link: the send buffer is full, no setting helps', async () => {
    const { host, peer, peerIp } = hosts;
    host.sh('tc qdisc add dev eth0 root handle 1: tbf rate 10mbit burst 10kb limit 2mb');
    await foundNotMended({
      name: 'udp-send-buffer',
      rule: 'R45',
      at: host,
      cause: () => undefined,
      loadIsFault: true,
      load: async () => [
        await play(peer, 'udp_read', { ip: peerIp, port }),
        await play(host, 'udp_send', { ip: peerIp, port, rate: 5000, size: 1000 }),
      ],
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMakeHosts } from '../netnsHost.ts';
import { foundNotMended, grave, look } from './course.ts';
import { type Pair, pair, play } from './place.ts';

const port = 7004;

describe.runIf(canMakeHosts)('a fault of a qdisc', () => {
  let hosts: Pair;
  beforeEach(() => {
    hosts = pair();
  });
  afterEach(() => hosts.remove());

  it('a shaper that gets more than its rate: no setting of ours helps', async () => {
    const { host, peer, peerIp } = hosts;
    await foundNotMended({
      name: 'qdisc-shaper',
      rule: 'R39',
      at: host,
      symptoms: ['R45', 'R33'],
      cause: () => host.sh('tc qdisc add dev eth0 root handle 1: tbf rate 5mbit burst 10kb limit 20kb'),
      load: async () => [
        await play(peer, 'udp_read', { ip: peerIp, port }),
        await play(host, 'udp_send', { ip: peerIp, port, rate: 2000, size: 1000 }),
      ],
    });
  });

  it('a leaf with a short queue behind a shaper is named', async () => {
    const { host, peer, peerIp } = hosts;
    const finding = await foundNotMended({
      name: 'qdisc-pfifo-limit',
      rule: 'R39',
      at: host,
      symptoms: ['R45', 'R33'],
      cause: () =>
        host.sh(`tc qdisc add dev eth0 root handle 1: tbf rate 20mbit burst 10kb limit 1mb
          tc qdisc add dev eth0 parent 1:1 handle 2: pfifo limit 3`),
      load: async () => [
        await play(peer, 'udp_read', { ip: peerIp, port }),
        await play(host, 'udp_send', { ip: peerIp, port, rate: 1500, burst: 100, size: 1000 }),
      ],
    });
    expect(finding.title).toContain('pfifo');
  });

  it('a shaper that only holds back (overlimits) is no fault', async () => {
    const { host, peer, peerIp } = hosts;
    host.sh('tc qdisc add dev eth0 root handle 1: tbf rate 20mbit burst 10kb limit 1mb');
    const seen = await look(
      {
        at: host,
        load: async () => [
          await play(peer, 'udp_read', { ip: peerIp, port }),
          await play(host, 'udp_send', { ip: peerIp, port, rate: 1500, burst: 100, size: 1000 }),
        ],
      },
      'load',
    );
    expect(host.sh('tc -s qdisc show dev eth0 root')).toMatch(/overlimits [1-9]/);
    expect(grave(seen)).toEqual([]);
    expect(seen.diagnosis.findings.filter(({ rule }) => rule === 'R39')).toEqual([]);
  });
});

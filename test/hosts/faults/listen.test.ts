import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMakeHosts } from '../netnsHost.ts';
import { foundAndMended, foundNotMended } from './course.ts';
import { type Pair, pair, play } from './place.ts';

const port = 7002;

describe.runIf(canMakeHosts)('a fault of a listener', () => {
  let hosts: Pair;
  beforeEach(() => {
    hosts = pair();
    // SYNs from nowhere are answered: there is a way back.
    hosts.host.sh(`ip route add default via ${hosts.peerIp}`);
  });
  afterEach(() => hosts.remove());

  it('an accept queue that somaxconn cuts short', async () => {
    const { host, peer, hostIp } = hosts;
    const finding = await foundAndMended({
      name: 'accept-queue-somaxconn',
      rule: 'R18',
      at: host,
      cause: () => host.sh('sysctl -qw net.core.somaxconn=16'),
      load: async () => [
        await play(host, 'accept_slowly', { ip: hostIp, port, backlog: 4096, pause: 0.2 }),
        await play(peer, 'churn', { ip: hostIp, port, rate: 600, burst: 60 }),
      ],
    });
    expect(finding.changes).toMatchObject([{ key: 'net.core.somaxconn', value: '4096', current: '16' }]);
  });

  it('an application that does not accept: its own backlog is the limit, no setting helps', async () => {
    const { host, peer, hostIp } = hosts;
    const finding = await foundNotMended({
      name: 'accept-queue-backlog',
      rule: 'R18',
      at: host,
      cause: () => undefined,
      loadIsFault: true,
      load: async () => [
        await play(host, 'accept_slowly', { ip: hostIp, port, backlog: 5, pause: 0 }),
        await play(peer, 'churn', { ip: hostIp, port, rate: 50, burst: 10 }),
      ],
    });
    expect(finding.title).toContain(`198.18.0.1:${port}`);
    expect(finding.advice.join(' ')).toContain('the backlog the application gave to listen()');
  });

  it('a flood of SYNs from nobody: cookies do their work, no setting helps', async () => {
    const { host, peer, hostIp } = hosts;
    const finding = await foundNotMended({
      name: 'syn-flood',
      rule: 'R21',
      at: host,
      cause: () => undefined,
      loadIsFault: true,
      symptoms: ['R20', 'R22'],
      load: async () => [
        await play(host, 'accept_slowly', { ip: hostIp, port, backlog: 64, pause: 0.05 }),
        await play(peer, 'raw', { kind: 'syn', ip: hostIp, port, rate: 2000 }),
      ],
    });
    expect(finding.advice.join(' ')).toContain('Leave tcp_syncookies at 1');
  });

  it('a SYN queue without cookies that tcp_max_syn_backlog cuts short', async () => {
    const { host, peer, hostIp } = hosts;
    await foundAndMended({
      name: 'syn-queue',
      rule: 'R21',
      at: host,
      cause: () => host.sh('sysctl -qw net.ipv4.tcp_syncookies=0 net.ipv4.tcp_max_syn_backlog=64'),
      symptoms: ['R20', 'R22'],
      load: async () => [
        await play(host, 'accept_slowly', { ip: hostIp, port, backlog: 4096, pause: 0.05 }),
        await play(peer, 'raw', { kind: 'syn', ip: hostIp, port, rate: 300 }),
      ],
    });
  });
});

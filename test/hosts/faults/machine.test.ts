import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMakeHosts } from '../netnsHost.ts';
import { foundAndMended, foundNotMended } from './course.ts';
import { machine, type Pair, pair, play, type Role, setForNow } from './place.ts';

const port = 7008;

/** Settings of the machine as a whole are bent for the seconds of a test, and put back whatever happens. */
describe.runIf(canMakeHosts)('a fault of the whole machine', () => {
  let hosts: Pair;
  let restore: () => void = () => undefined;
  beforeEach(() => {
    hosts = pair();
  });
  afterEach(() => {
    restore();
    restore = () => undefined;
    hosts.remove();
  });

  /** All that the host receives is worked on by its last CPU, which has `rules` rules to go through for each packet. */
  function steered(rules: number): void {
    const last = Number(machine.sh('nproc')) - 1;
    hosts.host.sh(`for queue in /sys/class/net/eth0/queues/rx-*; do echo ${(1 << last).toString(16)} > $queue/rps_cpus; done
      nft add table ip work
      nft 'add chain ip work in { type filter hook prerouting priority 0; }'
      seq ${rules} | sed 's/.*/add rule ip work in ip saddr 192.0.2.1 counter/' | nft -f -`);
  }

  const datagrams = (rate: number, burst: number): Promise<readonly Role[]> =>
    Promise.all([
      play(hosts.host, 'udp_read', { ip: hosts.hostIp, port, rcvbuf: 4_000_000 }),
      play(hosts.peer, 'udp_send', { ip: hosts.hostIp, port, rate, burst, size: 64, cpu: 0 }),
    ]);

  it('a backlog of packets that is too short for a burst', async () => {
    steered(200);
    await foundAndMended({
      name: 'softnet-backlog',
      rule: 'R01',
      at: machine,
      cause: () => {
        restore = setForNow({ 'net.core.netdev_max_backlog': 16 });
      },
      load: () => datagrams(4000, 800),
    });
  });

  it('one flow that fills half of the backlog is cut off: that is what the flow limit is for', async () => {
    steered(10_000);
    const shorter = setForNow({ 'net.core.netdev_max_backlog': 200 });
    restore = shorter;
    const finding = await foundNotMended({
      name: 'flow-limit',
      rule: 'R29',
      at: machine,
      cause: () => {
        const unlimited = setForNow({ 'net.core.flow_limit_cpu_bitmap': '3' });
        restore = () => {
          unlimited();
          shorter();
        };
      },
      load: () => datagrams(2000, 190),
    });
    expect(finding.severity).toBe('info');
  });

  it('a budget of two packets a run', async () => {
    steered(10);
    await foundAndMended({
      name: 'time-squeeze',
      rule: 'R02',
      at: machine,
      cause: () => {
        restore = setForNow({ 'net.core.netdev_budget': 2 });
      },
      load: () => datagrams(20_000, 400),
    });
  });

  it('the same, seen from a namespace that has no such key: found by its rate', async () => {
    steered(10);
    const finding = await foundNotMended({
      name: 'time-squeeze-namespace',
      rule: 'R02',
      at: hosts.host,
      cause: () => {
        restore = setForNow({ 'net.core.netdev_budget': 2 });
      },
      load: () => datagrams(20_000, 400),
    });
    expect(finding.advice.join(' ')).toContain('does not exist in this network namespace');
  });

  it('a CPU that softirq takes whole: what it drops stands below it', async () => {
    steered(10_000);
    const { seen, ...finding } = await foundNotMended({
      name: 'cpu-full',
      rule: 'R36',
      at: machine,
      symptoms: ['R02', 'R01', 'R44'],
      cause: () => undefined,
      loadIsFault: true,
      load: () => datagrams(0, 64),
    });
    expect(finding.severity).toBe('crit');
    const below = seen.diagnosis.findings.filter(({ explainedBy }) => explainedBy?.key === finding.key);
    expect(below).not.toEqual([]);
  });

  it('neighbours beyond gc_thresh3', async () => {
    await foundAndMended({
      name: 'neighbours',
      rule: 'R49',
      at: machine,
      cause: () => {
        restore = setForNow({
          'net.ipv4.neigh.default.gc_thresh1': 16,
          'net.ipv4.neigh.default.gc_thresh2': 32,
          'net.ipv4.neigh.default.gc_thresh3': 64,
        });
      },
      load: async () => {
        hosts.host.sh('ip route replace 198.18.64.0/18 dev eth0');
        return [await play(hosts.host, 'scan', { prefix: '198.18', count: 200, rate: 400 })];
      },
    });
  });

  it('connections beyond nf_conntrack_max', async () => {
    machine.sh(`nft add table ip track
      nft 'add chain ip track early { type filter hook output priority -400; }'
      nft add rule ip track early udp dport != ${port} notrack
      nft 'add chain ip track in { type filter hook output priority 0; }'
      nft add rule ip track in ct state new counter`);
    try {
      await foundAndMended({
        name: 'conntrack',
        rule: 'R46',
        at: machine,
        cause: () => {
          restore = setForNow({ 'net.netfilter.nf_conntrack_max': 150 });
        },
        load: async () => [
          await play(machine, 'udp_read', { ip: '127.0.0.1', port }),
          await play(machine, 'udp_send', { ip: '127.0.0.1', port, rate: 1000, burst: 10, ports: 400 }),
        ],
      });
    } finally {
      machine.sh('nft delete table ip track');
    }
  });

  it('sockets without a process near tcp_max_orphans', async () => {
    const { host, peer, peerIp } = hosts;
    await foundAndMended({
      name: 'orphans',
      rule: 'R26',
      at: machine,
      cause: () => {
        restore = setForNow({ 'net.ipv4.tcp_max_orphans': 120 });
      },
      load: async () => [
        await play(peer, 'serve', { ip: peerIp, port, mode: 'keep' }),
        await play(host, 'leave', { ip: peerIp, port, count: 80 }),
      ],
    });
  });

  it('TCP above its mark of pressure', async () => {
    const { host, peer, hostIp } = hosts;
    await foundAndMended({
      name: 'tcp-memory',
      rule: 'R27',
      at: machine,
      cause: () => {
        restore = setForNow({ 'net.ipv4.tcp_mem': '500 1000 400000' });
      },
      load: async () => [
        await play(host, 'serve', { ip: hostIp, port, mode: 'keep' }),
        await play(peer, 'send', { ip: hostIp, port, connections: 60 }),
      ],
    });
  });

  it('files near fs.file-max', async () => {
    await foundAndMended({
      name: 'open-files',
      loadIsFault: true,
      rule: 'R58',
      at: machine,
      cause: () => {
        const [open = ''] = machine.sh('cat /proc/sys/fs/file-nr').split('\t');
        restore = setForNow({ 'fs.file-max': Math.round(Number(open) * 1.2) });
      },
      load: async () => [],
    });
  });

  it('busy polling that was left on', async () => {
    await foundAndMended({
      name: 'busy-poll',
      loadIsFault: true,
      rule: 'R61',
      at: machine,
      cause: () => {
        restore = setForNow({ 'net.core.busy_read': 50, 'net.core.busy_poll': 50 });
      },
      load: async () => [],
    });
  });

  const hasNic = machine.sh('ls -d /sys/class/net/*/device 2>/dev/null || true') !== '';
  it.runIf(hasNic)('RFS with the table of the host and none of the queues', async () => {
    await foundAndMended({
      name: 'rfs-half',
      loadIsFault: true,
      rule: 'R54',
      at: machine,
      cause: () => {
        restore = setForNow({ 'net.core.rps_sock_flow_entries': 32_768 });
      },
      load: async () => [],
    });
  });
});

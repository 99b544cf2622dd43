import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { parseCapture } from '../../src/capture/frame.ts';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';

const shells = [['dash'], ['busybox', 'ash'], ['bash', '--posix']].filter(([program = '']) =>
  existsSync(`/bin/${program}`),
);

function collect(
  shell: readonly string[],
  args: readonly string[],
): { stdout: string; stderr: string; status: number | null } {
  const [program = 'sh', ...before] = shell;
  return spawnSync(program, [...before, '-s', '--', ...args], {
    input: collectorScript,
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 1 << 26,
  });
}

describe('the collector on this machine', () => {
  it('is run by every shell we promise', () => expect(shells).toHaveLength(3));

  it.each(shells.map((shell) => [shell.join(' '), shell] as const))(
    'gives a whole capture under %s',
    (_name, shell) => {
      const { stdout, stderr, status } = collect(shell, ['1', 'n1']);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      const snapshot = readSnapshot(stdout);
      expect(snapshot.problems).toEqual([]);
      expect(snapshot.samples).toHaveLength(2);
      expect(snapshot.host.kernel).toBe(execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim());
      const [before, after] = snapshot.samples;
      expect((after?.uptime ?? 0) - (before?.uptime ?? 0)).toBeGreaterThan(0.9);
      for (const sample of snapshot.samples) {
        expect(sample.softnet).toMatchObject({ ok: true, warnings: [] });
        expect(sample.interrupts).toMatchObject({ ok: true, warnings: [] });
        expect(sample.netstat).toMatchObject({ ok: true, warnings: [] });
        expect(sample.tcpSockets).toMatchObject({ ok: true, warnings: [] });
        expect(sample.listeners).toMatchObject({ ok: true, warnings: [] });
      }
      expect(snapshot.nics.map((nic) => nic.name)).toContain('lo');
    },
  );

  it('takes one sample when the interval is 0', () => {
    const { stdout } = collect(['sh'], ['0', 'n1']);
    expect(readSnapshot(stdout).samples).toHaveLength(1);
  });

  it('keeps the complaint of a command with its section', () => {
    const { stdout } = collect(['sh'], ['0', 'n1']);
    const complaints = parseCapture(stdout).sections.filter((section) => section.stderr !== '');
    for (const { stderr } of complaints) expect(stderr).not.toContain('@@');
  });

  it('skips the walk over the sockets above the cap, and says so', () => {
    const { stdout } = collect(['sh'], ['0', 'n1', '8', '-1']);
    const tcp = readSnapshot(stdout).samples[0]?.tcpSockets;
    expect(tcp).toMatchObject({ ok: false, kind: 'skipped' });
    expect(tcp?.ok === false ? tcp.reason : '').toContain('more than the cap of -1');
  });

  it.each(shells.map((shell) => [shell.join(' '), shell] as const))(
    'counts sockets of both families against the cap under %s',
    async (_name, shell) => {
      const server = createServer().listen({ host: '::', port: 0, ipv6Only: false });
      await once(server, 'listening');
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      const clients = Array.from({ length: 60 }, () => connect({ host: '127.0.0.1', port }));
      try {
        await Promise.all(clients.map((client) => once(client, 'connect')));
        // What a socket for both families accepts is of IPv6, whoever connected: these 60 are not in /proc/net/sockstat.
        const words = /^TCP: .*$/m.exec(readFileSync('/proc/net/sockstat', 'utf8'))?.[0].split(' ') ?? [];
        const cap = Number(words[2]) + Number(words[6]) + 30;
        const tcp = readSnapshot(collect(shell, ['0', 'n1', '8', String(cap)]).stdout).samples[0]?.tcpSockets;
        expect(tcp).toMatchObject({ ok: false, kind: 'skipped' });
        expect(tcp?.ok === false ? tcp.reason : '').toContain(`more than the cap of ${cap}`);
      } finally {
        for (const client of clients) client.destroy();
        server.close();
      }
    },
  );

  // Run by an ordinary user, every other test here shows it.
  it.runIf(process.getuid?.() === 0)('works for an ordinary user', () => {
    const run = spawnSync(
      'setpriv',
      ['--reuid=65534', '--regid=65534', '--clear-groups', 'sh', '-s', '--', '0', 'n1'],
      { input: collectorScript, encoding: 'utf8' },
    );
    const snapshot = readSnapshot(run.stdout);
    expect(snapshot.problems).toEqual([]);
    expect(snapshot.samples[0]?.softnet.ok).toBe(true);
    expect(snapshot.sysctl.ok && snapshot.sysctl.value.get('net.core.somaxconn')).toMatch(/^\d+$/);
  });
});

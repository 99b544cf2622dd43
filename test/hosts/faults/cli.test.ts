import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCli } from '../../buildCli.ts';
import { canMakeHosts } from '../netnsHost.ts';
import { type Pair, pair, play, type Role } from './place.ts';

const port = 7011;

describe.runIf(canMakeHosts)('a fault from its snapshot to its end, on the command line', () => {
  const dir = mkdtempSync(join(tmpdir(), 'packet-path-fault-'));
  const program = join(dir, 'cli.cjs');
  let hosts: Pair;
  beforeAll(async () => {
    await buildCli(program);
    hosts = pair();
  });
  afterAll(() => {
    hosts.remove();
    rmSync(dir, { recursive: true });
  });

  it('diagnose exits with 1 and names it, and with 0 when its change was made', async () => {
    const { host } = hosts;
    const netns = host.inside.at(-1) ?? '';
    const capture = join(dir, 'during.netsnap');
    host.sh('sysctl -qw net.core.somaxconn=16');
    await underLoad(async () => {
      expect(await cli('snapshot', 'local', '--netns', netns, '--interval', '1', '-o', capture)).toMatchObject({
        status: 0,
      });
      expect(await cli('diagnose', 'local', '--netns', netns, '--interval', '1')).toMatchObject({ status: 1 });
    });

    const found = await cli('diagnose', capture, '--json');
    expect(found.status).toBe(1);
    const { findings } = JSON.parse(found.stdout) as { findings: { rule: string }[] };
    const worst = findings.find(({ rule }) => rule !== 'R37');
    expect(worst).toMatchObject({
      rule: 'R18',
      changes: [{ key: 'net.core.somaxconn', value: '4096', current: '16' }],
    });

    host.sh('sysctl -qw net.core.somaxconn=4096');
    await underLoad(async () => {
      const after = await cli(
        'diagnose',
        'local',
        '--netns',
        netns,
        '--interval',
        '1',
        '--threshold',
        'R37.warnShare=1',
      );
      expect(after, after.stdout).toMatchObject({ status: 0 });
    });
  });

  async function underLoad(work: () => Promise<void>): Promise<void> {
    const { host, peer, hostIp } = hosts;
    const roles: Role[] = [
      await play(host, 'accept_slowly', { ip: hostIp, port, backlog: 4096, pause: 0.2 }),
      await play(peer, 'churn', { ip: hostIp, port, rate: 600, burst: 60 }),
    ];
    try {
      await work();
    } finally {
      for (const role of roles.reverse()) await role.stop();
    }
  }

  function cli(...args: string[]): Promise<{ status: number; stdout: string }> {
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [program, ...args], { maxBuffer: 1 << 26, timeout: 60_000 }, (error, stdout) => {
        const status = error === null ? 0 : error.code;
        if (typeof status === 'number') resolve({ status, stdout });
        else reject(error);
      });
    });
  }
});

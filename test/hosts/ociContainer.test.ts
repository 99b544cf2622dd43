import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observe } from '../../src/capture/observation.ts';
import { takeCapture } from '../../src/capture/takeCapture.ts';
import { commandTransport } from '../../src/transport/commandShell.ts';
import { type BusyboxHost, busyboxHost } from './busyboxHost.ts';
import { never, processesWith, run, until } from './sshCase.ts';

interface OciConfig {
  process: { terminal: boolean; args: string[]; rlimits?: unknown };
  root: { path: string };
  linux: { resources?: unknown; namespaces: { type: string }[] };
  mounts: { type: string }[];
}

const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stderr.write('not root: no OCI container\n');

/** What `docker exec` and `podman exec` start in the end. */
describe.runIf(isRoot)('a container of an OCI runtime', () => {
  const id = `packet-path-${randomBytes(6).toString('hex')}`;
  const transport = commandTransport(['runc', 'exec', id], { name: 'web' });
  let host: BusyboxHost;

  beforeAll(() => {
    host = busyboxHost();
    execFileSync('runc', ['spec', '--bundle', host.root]);
    const file = join(host.root, 'config.json');
    const config = JSON.parse(readFileSync(file, 'utf8')) as OciConfig;
    // Bounded; without cgroups and limits, which a machine for tests may not let us set.
    Object.assign(config.process, { terminal: false, args: ['/bin/sleep', '300'], rlimits: undefined });
    config.root.path = host.root;
    config.linux.resources = undefined;
    config.linux.namespaces = config.linux.namespaces.filter(({ type }) => type !== 'cgroup');
    config.mounts = config.mounts.filter(({ type }) => !type.startsWith('cgroup'));
    writeFileSync(file, JSON.stringify(config));
    execFileSync('runc', ['run', '--detach', '--bundle', host.root, id], { stdio: 'ignore', timeout: 20_000 });
  });
  afterAll(() => {
    spawnSync('runc', ['delete', '--force', id]);
    host.remove();
  });

  it('gives a shell', async () => {
    const ran = await run(transport, 'read -r name < /proc/1/comm; echo "$1 beside $name"; exit 3');
    expect(ran).toMatchObject({ stdout: 'test beside sleep\n', stderr: '', end: { kind: 'exit', code: 3 } });
  });

  it('is looked at: its network, not that of this machine', async () => {
    const capture = await takeCapture(transport, { intervalSeconds: 0, deadlineMs: 20_000, signal: never });
    const { snapshot } = observe(capture.toString('utf8'));
    expect(snapshot.nics.map(({ name }) => name)).toEqual(['lo']);
    expect(snapshot.problems).toEqual([]);
  });

  it('has nothing of ours left in it after a cancel', async () => {
    const mark = `8${Math.floor(Math.random() * 1e9)}`;
    const aborted = new AbortController();
    const shell = await transport.startShell(['test'], aborted.signal);
    shell.stdout.resume();
    shell.stderr.resume();
    shell.stdin.write(`trap '' TERM; sleep ${mark} & sleep ${mark}; sleep ${mark}\n`);
    await until(() => processesWith(mark) === 2, 'it runs');
    aborted.abort();
    await shell.ended;
    await until(() => processesWith(mark) === 0, 'it is gone');
  });
});

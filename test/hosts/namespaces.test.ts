import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observe } from '../../src/capture/observation.ts';
import { takeCapture } from '../../src/capture/takeCapture.ts';
import { namespaceTransport } from '../../src/hosts/host.ts';
import { listNamespaces } from '../../src/hosts/namespaces.ts';
import { commandTransport } from '../../src/transport/commandShell.ts';
import { localTransport } from '../../src/transport/localShell.ts';
import type { NetNamespace, Transport } from '../../src/transport/shell.ts';
import { type BusyboxHost, busyboxHost } from './busyboxHost.ts';
import { finish, never, processesWith, sshCase, targetOf, until } from './sshCase.ts';
import { type Sshd, startSshd } from './sshd.ts';

const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stderr.write('not root: no network namespaces can be made, so these tests are left out\n');

/** What is mounted on /sys here. */
function sysMounts(): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(' /sys '));
}

/** Neither what ignores SIGTERM nor what has left the process group outlives a cancel. */
async function leavesNothing(parent: Transport, namespace: NetNamespace): Promise<void> {
  const mark = `6${Math.floor(Math.random() * 1e9)}.5`;
  const aborted = new AbortController();
  const shell = await namespaceTransport(parent, namespace).startShell(['test'], aborted.signal);
  shell.stdin.write(`trap '' TERM; setsid sleep ${mark} & sleep ${mark}; sleep ${mark}\n`);
  await until(() => processesWith(mark) >= 2, 'it runs');
  aborted.abort();
  await finish(shell);
  await until(() => processesWith(mark) === 0, 'it is gone');
}

/** Becomes nobody, whom sudo lets do everything: by a sudoers file that only this program and what it starts see. */
function sudoer(dir: string): string {
  const file = join(dir, 'sudoer');
  writeFileSync(join(dir, 'sudoers'), 'nobody ALL=(ALL) NOPASSWD: ALL\n', { mode: 0o440 });
  const user = 'setpriv --reuid 65534 --regid 65534 --clear-groups';
  const mounted = `mount --bind ${dir}/sudoers /etc/sudoers && exec ${user} "$@"`;
  writeFileSync(file, `#!/bin/sh\nexec unshare -m sh -c '${mounted}' sh "$@"\n`, { mode: 0o755 });
  return file;
}

/** The NICs that a process sees. */
function nicsAt(pid: number | undefined): string[] {
  const lines = readFileSync(`/proc/${pid}/net/dev`, 'utf8').split('\n').slice(2);
  return lines.map((line) => line.split(':')[0]?.trim() ?? '');
}

describe.runIf(isRoot)('network namespaces', () => {
  const name = `pp${process.pid}`;
  const odd = `${name} odd`;
  let inside: ChildProcess;
  let odder: ChildProcess;
  let server: ChildProcess;
  let sshd: Sshd;
  let userland: BusyboxHost;
  let dir: string;
  let sudoerProgram: string;
  beforeAll(async () => {
    for (const each of [name, odd]) execFileSync('ip', ['netns', 'add', each]);
    execFileSync('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
    execFileSync('ip', ['-n', name, 'link', 'add', 'named0', 'type', 'veth', 'peer', 'name', 'named1']);
    server = spawn('ip', ['netns', 'exec', name, 'busybox', 'nc', '-l', '-p', '7001']);
    odder = spawn('ip', ['netns', 'exec', odd, 'sleep', '300']);
    inside = spawn(
      'unshare',
      [
        '-n',
        'sh',
        '-c',
        'ip link set lo up; ip link add unshared0 type veth peer name unshared1; busybox nc -l -p 7002 & exec sleep 300',
      ],
      { detached: true },
    );
    await until(() => nicsAt(inside.pid).includes('unshared0'), 'there is a process in a namespace of its own');
    await until(
      () => readlinkSync(`/proc/${odder.pid}/ns/net`) !== readlinkSync('/proc/self/ns/net'),
      'and in the odd one',
    );
    sshd = await startSshd();
    userland = busyboxHost();
    dir = mkdtempSync(join(tmpdir(), 'packet-path-sudoer-'));
    sudoerProgram = sudoer(dir);
  });
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    userland.remove();
    await sshd.stop();
    process.kill(-(inside.pid ?? 0), 'SIGKILL');
    for (const child of [odder, server]) child.kill('SIGKILL');
    for (const each of [name, odd]) execFileSync('ip', ['netns', 'del', each]);
  });

  const byName = (sudo = false): NetNamespace => ({ kind: 'name', name, sudo });
  const byPid = (sudo = false): NetNamespace => ({ kind: 'pid', pid: inside.pid ?? 0, sudo });

  async function found(transport: Transport) {
    const { entries, ...list } = await listNamespaces(transport, never);
    const named = entries.find(({ label }) => label === name);
    const process = entries.find(({ detail }) => detail.startsWith(`pid ${inside.pid} `));
    return { ...list, entries, named, process, odd: entries.find(({ label }) => label === odd) };
  }

  it.each<[string, () => Transport]>([
    ['this machine', () => localTransport()],
    ['ssh', () => sshCase(targetOf(sshd)).transport],
    [
      'busybox',
      () => commandTransport(['busybox', 'env', '-i', `PATH=${join(userland.enter, '../bin')}`], { name: 'it' }),
    ],
  ])('are listed over %s', async (_name, transport) => {
    const list = await found(transport());
    expect(list).toMatchObject({ root: 'login', note: '' });
    expect(list.named).toMatchObject({ detail: `named; pid ${server.pid} busybox`, reason: '', namespace: byName() });
    expect(list.process).toMatchObject({ label: `sleep (pid ${inside.pid})`, reason: '', namespace: byPid() });
    expect(list.odd?.namespace).toEqual({ kind: 'pid', pid: odder.pid, sudo: false });
  });

  it('are listed as far as somebody without rights can see', async () => {
    const nobody = commandTransport(['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'], {
      name: 'it',
      cwd: '/',
    });
    const list = await found(nobody);
    expect(list.root).toBeNull();
    expect(list.note).toMatch(/of \d+ of \d+ processes cannot be seen/);
    expect(list.process).toBeUndefined();
    expect(list.named).toMatchObject({ namespace: null, reason: expect.stringContaining('takes root') });
  });

  it('are listed and entered by somebody whom sudo lets be root, and nothing stays', async () => {
    const sudoer = commandTransport([sudoerProgram], { name: 'it', cwd: '/' });
    const list = await found(sudoer);
    expect(list).toMatchObject({ root: 'sudo', note: '' });
    expect(list.named?.namespace).toEqual(byName(true));
    expect(list.process?.namespace).toEqual(byPid(true));
    for (const namespace of [byName(true), byPid(true)]) await leavesNothing(sudoer, namespace);
  });

  describe.each<[string, () => NetNamespace, string[]]>([
    ['by name', byName, ['lo', 'named0', 'named1']],
    ['by process', byPid, ['lo', 'unshared0', 'unshared1']],
    ['by name with sudo', () => byName(true), ['lo', 'named0', 'named1']],
    ['by process with sudo', () => byPid(true), ['lo', 'unshared0', 'unshared1']],
  ])('entered %s', (_name, namespace, nics) => {
    it.each<[string, () => Transport]>([
      ['this machine', () => localTransport()],
      ['ssh', () => sshCase(targetOf(sshd)).transport],
    ])('give a capture of their own over %s', async (_over, transport) => {
      const before = sysMounts();
      const parent = transport();
      const capture = await takeCapture(namespaceTransport(parent, namespace()), {
        intervalSeconds: 0,
        deadlineMs: 30_000,
        signal: never,
      });
      const { snapshot } = observe(capture.toString('utf8'));
      expect(snapshot.problems).toEqual([]);
      expect(snapshot.nics.map((nic) => nic.name).sort()).toEqual(nics);
      const { snmp, tcpSockets } = snapshot.samples[0] ?? {};
      expect(snmp).toMatchObject({ ok: true });
      // This machine has more of them, the test's own sshd at least.
      const listen = tcpSockets?.ok ? tcpSockets.value.states.get('LISTEN') : undefined;
      expect((listen?.v4 ?? 0) + (listen?.v6 ?? 0)).toBe(1);
      expect(sysMounts()).toEqual(before);
      expect(readdirSync('/sys/class/net')).not.toContain(nics[1]);
      parent.close();
    });

    it.each<[string, () => Transport]>([
      ['this machine', () => localTransport()],
      ['ssh', () => sshCase(targetOf(sshd)).transport],
    ])('keep nothing of a cancelled script on %s', async (_over, transport) => {
      const parent = transport();
      await leavesNothing(parent, namespace());
      parent.close();
    });
  });

  it('that are gone are said to be', async () => {
    const enter = (namespace: NetNamespace) => localTransport().startShell([], never, { namespace });
    const gone = { message: expect.stringContaining('did not let us into the network namespace'), kind: 'unsupported' };
    await expect(enter({ kind: 'name', name: 'pp-no-such', sudo: false })).rejects.toMatchObject(gone);
    await expect(enter({ kind: 'pid', pid: 2 ** 22, sudo: false })).rejects.toMatchObject(gone);
    await expect(enter({ kind: 'name', name: 'a b', sudo: false })).rejects.toThrow('needs quoting');
  });
});

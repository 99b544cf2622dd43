import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/transport/backoff.ts';
import type { Transport } from '../../src/transport/shell.ts';
import type { SshTarget } from '../../src/transport/sshTarget.ts';
import { canMakeHosts, type NetnsHost, testNetwork } from './netnsHost.ts';
import { countOf, finish, never, type Ran, run, sshCase, targetOf, until } from './sshCase.ts';
import { patienceMs, type SystemSshCase, systemSshCase } from './systemSshCase.ts';

const network = testNetwork();
let host: NetnsHost;
beforeAll(async () => {
  if (canMakeHosts) host = await network.host();
});
afterAll(() => network.remove());

/** Keepalive every half second, given up after two that are not answered: one and a half seconds. */
function watchful(): SshTarget {
  return targetOf(host.sshd(), { serverAliveMs: 500, serverAliveCountMax: 2 });
}

/** A shell that waits for its stdin, as the collector does between two samples; what comes of it is left to be awaited. */
async function waitingShell(transport: Transport): Promise<{ readonly done: Promise<Ran> }> {
  const shell = await transport.startShell(['test'], never);
  shell.stdin.write('echo up; read -r line\n');
  await once(shell.stdout, 'readable');
  return { done: finish(shell) };
}

/** Tries as the background watch does: that a neighbour was not there is remembered for a second or so (arp(7)). */
async function untilReached<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const pauseMs = attempt > 4 ? null : backoffMs(attempt);
      if (pauseMs === null) throw error;
      await delay(pauseMs);
    }
  }
}

/** How long it takes, in ms. */
async function timed(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

function isQuiet(): boolean {
  return host.processes().length === 0 && host.sshd().sessionPids().length === 0;
}

describe.skipIf(!canMakeHosts)('staying connected (needs root, for network namespaces)', () => {
  it('notices a link that is cut within the keepalive time, and connects anew once it is back', async () => {
    const { transport, log } = sshCase(watchful(), { readyMs: 3000 });
    const { done } = await waitingShell(transport);
    host.cut();
    expect(await timed(done)).toBeLessThan(4000);
    expect(await done).toMatchObject({ stdout: 'up\n', end: { kind: 'lost' } });
    expect(log.join('\n')).toContain('Keepalive timeout');
    const trying = transport.startShell([], never).catch((error: unknown) => error);
    expect(await timed(trying)).toBeLessThan(5000);
    expect(await trying).toMatchObject({ kind: expect.stringMatching(/timed-out|unreachable/) });
    host.mend();
    expect((await untilReached(() => run(transport, 'echo back'))).stdout).toBe('back\n');
    transport.close();
    // The host hears of it when the link is back.
    await until(isQuiet, 'nothing is left on the host', 20_000);
  });

  it('bears a link that is away for a shorter time', async () => {
    const { transport } = sshCase(targetOf(host.sshd()));
    const shell = await transport.startShell(['test'], never);
    const ran = finish(shell);
    host.cut();
    shell.stdin.end('echo still here');
    await delay(700);
    host.mend();
    expect(await ran).toMatchObject({ stdout: 'still here\n', end: { kind: 'exit', code: 0 } });
    transport.close();
  });

  it('comes back by itself after a sleep during which the host gave up', async () => {
    const { transport } = sshCase(targetOf(host.sshd()));
    await run(transport, 'true');
    host.cut();
    for (const pid of host.sshd().sessionPids()) process.kill(pid, 'SIGKILL');
    host.mend();
    const back = run(transport, 'echo back');
    expect(await timed(back)).toBeLessThan(3000);
    expect((await back).stdout).toBe('back\n');
    transport.close();
    await until(isQuiet, 'nothing is left on the host');
  });

  it('comes back by itself, in bounded time, when the old connection is silent', async () => {
    const { transport } = sshCase(targetOf(host.sshd()));
    await run(transport, 'true');
    const asleep = host.sshd().sessionPids();
    for (const pid of asleep) process.kill(pid, 'SIGSTOP');
    await delay(1100);
    const start = performance.now();
    const all = await Promise.all([1, 2, 3].map((n) => run(transport, `echo ${n}`)));
    expect(performance.now() - start).toBeLessThan(8000);
    expect(all.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n', '3\n']);
    for (const pid of asleep) process.kill(pid, 'SIGKILL');
    transport.close();
    await until(isQuiet, 'nothing is left on the host');
  });

  it('bears an sshd that is restarted, between shells and under one', async () => {
    const { transport } = sshCase(targetOf(host.sshd()));
    await run(transport, 'true');
    await host.kill();
    await expect(transport.startShell([], never)).rejects.toMatchObject({ kind: 'unreachable' });
    await host.start();
    const { done } = await waitingShell(transport);
    await host.kill();
    expect(await timed(done)).toBeLessThan(3000);
    expect((await done).end.kind).toBe('lost');
    await host.start();
    expect((await run(transport, 'echo back')).stdout).toBe('back\n');
    transport.close();
    await until(isQuiet, 'nothing is left on the host');
  });

  it('closes when idle, and is not kept by one that was closed while it opened', async () => {
    const idle = sshCase(targetOf(host.sshd()), { idleMs: 100 });
    await run(idle.transport, 'true');
    await until(isQuiet, 'nothing is left on the host');
    const from = host.sshd().log().length;
    const opening = sshCase(targetOf(host.sshd()));
    const starting = opening.transport.startShell([], never);
    await until(() => host.sshd().sessionPids().length > 0, 'it is being opened');
    opening.transport.close();
    await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
    await until(isQuiet, 'nothing is left on the host');
    expect((await run(opening.transport, 'echo again')).stdout).toBe('again\n');
    expect(countOf(host.sshd().log().slice(from), 'Accepted publickey')).toBeLessThanOrEqual(2);
    opening.transport.close();
  });

  it.each([1, 2, 10])('never asks for more sessions than the host allows: MaxSessions %i', async (maximum) => {
    const narrow = await network.host({ sshd: { config: [`MaxSessions ${maximum}`] } });
    const { transport } = sshCase(targetOf(narrow.sshd()));
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => run(transport, `sleep 0.02; echo ${n}`)));
    expect(all.map(({ stdout }) => stdout)).toEqual(Array.from({ length: 20 }, (_, n) => `${n}\n`));
    expect(countOf(narrow.sshd().log(), 'Accepted publickey')).toBe(1);
    transport.close();
    await until(() => narrow.processes().length === 0 && narrow.sshd().sessionPids().length === 0, 'all is closed');
  });
});

/** The same host by the system's ssh. */
function bySystemSsh(lines: readonly string[] = []): SystemSshCase {
  const { user, identityFile, knownHostsFile } = host.sshd();
  const login = [`User ${user}`, `IdentityFile ${identityFile}`, 'IdentityAgent none', 'IdentitiesOnly yes'];
  const known = [`UserKnownHostsFile ${knownHostsFile}`, 'GlobalKnownHostsFile none', 'ConnectTimeout 3'];
  const all = [`HostName ${host.address}`, ...lines, ...login, ...known];
  return systemSshCase('web', ['Host web', ...all, ''].join('\n  '));
}

describe.skipIf(!canMakeHosts)('staying connected by the system’s ssh (needs root, for network namespaces)', () => {
  it('notices a link that is cut within the keepalive time, and connects anew once it is back', async () => {
    const { transport } = bySystemSsh(['ServerAliveInterval 1', 'ServerAliveCountMax 2']);
    const { done } = await waitingShell(transport);
    host.cut();
    expect(await timed(done)).toBeLessThan(6000);
    expect(await done).toMatchObject({ stdout: 'up\n', end: { kind: 'lost' } });
    await expect(transport.startShell([], never)).rejects.toMatchObject({
      kind: expect.stringMatching(/timed-out|unreachable/),
    });
    host.mend();
    expect((await untilReached(() => run(transport, 'echo back'))).stdout).toBe('back\n');
    transport.close();
    await until(isQuiet, 'nothing is left on the host', 20_000);
  });

  it('comes back by itself after a sleep during which the host gave up, or was restarted', async () => {
    const { transport } = bySystemSsh();
    await run(transport, 'true');
    host.cut();
    for (const pid of host.sshd().sessionPids()) process.kill(pid, 'SIGKILL');
    host.mend();
    expect((await untilReached(() => run(transport, 'echo back'))).stdout).toBe('back\n');
    const { done } = await waitingShell(transport);
    await host.kill();
    expect((await done).end.kind).toBe('lost');
    await host.start();
    expect((await run(transport, 'echo again')).stdout).toBe('again\n');
    transport.close();
    await until(isQuiet, 'nothing is left on the host', patienceMs);
  });

  it('comes back by itself, in bounded time, when the old connection is silent', async () => {
    const { transport } = bySystemSsh();
    await run(transport, 'true');
    const asleep = host.sshd().sessionPids();
    for (const pid of asleep) process.kill(pid, 'SIGSTOP');
    const back = run(transport, 'echo back');
    expect(await timed(back)).toBeLessThan(30_000);
    expect((await back).stdout).toBe('back\n');
    for (const pid of asleep) process.kill(pid, 'SIGKILL');
    transport.close();
    await until(isQuiet, 'nothing is left on the host', patienceMs);
  });
});

describe.skipIf(!canMakeHosts)('nothing is left on the host (needs root, for network namespaces)', () => {
  it.each([
    ['cancelled', (): AbortSignal => AbortSignal.abort()],
    ['past its deadline', () => AbortSignal.timeout(1)],
  ])('when a start is %s', async (_name, signal) => {
    const { transport } = sshCase(targetOf(host.sshd()), { idleMs: 100 });
    await expect(transport.startShell([], signal())).rejects.toThrow();
    await until(isQuiet, 'nothing is left on the host');
    transport.close();
  });

  it('when a shell is past its deadline', async () => {
    const { transport } = sshCase(targetOf(host.sshd()));
    await run(transport, 'true');
    const shell = await transport.startShell(['test'], AbortSignal.timeout(1500));
    shell.stdin.write('sleep 1000 & sleep 1000\n');
    await finish(shell);
    await until(() => host.processes().length === 0, 'nothing runs on the host');
    transport.close();
    await until(isQuiet, 'nothing is left on the host');
  });

  it('when the transport is closed under ten shells', async () => {
    const { transport } = sshCase(targetOf(host.sshd()));
    const shells = Array.from({ length: 10 }, () => transport.startShell(['test'], never));
    const ends = shells.map((starting) =>
      starting.then(
        (shell) => finish(shell),
        (error: unknown) => error,
      ),
    );
    await Promise.race(shells);
    transport.close();
    await Promise.all(ends);
    await until(isQuiet, 'nothing is left on the host');
  });
});

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../scripts/system.mts';
import { observe } from '../../src/capture/observation.ts';
import { takeCapture } from '../../src/capture/takeCapture.ts';
import { commandTransport } from '../../src/transport/commandShell.ts';
import { type ClientAndDaemon, clientAndDaemon } from './clientAndDaemon.ts';
import { type Container, startContainer } from './container.ts';
import { finish, never, processesWith, run, until } from './sshCase.ts';

const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stderr.write('not root: no containers, no chroot, no sudo\n');

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path command-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A program of that text, in a directory with a blank in its name. */
function program(name: string, text: string): string {
  const file = join(dir, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** What no other process has in its command line. */
function sleepMark(): string {
  return `7${Math.floor(Math.random() * 1e9)}.5`;
}

async function givesShell(command: readonly string[], stderr = 'problem\n'): Promise<void> {
  const ran = await run(commandTransport(command, { name: 'it' }), 'echo "$1,$2"; echo problem >&2; exit 3', [
    'a=1',
    '/b',
  ]);
  expect(ran).toMatchObject({ stdout: 'a=1,/b\n', stderr });
}

/** Neither what it waits for, nor what ignores SIGTERM, nor what has left the process group outlives a cancel. */
async function leavesNothing(command: readonly string[]): Promise<void> {
  const mark = sleepMark();
  const log: string[] = [];
  const aborted = new AbortController();
  const transport = commandTransport(command, { name: 'it', log: (line) => log.push(line) });
  const shell = await transport.startShell(['test'], aborted.signal);
  shell.stdin.write(`trap '' TERM; (trap '' TERM; sleep ${mark}; true) & sleep ${mark}; sleep ${mark}\n`);
  await until(() => processesWith(mark) === 2, 'it runs');
  const startedAt = performance.now();
  aborted.abort();
  await finish(shell);
  expect(performance.now() - startedAt).toBeLessThan(5000);
  await until(() => processesWith(mark) === 0, 'it is gone');
  expect(log.filter((line) => line.includes('left'))).toEqual([]);
}

describe('a command that gives a shell', () => {
  const prefixes: [string, () => readonly string[]][] = [
    ['env -i', () => ['env', '-i']],
    ['a program that gives its words to a shell', () => [program('rejoin', 'exec sh -c "$*"')]],
    [
      'a program that greets, without a line end',
      () => [program('greet', 'printf "Welcome!\\nlast login: "; exec "$@"')],
    ],
    ['sh -c', () => ['sh', '-c']],
  ];
  it.each(prefixes)('is %s', async (_name, command) => {
    await givesShell(command());
    await leavesNothing(command());
  });

  it('gets its arguments as they are', async () => {
    const args = ['a b', '$(touch evil)', ';', '*', '', `'"`, '--', 'ä'];
    const show = program(
      'show',
      'for word; do printf "[%s]" "$word"; done >&2; while [ $# -gt 1 ]; do shift; done; exec "$1"',
    );
    const ran = commandTransport([show, ...args], { name: 'it', cwd: dir });
    const shell = await ran.startShell([], never);
    shell.stdin.end('exit 0\n');
    await finish(shell);
    // What it said on stderr came before the shell, so it is seen through a program that says it and fails.
    const failing = program('fail', 'for word; do printf "[%s]" "$word"; done >&2; exit 1');
    await expect(commandTransport([failing, ...args], { name: 'it' }).startShell([], never)).rejects.toThrow(
      `${args.map((arg) => `[${arg}]`).join('')}[sh]`,
    );
    expect(existsSync(join(dir, 'evil'))).toBe(false);
  });

  it('is started where it is told', async () => {
    program('beside', 'exec "$@"');
    const { stdout } = await run(commandTransport(['./beside'], { name: 'it', cwd: dir }), 'pwd');
    expect(stdout).toBe(`${dir}\n`);
  });

  it('ends its shells, and those that are coming up, when it is closed, and can be used again', async () => {
    const transport = commandTransport(['env', '-i'], { name: 'it' });
    const shell = await transport.startShell(['test'], never);
    const mark = sleepMark();
    shell.stdin.write(`sleep ${mark}\n`);
    await until(() => processesWith(mark) === 1, 'it runs');
    transport.close();
    await finish(shell);
    expect(processesWith(mark)).toBe(0);
    expect((await run(transport, 'echo again')).stdout).toBe('again\n');
    const silent = commandTransport([program('silent', 'exec sleep 60')], { name: 'it' });
    const coming = silent.startShell([], never);
    silent.close();
    await expect(coming).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe.runIf(isRoot)('a shell elsewhere', () => {
  let container: Container;
  let daemon: ClientAndDaemon;
  beforeAll(async () => {
    container = await startContainer();
    daemon = await clientAndDaemon(dir, ['nsenter', ...inside()]);
  });
  afterAll(async () => {
    await daemon.stop();
    await container.stop();
  });
  const inside = () => ['-t', String(container.pid), '-n', '-m', '-p'];

  const prefixes: [string, () => readonly string[]][] = [
    ['nsenter into a container', () => ['nsenter', ...inside()]],
    ['nsenter of busybox', () => ['busybox', 'nsenter', ...inside()]],
    ['unshare', () => ['unshare', '-n', '-p', '-f', '--mount-proc']],
    ['chroot', () => [program('root', `exec "${join(container.root, 'enter')}" "$*"`)]],
    ['sudo as another user', () => ['sudo', '-n', '-u', 'nobody']],
    ['sudo, then a container', () => ['sudo', '-n', 'nsenter', ...inside()]],
  ];
  it.each(prefixes)('by %s', async (_name, command) => {
    await givesShell(command());
    await leavesNothing(command());
  });

  it('by a client whose end nobody hears of', async () => {
    const mark = sleepMark();
    const shell = await commandTransport([daemon.client], { name: 'it' }).startShell(['test'], never);
    shell.stdin.write(`echo runs; sleep ${mark}\n`);
    await until(() => processesWith(mark) === 1, 'it runs');
    shell.end();
    await finish(shell);
    await until(() => processesWith(mark) === 0, 'it is gone');
  });

  it('by a client that is killed', async () => {
    const mark = sleepMark();
    const shell = await commandTransport([daemon.client], { name: 'it' }).startShell(['test'], never);
    shell.stdin.write(`sleep ${mark}\n`);
    await until(() => processesWith(mark) === 1, 'it runs');
    const client = execFileSync('pgrep', ['-f', daemon.client], { encoding: 'utf8' }).trim();
    process.kill(Number(client), 'SIGKILL');
    expect((await finish(shell)).end).toEqual({ kind: 'signal', signal: 'SIGKILL' });
    await until(() => processesWith(mark) === 0, 'it is gone');
  });

  it('gives a capture of the container, and nothing else', async () => {
    const transport = commandTransport(['nsenter', ...inside()], { name: 'it' });
    const capture = await takeCapture(transport, { intervalSeconds: 1, deadlineMs: 30_000, signal: never });
    const { snapshot } = observe(capture.toString('utf8'));
    expect(snapshot.problems).toEqual([]);
    expect(snapshot.nics.map((nic) => nic.name).sort()).toEqual(['inside0', 'inside1', 'lo']);
    expect(snapshot.samples[0]?.netstat).toMatchObject({ ok: true });
  });
});

describe('what gives no shell', () => {
  it.each<[string, () => readonly string[], Record<string, unknown>]>([
    [
      'is not there',
      () => ['no-such-program'],
      { kind: 'config', message: expect.stringContaining('no-such-program cannot be started: it is not there') },
    ],
    ['is no program', () => ['/etc/passwd', 'x'], { kind: 'config', message: expect.stringContaining('not allowed') }],
    [
      'says why',
      () => [program('why', 'echo starting; echo "Error: No such container: web" >&2; exit 1')],
      { kind: 'unsupported', message: 'it gave no shell: Error: No such container: web' },
    ],
    [
      'says it in colour, on stdout',
      () => [program('colour', 'printf "\\033[31mrefused\\033[0m\\n"; exit 1')],
      { message: 'it gave no shell: [31mrefused [0m' },
    ],
    ['says nothing', () => ['true'], { kind: 'unsupported', message: 'it gave no shell, and said nothing' }],
    [
      'never answers',
      () => [program('never', 'echo waiting for you >&2; exec sleep 60')],
      { kind: 'timed-out', message: 'it gave no shell within 1 s: waiting for you' },
    ],
    [
      'complains without end',
      () => [program('endless', 'yes trouble >&2')],
      { kind: 'timed-out', message: expect.stringMatching(/within 1 s: (trouble \/ )+trouble$/) },
    ],
    ['talks without end', () => ['yes'], { kind: 'unsupported', message: 'it gave no shell, but text without end' }],
    [
      'gives a terminal',
      () => [program('terminal', 'exec script -qc "$1" /dev/null')],
      { kind: 'unsupported', message: expect.stringContaining('terminal') },
    ],
  ])('%s', async (_name, command, error) => {
    const transport = commandTransport(command(), { name: 'it', readyMs: 1000 });
    const startedAt = performance.now();
    await expect(transport.startShell([], never)).rejects.toMatchObject({
      name: 'TransportError',
      hint: expect.stringContaining('packetPath.hosts'),
      ...error,
    });
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });

  it('is given up when asked to', async () => {
    const mark = sleepMark();
    const aborted = new AbortController();
    const starting = commandTransport([program('slow', `sleep ${mark}`)], { name: 'it' }).startShell(
      [],
      aborted.signal,
    );
    await until(() => processesWith(mark) === 1, 'it runs');
    aborted.abort(new Error('enough'));
    await expect(starting).rejects.toThrow('enough');
    await until(() => processesWith(mark) === 0, 'it is gone');
  });

  it.runIf(findProgram('docker'))('is what docker has not', async () => {
    const transport = commandTransport(['docker', 'exec', '-i', 'packet-path-no-such-container'], { name: 'it' });
    await expect(transport.startShell([], never)).rejects.toThrow(/No such container|Cannot connect|permission denied/);
  });
});

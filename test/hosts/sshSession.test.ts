import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countOf, finish, never, processesWith, run, sshCase, targetAt, targetOf, until } from './sshCase.ts';
import { freePort, type Sshd, startSshd } from './sshd.ts';

let sshd: Sshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

/** A number of seconds that no other process sleeps for. */
function sleepMark(): string {
  return `7${Math.floor(Math.random() * 1e9)}.5`;
}

function connections(from: number): number {
  return countOf(sshd.log().slice(from), 'Accepted publickey');
}

describe('shells', () => {
  it('gives arguments, both outputs and the exit status', async () => {
    const { transport } = sshCase(targetOf(sshd));
    const ran = await run(transport, 'echo "$1,$2"; echo problem >&2; exit 3', ['a=1', '/b']);
    expect(ran).toEqual({ stdout: 'a=1,/b\n', stderr: 'problem\n', end: { kind: 'exit', code: 3 } });
    transport.close();
  });

  it('tells a shell that was killed', async () => {
    const { transport } = sshCase(targetOf(sshd));
    expect((await run(transport, 'kill -9 $$')).end).toEqual({ kind: 'signal', signal: 'SIGKILL' });
    transport.close();
  });

  it('delivers much output whole', async () => {
    const { transport } = sshCase(targetOf(sshd));
    const { stdout, end } = await run(transport, 'head -c 20000000 /dev/zero | tr "\\0" x; echo end');
    expect(end).toEqual({ kind: 'exit', code: 0 });
    expect(stdout).toHaveLength(20_000_004);
    transport.close();
  });

  it('refuses an argument that a login shell could read differently', async () => {
    const { transport } = sshCase(targetOf(sshd));
    await expect(transport.startShell(['$(id)'], never)).rejects.toThrow('quoting');
  });
});

describe('one connection', () => {
  it('is shared by shells one after the other and at once', async () => {
    const from = sshd.log().length;
    const { transport } = sshCase(targetOf(sshd));
    await run(transport, 'true');
    const both = await Promise.all([run(transport, 'echo 1'), run(transport, 'echo 2')]);
    expect(both.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n']);
    expect(connections(from)).toBe(1);
    transport.close();
  });

  it('serves twelve shells wanted at once', async () => {
    const from = sshd.log().length;
    const { transport } = sshCase(targetOf(sshd));
    const all = await Promise.all(Array.from({ length: 12 }, (_, n) => run(transport, `sleep 0.1; echo ${n}`)));
    expect(all.map(({ stdout }) => stdout)).toEqual(Array.from({ length: 12 }, (_, n) => `${n}\n`));
    expect(connections(from)).toBe(1);
    transport.close();
  });

  it('closes when idle and is made anew when wanted again', async () => {
    const from = sshd.log().length;
    const { transport, log } = sshCase(targetOf(sshd), { idleMs: 200 });
    await run(transport, 'true');
    await until(() => sshd.sessionPids().length === 0, 'idle connection closed');
    expect(log.join('\n')).toContain('idle');
    expect((await run(transport, 'echo back')).stdout).toBe('back\n');
    expect(connections(from)).toBe(2);
    transport.close();
  });

  it('is not idle while a shell runs that began on an unused one, the first or a later one', async () => {
    const from = sshd.log().length;
    const { transport } = sshCase(targetOf(sshd), { idleMs: 300 });
    for (const word of ['first', 'later'])
      expect(await run(transport, `sleep 1; echo ${word}`)).toMatchObject({ stdout: `${word}\n`, end: { code: 0 } });
    expect(connections(from)).toBe(1);
    transport.close();
  });

  it('says that it was lost, and comes back', async () => {
    const { transport } = sshCase(targetOf(sshd));
    const mark = sleepMark();
    const shell = await transport.startShell(['test'], never);
    shell.stdin.write(`echo up; sleep ${mark} & wait\n`);
    const done = finish(shell);
    await until(() => processesWith(mark) === 1, 'it runs');
    for (const pid of sshd.sessionPids()) process.kill(pid, 'SIGKILL');
    expect(await done).toMatchObject({ stdout: 'up\n', end: { kind: 'lost' } });
    expect((await run(transport, 'echo back')).stdout).toBe('back\n');
    transport.close();
    // With sshd killed, only the end of its stdin can tell the script; this one does not look.
    execFileSync('pkill', ['-f', `^sleep ${mark.replace('.', '[.]')}$`]);
  });

  it('ends its shells when it is closed', async () => {
    const { transport } = sshCase(targetOf(sshd));
    const mark = sleepMark();
    const shell = await transport.startShell(['test'], never);
    shell.stdin.write(`sleep ${mark}\n`);
    await until(() => processesWith(mark) === 1, 'it runs');
    transport.close();
    await finish(shell);
    await until(() => processesWith(mark) === 0 && sshd.sessionPids().length === 0, 'all gone');
  });
});

describe('ending', () => {
  it('lets the script end by itself when its stdin closes', async () => {
    const { transport } = sshCase(targetOf(sshd));
    const shell = await transport.startShell(['test'], never);
    shell.stdin.write('echo ready; read -r line || { echo closed; exit 5; }\n');
    await once(shell.stdout, 'readable');
    const done = finish(shell);
    shell.end();
    expect(await done).toMatchObject({ stdout: 'ready\nclosed\n', end: { kind: 'exit', code: 5 } });
    transport.close();
  });

  it.each([
    ['a command it waits for', 'sleep MARK'],
    ['one that ignores SIGTERM', "trap '' TERM; sleep MARK; sleep MARK"],
  ])('leaves nothing on the host: %s', async (_name, script) => {
    const { transport } = sshCase(targetOf(sshd));
    const mark = sleepMark();
    const aborted = new AbortController();
    const shell = await transport.startShell(['test'], aborted.signal);
    shell.stdin.write(`${script.replaceAll('MARK', mark)}\n`);
    await until(() => processesWith(mark) === 1, 'it runs');
    aborted.abort();
    // Nobody reads its output either.
    expect((await shell.ended).kind).toBe('signal');
    await until(() => processesWith(mark) === 0, 'it is gone');
    transport.close();
  });

  it('ends a shell whose channel was still being opened', async () => {
    const { transport } = sshCase(targetOf(sshd));
    await run(transport, 'true');
    const aborted = new AbortController();
    const mark = `mark-${sleepMark()}`;
    const starting = transport.startShell([mark], aborted.signal);
    // It has been asked for, and no answer can have come yet.
    await setImmediate();
    aborted.abort(new Error('enough'));
    await expect(starting).rejects.toThrow('enough');
    await delay(300);
    await until(() => processesWith(mark) === 0, 'it is gone');
    expect((await run(transport, 'echo still there')).stdout).toBe('still there\n');
    transport.close();
  });
});

describe('servers with limits', () => {
  it('waits its turn where only one session is allowed', async () => {
    const narrow = await startSshd({ config: ['MaxSessions 1'] });
    const { transport } = sshCase(targetOf(narrow));
    const all = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => run(transport, `echo ${n}`)));
    expect(all.map(({ stdout }) => stdout.trim())).toEqual(['1', '2', '3', '4', '5', '6']);
    transport.close();
    await narrow.stop();
  });

  it('says so where no session is allowed', async () => {
    const closed = await startSshd({ config: ['MaxSessions 0'] });
    const { transport } = sshCase(targetOf(closed));
    await expect(run(transport, 'true')).rejects.toMatchObject({ kind: 'unsupported' });
    transport.close();
    await closed.stop();
  });

  it('bears a login shell that prints first, and a banner', async () => {
    const noisy = await startSshd({
      config: ['ForceCommand echo Welcome; exec sh -c "$SSH_ORIGINAL_COMMAND"', 'Banner /etc/os-release'],
    });
    const { transport, log } = sshCase(targetOf(noisy));
    expect((await run(transport, 'echo hello')).stdout).toBe('Welcome\nhello\n');
    expect(log.join('\n')).toContain('banner: ');
    transport.close();
    await noisy.stop();
  });

  it('names the algorithm that is not shared', async () => {
    const modern = await startSshd({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] });
    const { transport } = sshCase(targetOf(modern));
    const failed = run(transport, 'true');
    await expect(failed).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('key exchange'),
      remedy: 'system-ssh',
    });
    await modern.stop();
  });
});

describe('hosts that do not answer', () => {
  let silent: Server;
  let port: number;
  let open = 0;
  beforeAll(async () => {
    silent = createServer((socket) => {
      open += 1;
      socket.on('error', () => {});
      socket.resume();
      socket.on('close', () => {
        open -= 1;
      });
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => {
    silent.close();
  });

  it('ends with the signal', async () => {
    const { transport } = sshCase(targetAt(port));
    const starting = transport.startShell([], AbortSignal.timeout(200));
    await expect(starting).rejects.toMatchObject({ name: 'TimeoutError' });
    await until(() => open === 0, 'the connection is closed');
  });

  it('ends when its time is up', async () => {
    const { transport } = sshCase(targetAt(port), { readyMs: 300 });
    const start = performance.now();
    await expect(transport.startShell([], never)).rejects.toMatchObject({ kind: 'timed-out' });
    expect(performance.now() - start).toBeLessThan(2000);
    await until(() => open === 0, 'the connection is closed');
  });

  it('ends when ConnectTimeout is up, whatever time there would be otherwise', async () => {
    const { transport } = sshCase(targetAt(port, { connectTimeoutMs: 300 }), { readyMs: 60_000 });
    const start = performance.now();
    await expect(transport.startShell([], never)).rejects.toMatchObject({ kind: 'timed-out' });
    expect(performance.now() - start).toBeLessThan(2000);
    await until(() => open === 0, 'the connection is closed');
  });

  it('goes on for those who still wait when one of them gives up', async () => {
    const { transport } = sshCase(targetAt(port), { readyMs: 600 });
    const first = transport.startShell([], AbortSignal.timeout(100));
    const second = transport.startShell([], never);
    await expect(first).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(second).rejects.toMatchObject({ kind: 'timed-out' });
  });

  it('says that the port is closed, or the name unknown', async () => {
    const closed = sshCase(targetAt(await freePort())).transport;
    await expect(closed.startShell([], never)).rejects.toMatchObject({ kind: 'unreachable' });
    const nowhere = sshCase(targetAt(22, { host: 'no-such-host.invalid' })).transport;
    await expect(nowhere.startShell([], never)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('no-such-host.invalid'),
    });
  });
});

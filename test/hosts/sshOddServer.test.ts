import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type AuthContext, type AuthenticationType, type Connection, type Session } from 'ssh2';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { isAbort } from '../../src/transport/abort.ts';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import { TransportError } from '../../src/transport/shell.ts';
import { never, run, sshCase, targetAt } from './sshCase.ts';
import { makeKey } from './sshd.ts';

// What a real sshd does not do for us here: passwords without accounts, questions, and misbehaviour.

const keys = mkdtempSync(join(tmpdir(), 'packet-path-odd-'));
let made = 0;
const servers: ssh2.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

afterAll(() => rmSync(keys, { recursive: true }));

interface Behaviour {
  readonly banner?: string;
  onAuth(context: AuthContext, connection: Connection): void;
  onSession?(session: Session): void;
  refuseSession?(): boolean;
}

async function oddServer({
  banner,
  onAuth,
  onSession = echoes,
  refuseSession = () => false,
}: Behaviour): Promise<number> {
  const hostKey = makeKey(join(keys, String(made++)), 'ed25519');
  const options = { hostKeys: [readFileSync(hostKey)], ...(banner === undefined ? {} : { banner }) };
  const server = new ssh2.Server(options, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => onAuth(context, connection));
    connection.on('session', (accept, reject) => {
      if (refuseSession()) reject();
      else onSession(accept());
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Runs nothing: says what it was asked to run. */
function echoes(session: Session): void {
  session.on('exec', (accept, _reject, { command }) => {
    const channel = accept();
    channel.write(`${command.replace(/^sh -c 'export \S+; exec (.*)'$/, '$1')}\n`);
    channel.exit(0);
    channel.end();
  });
}

function takesPassword(password: string): Behaviour['onAuth'] {
  return (context) => {
    if (context.method === 'password' && context.password === password) context.accept();
    else context.reject(['password']);
  };
}

/** What each question says of the login it is about. */
function whose(port: number): object {
  return { alias: 'sshd-test', user: 'tester', host: '127.0.0.1', port, onTheWayTo: null };
}

function told(error: unknown, log: readonly string[]): string {
  return `${String(error)} ${error instanceof TransportError ? error.hint : ''} ${log.join('\n')}`;
}

describe('passwords', () => {
  it('are asked for, again when wrong, and never told', async () => {
    const port = await oddServer({ onAuth: takesPassword('the-right-one') });
    const test = sshCase(targetAt(port), { secrets: ['the-wrong-one', 'the-right-one'] });
    expect((await run(test.transport, '')).stdout).toBe('sh -s -- test\n');
    expect(test.secrets).toEqual([
      { kind: 'password', ...whose(port), echo: false, attempt: 1 },
      { kind: 'password', ...whose(port), echo: false, attempt: 2 },
    ]);
    expect(test.log.join('\n')).not.toMatch(/the-(wrong|right)-one/);
    test.transport.close();
  });

  it('are asked for three times at most', async () => {
    const port = await oddServer({ onAuth: takesPassword('the-right-one') });
    const test = sshCase(targetAt(port), { secrets: ['no-1', 'no-2', 'no-3', 'the-right-one'] });
    const error: unknown = await run(test.transport, '').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'auth-failed', message: expect.stringContaining('tried: password') });
    expect(test.secrets).toHaveLength(3);
    expect(told(error, test.log)).not.toMatch(/no-[123]/);
  });

  it('end the attempt when the prompt is cancelled', async () => {
    const port = await oddServer({ onAuth: takesPassword('x') });
    const test = sshCase(targetAt(port), { secrets: [undefined] });
    await expect(run(test.transport, '')).rejects.toMatchObject({ name: 'AbortError' });
    expect(test.secrets).toHaveLength(1);
  });

  it('that have to be changed first are no reason to wait', async () => {
    const port = await oddServer({
      onAuth(context) {
        if (context.method === 'password') context.requestChange('Your password has expired', () => {});
        else context.reject(['password']);
      },
    });
    const test = sshCase(targetAt(port), { secrets: ['the-old-one'] });
    const error: unknown = await run(test.transport, '').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'auth-failed', message: expect.stringContaining('to be changed') });
  });

  it('are not waited for when the server hangs up meanwhile', async () => {
    let gone: AbortSignal | undefined;
    const port = await oddServer({
      onAuth(context, connection) {
        context.reject(['password']);
        setTimeout(() => connection.end(), 100);
      },
    });
    const test = sshCase(targetAt(port), {
      secret: (_question, signal) => {
        gone = signal;
        return new Promise(() => {});
      },
    });
    await expect(run(test.transport, '')).rejects.toMatchObject({ kind: 'lost' });
    expect(gone?.aborted).toBe(true);
  });

  it('are not asked for before the host key is trusted', async () => {
    const port = await oddServer({ onAuth: takesPassword('x') });
    const test = sshCase(targetAt(port), { trust: false, secrets: ['x'] });
    await expect(run(test.transport, '')).rejects.toMatchObject({ kind: 'host-key-unknown' });
    expect(test.secrets).toEqual([]);
  });
});

describe("the server's own questions", () => {
  it('are asked as they stand, without control characters', async () => {
    const port = await oddServer({
      onAuth(context) {
        if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
        const prompts = [{ prompt: 'Code\u001b[31m\r\n sent \u202eto you: ', echo: true }];
        context.prompt(prompts, 'a title', 'instruc\u001btions', ([code]) => {
          if (code === '123456') context.accept();
          else context.reject(['keyboard-interactive']);
        });
      },
    });
    const test = sshCase(targetAt(port), { secrets: ['123456'] });
    expect((await run(test.transport, '')).stdout).toBe('sh -s -- test\n');
    expect(test.secrets).toEqual([
      {
        kind: 'answer',
        ...whose(port),
        prompt: 'Code [31m sent to you:',
        instruction: 'a title: instruc tions',
        echo: true,
        attempt: 1,
      },
    ]);
    expect(test.log.join('\n')).not.toContain('123456');
    test.transport.close();
  });

  it('come before the password where the server takes both, several at once', async () => {
    const both: AuthenticationType[] = ['password', 'keyboard-interactive'];
    const port = await oddServer({
      onAuth(context) {
        if (context.method !== 'keyboard-interactive') return context.reject(both);
        const prompts = ['Password: ', 'Code: '].map((prompt, index) => ({ prompt, echo: index === 1 }));
        context.prompt(prompts, '', '', (given) => {
          if (given.join() === 'right,123456') context.accept();
          else context.reject(both);
        });
      },
    });
    const test = sshCase(targetAt(port), { secrets: ['right', '000000', 'right', '123456'] });
    expect((await run(test.transport, '')).stdout).toBe('sh -s -- test\n');
    expect(test.secrets.map(({ kind, prompt, echo, attempt }) => [kind, prompt, echo, attempt])).toEqual([
      ['answer', 'Password:', false, 1],
      ['answer', 'Code:', true, 1],
      ['answer', 'Password:', false, 2],
      ['answer', 'Code:', true, 2],
    ]);
    test.transport.close();
  });

  it('are offered by many a server that has none: then a password may be mistyped twice all the same', async () => {
    let offered = 0;
    const port = await oddServer({
      onAuth(context) {
        if (context.method === 'keyboard-interactive') offered += 1;
        if (context.method === 'password' && context.password === 'right') context.accept();
        else context.reject(['password', 'keyboard-interactive']);
      },
    });
    const test = sshCase(targetAt(port), { secrets: ['wrong', 'wrong again', 'right'] });
    expect((await run(test.transport, '')).stdout).toBe('sh -s -- test\n');
    expect(test.secrets.map(({ kind, attempt }) => [kind, attempt])).toEqual([
      ['password', 1],
      ['password', 2],
      ['password', 3],
    ]);
    expect(offered).toBe(1);
    test.transport.close();
  });

  it('end the attempt when one is given up', async () => {
    const port = await oddServer({ onAuth: (context) => context.reject(['password', 'keyboard-interactive']) });
    const test = sshCase(targetAt(port), { secrets: [undefined] });
    const error: unknown = await run(test.transport, '').catch((reason: unknown) => reason);
    expect(isAbort(error)).toBe(true);
    expect(test.secrets).toHaveLength(1);
  });
});

describe('misbehaviour', () => {
  it('a server that accepts every step and never lets anybody in is left in the end', async () => {
    let steps = 0;
    const port = await oddServer({
      onAuth(context) {
        steps += 1;
        context.reject(['keyboard-interactive'], context.method !== 'none');
      },
    });
    const test = sshCase(targetAt(port));
    await expect(run(test.transport, '')).rejects.toMatchObject({ kind: 'auth-failed' });
    expect(steps).toBe(11);
  });

  it('a server that refuses every session is not asked for ever, however many want one', async () => {
    let refused = 0;
    const port = await oddServer({
      onAuth: (context) => context.accept(),
      refuseSession: () => {
        refused += 1;
        return true;
      },
    });
    const test = sshCase(targetAt(port));
    const all = await Promise.allSettled([1, 2, 3].map(() => run(test.transport, '')));
    for (const outcome of all) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { kind: 'unsupported' } });
    }
    expect(refused).toBe(9);
    test.transport.close();
  });

  it('a banner loses its control characters', async () => {
    const port = await oddServer({ banner: 'hello\u001b]0;pwned\u0007\nworld', onAuth: (context) => context.accept() });
    const test = sshCase(targetAt(port));
    await run(test.transport, '');
    expect(test.log).toContain('banner: hello ]0;pwned world');
    test.transport.close();
  });

  it('a server that hangs up during the login is lost, not waited for', async () => {
    const port = await oddServer({ onAuth: (_context, connection) => connection.end() });
    const test = sshCase(targetAt(port));
    await expect(run(test.transport, '')).rejects.toMatchObject({ kind: 'lost' });
  });

  it('a session without an exit status is lost', async () => {
    const port = await oddServer({
      onAuth: (context) => context.accept(),
      onSession: (session) => session.on('exec', (accept) => accept().end('half')),
    });
    const test = sshCase(targetAt(port));
    const ran = await run(test.transport, '');
    expect(ran).toMatchObject({ stdout: 'half', end: { kind: 'lost' } });
    test.transport.close();
  });

  it('a command that the server will not run is unsupported', async () => {
    const port = await oddServer({
      onAuth: (context) => context.accept(),
      onSession: (session) => session.on('exec', (_accept, reject) => reject()),
    });
    const test = sshCase(targetAt(port));
    await expect(run(test.transport, '')).rejects.toMatchObject({ kind: 'unsupported' });
    test.transport.close();
  });

  it('a server that never ends a session does not keep `ended` from settling', async () => {
    const port = await oddServer({
      onAuth: (context) => context.accept(),
      onSession: (session) => session.on('exec', (accept) => accept().write('for ever')),
    });
    const test = sshCase(targetAt(port));
    const shell = await test.transport.startShell([], never);
    const start = performance.now();
    shell.end();
    expect((await shell.ended).kind).toBe('lost');
    expect(performance.now() - start).toBeLessThan(4000);
    test.transport.close();
  });

  it('a key changed since it was trusted here is refused, and can be forgotten', async () => {
    const trusting = sshCase(targetAt(await oddServer({ onAuth: (context) => context.accept() })));
    await run(trusting.transport, '');
    trusting.transport.close();
    const port = await oddServer({ onAuth: (context) => context.accept() });
    const stored = readFileSync(trusting.storeFile, 'utf8').replace(/\]:\d+/, `]:${port}`);
    writeFileSync(trusting.storeFile, stored);

    const test = sshCase(targetAt(port), { storeFile: trusting.storeFile });
    const failed = run(test.transport, '');
    await expect(failed).rejects.toMatchObject({ kind: 'host-key-changed', hint: expect.stringContaining('forget') });
    expect(test.questions).toEqual([]);
    expect(await hostKeyStore(trusting.storeFile).forget({ host: '127.0.0.1', port })).toBe(1);
    const again = sshCase(targetAt(port), { storeFile: trusting.storeFile });
    await run(again.transport, '');
    expect(again.questions).toHaveLength(1);
    again.transport.close();
  });
});

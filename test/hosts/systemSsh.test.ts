import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeBundle } from '../../scripts/nodeBundle.mts';
import { hostNamed, openTransport } from '../../src/hosts/host.ts';
import { processSshEnvironment } from '../../src/hosts/sshEnvironment.ts';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import { TransportError } from '../../src/transport/shell.ts';
import { isRoot } from './pamHost.ts';
import { countOf, finish, never, processesWith, run, until } from './sshCase.ts';
import { fingerprintOf, makeKey, type Sshd, startSshd } from './sshd.ts';
import { hostLines, missing, patienceMs, runtimeDirs, systemSshCase, workDir } from './systemSshCase.ts';

let sshd: Sshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

/** How to log in to the server, whose key is on record unless `known` says otherwise. */
function config(lines: readonly string[] = [], known = sshd.knownHostsFile, port = sshd.port): string {
  const login = [`UserKnownHostsFile ${known}`, `IdentityFile ${sshd.identityFile}`, 'IdentitiesOnly yes'];
  return hostLines('web', port, [...lines, ...login]);
}

function mark(): string {
  return `7${Math.floor(Math.random() * 1e9)}.25`;
}

async function failure(test: { transport: { startShell: (args: string[], signal: AbortSignal) => Promise<unknown> } }) {
  return test.transport.startShell([], never).then(
    () => {
      throw new Error('it ran');
    },
    (error: unknown) => error,
  );
}

describe.each([
  ['a shared connection', true],
  ['a connection for each', false],
])('shells over %s', (_name, shared) => {
  it('give arguments, both outputs and the exit status, whatever ssh_config says beside', async () => {
    const odd = ['RemoteCommand echo odd', 'RequestTTY yes', 'LogLevel QUIET', 'LocalForward 127.0.0.1:1 127.0.0.1:1'];
    const test = systemSshCase('web', config(odd), { shared });
    const ran = await run(test.transport, 'echo "$1,$2"; echo problem >&2; exit 3', ['a=1', '/b']);
    expect(ran).toEqual({ stdout: 'a=1,/b\n', stderr: 'problem\n', end: { kind: 'exit', code: 3 } });
  });

  it('let the script end by itself when stdin closes', async () => {
    const { transport } = systemSshCase('web', config(), { shared });
    const shell = await transport.startShell([], never);
    shell.stdin.write('echo ready; read -r line || { echo closed; exit 5; }\n');
    await once(shell.stdout, 'readable');
    const done = finish(shell);
    shell.end();
    expect(await done).toMatchObject({ stdout: 'ready\nclosed\n', end: { kind: 'exit', code: 5 } });
  });

  it.each([
    ['that waits', 'sleep MARK'],
    ['that ignores SIGTERM', "trap '' TERM HUP; sleep MARK; sleep MARK"],
    ['whose output nobody reads', 'sleep MARK & while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done'],
  ])('leave nothing on the host when given up: one %s', async (_what, script) => {
    const test = systemSshCase('web', config(), { shared });
    const aborted = new AbortController();
    const sleeps = mark();
    const shell = await test.transport.startShell([], aborted.signal);
    shell.stdin.write(`${script.replaceAll('MARK', sleeps)}\n`);
    await until(() => processesWith(sleeps) > 0, 'it runs', patienceMs);
    const before = performance.now();
    aborted.abort();
    expect((await shell.ended).kind).not.toBe('exit');
    expect(performance.now() - before).toBeLessThan(6000);
    await until(() => processesWith(sleeps) === 0, 'it is gone', patienceMs);
    test.transport.close();
    await until(() => sshd.sessionPids().length === 0, 'the connection is gone', patienceMs);
  });

  it('tell a connection that is lost, and the next one gets another', async () => {
    const test = systemSshCase('web', config(), { shared });
    const shell = await test.transport.startShell([], never);
    shell.stdin.write('echo up; sleep 30\n');
    await once(shell.stdout, 'readable');
    for (const pid of sshd.sessionPids()) process.kill(pid, 'SIGKILL');
    expect((await finish(shell)).end).toEqual({ kind: 'lost', message: 'the connection was lost' });
    expect((await run(test.transport, 'echo again')).stdout).toBe('again\n');
  });
});

describe('one connection', () => {
  it('is what a host gets whose settings choose the system’s ssh; nothing is done before the first shell', async () => {
    const configFile = join(workDir, 'config-chosen');
    writeFileSync(configFile, config());
    const storeFile = join(workDir, 'store-chosen', 'known_hosts');
    const prompts = { trustHostKey: async () => false, secret: async () => undefined };
    const ssh = { ...processSshEnvironment(), configFile };
    const transport = openTransport(hostNamed('web', 'system'), { ssh, prompts, store: hostKeyStore(storeFile) });
    expect(existsSync(dirname(storeFile))).toBe(false);
    expect((await run(transport, 'echo chosen')).stdout).toBe('chosen\n');
    transport.close();
    await until(() => sshd.sessionPids().length === 0, 'it is gone', patienceMs);
  });

  it('serves all shells, those started at once as well, and ends with close', async () => {
    const test = systemSshCase('web', config([], join(workDir, 'nothing')));
    const from = sshd.log().length;
    const ran = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => run(test.transport, `echo ${n}`)));
    expect(ran.map(({ stdout }) => stdout.trim())).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(countOf(sshd.log().slice(from), 'Accepted publickey')).toBe(1);
    expect(test.questions).toHaveLength(1);
    test.transport.close();
    await until(() => sshd.sessionPids().length === 0 && runtimeDirs().length === 0, 'nothing is left', patienceMs);
    expect((await run(test.transport, 'echo after')).stdout).toBe('after\n');
  });

  it('closes when idle', async () => {
    const test = systemSshCase('web', config(), { idleMs: 300 });
    await run(test.transport, 'true');
    expect(sshd.sessionPids()).not.toEqual([]);
    await until(() => sshd.sessionPids().length === 0, 'it closed', patienceMs);
    expect((await run(test.transport, 'echo again')).stdout).toBe('again\n');
  });

  it('is not idle while a shell runs that began on an unused one, the first or a later one', async () => {
    const test = systemSshCase('web', config(), { idleMs: 300 });
    for (const word of ['first', 'later'])
      expect((await run(test.transport, `sleep 1; echo ${word}`)).stdout).toBe(`${word}\n`);
  });

  it('is replaced unasked when it died in between', async () => {
    const test = systemSshCase('web', config());
    await run(test.transport, 'true');
    for (const pid of sshd.sessionPids()) process.kill(pid, 'SIGKILL');
    expect((await run(test.transport, 'echo replaced')).stdout).toBe('replaced\n');
  });

  it('is replaced for all that waited for their turn on it, and what ran is lost', async () => {
    const test = systemSshCase('web', config());
    const shells = await Promise.all([1, 2, 3, 4, 5].map(() => test.transport.startShell([], never)));
    const waiting = [...Array(12).keys()].map((n) => run(test.transport, `echo ${n}`));
    for (const pid of sshd.sessionPids()) process.kill(pid, 'SIGKILL');
    for (const shell of shells) expect((await finish(shell)).end).toMatchObject({ kind: 'lost' });
    expect((await Promise.all(waiting)).map(({ stdout }) => Number(stdout))).toEqual([...Array(12).keys()]);
  });

  it('has no more sessions than the host allows', async () => {
    const few = await startSshd({ config: ['MaxSessions 2'] });
    try {
      const known = [`UserKnownHostsFile ${few.knownHostsFile}`, `IdentityFile ${few.identityFile}`];
      const test = systemSshCase('few', hostLines('few', few.port, known));
      const ran = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => run(test.transport, `sleep 0.2; echo ${n}`)));
      expect(ran.map(({ stdout }) => stdout.trim())).toEqual(['1', '2', '3', '4', '5', '6']);
      expect(countOf(few.log(), 'Accepted publickey')).toBe(1);
      test.transport.close();
    } finally {
      await few.stop();
    }
  });

  it('leaves one that the user has open alone', async () => {
    const own = join(workDir, 'own');
    const lines = ['ControlMaster auto', `ControlPath ${own}`, 'ControlPersist 20'];
    const test = systemSshCase('web', config(lines));
    await run(test.transport, 'true');
    expect(existsSync(own)).toBe(false);
  });
});

describe('this process', () => {
  it('may end in whatever way: its connection goes with it', async () => {
    const script = join(workDir, 'dies.cjs');
    const configFile = join(workDir, 'config-dies');
    writeFileSync(configFile, config());
    const code = `
      import { processSshEnvironment } from './src/hosts/sshEnvironment.ts';
      import { resolveSystemSsh } from './src/hosts/systemSshHost.ts';
      import { hostKeyStore } from './src/transport/hostKeys/hostKeyStore.ts';
      import { quietPrompts } from './src/transport/prompts/quietPrompts.ts';
      import { systemSshTransport } from './src/transport/systemSsh/systemSsh.ts';
      const env = { ...processSshEnvironment(), configFile: ${JSON.stringify(configFile)} };
      const signal = new AbortController().signal;
      const options = { prompts: quietPrompts, store: hostKeyStore(${JSON.stringify(join(workDir, 'store-dies'))}), askpass: null };
      systemSshTransport((stop) => resolveSystemSsh('web', env, stop), options)
        .startShell([], signal)
        .then((shell) => shell.stdin.write('echo up; sleep 60\\n', () => process.stdout.write('up')));
    `;
    const stdin = { contents: code, resolveDir: process.cwd(), loader: 'ts' } as const;
    buildSync({ ...nodeBundle, stdin, outfile: script, logLevel: 'error' });
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(sshd.sessionPids()).not.toEqual([]);
    child.kill('SIGKILL');
    await until(() => sshd.sessionPids().length === 0 && runtimeDirs().length === 0, 'nothing is left', patienceMs);
  });
});

describe('host keys', () => {
  it('are asked for with the fingerprint of ssh-keygen, and a yes is kept in our store only', async () => {
    const known = join(workDir, 'known_empty');
    writeFileSync(known, '');
    const test = systemSshCase('web', config([], known));
    await run(test.transport, 'true');
    const [question] = test.questions;
    expect(question).toMatchObject({
      alias: 'web',
      host: '127.0.0.1',
      address: '127.0.0.1',
      port: sshd.port,
      onTheWayTo: null,
      knownTypes: [],
      keyType: 'ssh-ed25519',
      fingerprint: sshd.hostKeyFingerprints['ssh-ed25519'],
    });
    expect(readFileSync(known, 'utf8')).toBe('');
    expect(sshd.knownHostsLine.split('\n')).toContain(readFileSync(test.storeFile, 'utf8').trim());
    expect(statSync(test.storeFile).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(test.storeFile)).mode & 0o777).toBe(0o700);

    const again = systemSshCase('web', config(['StrictHostKeyChecking yes'], known), { storeFile: test.storeFile });
    await run(again.transport, 'true');
    expect(again.questions).toEqual([]);
  });

  it('end the attempt when the answer is no', async () => {
    const test = systemSshCase('web', config([], join(workDir, 'none')), { trust: false });
    expect(await failure(test)).toMatchObject({
      kind: 'host-key-unknown',
      message: expect.stringContaining('not trusted'),
    });
  });

  it('are taken without asking where ssh_config says so, and put on record', async () => {
    const test = systemSshCase('web', config(['StrictHostKeyChecking no'], join(workDir, 'none')));
    await run(test.transport, 'true');
    expect(test.questions).toEqual([]);
    expect(readFileSync(test.storeFile, 'utf8')).toContain('ssh-ed25519');
  });

  it('are refused when they have changed, whatever ssh_config says, with both fingerprints and the line', async () => {
    const other = makeKey(join(workDir, 'other_host'), 'ed25519');
    const known = join(workDir, 'known_changed');
    const [type, key] = readFileSync(`${other}.pub`, 'utf8').split(' ');
    writeFileSync(known, `# a comment\n[127.0.0.1]:${sshd.port} ${type} ${key}\n`);
    const test = systemSshCase('web', config(['StrictHostKeyChecking no'], known));
    const error = await failure(test);
    expect(error).toMatchObject({ kind: 'host-key-changed' });
    for (const part of [sshd.hostKeyFingerprints['ssh-ed25519'], fingerprintOf(`${other}.pub`), `${known}:2`])
      expect(String(error)).toContain(part);
    expect(test.questions).toEqual([]);
  });

  it('are refused when they have changed, by whatever odd name the host goes', async () => {
    const [type, key] = readFileSync(`${makeKey(join(workDir, 'odd_host'), 'ed25519')}.pub`, 'utf8').split(' ');
    const known = join(workDir, 'known_odd');
    writeFileSync(known, `[127.0.0.1]:${sshd.port} ${type} ${key}\n`);
    for (const name of ['we*', 'web?', '!web', '#web', '=web']) {
      const test = systemSshCase(name, config(['StrictHostKeyChecking no'], known).replace('Host web', 'Host *'));
      expect(await failure(test), name).toMatchObject({ kind: 'host-key-changed' });
    }
  });

  it('are refused when they are revoked', async () => {
    const known = join(workDir, 'known_revoked');
    const lines = sshd.knownHostsLine.split('\n');
    writeFileSync(known, [...lines, ...lines.map((line) => `@revoked ${line}`), ''].join('\n'));
    expect(await failure(systemSshCase('web', config([], known)))).toMatchObject({ kind: 'host-key-revoked' });
  });

  it('are refused when they are unknown and StrictHostKeyChecking is on', async () => {
    const test = systemSshCase('web', config(['StrictHostKeyChecking yes'], join(workDir, 'none')));
    expect(await failure(test)).toMatchObject({ kind: 'host-key-unknown' });
    expect(test.questions).toEqual([]);
  });

  it('are refused when only another type is on record, as OpenSSH has it', async () => {
    const known = join(workDir, 'known_rsa');
    const [type, key] = readFileSync(`${makeKey(join(workDir, 'rsa_host'), 'rsa')}.pub`, 'utf8').split(' ');
    writeFileSync(known, `[127.0.0.1]:${sshd.port} ${type} ${key}\n`);
    const error = await failure(systemSshCase('web', config([], known)));
    expect(error).toMatchObject({ kind: 'host-key-changed', message: expect.stringContaining(`${known}:1`) });
  });
});

describe('what goes wrong', () => {
  it.each([
    ['nobody listens', 'unreachable', /Connection refused/],
    ['the name is none', 'unreachable', /Could not resolve/],
    ['the key is refused', 'auth-failed', /Permission denied/],
    ['no algorithm is shared', 'unsupported', /no matching/],
    ['ssh_config is broken', 'config', /.*/],
  ])('%s', async (what, kind, message) => {
    const lines: Readonly<Record<string, readonly string[]>> = {
      'nobody listens': ['Port 1'],
      'the name is none': ['HostName no-such-host.invalid'],
      'the key is refused': [`IdentityFile ${makeKey(join(workDir, 'stranger'), 'ed25519')}`],
      'no algorithm is shared': ['Ciphers 3des-cbc'],
      'ssh_config is broken': ['Flavour vanilla'],
    };
    const login = [`UserKnownHostsFile ${sshd.knownHostsFile}`, 'IdentitiesOnly yes', `IdentityFile ${workDir}/no`];
    const text = ['Host web', ...(lines[what] ?? []), '', hostLines('web', sshd.port, login)].join('\n');
    const error = await failure(systemSshCase('web', text));
    expect(error).toMatchObject({ kind, message: expect.stringMatching(message) });
    await until(() => runtimeDirs().length === 0, 'nothing is left on disk', patienceMs);
  });

  it('a host that says nothing, for as long as it is waited for', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const test = systemSshCase('web', config([], sshd.knownHostsFile, port), { readyMs: 700 });
    expect(await failure(test)).toMatchObject({ kind: 'timed-out' });
    await until(() => processesWith(join(workDir, 't', 'pp-ssh-')) === 0, 'no ssh is left', patienceMs);
    silent.close();
  });

  it.skipIf(missing(!isRoot, 'mounting takes root'))(
    'no program may run where ssh is to find what it asks by',
    async () => {
      const temporary = process.env['TMPDIR'];
      const strict = mkdtempSync(join(workDir, 'noexec-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'noexec', 'tmpfs', strict]);
      process.env['TMPDIR'] = strict;
      try {
        const error = await failure(systemSshCase('web', config([], join(workDir, 'none'))));
        expect(error).toMatchObject({
          kind: 'config',
          message: expect.stringContaining(strict),
          hint: expect.stringContaining('TMPDIR'),
        });
      } finally {
        process.env['TMPDIR'] = temporary;
        execFileSync('umount', ['-l', strict]);
      }
    },
  );

  it.each([
    ['no shell', 'ForceCommand echo This account is not available; exit 1', /This account is not available/],
    ['no end', 'ForceCommand yes', /does not let us run/],
  ])('a host that gives %s', async (_what, line, message) => {
    const odd = await startSshd({ config: [line] });
    try {
      const login = [`UserKnownHostsFile ${odd.knownHostsFile}`, `IdentityFile ${odd.identityFile}`];
      const error = await failure(systemSshCase('odd', hostLines('odd', odd.port, login)));
      expect(error).toMatchObject({ kind: 'unsupported', message: expect.stringMatching(message) });
    } finally {
      await odd.stop();
    }
  });

  it('not a login shell that greets', async () => {
    const greeting = await startSshd({
      config: ['ForceCommand echo "Welcome, and mind the gap"; sh -c "$SSH_ORIGINAL_COMMAND"'],
    });
    try {
      const login = [`UserKnownHostsFile ${greeting.knownHostsFile}`, `IdentityFile ${greeting.identityFile}`];
      const test = systemSshCase('greeting', hostLines('greeting', greeting.port, login));
      expect((await run(test.transport, 'echo clean')).stdout).toBe('clean\n');
      test.transport.close();
    } finally {
      await greeting.stop();
    }
  });

  it('nothing may be asked: the error that says so stays, and one who may be asked gets through', async () => {
    const test = systemSshCase('web', config([], join(workDir, 'none')));
    const quiet = new TransportError('needs-attention', 'nobody may be asked', 'Ask.');
    const refuse = { trustHostKey: () => Promise.reject(quiet), secret: () => Promise.reject(quiet) };
    const unasked = test.transport.startShell([], never, { prompts: refuse });
    const asked = run(test.transport, 'echo asked');
    await expect(unasked).rejects.toBe(quiet);
    expect((await asked).stdout).toBe('asked\n');
  });

  it('the signal is aborted while a question is open', async () => {
    const aborted = new AbortController();
    let open: AbortSignal | undefined;
    const test = systemSshCase('web', config([], join(workDir, 'none')), {
      trust: (_question, signal) => {
        open = signal;
        setTimeout(() => aborted.abort(new Error('enough')), 50);
        return new Promise(() => {});
      },
    });
    await expect(test.transport.startShell([], aborted.signal)).rejects.toThrow('enough');
    await until(() => open?.aborted === true, 'the question is taken back');
    await until(() => sshd.sessionPids().length === 0 && runtimeDirs().length === 0, 'nothing is left', patienceMs);
  });

  it('its own clock stands still while a question is open', async () => {
    const test = systemSshCase('web', config([], join(workDir, 'none')), {
      readyMs: 1500,
      trust: () => new Promise((resolve) => setTimeout(resolve, 2000, true)),
    });
    expect((await run(test.transport, 'echo late')).stdout).toBe('late\n');
  });
});

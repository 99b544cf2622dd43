import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TransportError } from '../../src/transport/shell.ts';
import { countOf, failure, hello, never, sshCase, targetOf, until } from './sshCase.ts';
import { makeKey, type Sshd, startSshd } from './sshd.ts';

let sshd: Sshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

describe('keys', () => {
  it('logs in with a plain key and asks nothing when the host key is in known_hosts', async () => {
    const test = sshCase(targetOf(sshd));
    expect(await hello(test)).toBe('hello test\n');
    expect(test.questions).toEqual([]);
    expect(test.secrets).toEqual([]);
    expect(existsSync(test.storeFile)).toBe(false);
  });

  it('asks for the passphrase of an encrypted key, again when it is wrong', async () => {
    const target = targetOf(sshd, { identityFiles: [sshd.encryptedIdentityFile] });
    const test = sshCase(target, { secrets: ['wrong-secret-guess', sshd.passphrase] });
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets.map(({ kind, keyFile, attempt, echo }) => ({ kind, keyFile, attempt, echo }))).toEqual([
      { kind: 'passphrase', keyFile: sshd.encryptedIdentityFile, attempt: 1, echo: false },
      { kind: 'passphrase', keyFile: sshd.encryptedIdentityFile, attempt: 2, echo: false },
    ]);
    expect(test.log.join('\n')).not.toMatch(/wrong-secret-guess|correct horse/);
  });

  it('does not ask for the passphrase of a key that the server would not take', async () => {
    const other = makeKey(join(sshd.dir, 'id_other_encrypted'), 'ed25519', 'never typed');
    const test = sshCase(targetOf(sshd, { identityFiles: [other] }));
    const error = await failure(test);
    expect(error).toMatchObject({ kind: 'auth-failed', message: expect.stringContaining(other) });
    expect(String(error)).toContain('It takes publickey');
    expect(test.secrets).toEqual([]);
  });

  it('ends when the passphrase prompt is cancelled', async () => {
    const test = sshCase(targetOf(sshd, { identityFiles: [sshd.encryptedIdentityFile] }), { secrets: [undefined] });
    expect(await failure(test)).toMatchObject({ name: 'AbortError' });
    expect(test.secrets).toHaveLength(1);
  });

  it('gives up on a key after three wrong passphrases, and tells none of them', async () => {
    const wrong = ['first-secret', 'second-secret', 'third-secret'];
    const test = sshCase(targetOf(sshd, { identityFiles: [sshd.encryptedIdentityFile] }), { secrets: wrong });
    const error = await failure(test);
    expect(error).toMatchObject({ kind: 'auth-failed' });
    expect(test.secrets).toHaveLength(3);
    const told = `${String(error)} ${error instanceof TransportError ? error.hint : ''} ${test.log.join('\n')}`;
    for (const secret of wrong) expect(told).not.toContain(secret);
  });

  it('skips files that are missing or no key', async () => {
    const nonsense = join(sshd.dir, 'id_nonsense');
    writeFileSync(nonsense, 'not a key\n');
    const missing = join(sshd.dir, 'id_missing');
    const test = sshCase(targetOf(sshd, { identityFiles: [missing, nonsense, sshd.identityFile] }));
    expect(await hello(test)).toBe('hello test\n');
    expect(test.log.join('\n')).toContain(`${missing} cannot be read (ENOENT)`);
    expect(test.log.join('\n')).toContain(`${nonsense} cannot be used`);
  });
});

describe('agent', () => {
  let agent: ChildProcess;
  let socket: string;
  beforeAll(async () => {
    socket = join(sshd.dir, 'agent.sock');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    await until(() => existsSync(socket), 'the agent listens');
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    const strangers = [1, 2, 3, 4, 5, 6].map((n) => makeKey(join(sshd.dir, `id_stranger${n}`), 'ed25519'));
    for (const file of [...strangers, sshd.identityFile])
      execFileSync('ssh-add', ['-q', file], { env, stdio: 'ignore' });
  });
  afterAll(() => {
    agent.kill();
  });

  it('offers only the configured key when IdentitiesOnly is set, though it is the seventh', async () => {
    const publicOnly = join(sshd.dir, 'id_public_only');
    writeFileSync(publicOnly, readFileSync(`${sshd.identityFile}.pub`));
    const test = sshCase(targetOf(sshd, { identityAgent: socket, identityFiles: [publicOnly], identitiesOnly: true }));
    expect(await hello(test)).toBe('hello test\n');
    expect(countOf(test.log.join('\n'), 'offering')).toBe(1);
  });

  it('offers a configured key first without IdentitiesOnly too', async () => {
    const test = sshCase(targetOf(sshd, { identityAgent: socket, identitiesOnly: false }));
    expect(await hello(test)).toBe('hello test\n');
    expect(test.log.filter((line) => line.startsWith('offering'))).toEqual([expect.stringContaining('agent key')]);
  });

  it('says what to do when the server ends it over too many keys', async () => {
    const test = sshCase(targetOf(sshd, { identityAgent: socket, identitiesOnly: false, identityFiles: [] }));
    const error = await failure(test);
    expect(error).toMatchObject({ kind: 'auth-failed', hint: expect.stringContaining('IdentitiesOnly') });
  });

  it('goes on without an agent that is not there', async () => {
    const test = sshCase(targetOf(sshd, { identityAgent: join(sshd.dir, 'nobody.sock') }));
    expect(await hello(test)).toBe('hello test\n');
    expect(test.log.join('\n')).toContain('cannot be used');
  });
});

describe('host keys', () => {
  it('asks about an unknown key with the fingerprint of ssh-keygen, and remembers a yes in our store only', async () => {
    const knownHosts = join(sshd.dir, 'empty_known_hosts');
    writeFileSync(knownHosts, '');
    const target = targetOf(sshd, { knownHostsFiles: [knownHosts] });
    const test = sshCase(target);
    expect(await hello(test)).toBe('hello test\n');
    const [question] = test.questions;
    expect(question).toMatchObject({ host: '127.0.0.1', address: '127.0.0.1', port: sshd.port, knownTypes: [] });
    expect(question?.fingerprint).toBe(sshd.hostKeyFingerprints[question?.keyType ?? '']);
    expect(readFileSync(knownHosts, 'utf8')).toBe('');
    const stored = readFileSync(test.storeFile, 'utf8').trim();
    expect(sshd.knownHostsLine.split('\n')).toContain(stored);
    expect(statSync(test.storeFile).mode & 0o777).toBe(0o600);
    expect(statSync(join(test.storeFile, '..')).mode & 0o777).toBe(0o700);

    const again = sshCase(target, { storeFile: test.storeFile });
    expect(await hello(again)).toBe('hello test\n');
    expect(again.questions).toEqual([]);
  });

  it('sends nothing of the login when the answer is no', async () => {
    await until(() => sshd.sessionPids().length === 0, 'the logins before are over, in the log as well');
    const from = sshd.log().length;
    const test = sshCase(targetOf(sshd, { knownHostsFiles: [] }), { trust: false });
    expect(await failure(test)).toMatchObject({ kind: 'host-key-unknown' });
    expect(existsSync(test.storeFile)).toBe(false);
    await until(() => /(Connection closed|Disconnected|disconnect)/.test(sshd.log().slice(from)), 'sshd saw it go');
    expect(sshd.log().slice(from)).not.toMatch(/publickey|Accepted|Failed|user /);
  });

  it('refuses a changed key without asking, naming both fingerprints and the line', async () => {
    const other = readFileSync(`${makeKey(join(sshd.dir, 'other_host'), 'ed25519')}.pub`, 'utf8').split(' ');
    const knownHosts = join(sshd.dir, 'changed_known_hosts');
    writeFileSync(knownHosts, `# a comment\n[127.0.0.1]:${sshd.port} ${other.slice(0, 2).join(' ')}\n`);
    const from = sshd.log().length;
    const test = sshCase(targetOf(sshd, { knownHostsFiles: [knownHosts], strictHostKeyChecking: 'no' }));
    const error = await failure(test);
    expect(error).toMatchObject({ kind: 'host-key-changed' });
    expect(String(error)).toContain(sshd.hostKeyFingerprints['ssh-ed25519']);
    expect(String(error)).toContain(`${knownHosts}:2`);
    expect(test.questions).toEqual([]);
    expect(sshd.log().slice(from)).not.toMatch(/publickey|Accepted|Failed/);
  });

  it('refuses a revoked key', async () => {
    const knownHosts = join(sshd.dir, 'revoked_known_hosts');
    const lines = sshd.knownHostsLine.split('\n');
    writeFileSync(knownHosts, [...lines, ...lines.map((line) => `@revoked ${line}`), ''].join('\n'));
    const test = sshCase(targetOf(sshd, { knownHostsFiles: [knownHosts] }));
    expect(await failure(test)).toMatchObject({ kind: 'host-key-revoked' });
  });

  it('asks for the type that is on record', async () => {
    const knownHosts = join(sshd.dir, 'ecdsa_known_hosts');
    writeFileSync(
      knownHosts,
      sshd.knownHostsLine
        .split('\n')
        .filter((line) => line.includes('ecdsa'))
        .join('\n'),
    );
    const test = sshCase(targetOf(sshd, { knownHostsFiles: [knownHosts], strictHostKeyChecking: 'yes' }));
    expect(await hello(test)).toBe('hello test\n');
    expect(test.log.join('\n')).toContain('host key ecdsa-sha2-nistp256');
  });

  it('says that a host is known by other key types only', async () => {
    const rsa = readFileSync(`${makeKey(join(sshd.dir, 'rsa_host'), 'rsa')}.pub`, 'utf8').split(' ');
    const knownHosts = join(sshd.dir, 'other_type_known_hosts');
    writeFileSync(knownHosts, `[127.0.0.1]:${sshd.port} ${rsa.slice(0, 2).join(' ')}\n`);
    const test = sshCase(targetOf(sshd, { knownHostsFiles: [knownHosts] }), { trust: false });
    expect(await failure(test)).toMatchObject({ kind: 'host-key-unknown' });
    expect(test.questions[0]?.knownTypes).toEqual(['ssh-rsa']);
  });

  it('refuses an unknown key when StrictHostKeyChecking is on', async () => {
    const test = sshCase(targetOf(sshd, { knownHostsFiles: [], strictHostKeyChecking: 'yes' }));
    expect(await failure(test)).toMatchObject({ kind: 'host-key-unknown' });
    expect(test.questions).toEqual([]);
  });

  it('stops its own clock while the question is open', async () => {
    const test = sshCase(targetOf(sshd, { knownHostsFiles: [] }), {
      readyMs: 1500,
      trust: () => new Promise((resolve) => setTimeout(resolve, 2000, true)),
    });
    expect(await hello(test)).toBe('hello test\n');
  });

  it('ends with the signal while the question is open', async () => {
    const aborted = new AbortController();
    let asked: AbortSignal | undefined;
    const test = sshCase(targetOf(sshd, { knownHostsFiles: [] }), {
      trust: (_question, signal) => {
        asked = signal;
        setTimeout(() => aborted.abort(new Error('enough')), 50);
        return new Promise(() => {});
      },
    });
    await expect(test.transport.startShell([], aborted.signal)).rejects.toThrow('enough');
    expect(asked?.aborted).toBe(true);
    await until(() => sshd.sessionPids().length === 0, 'sshd let the connection go');
  });

  it('rejects at once with a signal that is aborted already', async () => {
    const test = sshCase(targetOf(sshd));
    await expect(test.transport.startShell([], AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
    expect(never.aborted).toBe(false);
    expect(test.log).toEqual([]);
  });
});

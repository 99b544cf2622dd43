import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import { TransportError } from '../../src/transport/shell.ts';
import type { SshTarget } from '../../src/transport/sshTarget.ts';
import { never, run, sshCase, targetOf, until } from './sshCase.ts';
import { fingerprintOf, makeKey, type Sshd, startSshd } from './sshd.ts';

// What a real sshd shows, against what is on record about it.

const dir = mkdtempSync(join(tmpdir(), 'packet-path-host-keys-'));
let sshd: Sshd;
let authority: string;
let stranger: string;
beforeAll(async () => {
  authority = makeKey(join(dir, 'authority'), 'ed25519');
  stranger = makeKey(join(dir, 'stranger'), 'ed25519');
  const keys = join(dir, 'sshd');
  mkdirSync(keys);
  const certified = makeKey(join(keys, 'host_ed25519'), 'ed25519');
  execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', 'host', '-h', '-n', '127.0.0.1', `${certified}.pub`]);
  const config = [`HostCertificate ${certified}-cert.pub`];
  sshd = await startSshd({ dir: keys, hostKeyTypes: ['ed25519', 'ecdsa', 'rsa'], config });
});
afterAll(async () => {
  await sshd.stop();
  rmSync(dir, { recursive: true });
});

/** The key's type and base64 text, as known_hosts has them. */
function publicHalf(file: string): string {
  return readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
}

function hostKey(type: 'ed25519' | 'ecdsa' | 'rsa'): string {
  return publicHalf(join(sshd.dir, `host_${type}`));
}

let files = 0;
/** A target whose known_hosts holds these lines; `HOST` stands for its name there. */
function knowing(lines: readonly string[], more: Partial<SshTarget> = {}): SshTarget {
  const file = join(dir, `known_hosts_${files++}`);
  const name = `[127.0.0.1]:${sshd.port}`;
  writeFileSync(file, lines.map((line) => `${line.replace('HOST', name)}\n`).join(''));
  return targetOf(sshd, { knownHostsFiles: [file], ...more });
}

async function errorOf(target: SshTarget): Promise<TransportError> {
  const { transport, questions } = sshCase(target, { trust: () => Promise.reject(new Error('asked')) });
  const error: unknown = await transport.startShell([], never).catch((reason: unknown) => reason);
  expect(questions).toEqual([]);
  await until(() => sshd.sessionPids().length === 0, 'nothing is left open');
  if (!(error instanceof TransportError)) throw error;
  return error;
}

describe('a key on record', () => {
  it.each([
    ['ed25519', 'ssh-ed25519'],
    ['ecdsa', 'ecdsa-sha2-nistp256'],
    ['rsa', 'ssh-rsa'],
  ] as const)('of type %s is the one that is asked for', async (type, name) => {
    const { transport, log, questions } = sshCase(knowing([`HOST ${hostKey(type)}`], { strictHostKeyChecking: 'yes' }));
    expect((await run(transport, 'echo in')).stdout).toBe('in\n');
    expect(questions).toEqual([]);
    expect(log.join('\n')).toContain(`host key ${name} ${sshd.hostKeyFingerprints[name]}: trust`);
    transport.close();
  });

  it('may be hashed, or under its HostKeyAlias', async () => {
    const hashed = knowing([`HOST ${hostKey('ed25519')}`]);
    execFileSync('ssh-keygen', ['-H', '-f', hashed.knownHostsFiles[0] ?? ''], { stdio: 'ignore' });
    const named = knowing([`router ${hostKey('ecdsa')}`], { hostKeyAlias: 'router' });
    for (const target of [hashed, named]) {
      const { transport, questions } = sshCase({ ...target, strictHostKeyChecking: 'yes' });
      expect((await run(transport, 'echo in')).stdout).toBe('in\n');
      expect(questions).toEqual([]);
      transport.close();
    }
  });

  it.each(['yes', 'ask', 'accept-new', 'no'] as const)(
    'that differs is refused, with StrictHostKeyChecking %s too',
    async (strictHostKeyChecking) => {
      const target = knowing(['# before', `HOST ${publicHalf(stranger)}`], { strictHostKeyChecking });
      const error = await errorOf(target);
      expect(error.kind).toBe('host-key-changed');
      expect(error.message).toContain(`${target.knownHostsFiles[0]}:2`);
      expect(error.message).toContain(sshd.hostKeyFingerprints['ssh-ed25519']);
      expect(error.message).toContain(fingerprintOf(`${stranger}.pub`));
    },
  );

  it('that is revoked is refused, though it is on record as well', async () => {
    const error = await errorOf(knowing([`HOST ${hostKey('ed25519')}`, `@revoked * ${hostKey('ed25519')}`]));
    expect(error.kind).toBe('host-key-revoked');
  });

  it('may be in the global file, and in ours', async () => {
    const global = knowing([`HOST ${hostKey('ed25519')}`]);
    const test = sshCase({ ...global, knownHostsFiles: [join(dir, 'not there'), ...global.knownHostsFiles] });
    await run(test.transport, 'true');
    expect(test.questions).toEqual([]);
    test.transport.close();
  });
});

describe('a key that is not on record', () => {
  it('is asked about once, and kept in our store alone', async () => {
    const target = knowing([]);
    const first = sshCase(target);
    await run(first.transport, 'true');
    expect(first.questions).toEqual([
      {
        alias: 'sshd-test',
        host: '127.0.0.1',
        address: '127.0.0.1',
        port: sshd.port,
        keyType: 'ssh-ed25519',
        fingerprint: sshd.hostKeyFingerprints['ssh-ed25519'],
        onTheWayTo: null,
        knownTypes: [],
      },
    ]);
    first.transport.close();
    expect(readFileSync(target.knownHostsFiles[0] ?? '', 'utf8')).toBe('');
    const { storeFile } = first;
    expect(await hostKeyStore(storeFile).list()).toHaveLength(1);
    const second = sshCase(target, { storeFile, trust: false });
    await run(second.transport, 'true');
    expect(second.questions).toEqual([]);
    second.transport.close();
  });

  it('is not asked about by one who may ask nobody', async () => {
    const { transport } = sshCase(knowing([]), {
      trust: () => Promise.reject(new TransportError('needs-attention', 'The key is to be confirmed', 'Connect.')),
    });
    await expect(transport.startShell([], never)).rejects.toMatchObject({
      kind: 'needs-attention',
      message: 'The key is to be confirmed',
    });
    await until(() => sshd.sessionPids().length === 0, 'nothing is left open');
  });
});

describe('a certificate authority on record', () => {
  it('is for another client: the error says which line, and which client', async () => {
    const target = knowing(['# ours', `@cert-authority * ${publicHalf(authority)}`]);
    const error = await errorOf(target);
    expect(error).toMatchObject({ kind: 'unsupported', remedy: 'system-ssh' });
    expect(error.message).toContain(`${target.knownHostsFiles[0]}:2`);
    expect(error.hint).toContain("system's ssh");
    // Which is true.
    const args = ['-F', 'none', '-p', String(sshd.port), '-i', sshd.identityFile, '-o', 'BatchMode=yes'];
    const files = ['-o', `UserKnownHostsFile=${target.knownHostsFiles[0]}`, '-o', 'GlobalKnownHostsFile=none'];
    const strict = ['-o', 'StrictHostKeyChecking=yes', '-o', 'IdentityAgent=none', '127.0.0.1', 'echo', 'in'];
    expect(execFileSync('ssh', [...args, ...files, ...strict], { encoding: 'utf8' })).toBe('in\n');
  });

  it("does not stand in the way of the host's own key", async () => {
    const lines = [`@cert-authority * ${publicHalf(authority)}`, `HOST ${hostKey('ecdsa')}`];
    const { transport, questions } = sshCase(knowing(lines, { strictHostKeyChecking: 'yes' }));
    expect((await run(transport, 'echo in')).stdout).toBe('in\n');
    expect(questions).toEqual([]);
    transport.close();
  });

  it('does not excuse a changed or revoked key', async () => {
    const line = `@cert-authority * ${publicHalf(authority)}`;
    expect((await errorOf(knowing([line, `HOST ${publicHalf(stranger)}`]))).kind).toBe('host-key-changed');
    expect((await errorOf(knowing([line, `@revoked * ${hostKey('ed25519')}`]))).kind).toBe('host-key-revoked');
  });
});

it.each([
  ['KexAlgorithms sntrup761x25519-sha512@openssh.com', 'key exchange'],
  ['HostKeyAlgorithms ssh-ed25519-cert-v01@openssh.com', 'host key'],
  ['Ciphers 3des-cbc', 'cipher'],
])('a server with %s alone is one for the system ssh', async (line, what) => {
  const certified = join(sshd.dir, 'host_ed25519');
  const only = await startSshd({
    config: [line, `HostKey ${certified}`, `HostCertificate ${certified}-cert.pub`],
    hostKeyTypes: [],
  });
  const { transport } = sshCase(targetOf(only));
  await expect(transport.startShell([], never)).rejects.toMatchObject({
    kind: 'unsupported',
    remedy: 'system-ssh',
    message: expect.stringContaining(what),
  });
  await until(() => only.sessionPids().length === 0, 'nothing is left open');
  await only.stop();
});

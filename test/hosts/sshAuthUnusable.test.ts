import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SshTarget } from '../../src/transport/sshTarget.ts';
import { fidoKey } from './fidoKey.ts';
import { type SshAgent, startAgent } from './sshAgents.ts';
import { countOf, hello, sshCase, targetOf, until } from './sshCase.ts';
import { makeKey, type Sshd, startSshd } from './sshd.ts';

/** How the login fails; nothing is left of it on the server. */
async function failure(sshd: Sshd, more: Partial<SshTarget>): Promise<unknown> {
  const outcome: unknown = await hello(sshCase(targetOf(sshd, more))).catch((error: unknown) => error);
  await until(() => sshd.sessionPids().length === 0, 'sshd let the connection go');
  return outcome;
}

const unsupported = (...parts: string[]): object => ({
  kind: 'unsupported',
  remedy: 'system-ssh',
  message: expect.stringMatching(new RegExp(parts.map((part) => part.replace(/[.()]/g, '\\$&')).join('.*'))),
});

let sshd: Sshd;
let certified: string;
let fido: string;
let agent: SshAgent;
beforeAll(async () => {
  sshd = await startSshd({
    config: ['GSSAPIAuthentication yes', 'HostbasedAuthentication yes'],
  });
  const ca = makeKey(join(sshd.dir, 'ca'), 'ed25519');
  certified = makeKey(join(sshd.dir, 'certified'), 'ed25519');
  execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', 'test', '-n', sshd.user, `${certified}.pub`]);
  appendFileSync(join(sshd.dir, 'authorized_keys'), `cert-authority ${readFileSync(`${ca}.pub`, 'utf8')}`);
  fido = join(sshd.dir, 'id_fido');
  fidoKey(fido);
  agent = await startAgent(join(sshd.dir, 'agent.sock'), []);
});
afterAll(async () => {
  agent.stop();
  await sshd.stop();
});

describe('a login that fails names what ssh2 could not use', () => {
  it('a certificate beside the key', async () => {
    const error = await failure(sshd, { identityFiles: [certified] });
    expect(error).toMatchObject(unsupported(`the certificate ${certified}-cert.pub`, `tried: ${certified}`));
  });

  it("the system's ssh can indeed use that certificate", () => {
    const options = ['IdentitiesOnly=yes', 'IdentityAgent=none', `UserKnownHostsFile=${sshd.knownHostsFile}`];
    const args = [
      '-F',
      'none',
      ...options.flatMap((option) => ['-o', option]),
      '-i',
      certified,
      '-p',
      String(sshd.port),
    ];
    const told = execFileSync('ssh', [...args, `${sshd.user}@${sshd.host}`, 'echo in'], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    expect(told).toBe('in\n');
  });

  it('a CertificateFile', async () => {
    const elsewhere = join(sshd.dir, 'elsewhere.pub');
    copyFileSync(`${certified}-cert.pub`, elsewhere);
    const error = await failure(sshd, { identityFiles: [], certificateFiles: [elsewhere] });
    expect(error).toMatchObject(unsupported(`the certificate ${elsewhere}`));
  });

  it('a FIDO key, by its file or by the public half alone', async () => {
    expect(await failure(sshd, { identityFiles: [fido] })).toMatchObject(unsupported(`the FIDO key ${fido}`));
    const publicOnly = join(sshd.dir, 'id_token.pub');
    copyFileSync(`${fido}.pub`, publicOnly);
    expect(await failure(sshd, { identityFiles: [publicOnly] })).toMatchObject(
      unsupported(`the FIDO key ${publicOnly}`),
    );
  });

  it('what only the agent has: certificates and FIDO keys, not with IdentitiesOnly', async () => {
    agent.add([certified, fido]);
    const target = { identityAgent: agent.socket, identityFiles: [] };
    expect(await failure(sshd, { ...target, identitiesOnly: false })).toMatchObject(
      unsupported("the agent's certificate", "the agent's FIDO key", 'tried: agent key'),
    );
    expect(await failure(sshd, { ...target, identitiesOnly: true })).toMatchObject({ kind: 'auth-failed' });
  });

  it('a ProxyCommand, of which only the program is told', async () => {
    const error = await failure(sshd, { proxy: { kind: 'command', command: 'connect -H me:secret@proxy %h %p' } });
    expect(error).toMatchObject({ kind: 'unsupported', remedy: 'system-ssh' });
    expect(String(error)).toContain('ProxyCommand connect)');
    expect(String(error)).not.toContain('secret');
  });

  it('a method, where ssh_config allows it', async () => {
    const stranger = makeKey(join(sshd.dir, 'stranger'), 'ed25519');
    const some = { identityFiles: [stranger], authentications: ['gssapi-with-mic', 'hostbased', 'publickey'] };
    expect(await failure(sshd, some)).toMatchObject(unsupported('GSSAPI (gssapi-with-mic)', '(hostbased)'));
    expect(await failure(sshd, { identityFiles: [stranger] })).toMatchObject({ kind: 'auth-failed', remedy: null });
  });

  it('nothing of that is in the way of a login that succeeds', async () => {
    const target = targetOf(sshd, {
      identityAgent: agent.socket,
      identitiesOnly: false,
      identityFiles: [fido, certified, sshd.identityFile],
      authentications: ['gssapi-with-mic', 'hostbased', 'publickey'],
    });
    expect(await hello(sshCase(target))).toBe('hello test\n');
  });
});

describe('an agent with eight keys that the host does not know', () => {
  let crowd: SshAgent;
  beforeAll(async () => {
    const keys = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => makeKey(join(sshd.dir, `crowd${n}`), 'ed25519'));
    crowd = await startAgent(join(sshd.dir, 'crowd.sock'), keys);
  });
  afterAll(() => crowd.stop());

  const crowded = (identityFiles: string[]): SshTarget =>
    targetOf(sshd, { identityAgent: crowd.socket, identitiesOnly: false, identityFiles });

  it('does not keep the configured key from being the first to be tried, plain or encrypted', async () => {
    for (const file of [sshd.identityFile, sshd.encryptedIdentityFile]) {
      const from = sshd.log().length;
      expect(await hello(sshCase(crowded([file]), { secrets: [sshd.passphrase] }))).toBe('hello test\n');
      expect(sshd.log().slice(from)).not.toContain('Failed publickey');
    }
  });

  it('is more than the host tries: the error says how to choose one', async () => {
    const error = await failure(sshd, { identityAgent: crowd.socket, identitiesOnly: false, identityFiles: [] });
    expect(error).toMatchObject({
      kind: 'auth-failed',
      message: expect.stringContaining('too many authentication failures'),
      hint: expect.stringContaining('IdentitiesOnly'),
    });
  });

  it('is more than the host tries, and a certificate would have done: the error names it', async () => {
    const error = await failure(sshd, {
      identityAgent: crowd.socket,
      identitiesOnly: false,
      identityFiles: [certified],
    });
    expect(error).toMatchObject(
      unsupported(`the certificate ${certified}-cert.pub`, 'too many authentication failures'),
    );
  });

  it('few others come before a passphrase is asked for', async () => {
    const few = await startAgent(join(sshd.dir, 'few.sock'), [makeKey(join(sshd.dir, 'agent_only'), 'ed25519')]);
    appendFileSync(join(sshd.dir, 'authorized_keys'), readFileSync(join(sshd.dir, 'agent_only.pub')));
    const test = sshCase({ ...crowded([sshd.encryptedIdentityFile]), identityAgent: few.socket });
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets).toEqual([]);
    few.stop();
  });

  it('an agent that will not sign is passed over', async () => {
    const wary = await startAgent(join(sshd.dir, 'wary.sock'), []);
    // Each use has to be confirmed, and there is nobody to do that.
    wary.add([sshd.identityFile], ['-c']);
    const test = sshCase(
      { ...crowded([`${sshd.identityFile}.pub`, sshd.encryptedIdentityFile]), identityAgent: wary.socket },
      { secrets: [sshd.passphrase] },
    );
    expect(await hello(test)).toBe('hello test\n');
    expect(countOf(test.log.join('\n'), 'the agent did not sign')).toBe(1);
    wary.stop();
  });
});

it('a certificate that is not there is not a reason', async () => {
  const certificateFiles = [join(sshd.dir, 'nowhere-cert.pub')];
  expect(await failure(sshd, { identityFiles: [], certificateFiles })).toMatchObject({ kind: 'auth-failed' });
});

it('a file that is no key is not a reason', async () => {
  const nonsense = join(sshd.dir, 'nonsense');
  writeFileSync(nonsense, 'not a key\n');
  expect(await failure(sshd, { identityFiles: [nonsense] })).toMatchObject({ kind: 'auth-failed' });
});

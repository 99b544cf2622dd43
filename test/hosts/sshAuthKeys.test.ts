import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { appendFileSync, copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hello, sshCase, targetOf } from './sshCase.ts';
import { makeKey, type Sshd, startSshd } from './sshd.ts';

const passphrase = 'five-letters';
const types = {
  ed25519: ['ed25519', []],
  ecdsa256: ['ecdsa', ['-b', '256']],
  ecdsa384: ['ecdsa', ['-b', '384']],
  ecdsa521: ['ecdsa', ['-b', '521']],
  rsa: ['rsa', ['-b', '2048']],
} as const;
type Type = keyof typeof types;

let sshd: Sshd;
beforeAll(async () => {
  sshd = await startSshd();
  for (const [name, [type, more]] of Object.entries(types))
    authorize(`${makeKey(join(sshd.dir, name), type, '', [...more])}.pub`);
});
afterAll(() => sshd.stop());

function authorize(publicKeyFile: string): void {
  appendFileSync(join(sshd.dir, 'authorized_keys'), readFileSync(publicKeyFile));
}

/** A copy of the key in another form, without its public half beside it. */
function keyAs(type: Type, form: string, secret: string, more: readonly string[] = []): string {
  const file = join(sshd.dir, [type, form, secret === '' ? 'plain' : 'encrypted', ...more].join('_'));
  copyFileSync(join(sshd.dir, type), file);
  // One round of the key derivation, of which OpenSSH does 16: it is in JavaScript here.
  const format = form === 'OpenSSH' ? ['-a', '1'] : ['-m', form];
  execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', secret, ...format, ...more, '-f', file]);
  return file;
}

const firstLine: Readonly<Record<string, RegExp>> = {
  OpenSSH: /BEGIN OPENSSH PRIVATE KEY/,
  PEM: /BEGIN (RSA|EC) PRIVATE KEY/,
  PKCS8: /BEGIN (ENCRYPTED )?PRIVATE KEY/,
};

// ssh-keygen writes ed25519 in its own format only.
const forms = (Object.keys(types) as Type[]).flatMap((type) =>
  (type === 'ed25519' ? ['OpenSSH'] : ['OpenSSH', 'PEM', 'PKCS8']).map((form) => [form, type] as const),
);

describe.each(forms)('a key in %s, %s', (form, type) => {
  it('plain: nothing is asked', async () => {
    const file = keyAs(type, form, '');
    expect(readFileSync(file, 'utf8')).toMatch(firstLine[form] ?? /-/);
    const test = sshCase(targetOf(sshd, { identityFiles: [file] }));
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets).toEqual([]);
  });

  it('encrypted: the passphrase is asked for once, again when it is wrong', async () => {
    const file = keyAs(type, form, passphrase);
    const test = sshCase(targetOf(sshd, { identityFiles: [file] }), { secrets: ['wrong', passphrase] });
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets.map(({ kind, keyFile, attempt }) => [kind, keyFile, attempt])).toEqual([
      ['passphrase', file, 1],
      ['passphrase', file, 2],
    ]);
    const again = sshCase(targetOf(sshd, { identityFiles: [file] }), { secrets: [passphrase] });
    expect(await hello(again)).toBe('hello test\n');
    expect(again.secrets).toHaveLength(1);
  });
});

describe('an ed25519 key in PKCS8, as openssl writes it', () => {
  it.each([
    ['plain', []],
    ['encrypted', ['-aes256', '-pass', `pass:${passphrase}`]],
  ])('%s', async (name, cipher) => {
    const file = join(sshd.dir, `openssl_${name}`);
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', ...cipher, '-out', file], { stdio: 'ignore' });
    const { x } = createPublicKey(createPrivateKey({ key: readFileSync(file), passphrase })).export({ format: 'jwk' });
    // The wire form: two strings, each with its length before it.
    const head = Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1');
    const blob = Buffer.concat([head, Buffer.from(x ?? '', 'base64url')]);
    appendFileSync(join(sshd.dir, 'authorized_keys'), `ssh-ed25519 ${blob.toString('base64')}\n`);
    const test = sshCase(targetOf(sshd, { identityFiles: [file] }), { secrets: [passphrase] });
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets).toHaveLength(name === 'plain' ? 0 : 1);
  });
});

describe('an encrypted key', () => {
  it.each(['aes128-ctr', 'aes256-cbc', 'aes256-gcm@openssh.com', '3des-cbc'])('with %s', async (cipher) => {
    const file = keyAs('ed25519', 'OpenSSH', passphrase, ['-Z', cipher]);
    const test = sshCase(targetOf(sshd, { identityFiles: [file] }), { secrets: [passphrase] });
    expect(await hello(test)).toBe('hello test\n');
  });

  it('whose cipher ssh2 does not know is named, and the other client offered', async () => {
    const file = keyAs('ed25519', 'OpenSSH', passphrase, ['-Z', 'chacha20-poly1305@openssh.com']);
    const test = sshCase(targetOf(sshd, { identityFiles: [file] }), { secrets: [passphrase] });
    await expect(hello(test)).rejects.toMatchObject({
      kind: 'unsupported',
      remedy: 'system-ssh',
      message: expect.stringContaining(`cannot use the key ${file}`),
    });
    expect(test.secrets).toEqual([]);
  });

  it('is skipped for an empty passphrase, and the next one is offered', async () => {
    const file = keyAs('rsa', 'PKCS8', passphrase);
    const target = targetOf(sshd, { identityFiles: [file, sshd.encryptedIdentityFile] });
    const test = sshCase(target, { secrets: ['', sshd.passphrase] });
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets.map(({ keyFile }) => keyFile)).toEqual([file, sshd.encryptedIdentityFile]);
  });

  it('is given up after three wrong passphrases', async () => {
    const test = sshCase(targetOf(sshd, { identityFiles: [keyAs('ecdsa384', 'PEM', passphrase)] }), {
      secrets: ['one', 'two', 'three', passphrase],
    });
    await expect(hello(test)).rejects.toMatchObject({ message: expect.stringContaining('was not unlocked') });
    expect(test.secrets).toHaveLength(3);
  });
});

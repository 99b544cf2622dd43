import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/**
 * Writes a key pair whose private half would be on a FIDO token, as `ssh-keygen -t ed25519-sk` does; there is no such
 * token. Source: PROTOCOL.key and PROTOCOL.u2f of OpenSSH.
 */
export function fidoKey(file: string): void {
  const type = string('sk-ssh-ed25519@openssh.com');
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const publicHalf = Buffer.concat([type, string(Buffer.from(x ?? '', 'base64url')), string('ssh:')]);
  const check = randomBytes(4);
  const flags = Buffer.from([1]);
  const handle = string(randomBytes(64));
  const body = Buffer.concat([check, check, publicHalf, flags, handle, string(''), string('a token')]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (body.length % 8)) % 8));
  const data = Buffer.concat([
    Buffer.from('openssh-key-v1\0', 'latin1'),
    string('none'),
    string('none'),
    string(''),
    Buffer.from([0, 0, 0, 1]),
    string(publicHalf),
    string(Buffer.concat([body, padding])),
  ]);
  const lines = data.toString('base64').replace(/.{70}/g, '$&\n');
  writeFileSync(file, `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`, {
    mode: 0o600,
  });
  writeFileSync(`${file}.pub`, `sk-ssh-ed25519@openssh.com ${publicHalf.toString('base64')} a token\n`);
}

function string(value: string | Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(value)]);
}

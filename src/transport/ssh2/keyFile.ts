import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import { keyType } from '../hostKeys/knownHostsLine.ts';
import type { Ssh2Module } from './ssh2Module.ts';

/** An `IdentityFile` that could be read. */
export interface KeyFile {
  readonly file: string;
  /** The public half in wire form; null when only the passphrase would reveal it. */
  readonly publicBlob: Buffer | null;
  /** Usable at once; null when `locked`, or when the file holds a public key (whose private half an agent may have). */
  readonly key: ParsedKey | null;
  /** Encrypted. */
  readonly locked: boolean;
  /** The key for a passphrase; null when it is the wrong one. */
  unlock(passphrase: string): ParsedKey | null;
}

/** An `IdentityFile` that is of no use here. */
export interface UnusableKeyFile {
  readonly file: string;
  /** A key on a FIDO token, a key that ssh2 does not understand, or no key at all, as far as can be seen. */
  readonly unusable: 'fido' | 'format' | 'absent';
  /** Completes "the key FILE ...". */
  readonly reason: string;
}

/** Reads a private key in OpenSSH's format, PEM or PKCS#8, or a public key. */
export async function readKeyFile(ssh2: Ssh2Module, file: string): Promise<KeyFile | UnusableKeyFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return { file, unusable: 'absent', reason: `cannot be read${code}` };
  }
  const header = openSshHeader(text);
  const type = header === null ? text : keyType(header.publicBlob);
  if (/^\s*sk-/.test(type ?? '')) return { file, unusable: 'fido', reason: 'cannot be used: it is on a FIDO token' };
  if (header?.cipher === unreadableCipher) {
    return { file, unusable: 'format', reason: `cannot be used: it is encrypted with ${unreadableCipher}` };
  }
  const unlock = (passphrase?: string): ParsedKey | Error => parsePrivate(ssh2, text, passphrase);
  const key = unlock();
  if (!(key instanceof Error)) {
    return {
      file,
      publicBlob: key.getPublicSSH(),
      key: key.isPrivateKey() ? key : null,
      locked: false,
      unlock: () => key,
    };
  }
  if (!encrypted(text, key)) {
    const unusable = text.startsWith('-----BEGIN ') ? 'format' : 'absent';
    return { file, unusable, reason: `cannot be used: ${key.message}` };
  }
  return {
    file,
    publicBlob: (await publicHalf(ssh2, file)) ?? header?.publicBlob ?? null,
    key: null,
    locked: true,
    unlock(passphrase) {
      const opened = unlock(passphrase);
      return opened instanceof Error ? null : opened;
    },
  };
}

function parsePrivate(ssh2: Ssh2Module, text: string, passphrase?: string): ParsedKey | Error {
  let source = text;
  if (/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/m.test(text)) {
    try {
      source = fromPkcs8(text, passphrase);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(source, passphrase);
  // An OpenSSH file could hold several keys by its format; there has never been one with more than one.
  return Array.isArray(parsed) ? (parsed[0] ?? new Error('no key in it')) : parsed;
}

function encrypted(text: string, error: Error): boolean {
  return /no passphrase given/.test(error.message) || /^-----BEGIN ENCRYPTED PRIVATE KEY-----/m.test(text);
}

/** ssh2 does not read PKCS#8; Node does, and writes what ssh2 reads. */
function fromPkcs8(text: string, passphrase = ''): string {
  const key = createPrivateKey({ key: text, passphrase });
  if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString();
  if (key.asymmetricKeyType === 'ec') return key.export({ type: 'sec1', format: 'pem' }).toString();
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`unsupported key type ${key.asymmetricKeyType}`);
  const { d, x } = key.export({ format: 'jwk' });
  return openSshEd25519(Buffer.from(d ?? '', 'base64url'), Buffer.from(x ?? '', 'base64url'));
}

const openSshMagic = 'openssh-key-v1\0';
/** ssh2 lists it and cannot decrypt a key with it: every passphrase would be a wrong one. */
const unreadableCipher = 'chacha20-poly1305@openssh.com';

/** PROTOCOL.key of OpenSSH, unencrypted. */
function openSshEd25519(secret: Buffer, point: Buffer): string {
  const type = sshString('ssh-ed25519');
  const check = Buffer.alloc(8);
  const body = [check, type, sshString(point), sshString(Buffer.concat([secret, point])), sshString('')];
  const length = body.reduce((sum, part) => sum + part.length, 0);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (length % 8)) % 8));
  const file = Buffer.concat([
    Buffer.from(openSshMagic, 'latin1'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    Buffer.from([0, 0, 0, 1]),
    sshString(Buffer.concat([type, sshString(point)])),
    sshString(Buffer.concat([...body, padding])),
  ]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${file.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

function sshString(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The `.pub` beside the key. */
async function publicHalf(ssh2: Ssh2Module, file: string): Promise<Buffer | null> {
  try {
    const key = ssh2.utils.parseKey(await readFile(`${file}.pub`));
    return key instanceof Error ? null : key.getPublicSSH();
  } catch {
    // It need not be there.
    return null;
  }
}

interface OpenSshHeader {
  readonly cipher: string;
  readonly publicBlob: Buffer;
}

/** What a key in OpenSSH's format shows though it is encrypted. */
function openSshHeader(text: string): OpenSshHeader | null {
  const base64 = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)/.exec(text)?.[1];
  if (base64 === undefined) return null;
  const data = Buffer.from(base64, 'base64');
  let at = openSshMagic.length;
  const next = (): Buffer => {
    const start = at + 4;
    at = start + data.readUInt32BE(at);
    return data.subarray(start, at);
  };
  try {
    const cipher = next().toString('latin1');
    next(); // kdf
    next(); // kdf options
    at += 4; // number of keys
    const publicBlob = next();
    return keyType(publicBlob) === null ? null : { cipher, publicBlob };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { wildcardMatches } from '../wildcard.ts';

/** Where a key is looked up: the name or address as `HostKeyAlias` or `HostName` has it, and the port. */
export interface HostPlace {
  readonly host: string;
  readonly port: number;
}

/** A public key: its type as in known_hosts and its wire form (RFC 4253 6.6), which starts with that type. */
export interface PublicKey {
  readonly type: string;
  readonly blob: Buffer;
}

/** One key of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHostsLine extends PublicKey {
  /** 1-based. */
  readonly line: number;
  readonly marker: '@revoked' | '@cert-authority' | null;
  /** The first field: comma-separated patterns or one hashed name. */
  readonly hosts: string;
}

/** Every line that holds a key; comments and lines that cannot be understood are left out, as OpenSSH does. */
export function parseKnownHosts(text: string): KnownHostsLine[] {
  const lines: KnownHostsLine[] = [];
  let number = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    const fields = raw.trim().split(/[ \t]+/);
    const first = fields[0] ?? '';
    if (first === '' || first.startsWith('#')) continue;
    const marker = first === '@revoked' || first === '@cert-authority' ? first : null;
    if (marker === null && first.startsWith('@')) continue;
    const [hosts, type, base64] = marker === null ? fields : fields.slice(1);
    if (hosts === undefined || type === undefined || base64 === undefined) continue;
    const blob = Buffer.from(base64, 'base64');
    // The type stands twice; OpenSSH refuses a line where the two differ.
    if (keyType(blob) !== type) continue;
    lines.push({ line: number, marker, hosts, type, blob });
  }
  return lines;
}

/** The key type that a public key's wire form starts with; null when it is none. */
export function keyType(blob: Buffer): string | null {
  if (blob.length < 4) return null;
  const length = blob.readUInt32BE(0);
  return length > 0 && length <= 64 && blob.length > 4 + length ? blob.toString('latin1', 4, 4 + length) : null;
}

/** The fingerprint as `ssh-keygen -lf` prints it: `SHA256:` and base64 without padding. */
export function fingerprintSha256(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** The name a place has in known_hosts: `host`, or `[host]:port` where the port is not 22. */
export function knownHostsName(place: HostPlace): string {
  const host = place.host.toLowerCase();
  return place.port === 22 ? host : `[${host}]:${place.port}`;
}

/** A line for known_hosts, without the line end. */
export function formatKnownHostsLine(place: HostPlace, key: PublicKey): string {
  return `${knownHostsName(place)} ${key.type} ${key.blob.toString('base64')}`;
}

/** Whether the first field of a line names the host; one matching `!pattern` says no for the whole line. */
export function namesHost(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return hashedNameIs(hosts, name);
  let named = false;
  for (const pattern of hosts.split(',')) {
    const negated = pattern.startsWith('!');
    if (!wildcardMatches((negated ? pattern.slice(1) : pattern).toLowerCase(), name)) continue;
    if (negated) return false;
    named = true;
  }
  return named;
}

/** `|1|salt|HMAC-SHA1 of the name`, what `ssh-keygen -H` writes. */
function hashedNameIs(hosts: string, name: string): boolean {
  const [empty, version, salt, hash, ...rest] = hosts.split('|');
  if (empty !== '' || version !== '1' || salt === undefined || hash === undefined || rest.length > 0) return false;
  const wanted = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}

import {
  fingerprintSha256,
  type HostPlace,
  type KnownHostsLine,
  knownHostsName,
  namesHost,
  type PublicKey,
  parseKnownHosts,
} from './knownHostsLine.ts';

/** What one known_hosts text says about a host's key. Lines are 1-based; fingerprints are those of the key on record. */
export type KnownHostsMatch =
  | { readonly kind: 'match'; readonly line: number }
  | { readonly kind: 'changed'; readonly line: number; readonly fingerprint: string }
  | { readonly kind: 'other-type'; readonly types: readonly string[] }
  | { readonly kind: 'revoked'; readonly line: number }
  /** No key is on record, but an authority whose certificate the host should show; its `fingerprint`. */
  | { readonly kind: 'authority'; readonly line: number; readonly fingerprint: string }
  | { readonly kind: 'unknown' };

/**
 * Looks a key up as ssh(1) does: by `host`, or `[host]:port` where the port is not 22; and for such a port the same
 * key under the bare name will also do. A `@cert-authority` line counts only where there is no plain key, and not when the
 * authority's own key is revoked for the host.
 */
export function matchKnownHosts(text: string, place: HostPlace, key: PublicKey): KnownHostsMatch {
  const lines = parseKnownHosts(text);
  const found = matchName(lines, knownHostsName(place), key);
  if (place.port === 22 || found.kind === 'match' || found.kind === 'changed' || found.kind === 'revoked') return found;
  const bare = matchName(lines, knownHostsName({ host: place.host, port: 22 }), key);
  if (bare.kind === 'match' || bare.kind === 'revoked') return bare;
  return found.kind === 'unknown' && bare.kind === 'authority' ? bare : found;
}

/** The types of the keys on record for a host; asking for one of these first avoids a needless question. */
export function knownKeyTypes(text: string, place: HostPlace): string[] {
  const name = knownHostsName(place);
  const types = new Set<string>();
  for (const line of parseKnownHosts(text)) {
    if (line.marker === null && namesHost(line.hosts, name)) types.add(line.type);
  }
  return [...types];
}

function matchName(lines: readonly KnownHostsLine[], name: string, key: PublicKey): KnownHostsMatch {
  let match: number | null = null;
  let changed: KnownHostsLine | null = null;
  const authorities: KnownHostsLine[] = [];
  const revoked: KnownHostsLine[] = [];
  const types = new Set<string>();
  for (const line of lines) {
    if (!namesHost(line.hosts, name)) continue;
    const same = line.blob.equals(key.blob);
    if (line.marker === '@revoked') {
      if (same) return { kind: 'revoked', line: line.line };
      revoked.push(line);
    } else if (line.marker === '@cert-authority') authorities.push(line);
    else if (same) match ??= line.line;
    else if (line.type === key.type) changed ??= line;
    else types.add(line.type);
  }
  if (match !== null) return { kind: 'match', line: match };
  if (changed !== null) return { kind: 'changed', line: changed.line, fingerprint: fingerprintSha256(changed.blob) };
  if (types.size > 0) return { kind: 'other-type', types: [...types] };
  const authority = authorities.find(({ blob }) => !revoked.some((line) => line.blob.equals(blob)));
  if (authority === undefined) return { kind: 'unknown' };
  return { kind: 'authority', line: authority.line, fingerprint: fingerprintSha256(authority.blob) };
}

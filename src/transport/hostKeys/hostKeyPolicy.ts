import type { StrictHostKeyChecking } from '../sshTarget.ts';
import type { KnownHostsMatch } from './knownHosts.ts';

/** What one file says about the key. */
export interface HostKeyRecord {
  readonly file: string;
  /** Our own store, not the user's known_hosts. */
  readonly own: boolean;
  readonly match: KnownHostsMatch;
}

export type HostKeyDecision =
  | { readonly kind: 'trust'; readonly remember: boolean }
  | { readonly kind: 'ask'; readonly knownTypes: readonly string[] }
  | { readonly kind: 'refuse'; readonly reason: 'revoked'; readonly file: string; readonly line: number }
  | {
      readonly kind: 'refuse';
      readonly reason: 'changed';
      readonly file: string;
      readonly line: number;
      /** The fingerprint on record. */
      readonly fingerprint: string;
      readonly own: boolean;
    }
  /** No key of the host is on record, but an authority that should vouch for it: whether it does cannot be told here. */
  | { readonly kind: 'refuse'; readonly reason: 'authority'; readonly file: string; readonly line: number }
  | { readonly kind: 'refuse'; readonly reason: 'unknown'; readonly knownTypes: readonly string[] };

/**
 * Whether a host's key is trusted. A revoked key never is. The user's known_hosts files outrank our own store, so that
 * what `ssh` refuses is refused here too. A changed key is refused and there is no way to wave it through from here,
 * whatever `StrictHostKeyChecking` says; that option only decides about keys that are not on record. A host whose
 * certificate should be checked instead is refused too, as that needs another client.
 */
export function decideHostKey(records: readonly HostKeyRecord[], strict: StrictHostKeyChecking): HostKeyDecision {
  for (const { file, match } of records) {
    if (match.kind === 'revoked') return { kind: 'refuse', reason: 'revoked', file, line: match.line };
  }
  for (const own of [false, true]) {
    const ranked = records.filter((record) => record.own === own);
    if (ranked.some(({ match }) => match.kind === 'match')) return { kind: 'trust', remember: false };
    for (const { file, match } of ranked) {
      if (match.kind !== 'changed') continue;
      return { kind: 'refuse', reason: 'changed', file, line: match.line, fingerprint: match.fingerprint, own };
    }
  }
  const knownTypes = [...new Set(records.flatMap(({ match }) => (match.kind === 'other-type' ? match.types : [])))];
  if (knownTypes.length === 0) {
    for (const { file, match } of records) {
      if (match.kind === 'authority') return { kind: 'refuse', reason: 'authority', file, line: match.line };
    }
  }
  if (strict === 'yes') return { kind: 'refuse', reason: 'unknown', knownTypes };
  // OpenSSH adds silently a key of a new type too, but a known host with a key of another type deserves a look.
  if (strict !== 'ask' && knownTypes.length === 0) return { kind: 'trust', remember: true };
  return { kind: 'ask', knownTypes };
}

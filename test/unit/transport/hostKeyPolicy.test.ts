import { describe, expect, it } from 'vitest';
import { decideHostKey, type HostKeyRecord } from '../../../src/transport/hostKeys/hostKeyPolicy.ts';
import type { KnownHostsMatch } from '../../../src/transport/hostKeys/knownHosts.ts';
import type { StrictHostKeyChecking } from '../../../src/transport/sshTarget.ts';

const user = (match: KnownHostsMatch): HostKeyRecord => ({ file: 'known_hosts', own: false, match });
const own = (match: KnownHostsMatch): HostKeyRecord => ({ file: 'ours', own: true, match });

const match: KnownHostsMatch = { kind: 'match', line: 1 };
const changed: KnownHostsMatch = { kind: 'changed', line: 2, fingerprint: 'SHA256:old' };
const revoked: KnownHostsMatch = { kind: 'revoked', line: 3 };
const unknown: KnownHostsMatch = { kind: 'unknown' };
const otherType: KnownHostsMatch = { kind: 'other-type', types: ['ssh-rsa'] };
const authority: KnownHostsMatch = { kind: 'authority', line: 4, fingerprint: 'SHA256:ca' };
const settings: readonly StrictHostKeyChecking[] = ['yes', 'ask', 'accept-new', 'no'];

describe.each(settings)('StrictHostKeyChecking %s', (strict) => {
  it('trusts a key on record', () => {
    expect(decideHostKey([user(match), own(unknown)], strict)).toEqual({ kind: 'trust', remember: false });
    expect(decideHostKey([user(unknown), own(match)], strict)).toEqual({ kind: 'trust', remember: false });
  });

  it('refuses a revoked key, whoever else vouches for it', () => {
    expect(decideHostKey([user(match), user(revoked), own(match)], strict)).toMatchObject({
      reason: 'revoked',
      line: 3,
    });
  });

  it('refuses a changed key', () => {
    const refused = {
      kind: 'refuse',
      reason: 'changed',
      file: 'known_hosts',
      line: 2,
      fingerprint: 'SHA256:old',
      own: false,
    };
    expect(decideHostKey([user(changed), own(unknown)], strict)).toEqual(refused);
    expect(decideHostKey([user(changed), own(match)], strict)).toEqual(refused);
    expect(decideHostKey([user(unknown), own(changed)], strict)).toMatchObject({ reason: 'changed', own: true });
  });

  it("lets the user's known_hosts overrule our store, and one file the other", () => {
    expect(decideHostKey([user(match), own(changed)], strict).kind).toBe('trust');
    expect(decideHostKey([user(changed), user(match)], strict).kind).toBe('trust');
  });
});

it('decides about unknown keys as the setting says', () => {
  const nothing = [user(unknown), own(unknown)];
  expect(decideHostKey(nothing, 'ask')).toEqual({ kind: 'ask', knownTypes: [] });
  expect(decideHostKey(nothing, 'yes')).toMatchObject({ kind: 'refuse', reason: 'unknown' });
  expect(decideHostKey(nothing, 'accept-new')).toEqual({ kind: 'trust', remember: true });
  expect(decideHostKey(nothing, 'no')).toEqual({ kind: 'trust', remember: true });
  expect(decideHostKey([], 'ask')).toEqual({ kind: 'ask', knownTypes: [] });
});

it('asks about a host that is known by other key types, and says so', () => {
  const records = [user(otherType), own(otherType)];
  expect(decideHostKey(records, 'ask')).toEqual({ kind: 'ask', knownTypes: ['ssh-rsa'] });
  expect(decideHostKey(records, 'accept-new')).toEqual({ kind: 'ask', knownTypes: ['ssh-rsa'] });
  expect(decideHostKey(records, 'yes')).toMatchObject({ kind: 'refuse', knownTypes: ['ssh-rsa'] });
});

describe.each(settings)('a certificate authority, with StrictHostKeyChecking %s', (strict) => {
  it('is refused for what cannot be checked here, with its line', () => {
    const refused = { kind: 'refuse', reason: 'authority', file: 'known_hosts', line: 4 };
    expect(decideHostKey([user(authority), own(unknown)], strict)).toEqual(refused);
    expect(decideHostKey([user(unknown), user(authority), own(unknown)], strict)).toEqual(refused);
  });

  it('gives way to plain keys', () => {
    expect(decideHostKey([user(authority), own(match)], strict).kind).toBe('trust');
    expect(decideHostKey([user(authority), user(match)], strict).kind).toBe('trust');
    expect(decideHostKey([user(authority), user(changed)], strict)).toMatchObject({ reason: 'changed' });
    expect(decideHostKey([user(authority), user(revoked)], strict)).toMatchObject({ reason: 'revoked' });
    expect(decideHostKey([user(authority), user(otherType)], strict).kind).toBe(strict === 'yes' ? 'refuse' : 'ask');
  });
});

it('holds its rules for every three records', () => {
  const all = [match, changed, revoked, unknown, otherType, authority];
  const records = all.flatMap((a) => all.flatMap((b) => all.map((c) => [user(a), user(b), own(c)] as const)));
  for (const strict of settings) {
    for (const [a, b, c] of records) {
      const decision = decideHostKey([a, b, c], strict);
      const kinds = [a.match.kind, b.match.kind, c.match.kind];
      const theirs = kinds.slice(0, 2);
      const vouched = theirs.includes('match') || (kinds[2] === 'match' && !theirs.includes('changed'));
      const isNew = kinds.every((kind) => kind === 'unknown') && (strict === 'no' || strict === 'accept-new');
      const what = `${kinds.join()} ${strict}`;
      expect(decision.kind === 'trust', what).toBe(!kinds.includes('revoked') && (vouched || isNew));
      if (decision.kind === 'trust') expect(decision.remember, what).toBe(isNew);
      if (decision.kind === 'ask') {
        expect(strict, what).not.toBe('yes');
        for (const kind of ['match', 'changed', 'revoked']) expect(kinds, what).not.toContain(kind);
      }
    }
  }
});

import { describe, expect, it } from 'vitest';
import { decideHostKey, type HostKeyRecord } from '../../../src/transport/hostKeyPolicy.ts';
import type { KnownHostsMatch } from '../../../src/transport/knownHosts.ts';
import type { StrictHostKeyChecking } from '../../../src/transport/sshTarget.ts';

const user = (match: KnownHostsMatch): HostKeyRecord => ({ file: 'known_hosts', own: false, match });
const own = (match: KnownHostsMatch): HostKeyRecord => ({ file: 'ours', own: true, match });

const match: KnownHostsMatch = { kind: 'match', line: 1 };
const changed: KnownHostsMatch = { kind: 'changed', line: 2, fingerprint: 'SHA256:old' };
const revoked: KnownHostsMatch = { kind: 'revoked', line: 3 };
const unknown: KnownHostsMatch = { kind: 'unknown' };
const otherType: KnownHostsMatch = { kind: 'other-type', types: ['ssh-rsa'] };
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

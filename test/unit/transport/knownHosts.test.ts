import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownKeyTypes, matchKnownHosts } from '../../../src/transport/hostKeys/knownHosts.ts';
import {
  fingerprintSha256,
  formatKnownHostsLine,
  type PublicKey,
  parseKnownHosts,
} from '../../../src/transport/hostKeys/knownHostsLine.ts';

let dir: string;
let ed: PublicKey;
let ecdsa: PublicKey;
let other: PublicKey;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-known-'));
  ed = newKey('ed', 'ed25519');
  ecdsa = newKey('ecdsa', 'ecdsa');
  other = newKey('other', 'ed25519');
});
afterAll(() => rmSync(dir, { recursive: true }));

function newKey(name: string, type: string): PublicKey {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', join(dir, name)]);
  const [keyType = '', base64 = ''] = readFileSync(join(dir, `${name}.pub`), 'utf8').split(' ');
  return { type: keyType, blob: Buffer.from(base64, 'base64') };
}

function line(hosts: string, { type, blob }: PublicKey): string {
  return `${hosts} ${type} ${blob.toString('base64')}`;
}

/** What `ssh-keygen -H` makes of the text. */
function hashed(text: string): string {
  const file = join(dir, 'to_hash');
  writeFileSync(file, `${text}\n`);
  execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' });
  return readFileSync(file, 'utf8');
}

const host = { host: 'router.example', port: 22 };
const odd = { host: 'router.example', port: 2222 };

describe('matchKnownHosts', () => {
  it('finds a key by name, without regard to case', () => {
    expect(matchKnownHosts(line('router.example', ed), host, ed)).toEqual({ kind: 'match', line: 1 });
    expect(matchKnownHosts(line('Router.Example', ed), { host: 'ROUTER.example', port: 22 }, ed).kind).toBe('match');
    expect(matchKnownHosts(line('a,router.example,10.0.0.1', ed), host, ed).kind).toBe('match');
    expect(matchKnownHosts(line('router.example.org', ed), host, ed).kind).toBe('unknown');
    expect(matchKnownHosts('', host, ed).kind).toBe('unknown');
  });

  it('finds names that ssh-keygen hashed', () => {
    const text = hashed(
      [line('first.example', other), line('router.example', ed), line('[router.example]:2222', ecdsa)].join('\n'),
    );
    expect(text).not.toContain('router');
    expect(matchKnownHosts(text, host, ed)).toEqual({ kind: 'match', line: 2 });
    expect(matchKnownHosts(text, odd, ecdsa)).toEqual({ kind: 'match', line: 3 });
    expect(matchKnownHosts(text, { host: 'nobody.example', port: 22 }, ed).kind).toBe('unknown');
  });

  it('keeps ports apart, but takes the same key under the bare name', () => {
    expect(matchKnownHosts(line('[router.example]:2222', ed), odd, ed).kind).toBe('match');
    expect(matchKnownHosts(line('[router.example]:2222', ed), host, ed).kind).toBe('unknown');
    expect(matchKnownHosts(line('router.example', ed), odd, ed).kind).toBe('match');
    // Another server may well listen on another port of that machine.
    expect(matchKnownHosts(line('router.example', other), odd, ed).kind).toBe('unknown');
    expect(matchKnownHosts(line('@revoked router.example', ed), odd, ed).kind).toBe('revoked');
  });

  it('reads patterns and negations', () => {
    expect(matchKnownHosts(line('*.example', ed), host, ed).kind).toBe('match');
    expect(matchKnownHosts(line('route?.example', ed), host, ed).kind).toBe('match');
    expect(matchKnownHosts(line('*.example,!router.*', ed), host, ed).kind).toBe('unknown');
    expect(matchKnownHosts(line('!router.example,*', ed), host, ed).kind).toBe('unknown');
    expect(matchKnownHosts(line('*', ed), odd, ed).kind).toBe('match');
  });

  it('tells a changed key from one of another type', () => {
    const text = ['# comment', line('router.example', ecdsa), line('router.example', other)].join('\n');
    expect(matchKnownHosts(text, host, ed)).toEqual({
      kind: 'changed',
      line: 3,
      fingerprint: fingerprintSha256(other.blob),
    });
    expect(matchKnownHosts(line('router.example', ecdsa), host, ed)).toEqual({
      kind: 'other-type',
      types: ['ecdsa-sha2-nistp256'],
    });
    // A host may have several keys of a type on record.
    expect(matchKnownHosts(`${text}\n${line('router.example', ed)}`, host, ed)).toEqual({ kind: 'match', line: 4 });
  });

  it('lets a revocation beat a match', () => {
    const text = [line('router.example', ed), line('@revoked *', ed)].join('\n');
    expect(matchKnownHosts(text, host, ed)).toEqual({ kind: 'revoked', line: 2 });
    expect(matchKnownHosts(line('@revoked *', other), host, ed).kind).toBe('unknown');
  });

  it('does not take a certificate authority for a host key, but tells that there is one', () => {
    const authority = { kind: 'authority', line: 1, fingerprint: fingerprintSha256(other.blob) };
    expect(matchKnownHosts(line('@cert-authority *', other), host, ed)).toEqual(authority);
    expect(matchKnownHosts(line('@cert-authority *', other), odd, ed)).toEqual(authority);
    expect(matchKnownHosts(line('@cert-authority router.example', other), odd, ed)).toEqual(authority);
    expect(matchKnownHosts(line('@cert-authority *', ed), host, ed).kind).toBe('authority');
    expect(matchKnownHosts(line('@cert-authority *.org', other), host, ed).kind).toBe('unknown');
  });

  it('lets a plain key outrank an authority, and a revocation end one', () => {
    const authority = line('@cert-authority *', other);
    const kindWith = (more: string): string => matchKnownHosts(`${authority}\n${more}`, host, ed).kind;
    expect(kindWith(line('router.example', ed))).toBe('match');
    expect(kindWith(line('router.example', other))).toBe('changed');
    expect(kindWith(line('router.example', ecdsa))).toBe('other-type');
    expect(kindWith(line('@revoked *', ed))).toBe('revoked');
    expect(kindWith(line('@revoked *', other))).toBe('unknown');
    expect(kindWith(line('@cert-authority *', ecdsa))).toBe('authority');
  });

  it('skips what it cannot understand', () => {
    const text = [
      'router.example',
      'router.example ssh-ed25519',
      `router.example ssh-ed25519 ${'!'.repeat(20)}`,
      // Says one type and holds another.
      `router.example ssh-rsa ${ed.blob.toString('base64')}`,
      line('@unheard-of router.example', ed),
      line('|1|notbase64', ed),
      line('|2|aaaa|bbbb', ed),
      `\t ${line('router.example', ed)} a comment\r`,
    ].join('\n');
    expect(parseKnownHosts(text).map((known) => known.line)).toEqual([6, 7, 8]);
    expect(matchKnownHosts(text, host, ed)).toEqual({ kind: 'match', line: 8 });
  });

  it('is not slowed down by a hostile pattern', () => {
    const start = performance.now();
    matchKnownHosts(line(`${'*a'.repeat(2000)}b`, ed), { host: 'a'.repeat(200), port: 22 }, ed);
    expect(performance.now() - start).toBeLessThan(100);
  });
});

it('knownKeyTypes lists what is on record for a host', () => {
  const text = [line('router.example', ecdsa), line('router.example', ed), line('@revoked router.example', other)].join(
    '\n',
  );
  expect(knownKeyTypes(text, host)).toEqual(['ecdsa-sha2-nistp256', 'ssh-ed25519']);
  expect(knownKeyTypes(text, odd)).toEqual([]);
});

it('a formatted line is read back, by OpenSSH too', () => {
  const text = formatKnownHostsLine(odd, ed);
  expect(matchKnownHosts(text, odd, ed).kind).toBe('match');
  const file = join(dir, 'formatted');
  writeFileSync(file, `${text}\n`);
  expect(execFileSync('ssh-keygen', ['-F', '[router.example]:2222', '-f', file], { encoding: 'utf8' })).toContain(
    'line 1',
  );
});

it('the fingerprint is that of ssh-keygen -lf', () => {
  const [, fingerprint] = execFileSync('ssh-keygen', ['-lf', join(dir, 'ed.pub')], { encoding: 'utf8' }).split(' ');
  expect(fingerprintSha256(ed.blob)).toBe(fingerprint);
});

/** Numbers that look random and are the same each time (a linear congruential generator, Numerical Recipes). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])('finds what ssh-keygen -F finds, in files made from seed %i', (seed) => {
  const next = numbers(seed);
  const one = (from: readonly string[]): string => from[next(from.length)] ?? '';
  const names = ['a', 'b', 'A', 'ab', 'a.lan', 'b.lan', '10.0.0.1', '[a]:2222', '[b.lan]:22', '*', '?', 'a*', '*.lan'];
  const keys = [ed, ecdsa, other];
  const made = Array.from({ length: 12 }, () => {
    const patterns = Array.from({ length: 1 + next(3) }, () => (next(5) === 0 ? '!' : '') + one(names));
    const marker = one(['', '', '', '@revoked ', '@cert-authority ']);
    return line(`${marker}${patterns.join(',')}`, keys[next(3)] ?? ed);
  });
  // ssh-keygen -H leaves lines with patterns or markers as they are.
  const text = seed % 2 === 0 ? hashed(made.join('\n')) : `${made.join('\n')}\n`;
  const file = join(dir, `made_${seed}`);
  writeFileSync(file, text);
  for (const [name, place] of [
    ['a', { host: 'a', port: 22 }],
    ['b.lan', { host: 'b.lan', port: 22 }],
    ['10.0.0.1', { host: '10.0.0.1', port: 22 }],
  ] as const) {
    const { stdout } = spawnSync('ssh-keygen', ['-F', name, '-f', file], { encoding: 'utf8' });
    const found = [...stdout.matchAll(/found: line (\d+) ?(\w*)/g)].map(([, number, marker]) => ({
      line: Number(number),
      marker,
    }));
    const all = parseKnownHosts(text);
    const plain = found.filter(({ marker }) => marker === '').map((at) => all.find((known) => known.line === at.line));
    for (const key of keys) {
      const revoked = found.find(
        ({ line: at, marker }) => marker === 'REVOKED' && all.find((known) => known.line === at)?.blob.equals(key.blob),
      );
      const same = plain.find((known) => known?.blob.equals(key.blob));
      const changed = plain.find((known) => known?.type === key.type);
      const match = matchKnownHosts(text, place, key);
      const at = 'line' in match ? match.line : null;
      if (revoked !== undefined) expect(match).toEqual({ kind: 'revoked', line: revoked.line });
      else if (same !== undefined) expect([match.kind, at]).toEqual(['match', same.line]);
      else if (changed !== undefined) expect([match.kind, at]).toEqual(['changed', changed.line]);
      else if (plain.length > 0) expect(match.kind).toBe('other-type');
      else expect(['authority', 'unknown']).toContain(match.kind);
    }
  }
});

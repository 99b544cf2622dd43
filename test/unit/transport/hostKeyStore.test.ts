import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hostKeyStore } from '../../../src/transport/hostKeyStore.ts';
import { fingerprintSha256 } from '../../../src/transport/knownHostsLine.ts';

const key = {
  type: 'ssh-ed25519',
  blob: Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl', 'base64'),
};

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-store-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

it('keeps keys in a file that only its owner can read, and forgets them by host', async () => {
  const file = join(dir, 'state', 'host_keys');
  const store = hostKeyStore(file);
  expect(await store.read()).toBe('');
  expect(await store.list()).toEqual([]);
  const hosts = Array.from({ length: 20 }, (_, n) => ({ host: `Host${n}`, port: n % 2 === 0 ? 22 : 2222 }));
  await Promise.all([...hosts, ...hosts].map((place) => store.add(place, key)));
  expect(await store.list()).toHaveLength(20);
  expect((await store.list())[1]).toEqual({
    name: '[host1]:2222',
    type: key.type,
    fingerprint: fingerprintSha256(key.blob),
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(dir, 'state')).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(dir, 'state'))).toEqual(['host_keys']);

  expect(await store.forget({ host: 'host1', port: 22 })).toBe(0);
  expect(await store.forget({ host: 'host1', port: 2222 })).toBe(1);
  expect(await store.forget('host0')).toBe(1);
  expect(await hostKeyStore(file).list()).toHaveLength(18);
});

it('goes on with a file whose last line has no end, and after a failure', async () => {
  const file = join(dir, 'host_keys');
  writeFileSync(file, '# by hand');
  const store = hostKeyStore(file);
  await store.add({ host: 'a', port: 22 }, key);
  expect(readFileSync(file, 'utf8')).toBe(`# by hand\na ssh-ed25519 ${key.blob.toString('base64')}\n`);

  const broken = hostKeyStore(join(file, 'below', 'a', 'file'));
  await expect(broken.add({ host: 'a', port: 22 }, key)).rejects.toThrow(/ENOTDIR|EEXIST/);
  await expect(broken.forget('a')).rejects.toThrow('ENOTDIR');
});

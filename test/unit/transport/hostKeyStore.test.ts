import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hostKeyStore } from '../../../src/transport/hostKeys/hostKeyStore.ts';
import { fingerprintSha256 } from '../../../src/transport/hostKeys/knownHostsLine.ts';

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

it('loses nothing when two processes write at once', async () => {
  const file = join(dir, 'shared', 'host_keys');
  const script = `
    const { hostKeyStore } = await import(process.argv[1]);
    const store = hostKeyStore(process.argv[2]);
    const blob = Buffer.from(process.argv[4], 'base64');
    for (let n = 0; n < 50; n += 1) await store.add({ host: process.argv[3] + n, port: 22 }, { type: 'ssh-ed25519', blob });
    await store.forget(process.argv[3] + '0');
  `;
  const module = new URL('../../../src/transport/hostKeys/hostKeyStore.ts', import.meta.url).href;
  const args = ['--no-warnings', '--input-type=module', '-e', script, module, file];
  const writers = ['a', 'b'].map((name) =>
    once(spawn(process.execPath, [...args, name, key.blob.toString('base64')], { stdio: 'inherit' }), 'exit'),
  );
  expect(await Promise.all(writers)).toEqual([
    [0, null],
    [0, null],
  ]);
  const names = (await hostKeyStore(file).list()).map(({ name }) => name);
  expect(names.sort()).toEqual(
    ['a', 'b'].flatMap((name) => Array.from({ length: 49 }, (_, n) => `${name}${n + 1}`)).sort(),
  );
  expect(readdirSync(join(dir, 'shared'))).toEqual(['host_keys']);
});

it('is not held up for ever by a writer that crashed', async () => {
  const file = join(dir, 'host_keys');
  writeFileSync(`${file}.lock`, '');
  const past = new Date(Date.now() - 60_000);
  utimesSync(`${file}.lock`, past, past);
  await hostKeyStore(file).add({ host: 'a', port: 22 }, key);
  expect(readdirSync(dir)).toEqual(['host_keys']);
});

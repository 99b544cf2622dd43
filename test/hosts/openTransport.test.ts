import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostDeps, hostNamed, openTransport } from '../../src/hosts/host.ts';
import { processSshEnvironment } from '../../src/hosts/sshEnvironment.ts';
import { hostKeyStore } from '../../src/transport/hostKeyStore.ts';
import { run } from './sshCase.ts';
import { type Sshd, startSshd } from './sshd.ts';

let sshd: Sshd;
let dir: string;
beforeAll(async () => {
  sshd = await startSshd();
  dir = mkdtempSync(join(tmpdir(), 'packet-path-open-'));
});
afterAll(async () => {
  await sshd.stop();
  rmSync(dir, { recursive: true });
});

function deps(sshProgram: string | null): HostDeps {
  return {
    ssh: { ...processSshEnvironment(), configFile: sshd.configFile, sshProgram },
    prompts: {
      trustHostKey: () => Promise.reject(new Error('nothing to ask')),
      secret: () => Promise.reject(new Error('nothing to ask')),
    },
    store: hostKeyStore(join(dir, 'host_keys')),
  };
}

describe('openTransport', () => {
  it.each(['ssh', null])('reaches an alias of ssh_config, told by %s', async (sshProgram) => {
    const transport = await openTransport(hostNamed('sshd-test'), deps(sshProgram));
    expect((await run(transport, 'echo over ssh')).stdout).toBe('over ssh\n');
    transport.close();
  });

  it('reaches this machine', async () => {
    const transport = await openTransport(hostNamed('local'), deps(null));
    expect((await run(transport, 'echo here')).stdout).toBe('here\n');
  });

  it('says what is wrong with the name at once', async () => {
    await expect(openTransport(hostNamed('-oProxyCommand=id'), deps('ssh'))).rejects.toMatchObject({ kind: 'config' });
  });
});

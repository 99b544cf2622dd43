import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostDeps, hostNamed, openTransport } from '../../src/hosts/host.ts';
import { processSshEnvironment } from '../../src/hosts/sshEnvironment.ts';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import { never, run } from './sshCase.ts';
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
    const transport = openTransport(hostNamed('sshd-test'), deps(sshProgram));
    expect((await run(transport, 'echo over ssh')).stdout).toBe('over ssh\n');
    transport.close();
  });

  it('reaches this machine', async () => {
    const transport = openTransport(hostNamed('local'), deps(null));
    expect((await run(transport, 'echo here')).stdout).toBe('here\n');
  });

  it('says what is wrong with the name', async () => {
    const transport = openTransport(hostNamed('-oProxyCommand=id'), deps('ssh'));
    await expect(transport.startShell([], never)).rejects.toMatchObject({ kind: 'config' });
  });

  it('goes by what ssh_config says when it connects, not when it was opened', async () => {
    const good = readFileSync(sshd.configFile, 'utf8');
    const configFile = join(dir, 'corrected_config');
    writeFileSync(configFile, good.replace(sshd.identityFile, join(dir, 'no_such_key')));
    const { ssh, ...others } = deps('ssh');
    const transport = openTransport(hostNamed('sshd-test'), { ...others, ssh: { ...ssh, configFile } });
    await expect(transport.startShell([], never)).rejects.toMatchObject({ kind: 'auth-failed' });
    writeFileSync(configFile, good);
    expect((await run(transport, 'echo corrected')).stdout).toBe('corrected\n');
    transport.close();
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LogOutputChannel, Uri } from 'vscode';
import { hostNamed } from '../../src/hosts/host.ts';
import { processSshEnvironment } from '../../src/hosts/sshEnvironment.ts';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import { quietPrompts } from '../../src/transport/prompts/quietPrompts.ts';
import { rememberedPrompts, type SecretVault, turns } from '../../src/transport/prompts/rememberedPrompts.ts';
import type { HostKeyQuestion } from '../../src/transport/prompts/sshPrompts.ts';
import { ssh2Transport } from '../../src/transport/ssh2/ssh2Shell.ts';
import type { SshTarget } from '../../src/transport/sshTarget.ts';
import { isRoot, type PamHost, startPamHost } from './pamHost.ts';
import { run, targetOf } from './sshCase.ts';
import { type Sshd, startSshd } from './sshd.ts';

vi.mock('vscode', async () => {
  const { vscodeStandIn } = await import('./vscodeStandIn.ts');
  return vscodeStandIn({ 'snapshot.interval': 1 });
});
const { Snapshots } = await import('../../src/ui/snapshots.ts');
const { HostRegistry } = await import('../../src/ui/hostRegistry.ts');
const { CaptureStore } = await import('../../src/ui/captureStore.ts');
const { Sources } = await import('../../src/ui/sources.ts');

const never = new AbortController().signal;

describe('a snapshot that may ask nobody', () => {
  let sshd: Sshd;
  let dir: string;
  beforeAll(async () => {
    sshd = await startSshd({ hostKeyTypes: ['ed25519'] });
    dir = mkdtempSync(join(tmpdir(), 'packet-path-quiet-'));
  });
  afterAll(async () => {
    rmSync(dir, { recursive: true, force: true });
    await sshd.stop();
  });

  it('waits for the user; whoever joins it and may be asked is asked, and gets one', async () => {
    const asked: HostKeyQuestion[] = [];
    const lines: string[] = [];
    const line = (text: string): void => {
      lines.push(text);
    };
    const log = { debug: line, info: line, warn: line, error: line } as unknown as LogOutputChannel;
    const config = join(dir, 'ssh_config');
    writeFileSync(
      config,
      readFileSync(sshd.configFile, 'utf8').replace(/UserKnownHostsFile .*/, 'UserKnownHostsFile none'),
    );
    const registry = new HostRegistry();
    const snapshots = new Snapshots({
      registry,
      captures: new CaptureStore({ fsPath: dir } as Uri),
      sources: new Sources(),
      log,
      quietPrompts,
      connection: {
        ssh: { ...processSshEnvironment(), configFile: config },
        store: hostKeyStore(join(dir, 'known_hosts')),
        prompts: {
          trustHostKey: async (question) => {
            asked.push(question);
            return true;
          },
          secret: () => Promise.reject(new Error('nothing is to be typed')),
        },
      },
    });
    try {
      const host = hostNamed('sshd-test');
      const quiet = snapshots.take(host, never, () => {}, { quiet: true });
      const asking = snapshots.take(host, never, () => {});
      await expect(quiet).rejects.toMatchObject({ kind: 'needs-attention' });
      expect((await asking).observation.snapshot.samples).toHaveLength(2);
      expect(asked.map(({ fingerprint }) => fingerprint)).toEqual([sshd.hostKeyFingerprints['ssh-ed25519']]);
      expect(registry.state(host.id)).toEqual({ activity: null, problem: null });
      // Known now: the next quiet one needs nobody.
      await snapshots.take(host, never, () => {}, { quiet: true });
      expect(lines.filter((text) => /^sshd-test: snapshot: \d+ bytes sent, \d+ received/.test(text))).toHaveLength(2);
    } finally {
      snapshots.dispose();
    }
  });
});

describe.skipIf(!isRoot)(`a remembered password${isRoot ? '' : ' (skipped: accounts of its own take root)'}`, () => {
  let pam: PamHost;
  let target: SshTarget;
  beforeAll(async () => {
    const config = ['PasswordAuthentication yes', 'PubkeyAuthentication no', 'KbdInteractiveAuthentication no'];
    const withKeys = config.filter((line) => !line.startsWith('Pubkey'));
    pam = await startPamHost([
      { name: 'quentin', config },
      { name: 'hedwig', config: withKeys },
    ]);
    target = targetOf(pam, { user: 'quentin', identityFiles: [], passwordPrompts: 1 });
  });
  afterAll(() => pam.stop());

  const name = (user = 'quentin'): string => `Password of ${user}@127.0.0.1:${pam.port} (sshd-test)`;

  function quietly(kept: Map<string, string>, passwordPrompts: number, more: Partial<SshTarget> = {}): Promise<string> {
    const vault: SecretVault = {
      get: async (wanted) => kept.get(wanted),
      keep: async (wanted, secret) => {
        kept.set(wanted, secret);
      },
      forget: async (wanted) => {
        kept.delete(wanted);
      },
    };
    const transport = ssh2Transport(async () => ({ ...target, passwordPrompts, ...more }), {
      prompts: rememberedPrompts(quietPrompts, vault, turns()),
      store: hostKeyStore(join(pam.dir, 'trusted')),
    });
    return run(transport, 'echo in')
      .then(({ stdout }) => stdout)
      .finally(() => transport.close());
  }

  it('lets in where nobody may be asked', async () => {
    const kept = new Map([[name(), pam.password]]);
    expect(await quietly(kept, 3)).toBe('in\n');
    expect(kept.size).toBe(1);
  });

  it('is forgotten when the host refuses it, whether it asks again or ends there', async () => {
    const kept = new Map([[name(), 'not this one']]);
    await expect(quietly(kept, 3)).rejects.toMatchObject({
      kind: 'needs-attention',
      message: expect.stringContaining('the one that was tried was refused'),
    });
    expect(kept.size).toBe(0);
    kept.set(name(), 'not this one either');
    await expect(quietly(kept, 1)).rejects.toMatchObject({ kind: 'auth-failed' });
    expect(kept.size).toBe(0);
    // Where the user also has what only the other client can use.
    kept.set(name('hedwig'), 'nor this one');
    const certificate = join(pam.dir, 'id-cert.pub');
    writeFileSync(certificate, '');
    const refused = quietly(kept, 1, { user: 'hedwig', certificateFiles: [certificate] });
    await expect(refused).rejects.toMatchObject({ kind: 'unsupported', remedy: 'system-ssh' });
    expect(kept.size).toBe(0);
  });
});

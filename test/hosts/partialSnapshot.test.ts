import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { LogOutputChannel, Uri } from 'vscode';
import type { Host } from '../../src/hosts/host.ts';
import { processSshEnvironment } from '../../src/hosts/sshEnvironment.ts';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import { quietPrompts } from '../../src/transport/prompts/quietPrompts.ts';

vi.mock('vscode', async () => {
  const { vscodeStandIn } = await import('./vscodeStandIn.ts');
  return vscodeStandIn({ 'snapshot.interval': 30 });
});
const { Snapshots } = await import('../../src/ui/snapshots.ts');
const { HostRegistry } = await import('../../src/ui/hostRegistry.ts');
const { CaptureStore } = await import('../../src/ui/captureStore.ts');
const { Sources } = await import('../../src/ui/sources.ts');

it('ends and says why it is partial where what arrived cannot be kept', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packet-path-partial-'));
  const lines: string[] = [];
  const line = (text: string): void => {
    lines.push(text);
  };
  const registry = new HostRegistry();
  writeFileSync(join(dir, 'captures'), 'no directory');
  const snapshots = new Snapshots({
    registry,
    captures: new CaptureStore({ fsPath: dir } as Uri),
    sources: new Sources(),
    log: { debug: line, info: line, warn: line, error: line } as unknown as LogOutputChannel,
    quietPrompts,
    connection: {
      ssh: processSshEnvironment(),
      store: hostKeyStore(join(dir, 'known_hosts')),
      prompts: quietPrompts,
    },
  });
  // Its shell is ended between the two samples.
  const host: Host = { kind: 'command', id: 'command:brief', label: 'brief', command: ['timeout', '4'] };
  try {
    const taking = snapshots.take(host, new AbortController().signal, () => {});
    await expect(taking).rejects.toMatchObject({ name: 'PartialCapture' });
    expect(registry.state(host.id)).toMatchObject({
      activity: null,
      problem: { message: expect.stringContaining('ended on the host before it was done') },
    });
    expect(lines.join('\n')).toContain('what arrived is not kept');
  } finally {
    snapshots.dispose();
    rmSync(dir, { recursive: true, force: true });
  }
});

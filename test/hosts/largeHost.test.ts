import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { parseCapture } from '../../src/capture/frame.ts';
import { unpackSections } from '../../src/capture/packedSections.ts';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import { type CaptureTraffic, takeCapture } from '../../src/capture/takeCapture.ts';
import { commandTransport } from '../../src/transport/commandShell.ts';
import type { Transport } from '../../src/transport/shell.ts';
import { systemSshTo } from '../bench/sshWays.ts';
import { type LargeHost, largeHost } from './largeHost.ts';
import { sshCase, targetOf } from './sshCase.ts';
import { startSshd } from './sshd.ts';

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)('a host of 1,152 CPUs', () => {
  let host: LargeHost;
  beforeAll(() => {
    host = largeHost(1152, 200);
  });
  afterAll(() => host.remove());

  async function capture(transport: Transport): Promise<{ text: string; traffic: CaptureTraffic | undefined }> {
    let traffic: CaptureTraffic | undefined;
    const onEnd = (seen: CaptureTraffic) => {
      traffic = seen;
    };
    const { signal } = new AbortController();
    const bytes = await takeCapture(transport, { intervalSeconds: 1, deadlineMs: 40_000, signal, onEnd });
    transport.close();
    return { text: bytes.toString(), traffic };
  }

  function expectWhole(text: string): void {
    const { problems, samples, cpus } = readSnapshot(text);
    expect(problems).toEqual([]);
    expect(cpus.online).toHaveLength(1152);
    expect(samples).toHaveLength(2);
    for (const { interrupts, softirqs, uptime } of samples) {
      expect(interrupts.ok && interrupts.value.rows).toHaveLength(200);
      expect(softirqs.ok && softirqs.value.cpus).toHaveLength(1152);
      expect(uptime).not.toBeNull();
    }
    expect(text).toContain(host.interrupts);
  }

  it.each(['a program', 'ssh2', 'the system’s ssh'])('sends a fraction of its text through %s', async (way) => {
    const sshd = await startSshd({ config: [`ForceCommand ${host.enter}`] });
    try {
      const transport =
        way === 'a program'
          ? commandTransport([host.enter], { name: 'large' })
          : way === 'ssh2'
            ? sshCase(targetOf(sshd)).transport
            : (await systemSshTo(sshd))();
      const { text, traffic } = await capture(transport);
      expectWhole(text);
      expect(text).not.toContain('<z');
      expect(traffic?.receivedBytes).toBeLessThan(text.length / 4);
    } finally {
      await sshd.stop();
    }
  });

  it.each(['dash', 'busybox ash', 'bash --posix'])(
    'is packed by %s, and by nobody who was not asked',
    async (shell) => {
      const run = (pack: string) =>
        spawnSync(host.enter, [...shell.split(' '), '-s', '--', '0', 'n1', '8', '200000', '0', pack], {
          input: collectorScript,
          maxBuffer: 1 << 28,
        });
      const [plain, packed] = [run('0'), run('1')];
      expect([plain.stderr.toString(), packed.stderr.toString(), packed.status]).toEqual(['', '', 0]);
      expect(plain.stdout.includes('<z')).toBe(false);
      expect(packed.stdout.length).toBeLessThan(plain.stdout.length / 4);
      const { text, tooMuch } = await unpackSections(packed.stdout, 'n1', 1 << 28);
      expect(tooMuch).toBe(false);
      const sections = parseCapture(text.toString()).sections;
      expect(sections.map(({ name }) => name)).toEqual(
        parseCapture(plain.stdout.toString()).sections.map(({ name }) => name),
      );
      // The uptime is read first and last, by the one process that reads all between.
      const counters = sections.find(({ name }) => name === 'counters@A')?.stdout ?? '';
      expect(counters.startsWith('==> /proc/uptime <==\n')).toBe(true);
      expect(counters.trimEnd().split('\n').at(-2)).toBe('==> /proc/uptime <==');
      expect(counters).toContain(host.interrupts);
    },
  );

  it('sends plain text where it has no gzip', () => {
    const script = collectorScript.replace('has gzip', 'has no-such-gzip');
    expect(script).not.toBe(collectorScript);
    const { stdout } = spawnSync(host.enter, ['sh', '-s', '--', '0', 'n1', '8', '200000', '0', '1'], {
      input: script,
      maxBuffer: 1 << 28,
    });
    expect(stdout.includes('<z')).toBe(false);
    expect(readSnapshot(stdout.toString()).problems).toEqual([]);
  });
});

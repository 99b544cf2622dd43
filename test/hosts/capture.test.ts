import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observe } from '../../src/capture/observation.ts';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import { type TakeCaptureOptions, takeCapture } from '../../src/capture/takeCapture.ts';
import { localTransport } from '../../src/transport/localShell.ts';
import type { Transport } from '../../src/transport/shell.ts';
import { busyboxHost } from './busyboxHost.ts';
import { sshCase, targetOf } from './sshCase.ts';
import { type Sshd, startSshd } from './sshd.ts';

let sshd: Sshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

/** Intervals nobody else uses, so that `ps` can tell our processes by their arguments. */
let marker = 40 + (process.pid % 1000);

function options(more: Partial<TakeCaptureOptions> = {}): TakeCaptureOptions {
  return { intervalSeconds: 1, deadlineMs: 20_000, signal: new AbortController().signal, ...more };
}

/** Processes on the host that belong to a collector with this interval: its shells and its sleep. */
function leftOver(interval: number): string {
  return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`sh -s -- ${interval} `) || line.trim().endsWith(`sleep ${interval}`))
    .join('\n');
}

async function untilGone(interval: number): Promise<string> {
  for (let tries = 0; tries < 30 && leftOver(interval) !== ''; tries++) await delay(100);
  return leftOver(interval);
}

const ways: [string, () => Transport][] = [
  ['local sh', localTransport],
  ['ssh2 to a real sshd', () => sshCase(targetOf(sshd)).transport],
];

describe.each(ways)('a capture over %s', (_name, open) => {
  it('waits, however long the deadline: beyond what a timer holds it would end at once', async () => {
    const transport = open();
    const bytes = await takeCapture(transport, options({ intervalSeconds: 2, deadlineMs: 2 ** 31 - 1 }));
    transport.close();
    expect(readSnapshot(bytes.toString('utf8')).samples).toHaveLength(2);
  });

  it('is whole, and is read into a snapshot with rates', async () => {
    const transport = open();
    let sections = 0;
    const bytes = await takeCapture(transport, options({ onProgress: (count) => (sections = count) }));
    transport.close();
    const { snapshot, rates, diagnosis } = observe(bytes.toString('utf8'));
    expect(snapshot.problems).toEqual([]);
    expect(sections).toBe(snapshot.sections.length + 1); // and `end`
    expect(rates.ok && rates.value.softnet.size).toBe(snapshot.cpus.online?.length);
    expect(diagnosis.checked.length).toBeGreaterThan(0);
  });

  it('cancelled in the middle leaves no process on the host', async () => {
    const interval = marker++;
    const transport = open();
    const abort = new AbortController();
    const taking = takeCapture(transport, options({ intervalSeconds: interval, signal: abort.signal }));
    const outcome = expect(taking).rejects.toThrow('enough');
    await delay(1500);
    expect(leftOver(interval)).not.toBe('');
    abort.abort(new Error('enough'));
    await outcome;
    expect(await untilGone(interval)).toBe('');
    transport.close();
  });

  it('past its deadline says so and leaves no process on the host', async () => {
    // The deadline counts from the end of the interval, and nothing is read in a millisecond.
    const interval = Number(`1.${marker++}1`);
    const transport = open();
    const taking = takeCapture(transport, options({ intervalSeconds: interval, deadlineMs: 1 }));
    await expect(taking).rejects.toMatchObject({
      kind: 'timed-out',
      message: expect.stringContaining(`not done after ${(interval * 1000 + 1) / 1000} s`),
      hint: expect.stringContaining('--deadline'),
    });
    expect(await untilGone(interval)).toBe('');
    transport.close();
  });

  it('aborted before it began does not begin', async () => {
    const interval = marker++;
    const transport = open();
    const taking = takeCapture(
      transport,
      options({ intervalSeconds: interval, signal: AbortSignal.abort(new Error('never')) }),
    );
    await expect(taking).rejects.toThrow('never');
    expect(leftOver(interval)).toBe('');
    transport.close();
  });
});

describe('odd hosts', () => {
  const started: Sshd[] = [];
  afterAll(() => Promise.all(started.map((server) => server.stop())));

  async function forced(command: string): Promise<Transport> {
    const server = await startSshd({ config: [`ForceCommand ${command}`] });
    started.push(server);
    return sshCase(targetOf(server)).transport;
  }

  it.each(['>&2', ''])('a forced command that is no shell (echo %s) is no broken connection', async (to) => {
    const transport = await forced(`echo This account is not available. ${to}; exit 1`);
    await expect(takeCapture(transport, options())).rejects.toMatchObject({
      kind: 'unsupported',
      message: 'the host did not run the collector (exit status 1): This account is not available',
    });
  });

  it('a connection that breaks before the first line is lost, not unsupported', async () => {
    const transport = await forced('sleep 0.3; kill -KILL $PPID');
    await expect(takeCapture(transport, options())).rejects.toMatchObject({
      kind: 'lost',
      message: expect.stringMatching(/^the connection was lost before anything of the capture arrived: .*[^.]$/),
    });
  });

  it('a login shell that prints first does not spoil the capture', async () => {
    const transport = await forced('echo Welcome to the host; eval "$SSH_ORIGINAL_COMMAND"');
    const { problems, samples } = readSnapshot((await takeCapture(transport, options())).toString('utf8'));
    expect(samples).toHaveLength(2);
    expect(problems).toEqual([expect.stringContaining('before the capture')]);
  });

  it.runIf(process.getuid?.() === 0).each([
    ['busybox only', []],
    ['busybox without awk, getconf and timeout', ['awk', 'getconf', 'timeout']],
  ])('%s gives a snapshot that says what is missing', async (_name, without) => {
    const host = busyboxHost(without);
    try {
      const transport = await forced(host.enter);
      const { snapshot, diagnosis } = observe((await takeCapture(transport, options())).toString('utf8'));
      const last = snapshot.samples.at(-1);
      expect(snapshot.problems).toEqual([]);
      expect(last?.softnet.ok).toBe(true);
      expect(last?.interrupts.ok).toBe(true);
      expect(last?.tcpSockets).toMatchObject({ ok: true, warnings: [] });
      // Without ss the kernel's own file tells each listener's queue, and not its limit.
      expect(last?.listeners.ok && last.listeners.value.every(({ sendQ }) => sendQ === null)).toBe(true);
      // Some builds of busybox have a tc of their own, which cannot do this, or lists qdiscs without their counters.
      const qdiscs = last?.qdiscs;
      if (qdiscs?.ok === true) expect(qdiscs.value.map(({ drops }) => drops)).toEqual(qdiscs.value.map(() => null));
      else expect(qdiscs?.reason).toMatch(/the host has no tc|BusyBox/);
      for (const nic of snapshot.nics.filter((candidate) => candidate.physical)) {
        expect(nic.ring).toMatchObject({ ok: false, reason: 'the host has no ethtool' });
      }
      expect(diagnosis.checked).toContain('R01');
    } finally {
      host.remove();
    }
  });
});

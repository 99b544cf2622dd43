import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeBundle } from '../../scripts/nodeBundle.mts';
import { observe } from '../../src/capture/observation.ts';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import {
  mostCaptureBytes,
  PartialCapture,
  type TakeCaptureOptions,
  takeCapture,
} from '../../src/capture/takeCapture.ts';
import { toJson } from '../../src/kernel/json.ts';
import type { CaptureCost, CaptureWay } from './captureMemory.ts';
import { type HostileHost, hostileHost } from './hostileHost.ts';
import { type SshCase, sshCase, targetOf, until } from './sshCase.ts';

/** The cap, its double for an instant while the buffer grows, and what ssh2 has decrypted and V8 has not freed yet. */
const mostGrownMB = 256;
const unprintable = /[\p{Cc}\p{Cf}]/u;

let host: HostileHost;
let dir: string;
let banner: string;
let ssh: SshCase;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-hostile-test-'));
  banner = join(dir, 'banner');
  writeFileSync(banner, '\u001b]0;owned\u0007\u001b[2J<b>Welcome</b> [here](command:x)\n');
  host = await hostileHost([`Banner ${banner}`]);
  ssh = sshCase(targetOf(host.sshd));
  await build({
    entryPoints: [fileURLToPath(new URL('captureMemory.ts', import.meta.url))],
    outfile: join(dir, 'captureMemory.cjs'),
    ...nodeBundle,
    logLevel: 'silent',
  });
});
afterAll(async () => {
  ssh.transport.close();
  await host.stop();
  rmSync(dir, { recursive: true });
});

/** Intervals nobody else uses, so that `ps` can tell our processes by their arguments. */
let marker = 400 + (process.pid % 1000);

function take(more: Partial<TakeCaptureOptions> = {}): Promise<Buffer> {
  const options = { intervalSeconds: 0, deadlineMs: 10_000, signal: new AbortController().signal, ...more };
  return takeCapture(ssh.transport, options);
}

/** The capture that came to no end. */
async function partOf(taking: Promise<Buffer>): Promise<PartialCapture> {
  const error: unknown = await taking.then(
    () => new Error('it is whole'),
    (reason: unknown) => reason,
  );
  if (error instanceof PartialCapture) return error;
  throw error;
}

/** What takes a capture that a process of its own measures; a few seconds go by before the deadline. */
async function costOf(behaviour: string, way: CaptureWay = { target: targetOf(host.sshd) }): Promise<CaptureCost> {
  // The first session there only connects.
  host.does(`ready\ncase $SSH_ORIGINAL_COMMAND in *connect*) exit;; esac\n${behaviour}`);
  const args = [join(dir, 'captureMemory.cjs'), JSON.stringify(way), '20000'];
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout) as CaptureCost;
}

describe('a host that sends without end', () => {
  it.each([
    ['lines', 'yes'],
    ['no line end', "exec tr '\\0' x </dev/zero"],
    ['binary noise', 'exec cat /dev/urandom'],
    ['errors', 'exec yes >&2'],
  ])('%s: is ended at the cap, in bounded memory', async (_name, behaviour) => {
    const cost = await costOf(behaviour);
    expect(cost).toMatchObject({ outcome: 'none', message: `the host sent more than ${mostCaptureBytes} bytes` });
    expect(cost.grownMB).toBeLessThan(mostGrownMB);
  });

  it('by the system’s ssh: the same', async () => {
    const cost = await costOf("exec tr '\\0' x </dev/zero", { configFile: host.sshd.configFile });
    expect(cost).toMatchObject({ outcome: 'none', message: `the host sent more than ${mostCaptureBytes} bytes` });
    expect(cost.grownMB).toBeLessThan(mostGrownMB);
    await until(() => host.sshd.sessionPids().length === 0, 'it has ended there');
  });

  it('one line of 100 MB: what came before it is kept', async () => {
    const cost = await costOf("begun; head -c 100000000 /dev/zero | tr '\\0' x | section sysctl");
    expect(cost).toMatchObject({ outcome: 'partial', message: `the host sent more than ${mostCaptureBytes} bytes` });
    expect(cost.bytes).toBeGreaterThan(mostCaptureBytes / 2);
    expect(cost.grownMB).toBeLessThan(mostGrownMB);
  });
});

describe('a host that stops', () => {
  it.each([
    ['in the middle of a section', "begun; printf '\\n@@%s < sysctl\\n/proc/sys/net/core/somaxconn:40' $nonce; exit 3"],
    ['after a section', 'begun; exit 3'],
  ])('%s: what arrived whole is kept, the rest is not zero', async (_name, behaviour) => {
    host.does(behaviour);
    const partial = await partOf(take());
    expect(partial).toMatchObject({
      kind: 'lost',
      message: 'the collector ended on the host before it was done, after 2 sections (exit status 3)',
      hint: expect.stringContaining('What arrived until then is kept.'),
    });
    const { samples, sysctl, problems } = readSnapshot(partial.capture.toString('utf8'));
    expect(problems).toEqual([expect.stringContaining('the capture is cut off in or after')]);
    expect(samples[0]?.sockstat).toMatchObject({ ok: true });
    expect(samples[0]?.qdiscs).toMatchObject({ ok: false, kind: 'truncated', reason: 'the capture ends before this' });
    expect(sysctl).toMatchObject({ ok: false, kind: 'truncated' });
  });

  it('whose shell is frozen (SIGSTOP) is ended at the deadline, and nothing of it stays', async () => {
    host.does('asked');
    const interval = Number(`2.${marker++}1`);
    let arrived = 0;
    const onProgress = (sections: number): void => {
      arrived = sections;
    };
    const taking = take({ intervalSeconds: interval, deadlineMs: 500, onProgress });
    const shells = (): string[] => collectors(interval);
    await until(() => arrived > 1 && shells().length > 0, 'the collector runs');
    for (const pid of shells()) process.kill(Number(pid), 'SIGSTOP');
    const partial = await partOf(taking);
    expect(partial).toMatchObject({ kind: 'timed-out', message: expect.stringContaining('was not done after') });
    expect(readSnapshot(partial.capture.toString('utf8')).samples).toHaveLength(1);
    await until(() => shells().length === 0, 'the frozen shell is gone');
  });

  it('that answers after the deadline has said nothing', async () => {
    host.does('sleep 3; asked');
    const started = performance.now();
    await expect(take({ deadlineMs: 500 })).rejects.toMatchObject({
      name: 'TransportError',
      kind: 'timed-out',
      message: 'the host was not done after 0.5 s (0 sections arrived)',
    });
    expect(performance.now() - started).toBeLessThan(4500);
  });

  it('that gives a byte a second, and never reads what it is sent, is ended at the deadline', async () => {
    host.does('begun; while :; do printf x; sleep 1; done');
    const partial = await partOf(take({ deadlineMs: 2000 }));
    expect(partial).toMatchObject({ kind: 'timed-out', message: expect.stringContaining('(2 sections arrived)') });
    expect(partial.capture.toString('utf8')).toMatch(/x{1,4}$/);
  });

  it('that closes its outputs and stays is ended at the deadline', async () => {
    host.does('exec >&- 2>&-; exec sleep 15');
    await expect(take({ deadlineMs: 1000 })).rejects.toMatchObject({ kind: 'timed-out' });
  });

  it('that lingers after the end is not waited for', async () => {
    host.does('asked; sleep 15');
    const started = performance.now();
    const capture = await take({ deadlineMs: 30_000 });
    expect(readSnapshot(capture.toString('utf8')).problems).toEqual([]);
    expect(performance.now() - started).toBeLessThan(12_000);
  });

  it('that exits well without a word did not run the collector', async () => {
    host.does('exit 0');
    await expect(take()).rejects.toMatchObject({
      kind: 'unsupported',
      message: 'the host did not run the collector (exit status 0)',
    });
  });
});

describe('forged markers', () => {
  it('of a capture taken earlier do not hide the one that was asked for', async () => {
    host.does(
      `printf '@@old1 packet-path 1\\n\\n@@old1 < date\\n1\\n\\n@@old1 > 0 1 1 date\\n\\n@@old1 < end\\n\\n@@old1 > 0 1 1 end\\n'; asked`,
    );
    const { host: facts, samples, problems } = readSnapshot((await take()).toString('utf8'));
    expect(facts.takenAt).toBeGreaterThan(Date.parse('2020-01-01'));
    expect(samples).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it('of a capture with another nonce are no capture', async () => {
    host.does(`nonce=0123456789abcdef; begun; : | section end`);
    await expect(take()).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it('with a guessed nonce are text of the section they stand in', async () => {
    host.does(
      `begun; { for n in pp old1 0 0123456789abcdef; do printf '\\n@@%s > 0 1 1 qdisc@A\\n\\n@@%s < end\\n' $n $n; done; } | section qdisc@A; : | section end`,
    );
    const { sections, problems } = readSnapshot((await take()).toString('utf8'));
    expect(sections.map(({ name }) => name)).toEqual(['date', 'counters@A', 'qdisc@A']);
    expect(problems).toEqual([]);
  });
});

describe.runIf(process.getuid?.() === 0)('what a host calls itself and its interfaces', () => {
  const namespace = `pp-names-${process.pid}`;
  const ip = (...args: string[]): Buffer => execFileSync('ip', args, { stdio: 'pipe' });
  // What the kernel takes for a name: up to 15 bytes without a blank, a slash or a colon.
  const names = [
    '<img>',
    `$(touch\${IFS}x)`,
    `\`touch\${IFS}x\``,
    `;touch\${IFS}x`,
    'a|reboot',
    '*',
    '[a-z]*',
    '-s',
    '--version',
    'a\u001b[31mx',
    'r\u202ex',
    "'",
    '"',
    '@@pp',
    '==>',
  ];
  const evil = '\u001b]0;owned\u0007<img src=x onerror=alert(1)>](command:x)';

  beforeAll(() => {
    ip('netns', 'add', namespace);
    for (const [index, name] of names.entries()) {
      ip('-n', namespace, 'link', 'add', 'dev', name, 'type', 'veth', 'peer', 'name', `peer${index}`);
    }
    // A veth has no device behind it, for which ethtool is asked: so the attributes are laid over, the NICs are real.
    const sysfs = join(dir, 'net');
    for (const name of names) {
      mkdirSync(join(sysfs, name, 'device'), { recursive: true });
      writeFileSync(join(sysfs, name, 'mtu'), '1500\n');
      writeFileSync(join(sysfs, name, 'device', 'uevent'), 'DRIVER=veth\n');
    }
    mkdirSync(join(dir, 'cwd'));
    for (const file of ['abc', 'def']) writeFileSync(join(dir, 'cwd', file), '');
    writeFileSync(join(dir, 'evil'), `${evil}\n`);
    writeFileSync(
      join(dir, 'inside.sh'),
      `mount --bind ${sysfs} /sys/class/net; mount --bind ${dir}/evil /proc/sys/net/ipv4/tcp_congestion_control
mount --bind ${dir}/evil /proc/sys/kernel/hostname; cd ${dir}/cwd; eval "$SSH_ORIGINAL_COMMAND"\n`,
    );
  });
  afterAll(() => ip('netns', 'del', namespace));

  it('is never run, and the interfaces are found by their names', async () => {
    host.does(`exec ip netns exec ${namespace} unshare -m sh ${dir}/inside.sh`);
    const text = (await take({ deadlineMs: 30_000 })).toString('utf8');
    const { nics, samples, sections, problems } = readSnapshot(text);
    expect(problems).toEqual([]);
    expect(nics.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(readdirSync(join(dir, 'cwd'))).toEqual(['abc', 'def']);
    // To ethtool that one means all of them, which it does not do here.
    expect(samples[0]?.ethtoolStats.get('*')).toMatchObject({ ok: false, kind: 'failed' });
    for (const name of names.filter((candidate) => candidate !== '*')) {
      const statistics = samples[0]?.ethtoolStats.get(name);
      expect(statistics, name).toMatchObject({ ok: true });
      expect(statistics?.ok === true && statistics.value.length, name).toBeGreaterThan(0);
      expect(nics.find((nic) => nic.name === name)?.driverInfo, name).toMatchObject({ ok: true });
    }
    // No other word became a name: nothing was split, and "*" is one NIC, not the files of a directory.
    expect(sections.filter((section) => section.name.startsWith('ethtool-S@A '))).toHaveLength(names.length);
  });

  it('is printed without what a terminal would obey, and JSON holds it as text', async () => {
    host.does(`exec ip netns exec ${namespace} unshare -m sh ${dir}/inside.sh`);
    const text = (await take({ deadlineMs: 30_000 })).toString('utf8');
    const { snapshot, diagnosis } = observe(text);
    expect(snapshot.host.hostname).toBe(']0;owned <img src=x onerror=alert(1)>](command:x)');
    expect(snapshot.sysctl.ok && snapshot.sysctl.value.get('net.ipv4.tcp_congestion_control')).toBe(evil);
    const json = toJson({ snapshot, diagnosis });
    expect(json.replaceAll('\n', '')).not.toMatch(unprintable);
    expect(JSON.parse(json)).toMatchObject({ snapshot: { host: { hostname: snapshot.host.hostname } } });
  });

  it('that is no UTF-8 is said to be read as one', async () => {
    const [one, other] = [Buffer.from('n\xfe', 'latin1'), Buffer.from('n\xff', 'latin1')];
    const script = `for n in "$(printf 'n\\376')" "$(printf 'n\\377')"; do ip -n ${namespace} link add dev "$n" type veth; done`;
    execFileSync('sh', ['-c', script]);
    host.does(`exec ip netns exec ${namespace} sh -c "$SSH_ORIGINAL_COMMAND"`);
    const capture = await take({ deadlineMs: 30_000 });
    expect([capture.includes(one), capture.includes(other)]).toEqual([true, true]);
    expect(readSnapshot(capture.toString('utf8')).problems).toEqual([
      'interface names that are not UTF-8 (n\ufffd): those that differ only there are read as one',
    ]);
  });
});

describe('what a host says before the login', () => {
  it('comes to the log without what a terminal would obey', () => {
    const line = ssh.log.find((said) => said.startsWith('banner: '));
    expect(line).toBe('banner: ]0;owned [2J<b>Welcome</b> [here](command:x)');
    expect(ssh.log.join('')).not.toMatch(unprintable);
  });
});

/** Shells that run the collector with this interval. */
function collectors(interval: number): string[] {
  return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.trim().replace(/^\d+ /, '').startsWith(`sh -s -- ${interval} `))
    .map((line) => line.trim().split(' ')[0] ?? '');
}

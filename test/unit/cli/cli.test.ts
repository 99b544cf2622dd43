import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeBundle } from '../../../scripts/nodeBundle.mts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const healthy = join(root, 'test/fixtures/captures/vm-8cpu.netsnap');
const faulty = join(root, 'media/sample.netsnap');
const softnet =
  '00000a1b 00000000 00000002 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000\n';

let dir: string;
let program: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-cli-'));
  program = join(dir, 'cli.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli.ts'],
    outfile: program,
    ...nodeBundle,
    logLevel: 'silent',
  });
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true }));

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function cli(args: readonly string[], stdin = '', env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const options = { cwd: dir, env: { ...process.env, HOME: dir, ...env }, maxBuffer: 1 << 26, timeout: 60_000 };
    const child = execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      if (typeof status === 'number') resolve({ status, stdout, stderr });
      else reject(error);
    });
    child.stdin?.end(stdin);
  });
}

describe('usage', () => {
  it('is printed when asked for, with status 0', async () => {
    const ran = await cli(['--help']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain('packet-path diagnose');
  });

  it('follows a command that is none', async () => {
    const { status, stdout, stderr } = await cli(['frobnicate']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^packet-path: no command "frobnicate"\n\npacket-path: where a Linux host/);
  });

  it.each([
    [['diagnose']],
    [['hosts', '--colour']],
    [['snapshot', 'local', '--interval', 'x']],
    [['diagnose', '--']],
    [['namespaces', 'a', '--', 'b']],
  ])('is pointed to where only a word is wrong: %j', async (args) => {
    const { status, stdout, stderr } = await cli(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^packet-path: .+\nSee packet-path --help\.\n$/);
  });
});

it('hosts lists this machine', async () => {
  const { status, stdout } = await cli(['hosts', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toContainEqual({ id: 'local', from: 'this machine' });
});

it('collector prints the script, which is shell', async () => {
  const { status, stdout } = await cli(['collector']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^#!\/bin\/sh\n# .*collector\.sh/);
  expect(() => execFileSync('sh', ['-n'], { input: stdout, stdio: ['pipe', 'ignore', 'pipe'] })).not.toThrow();
});

describe('parse', () => {
  it('lists its formats', async () => {
    const { status, stdout } = await cli(['parse', '--list']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^softnet_stat +\S/m);
  });

  it('reads stdin and a file alike', async () => {
    const file = join(dir, 'softnet');
    writeFileSync(file, softnet);
    const fromStdin = await cli(['parse', 'softnet_stat'], softnet);
    expect(fromStdin).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.stringify(JSON.parse(fromStdin.stdout))).toContain('2587');
    expect(await cli(['parse', 'softnet_stat', file])).toEqual(fromStdin);
  });

  it('tells on stderr what it could not read, harmlessly, with status 1', async () => {
    const { status, stdout, stderr } = await cli(['parse', 'softnet_stat'], `${softnet}\u001b[2J\u009b not hex\n`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^line 2: /);
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('does not know every format', async () => {
    expect(await cli(['parse', 'nonsense'])).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('diagnose', () => {
  it('reads a sosreport', async () => {
    const report = join(root, 'test/fixtures/sosreport/sosreport-web-1.tar.xz');
    const { status, stdout, stderr } = await cli(['diagnose', report, '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { host, seconds, problems } = JSON.parse(stdout);
    expect({ hostname: host.hostname, seconds, problems }).toEqual({
      hostname: 'web-1',
      seconds: null,
      problems: [expect.stringContaining('sosreport')],
    });
  });

  it('finds nothing in a healthy host, with status 0', async () => {
    const { status, stdout } = await cli(['diagnose', healthy]);
    expect(stdout).toContain('Nothing found by');
    expect(status).toBe(0);
  });

  it('finds what is wrong in a faulty one, with status 1', async () => {
    const { status, stdout } = await cli(['diagnose', faulty, '--json']);
    expect(status).toBe(1);
    const { findings, checked, notChecked, seconds } = JSON.parse(stdout);
    expect(findings[0]).toMatchObject({
      rule: expect.stringMatching(/^R\d\d$/),
      severity: expect.any(String),
      evidence: expect.arrayContaining([expect.objectContaining({ source: expect.any(String) })]),
    });
    expect(checked.length).toBeGreaterThan(0);
    expect(Array.isArray(notChecked)).toBe(true);
    expect(seconds).toBeGreaterThan(0);
  });

  it('does not call a host healthy when nothing could be checked', async () => {
    const file = join(dir, 'empty.netsnap');
    writeFileSync(file, `${readFileSync(healthy, 'utf8').split('\n', 1)[0]}\n`);
    const { status, stdout, stderr } = await cli(['diagnose', file]);
    expect(status).toBe(2);
    expect(stdout).toContain('not checked: R');
    expect(stdout).not.toContain('Nothing found');
    expect(stderr).toContain('no rule had the data');
  });

  it('takes a directory for what it is, and asks the host of that name', async () => {
    mkdirSync(join(dir, 'web-1.invalid'));
    const { status, stderr } = await cli(['diagnose', 'web-1.invalid']);
    expect(status).toBe(2);
    expect(stderr).toContain('web-1.invalid cannot be resolved');
    expect(stderr).not.toContain('EISDIR');
  });

  it('says that a file is not there, or no capture', async () => {
    expect((await cli(['diagnose', './gone.netsnap'])).stderr).toContain('there is no file ./gone.netsnap');
    expect(await cli(['diagnose', program])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is not a capture'),
    });
  });
});

describe('snapshot', () => {
  it.runIf(process.platform === 'linux')(
    'writes a capture that diagnose reads',
    async () => {
      const file = join(dir, 'local.netsnap');
      const taken = await cli(['snapshot', 'local', '-o', file, '--interval', '1']);
      expect(taken).toMatchObject({ status: 0, stdout: '' });
      expect(taken.stderr).toMatch(/^wrote .*local\.netsnap: \d+ KB of local\n$/);
      expect(readFileSync(file, 'utf8')).toMatch(/^@@\w+ packet-path /);
      const { status, stdout } = await cli(['diagnose', file, '--json']);
      expect(status).toBeLessThan(2);
      expect(JSON.parse(stdout).seconds).toBeGreaterThan(0.5);
    },
    60_000,
  );

  it.runIf(process.platform === 'linux')(
    'that did not come to its end is kept, and is no success',
    async () => {
      const slow = join(dir, 'slow');
      mkdirSync(slow);
      writeFileSync(join(slow, 'tc'), '#!/bin/sh\nexec sleep 7\n', { mode: 0o755 });
      const env = { PATH: `${slow}:${process.env['PATH']}` };
      const file = join(dir, 'partial.netsnap');
      const taken = await cli(['snapshot', 'local', '-o', file, '--interval', '0', '--deadline', '1'], '', env);
      expect(taken).toMatchObject({ status: 2, stdout: '' });
      expect(taken.stderr).toMatch(/wrote .*\npacket-path: the host was not done after 1 s .*\n.* is kept\.\n$/);
      const { stdout } = await cli(['diagnose', file]);
      expect(stdout).toContain('note: the capture is cut off in or after "qdisc@A"');
      expect(stdout).toContain('the capture ends before this');
      const both = await cli(['diagnose', 'local', '--interval', '0', '--deadline', '1'], '', env);
      expect(both).toMatchObject({
        status: 2,
        stdout: expect.stringContaining('note: the host was not done after 1 s'),
      });
    },
    60_000,
  );

  it('makes no directory of a mistyped path', async () => {
    const file = join(dir, 'nowhere', 'local.netsnap');
    const { status, stderr } = await cli(['snapshot', 'local', '-o', file]);
    expect(status).toBe(2);
    expect(stderr).toContain('there is no directory');
    expect(existsSync(join(dir, 'nowhere'))).toBe(false);
  });

  it('says what is wrong with a host and what to do, in two sentences', async () => {
    const { status, stderr } = await cli(['snapshot', 'a b', '-o', join(dir, 'none')]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^packet-path: "a b" is not a host\n.+\.\n$/);
  });
});

describe.runIf(process.platform === 'linux')('a program after --', () => {
  it('is the host, and gets its arguments as they are', async () => {
    writeFileSync(join(dir, 'enter'), '#!/bin/sh\n[ "$1" = "a b; c" ] && shift && exec "$@"\n', { mode: 0o755 });
    const file = join(dir, 'program.netsnap');
    const taken = await cli(['snapshot', '-o', file, '--interval', '0', '--', './enter', 'a b; c']);
    expect(taken).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('KB of ./enter a b; c\n') });
    expect(readFileSync(file, 'utf8')).toMatch(/^@@\w+ packet-path /);
  });

  it('says itself why it is none', async () => {
    const why = await cli(['diagnose', '--', 'sh', '-c', 'echo "No such container: web" >&2; exit 1', '--json']);
    expect(why).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('No such container: web\n') });
    expect(await cli(['snapshot', '--', './no-such'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('./no-such cannot be started'),
    });
  });
});

describe.runIf(process.platform === 'linux')('namespaces', () => {
  it('are listed', async () => {
    expect((await cli(['namespaces', 'local'])).status).toBe(0);
    const { status, stdout } = await cli(['namespaces', '--json', '--', 'env']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ entries: expect.any(Array), note: expect.any(String) });
  });

  it('of no such name are said to be none', async () => {
    const { status, stderr } = await cli(['diagnose', 'local', '--netns', 'no-such']);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^packet-path: local has no network namespace "no-such".*: packet-path namespaces lists them\n/,
    );
  });
});

it('--client asks the ssh program', async () => {
  const { status, stderr } = await cli(['snapshot', 'web-1.invalid', '--client', 'system', '-o', join(dir, 'none')]);
  expect(status).toBe(2);
  expect(stderr).toContain('web-1.invalid');
}, 30_000);

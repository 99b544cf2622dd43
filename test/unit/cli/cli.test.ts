import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCli, root } from '../../buildCli.ts';

const healthy = join(root, 'test/fixtures/captures/vm-8cpu.netsnap');
const faulty = join(root, 'media/sample.netsnap');
const softnet =
  '00000a1b 00000000 00000002 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000\n';

let dir: string;
let program: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-cli-'));
  program = join(dir, 'cli.cjs');
  await buildCli(program);
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
    expect(stdout).toMatch(/^No loss seen in \d+\.\d s at \d+ packets\/s\.$/m);
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

  it('looks at several targets, names each, and goes on after one that fails', async () => {
    const { status, stdout, stderr } = await cli(['diagnose', healthy, './gone.netsnap', faulty]);
    expect(status).toBe(2);
    expect(stdout.match(/^== .+ ==$/gm)).toEqual([healthy, './gone.netsnap', faulty].map((name) => `== ${name} ==`));
    expect(stdout).toMatch(/^not looked at: there is no file \.\/gone\.netsnap/m);
    expect(stderr).toBe('packet-path: ./gone.netsnap: there is no file ./gone.netsnap, and no host has such a name\n');
    const json = JSON.parse((await cli(['diagnose', healthy, './gone.netsnap', faulty, '--json'])).stdout);
    expect(json).toMatchObject([
      { target: healthy, findings: [], verdict: expect.stringMatching(/^No loss seen/) },
      { target: './gone.netsnap', error: expect.stringContaining('there is no file') },
      { target: faulty, host: { hostname: 'web-1' }, verdict: null },
    ]);
    expect((await cli(['diagnose', healthy, faulty])).status).toBe(1);
    expect((await cli(['diagnose', healthy, healthy])).status).toBe(0);
  });

  it('prints a report as Markdown and as HTML, and a log for CI', async () => {
    const markdown = await cli(['diagnose', faulty, '--markdown']);
    expect(markdown).toMatchObject({
      status: 1,
      stderr: '',
      stdout: expect.stringContaining('## Critical: Softnet drops'),
    });
    const html = await cli(['diagnose', faulty, healthy, '--html']);
    expect(html.status).toBe(1);
    expect(html.stdout.match(/<h1>/g)).toHaveLength(2);
    const sarif = await cli(['diagnose', faulty, './gone.netsnap', '--sarif']);
    expect(sarif.status).toBe(2);
    const [run] = JSON.parse(sarif.stdout).runs;
    expect(run.invocations.map((one: { executionSuccessful: boolean }) => one.executionSuccessful)).toEqual([
      true,
      false,
    ]);
    expect(run.results[0].level).toBe('error');
    expect(await cli(['diagnose', faulty, '--sarif', '--json'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('only one of --json, --sarif'),
    });
  });

  it('goes by thresholds of the user’s own, and says so', async () => {
    const severityOf = async (...args: string[]): Promise<unknown> => {
      const { findings } = JSON.parse((await cli(['diagnose', faulty, '--json', ...args])).stdout);
      return findings.find((finding: { rule: string }) => finding.rule === 'R18');
    };
    expect(await severityOf()).toMatchObject({ severity: 'crit' });
    expect(
      await severityOf('--threshold', 'R18.critPerSecond=50', '--threshold', 'R18.warnPerSecond=20'),
    ).toMatchObject({
      severity: 'info',
      threshold: { source: 'your settings' },
    });
    for (const wrong of ['R18.critPerSecond', 'R18.critPerSecond=x', 'R99.x=1', 'R18=1']) {
      const ran = await cli(['diagnose', faulty, '--threshold', wrong]);
      expect(ran).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringMatching(/^packet-path: --threshold: /),
      });
    }
  });

  it('has status 0 for what is for information only', async () => {
    const quiet = [
      'R01.critShare=1',
      'R18.warnPerSecond=99',
      'R18.critPerSecond=99',
      'R44.warnPerSecond=9999',
      'R44.critShare=1',
    ];
    const { stdout } = await cli(['diagnose', faulty, '--json', ...quiet.map((limit) => `--threshold=${limit}`)]);
    const graver = JSON.parse(stdout).findings.filter(({ severity }: { severity: string }) => severity !== 'info');
    expect(graver.map(({ rule }: { rule: string }) => rule)).toEqual(['R01', 'R34']);
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

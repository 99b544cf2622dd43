import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCli, root } from '../../buildCli.ts';

let dir: string;
let program: string;

const files = {
  'infra/etc/sysctl.d/60-net.conf': '# web\nnet.core.somaxcon = 1024\nnet.core.rmem_max = 8388608\n',
  'infra/usr/lib/sysctl.d/90-vendor.conf': 'net.core.rmem_max = 4194304\n',
  'infra/etc/notes.conf': 'no sysctl file\n',
  'infra/.git/etc/sysctl.d/1.conf': 'nonsense\n',
  'good/sysctl.d/a.conf': 'net.core.somaxconn = 4096\n',
  'odd.txt': '',
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-lint-'));
  program = join(dir, 'cli.cjs');
  await buildCli(program);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true }));

function lint(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'lint', ...args], {
    cwd: dir,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('packet-path lint', () => {
  it('tells what is wrong in the files of a folder, each held against the others, and how to repair it', () => {
    expect(lint('infra')).toEqual({
      status: 1,
      stdout: [
        'infra/etc/sysctl.d/60-net.conf:2:1: warning unknown-key: Linux has no key `net.core.somaxcon`: did you mean `net.core.somaxconn`? systemd-sysctl skips an unknown key in silence; sysctl(8) says so, and fails.',
        '    fix: Change to net.core.somaxconn',
        'infra/etc/sysctl.d/60-net.conf:3:1: warning overridden: /usr/lib/sysctl.d/90-vendor.conf:1 sets `net.core.rmem_max` later, to 4194304: this line has no effect. Files of all sysctl.d directories are read in the order of their names; the last line that sets a key counts.',
        '    fix: Remove this line, which has no effect',
        '',
      ].join('\n'),
      stderr: 'packet-path: 2 files: 2 warnings\n',
    });
  });

  it('ends with 0 when there is nothing of warning or worse', () => {
    expect(lint('good')).toEqual({ status: 0, stdout: '', stderr: 'packet-path: 1 file: nothing found\n' });
  });

  it('holds the files against a capture', () => {
    const capture = join(root, 'test/fixtures/captures/vm-8cpu.netsnap');
    const { status, stdout } = lint('good', '--against', capture, '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual([]);
    writeFileSync(join(dir, 'good/sysctl.d/a.conf'), 'net.core.somaxconn = 1024\n');
    const again = JSON.parse(lint('good', '--against', capture, '--format', 'json').stdout);
    expect(again).toMatchObject([
      { file: 'good/sysctl.d/a.conf', line: 1, column: 22, endColumn: 26, code: 'differs-from-host', severity: 'info' },
    ]);
    expect(again[0].message).toMatch(/ runs with 4096$/);
    expect(again[0].fixes[0].edits).toEqual([{ start: 21, end: 25, text: '4096' }]);
  });

  it('gives SARIF with places and replacements', () => {
    const [run] = JSON.parse(lint('infra', '--format', 'sarif').stdout).runs;
    const [result] = run.results;
    expect(result).toMatchObject({ ruleId: 'unknown-key', level: 'warning' });
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe('unknown-key');
    expect(result.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'infra/etc/sysctl.d/60-net.conf' },
      region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 18 },
    });
    expect(result.fixes[0].artifactChanges[0].replacements).toEqual([
      {
        deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 18 },
        insertedContent: { text: 'net.core.somaxconn' },
      },
    ]);
  });

  it('ends with 2 for what is not there, what is no such file, and a format that there is not', () => {
    expect(lint('nowhere')).toMatchObject({ status: 2, stdout: '' });
    expect(lint('odd.txt').stderr).toContain('odd.txt is no sysctl file (.conf), udev rules (.rules) or .link file');
    expect(lint('good', '--format', 'xml')).toMatchObject({ status: 2, stdout: '' });
    expect(lint().stderr).toContain('FILE or FOLDER is missing');
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assignmentsOf, parseSysctlConf } from '../../../src/languages/sysctl/sysctlConf.ts';
import { planSysctlEdit } from '../../../src/languages/sysctl/sysctlEdit.ts';
import { normalizeKey } from '../../../src/languages/sysctl/sysctlKey.ts';
import { kernelNumber, sameValue, satisfies, splitNote } from '../../../src/languages/sysctl/sysctlValue.ts';
import type { SysctlChange } from '../../../src/tuning/change.ts';
import { commentFor } from '../../../src/tuning/comment.ts';
import { apply, offsetOf } from './apply.ts';

const change: SysctlChange = {
  kind: 'sysctl',
  key: 'net.core.somaxconn',
  value: '4096',
  current: '128',
  atLeast: true,
};
const finding = { rule: 'R18', title: 'Accept queues overflow 120/s' };
const comment = commentFor({ date: '2026-11-23', host: 'web-1', finding, change });
const older = commentFor({ date: '2026-01-02', host: 'web-1', finding, change: { ...change, value: '512' } });

describe('parseSysctlConf', () => {
  test('every kind of line', () => {
    const text = [
      '# comment',
      '  ; comment',
      '',
      'net.core.somaxconn=128',
      '  net/ipv4/conf/eth0.100/rp_filter =  2\t',
      '- net.core.rmem_max = 8 # note',
      '-net.ipv4.conf.lo.rp_filter',
      'net.core.somaxconn 128',
      '= 4',
      'net.ipv4.tcp_rmem = 4096\t131072 6291456',
      'net.ipv4.ip_local_reserved_ports =',
    ].join('\n');
    const { lines } = parseSysctlConf(text);
    expect(lines.map((line) => line.kind)).toEqual([
      'comment',
      'comment',
      'blank',
      'assignment',
      'assignment',
      'assignment',
      'exclude',
      'malformed',
      'malformed',
      'assignment',
      'assignment',
    ]);
    expect(
      assignmentsOf({ lines, lineEnds: [] }).map(({ key, value, ignoreErrors }) => [key, value, ignoreErrors]),
    ).toEqual([
      ['net.core.somaxconn', '128', false],
      ['net.ipv4.conf.eth0/100.rp_filter', '2', false],
      ['net.core.rmem_max', '8 # note', true],
      ['net.ipv4.tcp_rmem', '4096\t131072 6291456', false],
      ['net.ipv4.ip_local_reserved_ports', '', false],
    ]);
  });

  test.each(['\n', '\r\n'])('ranges cut the text out again (%j)', (end) => {
    const text = ['', '  a.b = 1 2 ', '-c/d=3'].join(end);
    for (const { rawKey, value, keyRange, valueRange } of assignmentsOf(parseSysctlConf(text))) {
      expect(text.slice(offsetOf(text, keyRange.start), offsetOf(text, keyRange.end))).toBe(rawKey);
      expect(text.slice(offsetOf(text, valueRange.start), offsetOf(text, valueRange.end))).toBe(value);
    }
  });

  test('a byte order mark spoils the first key, as it does for the tools', () => {
    expect(assignmentsOf(parseSysctlConf('\ufeffnet.core.somaxconn = 1'))[0]?.key).toBe('\ufeffnet.core.somaxconn');
  });

  test('a million blanks are no trouble', () => {
    const text = `a.b = 1${' '.repeat(1_000_000)}x`;
    expect(splitNote(assignmentsOf(parseSysctlConf(text))[0]?.value ?? '').note).toBeNull();
  });
});

test.each([
  ['net.ipv4.conf.eth0/100.rp_filter', 'net.ipv4.conf.eth0/100.rp_filter'],
  ['net/ipv4/conf/eth0.100/rp_filter', 'net.ipv4.conf.eth0/100.rp_filter'],
  ['net/core/somaxconn', 'net.core.somaxconn'],
  ['net.core.somaxconn', 'net.core.somaxconn'],
  ['somaxconn', 'somaxconn'],
])('normalizeKey %s', (key, canonical) => {
  expect(normalizeKey(key)).toBe(canonical);
});

describe('values', () => {
  test.each([
    ['8', 8],
    ['-5', -5],
    ['0x2000', 8192],
    ['010', 8],
    ['0', 0],
    ['08', null],
    ['8k', null],
    ['1 2', null],
    ['', null],
  ])('kernelNumber %j', (text, number) => {
    expect(kernelNumber(text)).toBe(number);
  });

  test('sameValue', () => {
    expect(sameValue('4096\t 87380', '4096 87380')).toBe(true);
    expect(sameValue('0x10', '16')).toBe(true);
    expect(sameValue('1 2', '1 2 3')).toBe(false);
    expect(sameValue('cubic', 'bbr')).toBe(false);
  });

  test('a limit is satisfied by more, a mode only by itself', () => {
    expect(satisfies('8192 # more', change)).toBe(true);
    expect(satisfies('4095', change)).toBe(false);
    const reuse: SysctlChange = { ...change, key: 'net.ipv4.tcp_tw_reuse', value: '1', atLeast: false };
    expect(satisfies('2', reuse)).toBe(false);
    expect(satisfies('1', reuse)).toBe(true);
  });
});

describe('planSysctlEdit', () => {
  test.each([
    ['an empty file', '', `${comment}\nnet.core.somaxconn = 4096\n`],
    ['other keys', 'vm.swappiness = 1\n', `vm.swappiness = 1\n\n${comment}\nnet.core.somaxconn = 4096\n`],
    ['no last line end', 'vm.swappiness = 1', `vm.swappiness = 1\n\n${comment}\nnet.core.somaxconn = 4096\n`],
    ['a blank line at the end', 'a.b = 1\n\n', `a.b = 1\n\n${comment}\nnet.core.somaxconn = 4096\n`],
    ['blanks at the end', 'a.b = 1\n  ', `a.b = 1\n  \n${comment}\nnet.core.somaxconn = 4096\n`],
    ['CRLF', 'a.b = 1\r\n', `a.b = 1\r\n\r\n${comment}\r\nnet.core.somaxconn = 4096\r\n`],
    ['CRLF, no last line end', '#x\r\na.b = 1', `#x\r\na.b = 1\r\n\r\n${comment}\r\nnet.core.somaxconn = 4096\r\n`],
    [
      'the key in a comment',
      '#net.core.somaxconn = 1\n',
      `#net.core.somaxconn = 1\n\n${comment}\nnet.core.somaxconn = 4096\n`,
    ],
    [
      'another key that begins alike',
      'net.core.somaxconn2 = 1\n',
      `net.core.somaxconn2 = 1\n\n${comment}\nnet.core.somaxconn = 4096\n`,
    ],
    ['the key', 'net.core.somaxconn = 128\n', `${comment}\nnet.core.somaxconn = 4096\n`],
    ['tight spelling', 'net.core.somaxconn=128', `${comment}\nnet.core.somaxconn=4096`],
    [
      'indent and blanks',
      'a=1\n\tnet.core.somaxconn   =   128  \nb=2',
      `a=1\n\t${comment}\n\tnet.core.somaxconn   =   4096  \nb=2`,
    ],
    ['slashes', 'net/core/somaxconn = 128\n', `${comment}\nnet/core/somaxconn = 4096\n`],
    ['ignored errors', '-net.core.somaxconn = 128\n', `${comment}\n-net.core.somaxconn = 4096\n`],
    ['no value', 'net.core.somaxconn =\n', `${comment}\nnet.core.somaxconn = 4096\n`],
    [
      'CRLF and the key',
      'a=1\r\nnet.core.somaxconn = 128\r\nb=2\r\n',
      `a=1\r\n${comment}\r\nnet.core.somaxconn = 4096\r\nb=2\r\n`,
    ],
    [
      'the key twice',
      'net.core.somaxconn = 1\nnet.core.somaxconn = 2\n',
      `net.core.somaxconn = 1\n${comment}\nnet.core.somaxconn = 4096\n`,
    ],
    ['our older comment', `${older}\nnet.core.somaxconn = 512\n`, `${comment}\nnet.core.somaxconn = 4096\n`],
    [
      'our older comment, CRLF',
      `x=1\r\n${older}\r\nnet.core.somaxconn = 512\r\n`,
      `x=1\r\n${comment}\r\nnet.core.somaxconn = 4096\r\n`,
    ],
    ['somebody’s comment', '# mine\nnet.core.somaxconn = 512\n', `# mine\n${comment}\nnet.core.somaxconn = 4096\n`],
    [
      'a note behind the value',
      ' net.core.somaxconn = 512 # for nginx\n',
      ` ${comment}\n # for nginx\n net.core.somaxconn = 4096\n`,
    ],
    ['only an exclusion', '-net.core.somaxconn\n', `-net.core.somaxconn\n\n${comment}\nnet.core.somaxconn = 4096\n`],
  ])('%s', (_, before, after) => {
    expect(apply(before, planSysctlEdit(before, change, comment))).toBe(after);
    // What was written is what the next look finds.
    expect(planSysctlEdit(after, change, comment)).toEqual({ ok: true, edits: [] });
  });

  test.each(['net.core.somaxconn = 4096', 'net.core.somaxconn=0x1000\n', 'net/core/somaxconn = 4096 # ok\n'])(
    'nothing to do: %j',
    (text) => {
      expect(planSysctlEdit(text, change, comment)).toEqual({ ok: true, edits: [] });
    },
  );

  test('the last of two decides, even when the first is right', () => {
    const text = 'net.core.somaxconn = 4096\nnet.core.somaxconn = 1\n';
    expect(apply(text, planSysctlEdit(text, change, comment))).toBe(
      `net.core.somaxconn = 4096\n${comment}\nnet.core.somaxconn = 4096\n`,
    );
  });

  test('a hostile value is refused', () => {
    expect(planSysctlEdit('', { ...change, value: '1\nx = 2' }, comment)).toMatchObject({ ok: false });
  });
});

const procps = spawnSync('sysctl', ['--help'], { encoding: 'utf8' });
const dryRun = procps.error === undefined && procps.stdout.includes('--dry-run');

test.skipIf(!dryRun)(`procps reads what we write${dryRun ? '' : ' (skipped: no sysctl --dry-run here)'}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'packet-path-'));
  try {
    const range: SysctlChange = { ...change, key: 'net.ipv4.ip_local_port_range', value: '1024 65535', atLeast: false };
    const readable = [change, range].filter(({ key }) => existsSync(`/proc/sys/${key.replaceAll('.', '/')}`));
    let text = '\tnet/core/somaxconn = 128 # for nginx\r\n';
    for (const one of readable) {
      const says = commentFor({ date: '2026-11-23', host: 'web-1', finding, change: one });
      text = apply(text, planSysctlEdit(text, one, says));
    }
    const file = join(folder, 'sysctl.conf');
    writeFileSync(file, text);
    const run = spawnSync('sysctl', ['--dry-run', '-p', file], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    expect(run.stdout.trim().split('\n')).toEqual(readable.map(({ key, value }) => `${key} = ${value}`));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

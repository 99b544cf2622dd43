import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '../../../src/languages/service/languageService.ts';
import { planUdevEdit, satisfiesNic } from '../../../src/languages/udev/udevEdit.ts';
import { parseUdevDocument, parseUdevRules } from '../../../src/languages/udev/udevRules.ts';
import type { EthtoolChange, NicChange } from '../../../src/tuning/change.ts';
import { commentFor } from '../../../src/tuning/comment.ts';
import { renderLine } from '../../../src/tuning/renderFile.ts';
import { fuzzRuns } from '../fuzz.ts';
import { apply } from './apply.ts';
import { anyRules } from './udevTexts.ts';

const change: EthtoolChange = {
  kind: 'ethtool',
  set: 'ring',
  nic: 'eth0',
  name: 'rx',
  value: '4096',
  current: '512',
  atLeast: true,
};
const finding = { rule: 'R06', title: 'eth0 lost 200 frames/s' };
const comment = commentFor({ date: '2026-11-23', host: 'web-1', finding, change });
const older = commentFor({ date: '2026-01-02', host: 'web-1', finding, change: { ...change, value: '1024' } });

const rule = (size: number, nic = 'eth0'): string =>
  `ACTION=="add|change", SUBSYSTEM=="net", NAME=="${nic}", RUN+="/usr/sbin/ethtool -G $name rx ${size}"`;

describe('parseUdevRules', () => {
  test('tokens with their places, over continued lines and comments between', () => {
    const text =
      '# top\n\nACTION=="add", \\\r\n  # between\n  ATTR{queues/rx-0/rps_cpus}="3",\\\n ENV{X}:=e"a\\"b\\t"\nKERNEL=="lo"';
    const [first, second, ...others] = parseUdevRules(text);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ startLine: 2, endLine: 5, faults: [], open: false });
    expect(first?.tokens.map(({ key, attribute, operator, value }) => [key, attribute, operator, value])).toEqual([
      ['ACTION', null, '==', 'add'],
      ['ATTR', 'queues/rx-0/rps_cpus', '=', '3'],
      ['ENV', 'X', ':=', 'a"b\t'],
    ]);
    const slice = ({ start, end }: Span): string => text.slice(start, end);
    expect(first?.tokens.map(({ span }) => slice(span))).toEqual([
      'ACTION=="add"',
      'ATTR{queues/rx-0/rps_cpus}="3"',
      'ENV{X}:=e"a\\"b\\t"',
    ]);
    const [, attr] = first?.tokens ?? [];
    const parts = attr && [attr.keySpan, attr.attributeSpan ?? attr.span, attr.operatorSpan, attr.valueSpan];
    expect(parts?.map(slice)).toEqual(['ATTR', 'queues/rx-0/rps_cpus', '=', '3']);
    expect(second).toMatchObject({ startLine: 6, endLine: 6 });
  });

  test('a value over two lines lies over both', () => {
    const text = 'RUN+="/bin/sh -c \\\n   \'x\'"\n';
    const token = parseUdevRules(text)[0]?.tokens[0];
    expect(token?.value).toBe("/bin/sh -c 'x'");
    expect(token && text.slice(token.valueSpan.start, token.valueSpan.end)).toBe("/bin/sh -c \\\n   'x'");
    const place = token?.rawSpan(11, 14);
    expect(place && text.slice(place.start, place.end)).toBe("'x'");
  });

  test.each([
    [`ACTION=="add", NAME=='x', TAG+="t"`, 'not-quoted', "'x'"],
    ['ACTION=="add", NAME==x, TAG+="t"', 'not-quoted', 'x'],
    ['ACTION=="add", NAME "x", TAG+="t"', 'no-operator', 'NAME "x"'],
    ['ACTION=="add", NAME=, TAG+="t"', 'no-value', 'NAME='],
    ['ACTION=="add", NAME==ee"x", TAG+="t"', 'bad-prefix', 'ee"x"'],
    ['ACTION=="add", ENV{a}=e"\\q", TAG+="t"', 'bad-escape', '\\q'],
    ['ACTION=="add", ENV{a}=e"\\x00", TAG+="t"', 'bad-escape', '\\x00'],
  ])('%s: what cannot be read is said, what comes before and behind is kept', (text, kind, at) => {
    const [rule] = parseUdevRules(text);
    expect(rule?.tokens.map(({ key }) => key)).toEqual(['ACTION', 'TAG']);
    expect(rule?.faults.map((fault) => [fault.kind, text.slice(fault.span.start, fault.span.end)])).toEqual([
      [kind, at],
    ]);
  });

  test('what is left open', () => {
    expect(parseUdevRules('LABEL="a" \\')).toMatchObject([{ tokens: [{ key: 'LABEL' }], faults: [], open: true }]);
    expect(parseUdevRules('TAG+="a')).toMatchObject([{ tokens: [], faults: [{ kind: 'no-closing-quote' }] }]);
    expect(parseUdevRules('ENV{a="b"')).toMatchObject([{ tokens: [], faults: [{ kind: 'no-closing-brace' }] }]);
    expect(parseUdevRules('\\\n\n#\n')).toEqual([]);
  });

  test('any text is kept whole, and every token stands where it says', () => {
    fc.assert(fc.property(anyRules, keepsAll), { numRuns: fuzzRuns });
  });
});

function keepsAll(text: string): void {
  const { nodes } = parseUdevDocument(text);
  expect(nodes.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  for (const rule of nodes) {
    if (rule.kind !== 'rule') continue;
    for (const token of rule.tokens) {
      const { start, end } = token.keySpan;
      // A key may go on in the next line.
      if (end - start === token.key.length) expect(text.slice(start, end)).toBe(token.key);
      expect(rule.joined.slice(token.from, token.from + token.key.length)).toBe(token.key);
      expect(rule.joined.slice(token.rawFrom, token.rawFrom + token.raw.length)).toBe(token.raw);
      expect(rule.indexOf(token.keySpan.start)).toBe(token.from);
    }
    for (const { span } of [...rule.tokens, ...rule.faults]) {
      expect(span.start).toBeGreaterThanOrEqual(rule.start);
      expect(span.end).toBeLessThanOrEqual(rule.end);
    }
  }
}

describe('planUdevEdit', () => {
  test.each([
    ['an empty file', '', `${comment}\n${rule(4096)}\n`],
    ['other rules', 'KERNEL=="sda"', `KERNEL=="sda"\n\n${comment}\n${rule(4096)}\n`],
    ['CRLF', 'KERNEL=="sda"\r\n', `KERNEL=="sda"\r\n\r\n${comment}\r\n${rule(4096)}\r\n`],
    ['a rule left open', 'KERNEL=="sda", \\\n', `KERNEL=="sda", \\\n\n${comment}\n${rule(4096)}\n`],
    ['another NIC', `${rule(512, 'eth1')}\n`, `${rule(512, 'eth1')}\n\n${comment}\n${rule(4096)}\n`],
    ['our rule', `${older}\n${rule(1024)}\n`, `${comment}\n${rule(4096)}\n`],
    ['two of them', `${rule(1)}\n${rule(2)}\n`, `${rule(1)}\n${comment}\n${rule(4096)}\n`],
    [
      'theirs, on two lines, with other sizes',
      '# big rings\nKERNEL=="eth0", \\\n  RUN+="/sbin/ethtool --set-ring %k tx 512 rx 512 rx-jumbo 9"\n',
      `# big rings\n${comment}\nKERNEL=="eth0", \\\n  RUN+="/sbin/ethtool --set-ring %k tx 512 rx 4096 rx-jumbo 9"\n`,
    ],
    [
      'the NIC by name in the command',
      'SUBSYSTEM=="net", RUN+="/usr/sbin/ethtool -G eth0 rx 512"\n',
      `${comment}\nSUBSYSTEM=="net", RUN+="/usr/sbin/ethtool -G eth0 rx 4096"\n`,
    ],
    [
      'a rule for many NICs stays',
      'KERNEL=="eth*", RUN+="/usr/sbin/ethtool -G $name rx 512"\n',
      `KERNEL=="eth*", RUN+="/usr/sbin/ethtool -G $name rx 512"\n\n${comment}\n${rule(4096)}\n`,
    ],
    [
      'only the other direction',
      'NAME=="eth0", RUN+="/usr/sbin/ethtool -G $name tx 512"\n',
      `NAME=="eth0", RUN+="/usr/sbin/ethtool -G $name tx 512"\n\n${comment}\n${rule(4096)}\n`,
    ],
    ['a rule in a comment', `#${rule(1)}\n`, `#${rule(1)}\n\n${comment}\n${rule(4096)}\n`],
  ])('%s', (_, before, after) => {
    expect(apply(before, planUdevEdit(before, change, comment))).toBe(after);
    expect(planUdevEdit(after, change, comment)).toEqual({ ok: true, edits: [] });
  });

  const of = { nic: 'eth0', current: null, atLeast: false };
  test.each<[string, NicChange, string, string | null]>([
    [
      'a feature by its long name',
      { ...of, kind: 'ethtool', set: 'features', name: 'gro', value: 'on' },
      'NAME=="eth0", RUN+="/sbin/ethtool -K %k tso off generic-receive-offload off"',
      'NAME=="eth0", RUN+="/sbin/ethtool -K %k tso off generic-receive-offload on"',
    ],
    [
      'another command of ethtool is not it',
      { ...of, kind: 'ethtool', set: 'coalesce', name: 'rx-usecs', value: '50' },
      'NAME=="eth0", RUN+="/sbin/ethtool -G %k rx-usecs 8"',
      null,
    ],
    [
      'the hash of one kind of flow',
      { ...of, kind: 'ethtool', set: 'rx-flow-hash', name: 'udp4', value: 'sdfn' },
      'NAME=="eth0", RUN+="/usr/sbin/ethtool -N $name rx-flow-hash udp4 sd"',
      'NAME=="eth0", RUN+="/usr/sbin/ethtool -N $name rx-flow-hash udp4 sdfn"',
    ],
    [
      'a file of the NIC',
      { ...of, kind: 'device', attribute: 'tx_queue_len', value: '1000' },
      'KERNEL=="eth0", ATTR{mtu}="9000", ATTR{tx_queue_len}="0"',
      'KERNEL=="eth0", ATTR{mtu}="9000", ATTR{tx_queue_len}="1000"',
    ],
    [
      'a file of its queues',
      { ...of, kind: 'queue', attribute: 'rps_cpus', value: 'f' },
      'SUBSYSTEM=="queues", KERNEL=="rx-*", DEVPATH=="*/net/eth0/*", ATTR{rps_cpus}="3"',
      'SUBSYSTEM=="queues", KERNEL=="rx-*", DEVPATH=="*/net/eth0/*", ATTR{rps_cpus}="f"',
    ],
    [
      'a command that writes each of its queues',
      { ...of, kind: 'queue', attribute: 'rps_cpus', value: 'f' },
      `NAME=="eth0", RUN+="/bin/sh -c 'for q in /sys/class/net/$name/queues/rx-*; do echo 3 > $$q/rps_cpus; done'"`,
      `NAME=="eth0", RUN+="/bin/sh -c 'for q in /sys/class/net/$name/queues/rx-*; do echo f > $$q/rps_cpus; done'"`,
    ],
    [
      'one of its queues',
      { ...of, kind: 'queue', attribute: 'xps_cpus', queue: 1, value: 'f' },
      'NAME=="eth0", ATTR{queues/tx-0/xps_cpus}="1", ATTR{queues/tx-1/xps_cpus}="2"',
      'NAME=="eth0", ATTR{queues/tx-0/xps_cpus}="1", ATTR{queues/tx-1/xps_cpus}="f"',
    ],
    [
      'its transmit queues are others',
      { ...of, kind: 'queue', attribute: 'xps_cpus', value: 'f' },
      'SUBSYSTEM=="queues", KERNEL=="rx-*", DEVPATH=="*/net/eth0/*", ATTR{xps_cpus}="3"',
      null,
    ],
    [
      'a qdisc',
      { ...of, kind: 'qdisc', value: 'fq' },
      'NAME=="eth0", RUN+="/sbin/tc qdisc replace dev eth0 root pfifo limit 10"',
      'NAME=="eth0", RUN+="/sbin/tc qdisc replace dev eth0 root fq limit 10"',
    ],
  ])('%s', (_, wanted, before, changed) => {
    const line = renderLine(wanted);
    const after = changed === null ? `${before}\n\n# why\n${line.ok ? line.text : ''}\n` : `# why\n${changed}\n`;
    expect(apply(`${before}\n`, planUdevEdit(`${before}\n`, wanted, '# why'))).toBe(after);
    expect(planUdevEdit(after, wanted, '# why')).toEqual({ ok: true, edits: [] });
  });

  test('masks are the same however their zeros are written', () => {
    const rps: NicChange = { ...of, kind: 'queue', attribute: 'rps_cpus', value: 'f,00000000' };
    expect(satisfiesNic('0000000F,0', rps)).toBe(true);
    expect(satisfiesNic('f', rps)).toBe(false);
  });

  test('a hostile name is refused', () => {
    expect(planUdevEdit('', { ...change, nic: 'e"*' }, comment)).toMatchObject({ ok: false });
  });
});

const udevadm = spawnSync('udevadm', ['verify', '--help'], { encoding: 'utf8' });
const verifies = udevadm.error === undefined && udevadm.status === 0;

test.skipIf(!verifies)(`udevadm accepts what we write${verifies ? '' : ' (skipped: no udevadm verify here)'}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'packet-path-'));
  try {
    const file = join(folder, '90-packet-path.rules');
    writeFileSync(file, apply('', planUdevEdit('', change, comment)));
    const run = spawnSync('udevadm', ['verify', file], { encoding: 'utf8' });
    expect(run.stdout + run.stderr).not.toMatch(/error|warning|style/i);
    expect(run.status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

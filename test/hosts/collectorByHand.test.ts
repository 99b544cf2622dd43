// The collector as somebody takes it to a host by hand, and what becomes of its output on the way back.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectorByHand, collectorUsage } from '../../src/capture/collectorScript.ts';
import { decodeNetsnap, readNetsnap } from '../../src/capture/netsnap.ts';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-by-hand-'));
  writeFileSync(join(dir, 'collector.sh'), collectorByHand);
});
afterAll(() => rmSync(dir, { recursive: true }));

const kernel = execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim();

/** The line we tell people to type, with the shell they have. */
function typed(shell: string, seconds: number): string {
  return collectorUsage.replace(/^sh /, `${shell} `).replace(' 2 ', ` ${seconds} `);
}

describe('the collector run by hand', () => {
  it.each(['/bin/dash', '/bin/bash', '/bin/busybox ash'])('under %s gives a capture that opens', async (shell) => {
    expect(existsSync(shell.split(' ')[0] ?? '')).toBe(true);
    const said = execFileSync('/bin/sh', ['-c', `${typed(shell, 1)} 2>&1`], { cwd: dir, encoding: 'utf8' });
    expect(said).toBe('');
    const snapshot = readSnapshot(await readNetsnap(join(dir, 'host.netsnap')));
    expect(snapshot.problems).toEqual([]);
    expect(snapshot.samples).toHaveLength(2);
    expect(snapshot.host.kernel).toBe(kernel);
  });

  it('says in its second line how', () => {
    const [first, second = ''] = collectorByHand.split('\n');
    expect(first).toBe('#!/bin/sh');
    expect(second).toMatch(new RegExp(`^# .*${collectorUsage}$`));
  });

  it.each([
    ['as it is', (text: string) => Buffer.from(text)],
    ['after the lines of a login', (text: string) => Buffer.from(`Welcome!\nroot@web-1:~# ${collectorUsage}\n${text}`)],
    ['with CRLF', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['with CRLF and a login', (text: string) => Buffer.from(`hello\n${text}`.replaceAll('\n', '\r\n'))],
    ["as PowerShell's > writes it", (text: string) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le')],
    ['as an editor that marks UTF-8 saves it', (text: string) => Buffer.from(`\ufeff${text}`)],
  ])('is read %s', async (_how, bytes) => {
    execFileSync('/bin/sh', ['-c', typed('sh', 0)], { cwd: dir });
    const text = readFileSync(join(dir, 'host.netsnap'), 'utf8');
    const asItIs = readSnapshot(text);
    const found = readSnapshot(await decodeNetsnap(bytes(text)));
    expect(found.samples).toEqual(asItIs.samples);
    expect(found.nics).toEqual(asItIs.nics);
    expect(found.host).toMatchObject({ kernel, takenAt: asItIs.host.takenAt });
  });
});

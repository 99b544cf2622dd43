import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { faultyRules } from '../../corpora/faultyRules.ts';
import { disagreements, verifiedBy } from '../../corpora/udevVerify.ts';

const rules = faultyRules();
const text = `${rules.join('\n')}\n`;

/** What a real `udevadm verify` says of the same rules; null where there is none, or that of another version. */
function verifiedHere(): string | null {
  // Each version words and judges some things its own way: 255 knows no i before quotes, 258 an option more.
  if (!/^257\b/.test(spawnSync('udevadm', ['--version'], { encoding: 'utf8' }).stdout ?? '')) return null;
  const folder = mkdtempSync(join(tmpdir(), 'packet-path-'));
  try {
    const file = join(folder, 'faulty.rules');
    writeFileSync(file, text);
    return verifiedBy(['udevadm'], file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('udevadm verify and we judge rules alike', () => {
  test(`${rules.length} faulty rules, as systemd 257.13 judged them`, () => {
    const said = gunzipSync(readFileSync('test/fixtures/udev/faulty-rules.verify-257.txt.gz')).toString();
    expect(said.split('\n').length).toBeGreaterThan(4_000);
    expect(disagreements(text, said).map((one) => `${one}: ${rules[Number.parseInt(one, 10) - 1]}`)).toEqual([]);
  });

  const here = verifiedHere();
  test.skipIf(here === null)(
    `with the udevadm of this machine${here === null ? ' (skipped: no udevadm of systemd 257)' : ''}`,
    () => {
      expect(disagreements(text, here ?? '').map((one) => `${one}: ${rules[Number.parseInt(one, 10) - 1]}`)).toEqual(
        [],
      );
    },
  );
});

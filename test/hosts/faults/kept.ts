import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Sections that hold nothing of a fault but much of the machine that made it. */
const leftOut = new Set([
  'boot-files',
  'sysctl-files',
  'udev-rules',
  'boot-settings',
  'kernel-config',
  'daemons',
  'listener-owners',
  'irq',
  'msi',
]);

/**
 * With KEEP_CAPTURES=1 writes what was captured to test/fixtures/scenarios, for tests that judge it again: without the
 * sections above, and under a name and a release of its own.
 */
export function keepCaptures(name: string, captures: Readonly<Record<string, string | null>>): void {
  if (process.env['KEEP_CAPTURES'] !== '1') return;
  const folder = new URL('../../fixtures/scenarios/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [when, text] of Object.entries(captures)) {
    if (text === null) continue;
    const file = fileURLToPath(new URL(`${name}.${when}.netsnap.gz`, folder));
    writeFileSync(file, gzipSync(plain(text), { level: 9 }));
  }
}

function plain(text: string): string {
  return text
    .replace(/\n@@pp < (\S+)\n[\s\S]*?\n@@pp > [^\n]*\n/g, (section, name: string) =>
      leftOut.has(name) ? '' : section,
    )
    .replace(/^(\/proc\/sys\/kernel\/hostname:).*$/m, '$1web-1')
    .replace(/^(\/proc\/sys\/kernel\/osrelease:\d+\.\d+\.\d+).*$/m, '$1')
    .replace(/^\/proc\/(?:cmdline|1\/comm):.*\n/gm, '')
    .replace(/^\/proc\/self\/status:(?!Cap).*\n/gm, '');
}

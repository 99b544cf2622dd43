import { statSync } from 'node:fs';
import { join } from 'node:path';
import { measureDiagnosis } from './diagnosis.ts';
import { measureManyHosts } from './manyHosts.ts';
import { measureParsers } from './parsers.ts';
import { report } from './report.ts';
import { measureSnapshots } from './snapshots.ts';
import { measureSsh } from './sshBench.ts';

/** How often each thing is measured. */
const rounds = Number(process.env['ROUNDS'] ?? 50);

function reportSizes(): void {
  const root = join(__dirname, '..', '..');
  for (const file of [
    'dist/extension.js',
    'dist/engine.js',
    'dist/askpass.js',
    'dist/cli.js',
    'dist/ssh2.js',
    'dist/webview/panel.js',
    'dist/webview/style.css',
  ]) {
    report(file, `${Math.round(statSync(join(root, file)).size / 1000)} KB`, 'budget 600 KB');
  }
}

/** What `npm run bench -- NAME...` takes; all of them without a name. */
const benches: Readonly<Record<string, () => Promise<void> | void>> = {
  sizes: reportSizes,
  parse: measureParsers,
  diagnose: () => measureDiagnosis(rounds),
  snapshot: () => measureSnapshots(Math.min(rounds, 15)),
  ssh: async () => {
    await measureSsh(rounds);
    await measureManyHosts();
  },
};

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => benches[name] === undefined);
  if (unknown !== undefined) throw new Error(`no bench "${unknown}": ${Object.keys(benches).join(', ')}`);
  for (const [name, measure] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) await measure();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

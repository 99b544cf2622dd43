import { statSync } from 'node:fs';
import { join } from 'node:path';
import { measureParsers } from './parsers.ts';
import { report } from './report.ts';
import { measureSnapshots } from './snapshots.ts';

function reportSizes(): void {
  const root = join(__dirname, '..', '..');
  for (const file of ['dist/extension.js', 'dist/cli.js', 'dist/webview/panel.js', 'dist/webview/style.css']) {
    report(file, `${Math.round(statSync(join(root, file)).size / 1000)} KB`, 'budget 600 KB');
  }
}

async function main(): Promise<void> {
  reportSizes();
  measureParsers();
  await measureSnapshots();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

// `npm run bench`: builds measure.ts, which needs the collector as text, and runs it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeBundle } from '../../scripts/nodeBundle.mts';

const outfile = fileURLToPath(new URL('../../dist/bench/measure.js', import.meta.url));
await build({
  entryPoints: [fileURLToPath(new URL('measure.ts', import.meta.url))],
  outfile,
  ...nodeBundle,
  logLevel: 'error',
});
process.exit(spawnSync(process.execPath, [outfile], { stdio: 'inherit' }).status ?? 1);

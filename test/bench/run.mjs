// `npm run bench`: builds measure.ts, which needs the collector as text, and runs it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const outfile = fileURLToPath(new URL('../../dist/bench/measure.js', import.meta.url));
await build({
  entryPoints: [fileURLToPath(new URL('measure.ts', import.meta.url))],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['cpu-features'],
  loader: { '.sh': 'text', '.node': 'empty' },
  logLevel: 'error',
});
process.exit(spawnSync(process.execPath, [outfile], { stdio: 'inherit' }).status ?? 1);

// `npm run agree -- [PROGRAM ARGS...]`: every figure of one snapshot against the tool that shows it, on this machine or
// on the host that the program gives a shell of: `npm run agree -- ssh web-1`. Status 1 where one differs.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeBundle } from '../../scripts/nodeBundle.mts';

const outfile = fileURLToPath(new URL('../../dist/agree.js', import.meta.url));
await build({
  entryPoints: [fileURLToPath(new URL('agree.ts', import.meta.url))],
  outfile,
  ...nodeBundle,
  logLevel: 'error',
});
process.exit(spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);

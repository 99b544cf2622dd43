// `npm run bench -- [NAME...]`: builds what needs the collector as text, and runs it. ROUNDS says how often (50).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeBundle } from '../../scripts/nodeBundle.mts';

const outdir = fileURLToPath(new URL('../../dist/bench', import.meta.url));
await build({
  entryPoints: ['measure', 'delayProxyServer', 'manyHostsClient', 'readMemory'].map((name) =>
    fileURLToPath(new URL(`${name}.ts`, import.meta.url)),
  ),
  outdir,
  ...nodeBundle,
  logLevel: 'error',
});
const ran = spawnSync(process.execPath, [`${outdir}/measure.js`, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(ran.status ?? 1);

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeBundle } from '../scripts/nodeBundle.mts';

/** The clone. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds the command line program as it is shipped, into one file. */
export async function buildCli(outfile: string): Promise<void> {
  await build({ absWorkingDir: root, entryPoints: ['src/cli.ts'], outfile, ...nodeBundle, logLevel: 'silent' });
}

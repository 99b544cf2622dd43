import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { engineApart, languagesApart, nodeBundle } from '../../scripts/nodeBundle.mts';

test('what is loaded at start holds no rule, report or meaning of a counter: those come with the first capture or file', async () => {
  const { metafile } = await build({
    ...nodeBundle,
    absWorkingDir: join(import.meta.dirname, '../..'),
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    write: false,
    metafile: true,
    external: [...nodeBundle.external, 'ssh2', 'xz-decompress'],
    plugins: [engineApart, languagesApart],
  });
  const [output] = Object.values(metafile.outputs);
  const loaded = Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [path] : [],
  );
  expect(loaded).toContain('src/extension.ts');
  const apart =
    /^src\/(?:diagnosis\/(?:allRules|rules)|report\/(?:page|markdown|verdict)|knowledge\/(?:counters|sysctl)|kernel\/formats|capture\/readSnapshot|languages\/service\/services)/;
  expect(loaded.filter((path) => apart.test(path))).toEqual([]);
});

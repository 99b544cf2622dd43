// Bundles the extension, the command line and the panel into dist/. `--watch` keeps at it, `--dev` leaves it readable.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';
import { focusVisibleIsKnown } from './focusVisible.mjs';
import { engineApart, languagesApart, nodeBundle } from './nodeBundle.mts';

const root = fileURLToPath(new URL('..', import.meta.url));
const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

const shared = {
  absWorkingDir: root,
  bundle: true,
  outdir: 'dist',
  minify: !dev,
  sourcemap: dev,
  logLevel: 'info',
  legalComments: 'none',
};

/** Code that runs in Node: the extension host and the command line. */
const node = {
  ...shared,
  ...nodeBundle,
};

/** ssh2 is more than half of all code: in a file of its own, which is not even parsed before the first connection. */
const ssh2Apart = {
  name: 'ssh2-apart',
  setup: (build) => build.onResolve({ filter: /^ssh2$/ }, () => ({ path: './ssh2.js', external: true })),
};

/** esbuild copies a module that is imported as a namespace: of vscode's 400 names, in each of our files, that took longer than all else. */
const vscodeAsItIs = {
  name: 'vscode-as-it-is',
  setup: (build) =>
    build.onLoad({ filter: /[\\/]src[\\/]ui[\\/].*\.ts$|[\\/]src[\\/]extension\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replace(
        /^import \* as (vscode) from 'vscode';$/m,
        "const $1 = require('$1');",
      ),
    })),
};

/** Only who opens a .tar.xz needs it. */
const xzApart = {
  name: 'xz-apart',
  setup: (build) => build.onResolve({ filter: /^xz-decompress$/ }, () => ({ path: './xz.js', external: true })),
};

const quick = { ...node, supported: { 'dynamic-import': false }, plugins: [ssh2Apart, xzApart, vscodeAsItIs] };

const bundles = [
  {
    ...quick,
    entryPoints: { extension: 'src/extension.ts' },
    plugins: [...quick.plugins, engineApart, languagesApart],
  },
  { ...node, entryPoints: { engine: 'src/engine.ts' } },
  { ...node, entryPoints: { languages: 'src/languageRoom.ts' } },
  { ...quick, entryPoints: { cli: 'src/cli.ts' }, banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: { ssh2: 'ssh2' } },
  { ...node, entryPoints: { xz: 'xz-decompress' } },
  { ...node, entryPoints: { askpass: 'src/askpass.ts' } },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    outdir: 'dist/webview',
    entryPoints: { panel: 'webview/panel/main.ts', style: 'webview/panel/panel.css' },
    plugins: [focusVisibleIsKnown],
  },
];

/** The suites that run inside VS Code, one file each, so that test/vscode/index.ts can find them by looking. */
function suites() {
  const files = readdirSync(new URL('../test/vscode', import.meta.url)).filter((name) =>
    /^index\.ts$|\.test\.ts$/.test(name),
  );
  return {
    ...node,
    outdir: 'dist/test',
    minify: false,
    sourcemap: 'inline',
    entryPoints: files.map((name) => `test/vscode/${name}`),
  };
}

if (process.argv.includes('--tests')) bundles.push(suites());
// Suites that were renamed or deleted must not run on.
rmSync(new URL('../dist/test', import.meta.url), { recursive: true, force: true });

if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}

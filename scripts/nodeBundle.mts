import type { BuildOptions, Plugin } from 'esbuild';

/** How code that runs in Node is bundled, whoever bundles it: the build, the bench, the test of the command line. */
export const nodeBundle = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // ssh2's native parts are optional: without them it uses Node's own crypto, which is as fast.
  external: ['vscode', 'cpu-features', 'mocha'],
  loader: { '.sh': 'text', '.node': 'empty' },
} satisfies BuildOptions;

/** What reads captures is more than half of our own code: it stands apart from the extension, for the first capture. */
export const engineApart: Plugin = {
  name: 'engine-apart',
  setup: (build) => build.onResolve({ filter: /\/engine\.ts$/ }, () => ({ path: './engine.js', external: true })),
};

/** What is known of the languages is for who opens a file of one. */
export const languagesApart: Plugin = {
  name: 'languages-apart',
  setup: (build) =>
    build.onResolve({ filter: /\/languageRoom\.ts$/ }, () => ({ path: './languages.js', external: true })),
};

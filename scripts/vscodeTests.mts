// Runs test/vscode inside VS Code: the desktop one where there is one to be had, its server elsewhere. Same suites.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { ensureCodeServer } from './codeServer.mts';
import { artefacts, cache, root } from './paths.mts';

const launcher = join(root, 'scripts', 'launcher.mts');
const temporary = mkdtempSync(join(tmpdir(), 'packet-path-tests-'));
const home = join(temporary, 'home');
const workspace = join(temporary, 'workspace');

/** True for the desktop VS Code; `PACKET_PATH_VSCODE=desktop|server` decides where it is set. */
function wantsDesktop(): boolean {
  const chosen = process.env['PACKET_PATH_VSCODE'];
  if (chosen === 'desktop' || chosen === 'server') return chosen === 'desktop';
  if (chosen) throw new Error(`PACKET_PATH_VSCODE is "${chosen}", not "desktop" or "server".`);
  const screen = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return process.platform !== 'linux' || (screen !== undefined && process.getuid?.() !== 0);
}

/** A VS Code to test in. Falls back to the server when the download fails and nobody insisted. */
async function executable(): Promise<{ path: string; env: Record<string, string> }> {
  if (wantsDesktop()) {
    try {
      return { path: await downloadAndUnzipVSCode({ cachePath: join(cache, 'vscode-desktop') }), env: {} };
    } catch (error) {
      if (process.env['PACKET_PATH_VSCODE'] || process.platform === 'win32') throw error;
      console.log(`No desktop VS Code (${error instanceof Error ? error.message : error}): testing in its server.`);
    }
  }
  return { path: launcher, env: { PACKET_PATH_SERVER_MAIN: ensureCodeServer() } };
}

let exitCode = 1;
try {
  // Tests may edit the files they open, and must not see the ssh configuration of whoever runs them.
  cpSync(join(root, 'test', 'workspace'), workspace, { recursive: true });
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  const { path, env } = await executable();
  exitCode = await runTests({
    vscodeExecutablePath: path,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, 'dist', 'test', 'index.js'),
    launchArgs: [
      workspace,
      `--user-data-dir=${join(temporary, 'user')}`,
      `--extensions-dir=${join(temporary, 'extensions')}`,
    ],
    extensionTestsEnv: {
      ...env,
      HOME: home,
      PACKET_PATH_TEST_RESULTS: join(artefacts, 'results', 'vscode.json'),
    },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(exitCode);

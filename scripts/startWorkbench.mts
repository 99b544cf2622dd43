// Builds the extension and shows it: in the desktop VS Code where there is one, else in VS Code's server, for a browser.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCodeServer } from './codeServer.mts';
import { cache, root } from './paths.mts';
import { onStop } from './processes.mts';
import { findProgram } from './system.mts';
import { quietSettings, startServer } from './vscodeServer.mts';

const workspace = join(root, 'test', 'workspace');
/** The first free one is taken, so that the address is mostly the same. */
const ports = '8391-8490';
const windows = process.platform === 'win32';

const build = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--dev'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
if (hasDesktop()) startDesktop();
else await startForBrowser();

/** Whether a `code` can open a window here. The `code` of a VS Code terminal or of root cannot. */
function hasDesktop(): boolean {
  if (process.env['VSCODE_IPC_HOOK_CLI'] || process.getuid?.() === 0) return false;
  const screen = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (process.platform === 'linux' && !screen) return false;
  if (!windows && !findProgram('code')) return false;
  const asked = spawnSync('code', ['--version'], { encoding: 'utf8', timeout: 20_000, shell: windows });
  return asked.status === 0 && /^\d+\.\d+/.test(asked.stdout);
}

function startDesktop(): void {
  const code = spawnSync('code', ['--new-window', `--extensionDevelopmentPath=${root}`, workspace], {
    stdio: 'inherit',
    shell: windows,
  });
  if (code.status === 0) console.log('A VS Code window with Packet Path is opening: see Network in its activity bar.');
  else process.exitCode = 1;
}

async function startForBrowser(): Promise<void> {
  const dataDir = join(cache, 'workbench');
  const isNew = !existsSync(join(dataDir, 'data', 'User', 'settings.json'));
  const server = await startServer({
    main: ensureCodeServer(),
    port: ports,
    connectionToken: randomBytes(16).toString('hex'),
    dataDir,
    installExtension: true,
    ...(isNew ? { settings: quietSettings } : {}),
  });
  let stopping = false;
  onStop(() => {
    stopping = true;
    return server.stop();
  });
  stopWithNpm();
  console.log(`
Packet Path runs in VS Code's server. Open this in a browser, then choose Network in the activity bar:

${server.workbenchUrl({ folder: workspace })}

Ctrl+C ends it.`);
  const code = await server.exited;
  if (stopping) return;
  await server.stop();
  console.error(`VS Code's server ended (${code}).`);
  process.exitCode = 1;
}

/** A signal to `npm start` alone ends npm and its shell, and leaves this process without a word: notice, and stop. */
function stopWithNpm(): void {
  if (!process.env['npm_lifecycle_event'] || windows) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 1000).unref();
}

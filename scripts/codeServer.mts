// VS Code's server, from the npm package code-server: a real workbench and extension host with no desktop and no root.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cache, root } from './paths.mts';

const version = '4.139.1';
const complete = join(cache, `code-server-${version}`);
const product = join('node_modules', 'code-server', 'lib', 'vscode');
const installDeadlineMs = 10 * 60_000;

/**
 * Path of VS Code's `server-main.js`. The first call installs it below the user's cache folder (half a minute, 0.6 GB),
 * aside and then renamed, so that a folder with the final name is always whole.
 * @throws Error when npm could not install it
 */
export function ensureCodeServer(): string {
  if (!existsSync(complete)) install();
  return join(complete, product, 'out', 'server-main.js');
}

function install(): void {
  console.log(`Installing VS Code's server (code-server ${version}, once) in ${complete}`);
  mkdirSync(cache, { recursive: true });
  removeAbandoned();
  const partial = `${complete}.partial-${process.pid}`;
  try {
    mkdirSync(partial);
    writeFileSync(join(partial, 'package.json'), '{ "private": true }');
    npmInstall(partial, `code-server@${version}`);
    npmInstall(join(partial, product));
    npmInstall(join(partial, product, 'extensions'));
    replaceCompiled(join(partial, product, 'node_modules', '@vscode'));
    moveIntoPlace(partial);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function npmInstall(folder: string, ...packages: string[]): void {
  const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
  const npm = spawnSync('npm', ['install', ...flags, ...packages], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: installDeadlineMs,
    shell: process.platform === 'win32',
  });
  if (npm.status === 0) return;
  throw new Error(`npm could not install code-server ${version}: ${npm.error?.message ?? `exit code ${npm.status}`}`);
}

/**
 * code-server's own postinstall compiles a few packages, which takes a compiler, Kerberos and Node headers. Of those
 * the server misses only the one that writes log files, and complains of the absence of another, which ends the
 * extension host with its parent and which the host does by itself as well.
 */
function replaceCompiled(vscodePackages: string): void {
  copyFileSync(join(root, 'scripts', 'spdlog.cjs'), join(vscodePackages, 'spdlog', 'index.js'));
  writeFileSync(join(vscodePackages, 'native-watchdog', 'index.js'), 'exports.start = () => {};\n');
}

/** Another process may have finished first: its result is as good. */
function moveIntoPlace(partial: string): void {
  try {
    renameSync(partial, complete);
  } catch (error) {
    if (!existsSync(complete)) throw error;
  }
}

/** Removes what installations left behind that were killed. */
function removeAbandoned(): void {
  const prefix = `${basename(complete)}.partial-`;
  for (const name of readdirSync(dirname(complete)).filter((entry) => entry.startsWith(prefix))) {
    if (!isRunning(Number(name.slice(prefix.length)))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

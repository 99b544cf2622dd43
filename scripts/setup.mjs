// The first thing a clean clone runs: plain JavaScript for Node 20 that needs no node_modules.
// Everything after `ensureDependencies` may rely on Node 24 (which runs TypeScript as it stands) and on installed packages.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = 20;
const ownNode = 24;
const root = fileURLToPath(new URL('..', import.meta.url));
const windows = process.platform === 'win32';
const nodeBinary = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/**
 * Installs what package-lock.json says when node_modules does not hold it yet, puts node_modules/.bin first on PATH
 * and, when the running Node is older than the one the project brings, runs the same command line again with that
 * one and ends with its exit code.
 */
export async function ensureDependencies() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldestNode) end(`Node ${oldestNode} or newer is needed to begin; this is ${process.versions.node}.`);
  if (!isInstalled()) {
    console.log('Installing dependencies: npm ci');
    const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit', shell: windows });
    if (npm.status !== 0) end(`npm ci failed${npm.error ? `: ${npm.error.message}` : ''}.`);
  }
  process.env.PATH = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  if (major >= ownNode) return;
  if (!existsSync(nodeBinary)) {
    end(`${nodeBinary} is missing: npm ran no install script of the package "node" (is ignore-scripts set?).`);
  }
  process.exit(await runAgain());
}

/** Whether node_modules holds every package of the lock file in its version; optional ones may be absent. */
function isInstalled() {
  const installed = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  const wanted = lockedPackages(join(root, 'package-lock.json')) ?? {};
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    const present = installed[path]?.version;
    return path === '' || present === version || (present === undefined && (optional || devOptional));
  });
}

/** The `packages` table of a lock file; undefined when there is no such file. */
function lockedPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/** Runs this command line with the project's own Node, passes signals on, resolves to the exit code. */
function runAgain() {
  const child = spawn(nodeBinary, [resolve(process.argv[1]), ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends Ctrl+C to both; a supervisor signals only this one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('exit', (code) => done(code ?? 1));
  });
}

function end(message) {
  console.error(message);
  process.exit(1);
}

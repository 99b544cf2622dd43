// A VS Code server of our own: a real workbench and extension host, on loopback only.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './paths.mts';
import { endGroup } from './processes.mts';

const startDeadlineMs = 60_000;

/** Settings that keep the workbench to the point: no welcome page, no chat, no look at an extension gallery. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** How to start a server. */
export interface ServerOptions {
  /** Path of `server-main.js`, from `ensureCodeServer`. */
  readonly main: string;
  /** A port, or a range (`8391-8490`) of which the first free one is taken. Absent: any free one. */
  readonly port?: string;
  /** A secret that every request must carry. Only tests go without. */
  readonly connectionToken?: string;
  /** Where settings and state are kept; absent: in a temporary folder that `stop` removes. */
  readonly dataDir?: string;
  /** Install this clone as an extension; off for tests that load it through the page's address instead. */
  readonly installExtension: boolean;
  /** Open folders in restricted mode until the user trusts them; all are trusted unless given. */
  readonly workspaceTrust?: boolean;
  /** Let the page's address name an extension under development and its tests. */
  readonly smokeTestDriver?: boolean;
  /** On top of this process's environment, for the server and the extension host; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Settings to begin with; absent: what `dataDir` holds already. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Gets each line that the server prints. */
  readonly log?: (line: string) => void;
}

/** What a page's address asks of the workbench; paths are absolute. */
export interface WorkbenchOptions {
  readonly folder: string;
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  /** Environment of the extension host, on top of the server's. */
  readonly extensionEnvironment?: Readonly<Record<string, string>>;
}

/** A server that answers. */
export interface Server {
  readonly port: number;
  /** `data/User/settings.json` and `data/Machine/settings.json` are below it. */
  readonly dataDir: string;
  /** Resolves with the exit code, or the signal's name, when the server is gone. */
  readonly exited: Promise<number | string>;
  readonly workbenchUrl: (options: WorkbenchOptions) => string;
  /** Ends the server and all its processes and removes its temporary folders. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a server and waits until it answers.
 * @throws Error with the server's last lines when it ends or stays silent for a minute
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const temporary = mkdtempSync(join(tmpdir(), 'packet-path-vscode-'));
  const dataDir = options.dataDir ?? join(temporary, 'data-dir');
  const extensionsDir = join(temporary, 'extensions');
  mkdirSync(extensionsDir);
  if (options.installExtension) installClone(extensionsDir);
  if (options.settings) writeSettings(dataDir, options.settings);
  const tokenFile = join(temporary, 'token');
  if (options.connectionToken) writeFileSync(tokenFile, options.connectionToken, { mode: 0o600 });

  const child = spawn(
    process.execPath,
    [
      options.main,
      ...['--host', '127.0.0.1', '--port', options.port ?? '0'],
      ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir],
      ...(options.connectionToken ? ['--connection-token-file', tokenFile] : ['--without-connection-token']),
      ...['--accept-server-license-terms', '--disable-telemetry'],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...['--force-disable-user-env', ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : [])],
    ],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } },
  );
  const exited = new Promise<number | string>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const stop = async (): Promise<void> => {
    await endGroup(child);
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const port = await listening(child.stdout, child.stderr, exited, options.log);
    const workbenchUrl = (wanted: WorkbenchOptions): string => url(port, options.connectionToken, wanted);
    return { port, dataDir, exited, workbenchUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Resolves to the port once the server says that it answers. Goes on reading: a full pipe would stop the server. */
function listening(
  stdout: NodeJS.ReadableStream,
  stderr: NodeJS.ReadableStream,
  exited: Promise<number | string>,
  log: ServerOptions['log'],
): Promise<number> {
  return new Promise((resolve, reject) => {
    const last: string[] = [];
    let port = 0;
    const fail = (what: string): void => reject(new Error([`VS Code's server ${what}.`, ...last].join('\n')));
    const timer = setTimeout(() => fail(`was not ready after ${startDeadlineMs / 1000} s`), startDeadlineMs);
    const read = (line: string): void => {
      log?.(line);
      last.push(line);
      if (last.length > 20) last.shift();
      port = Number(/^Extension host agent listening on (\d+)/.exec(line)?.[1] ?? port);
      if (line.startsWith('Web UI available') && port > 0) {
        clearTimeout(timer);
        resolve(port);
      }
    };
    createInterface({ input: stdout }).on('line', read);
    createInterface({ input: stderr }).on('line', read);
    exited.then((code) => {
      clearTimeout(timer);
      fail(`ended (${code}) before it was ready`);
    }, reject);
  });
}

/** The page's address: the folder to open and, as VS Code's own tests do it, a payload of pairs for the rest. */
function url(port: number, token: string | undefined, options: WorkbenchOptions): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload: [string, string][] = [];
  const { extensionDevelopmentPath, extensionTestsPath, extensionEnvironment } = options;
  if (extensionDevelopmentPath) payload.push(['extensionDevelopmentPath', remote(extensionDevelopmentPath)]);
  if (extensionTestsPath) payload.push(['extensionTestsPath', remote(extensionTestsPath)]);
  if (extensionEnvironment) payload.push(['extensionEnvironment', JSON.stringify(extensionEnvironment)]);
  const query = new URLSearchParams();
  if (token) query.set('tkn', token);
  query.set('folder', options.folder);
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query.toString().replaceAll('%2F', '/')}`;
}

/** A link in the extensions folder is an installed extension; the built files are used where they are. */
function installClone(extensionsDir: string): void {
  const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  symlinkSync(root, join(extensionsDir, `${publisher}.${name}-${version}`), 'junction');
}

/** Machine-scoped settings are read from the machine's file only, all others from the user's. */
function writeSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): void {
  const { properties } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).contributes.configuration;
  const entries = Object.entries(settings);
  const ofMachine = (key: string): boolean => properties[key]?.scope === 'machine';
  for (const [folder, chosen] of [
    ['User', entries.filter(([key]) => !ofMachine(key))],
    ['Machine', entries.filter(([key]) => ofMachine(key))],
  ] as const) {
    mkdirSync(join(dataDir, 'data', folder), { recursive: true });
    writeFileSync(join(dataDir, 'data', folder, 'settings.json'), JSON.stringify(Object.fromEntries(chosen), null, 2));
  }
}

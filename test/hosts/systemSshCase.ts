import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach } from 'vitest';
import { nodeBundle } from '../../scripts/nodeBundle.mts';
import { processSshEnvironment } from '../../src/hosts/sshEnvironment.ts';
import { resolveSystemSsh } from '../../src/hosts/systemSshHost.ts';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import type { HostKeyQuestion, SecretQuestion } from '../../src/transport/prompts/sshPrompts.ts';
import type { Transport } from '../../src/transport/shell.ts';
import { systemSshTransport } from '../../src/transport/systemSsh/systemSsh.ts';
import { type PromptAnswers, recordedPrompts } from './recordedPrompts.ts';
import { until } from './sshCase.ts';

/** Made for the tests of one file, removed with their end. */
export const workDir = mkdtempSync(join(tmpdir(), 'packet-path-system-ssh-'));
// Other users' keys are read by those users.
chmodSync(workDir, 0o711);
const askpassScript = join(workDir, 'askpass.js');
buildSync({ ...nodeBundle, entryPoints: ['src/askpass.ts'], outfile: askpassScript, logLevel: 'error' });
/** How long to wait for what takes no time, on a machine with other things to do. */
export const patienceMs = 15_000;
let made = 0;
const transports: Transport[] = [];
// What a connection has on disk is made there.
const temporary = process.env['TMPDIR'];
process.env['TMPDIR'] = join(workDir, 't');
mkdirSync(join(workDir, 't'), { mode: 0o711 });
afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close();
  await until(() => runtimeDirs().length === 0, 'every connection has cleaned up', patienceMs);
});
afterAll(() => {
  if (temporary === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = temporary;
  rmSync(workDir, { recursive: true, force: true });
});

/** What connections have on disk now. */
export function runtimeDirs(): string[] {
  return readdirSync(join(workDir, 't')).filter((name) => name.startsWith('pp-ssh-'));
}

export interface SystemSshCase {
  readonly transport: Transport;
  readonly storeFile: string;
  readonly questions: HostKeyQuestion[];
  readonly secrets: SecretQuestion[];
  readonly notices: string[];
  readonly log: string[];
}

export interface SystemSshAnswers extends PromptAnswers {
  readonly storeFile?: string;
  readonly readyMs?: number;
  readonly idleMs?: number;
  readonly shared?: boolean;
  readonly variables?: Readonly<Record<string, string>>;
}

/** A transport by the system's ssh to `host` of an ssh_config with this text, and a record of what it asked and logged. */
export function systemSshCase(host: string, config: string, answers: SystemSshAnswers = {}): SystemSshCase {
  made += 1;
  const configFile = join(workDir, `config-${made}`);
  writeFileSync(configFile, config);
  const notices: string[] = [];
  const log: string[] = [];
  const { prompts, questions, secrets } = recordedPrompts(answers);
  const environment = processSshEnvironment();
  const env = { ...environment, configFile, variables: { ...environment.variables, ...answers.variables } };
  const storeFile = answers.storeFile ?? join(workDir, `store-${made}`, 'known_hosts');
  const { readyMs, idleMs, shared } = answers;
  const transport = systemSshTransport((signal) => resolveSystemSsh(host, env, signal), {
    prompts: {
      ...prompts,
      notice: async (text) => {
        notices.push(text);
      },
    },
    store: hostKeyStore(storeFile),
    askpass: { node: process.execPath, script: askpassScript },
    log: (line) => log.push(line),
    ...(readyMs === undefined ? {} : { readyMs }),
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(shared === undefined ? {} : { shared }),
  });
  transports.push(transport);
  return { transport, storeFile, questions, secrets, notices, log };
}

/** The lines of an ssh_config for one host on loopback. */
export function hostLines(name: string, port: number, lines: readonly string[]): string {
  const all = ['HostName 127.0.0.1', `Port ${port}`, 'IdentityAgent none', 'GlobalKnownHostsFile none', ...lines];
  return [`Host ${name}`, ...all.map((line) => `  ${line}`), ''].join('\n');
}

/** Whether the program is on PATH or among the administrator's. */
export function has(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** The text with a note in the test's output, as a condition for `skipIf`. */
export function missing(condition: boolean, why: string): boolean {
  if (condition) appendFileSync('/dev/stderr', `skipped: ${why}\n`);
  return condition;
}

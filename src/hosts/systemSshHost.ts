import { execFile } from 'node:child_process';
import { TransportError } from '../transport/shell.ts';
import type { SshTarget } from '../transport/sshTarget.ts';
import type { SystemSshHop, SystemSshHost } from '../transport/systemSsh/systemSshHost.ts';
import { parseHostSpec } from './hostSpec.ts';
import { resolveSshHost } from './sshConfig.ts';
import { configFileForProgram, neutralDirectory, type SshEnvironment } from './sshEnvironment.ts';

const askMs = 10_000;

/**
 * How the system's ssh is to reach what the user typed. Rejects with a `TransportError`: as `resolveSshHost` does, and
 * `unsupported` when there is no `ssh`.
 */
export async function resolveSystemSsh(text: string, env: SshEnvironment, signal: AbortSignal): Promise<SystemSshHost> {
  const target = await resolveSshHost(text, env, signal);
  const spec = parseHostSpec(text);
  const { sshProgram } = env;
  if (sshProgram === null || spec === null) throw noProgram();
  const args = [
    ...optional('-l', spec.user),
    ...optional('-p', spec.port),
    ...optional('-F', configFileForProgram(env)),
  ];
  const said = await verbose(sshProgram, [...args, '--', spec.host], env, signal);
  return {
    program: sshProgram,
    ...spec,
    chain: chainTo(target),
    configFiles: topConfigFiles(said),
    namesWhoAsks: isSince(said, 8, 5),
    variables: env.variables,
  };
}

function chainTo(target: SshTarget): SystemSshHop[] {
  const hop = { name: parseHostSpec(target.alias)?.host ?? target.host, target };
  return target.proxy?.kind === 'jump' ? [...chainTo(target.proxy.host), hop] : [hop];
}

/** What `ssh -vvv -G` says on stderr: its version, and what files it reads. */
function verbose(program: string, args: readonly string[], env: SshEnvironment, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      ['-vvv', '-G', ...args],
      { signal, timeout: askMs, maxBuffer: 1 << 20, env: { ...env.variables }, cwd: neutralDirectory },
      (error, _stdout, stderr) => {
        if (error === null) resolve(stderr);
        else if (signal.aborted) reject(signal.reason);
        else reject(noProgram(error));
      },
    );
  });
}

/** Of the files it reads, those that no other file includes; each once, as it may read them twice. */
export function topConfigFiles(said: string): string[] {
  const named = (pattern: RegExp): string[] => [...said.matchAll(pattern)].map(([, file]) => file ?? '');
  const included = new Set(named(/ line \d+: Including file (.*?) depth \d/g));
  const read = named(/Reading configuration data (.*?)\r?$/gm);
  return [...new Set(read)].filter((file) => !included.has(file));
}

/** Whether the OpenSSH that speaks is that version or a later one; not known of others, so not. */
export function isSince(said: string, major: number, minor: number): boolean {
  const [, first, second] = /OpenSSH(?:_for_Windows)?_(\d+)\.(\d+)/.exec(said) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}

function optional(flag: string, value: string | number | null): string[] {
  return value === null ? [] : [flag, String(value)];
}

function noProgram(error?: Error): TransportError {
  return new TransportError(
    'unsupported',
    `There is no usable ssh program on this machine${error === undefined ? '' : `: ${error.message}`}`,
    'Install OpenSSH, or use the built-in SSH client for this host.',
  );
}

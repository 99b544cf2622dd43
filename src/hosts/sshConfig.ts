import { execFile } from 'node:child_process';
import { printable } from '../kernel/printable.ts';
import { TransportError } from '../transport/shell.ts';
import type { SshProxy, SshTarget } from '../transport/sshTarget.ts';
import { type HostSpec, parseHostSpec } from './hostSpec.ts';
import { computeSshOptions } from './sshConfigFallback.ts';
import { configFileForProgram, neutralDirectory, type SshEnvironment } from './sshEnvironment.ts';
import { parseSshG, proxyOptions, type SshOptions, sshTarget } from './sshOptions.ts';

const askMs = 10_000;
const maxJumps = 8;

/**
 * How to reach what the user typed: an alias of ssh_config or `user@host:port`. `ssh -G` knows best, as it is what the
 * user's own `ssh` would do; where there is no `ssh`, the files are read here.
 * Rejects with a `TransportError`: `config` when it is no host name or ssh_config is broken; with the signal's reason when it is aborted, as ssh_config may run commands.
 */
export function resolveSshHost(text: string, env: SshEnvironment, signal: AbortSignal): Promise<SshTarget> {
  return resolve(text, env, signal, [], null);
}

/** `behind`: what is reached through this host; `through`: how to reach it, where that is decided already. */
async function resolve(
  text: string,
  env: SshEnvironment,
  signal: AbortSignal,
  behind: readonly string[],
  through: SshProxy | null,
): Promise<SshTarget> {
  signal.throwIfAborted();
  const spec = parseHostSpec(text);
  if (spec === null) {
    throw new TransportError(
      'config',
      `"${printable(text)}" is not a host`,
      'Give an alias of ~/.ssh/config, or user@host, or user@host:port.',
    );
  }
  const options = (await askSsh(spec, env, signal)) ?? (await computeSshOptions(spec, env));
  const target = { ...sshTarget(spec.host, options, env), alias: text.trim() };
  if (through !== null) return { ...target, proxy: through };
  const { jump, command } = proxyOptions(target, spec.host, options);
  if (jump.length === 0) return { ...target, proxy: command === null ? null : { kind: 'command', command } };
  const path = [...behind, target.alias];
  if (path.length > maxJumps || behind.includes(target.alias)) {
    throw new TransportError(
      'config',
      `ProxyJump goes round in circles: ${path.join(' through ')}`,
      'Correct ~/.ssh/config; "ProxyJump none" ends a chain.',
    );
  }
  // The first hop goes by its own settings; the others are reached through the one before, whatever theirs say.
  let proxy: SshProxy | null = null;
  for (const hop of jump) proxy = { kind: 'jump', host: await resolve(hop, env, signal, path, proxy) };
  return { ...target, proxy };
}

/** Null when there is no `ssh` program. */
function askSsh(spec: HostSpec, env: SshEnvironment, signal: AbortSignal): Promise<SshOptions | null> {
  const { sshProgram } = env;
  const configFile = configFileForProgram(env);
  if (sshProgram === null) return Promise.resolve(null);
  const args = ['-G'];
  if (configFile !== null) args.push('-F', configFile);
  if (spec.user !== null) args.push('-l', spec.user);
  if (spec.port !== null) args.push('-p', String(spec.port));
  args.push('--', spec.host);
  return new Promise((resolve, reject) => {
    execFile(
      sshProgram,
      args,
      { signal, timeout: askMs, maxBuffer: 1 << 20, env: { ...env.variables }, cwd: neutralDirectory },
      (error, stdout, stderr) => {
        if (error === null) resolve(parseSshG(stdout));
        else if (signal.aborted) reject(signal.reason);
        else if (error.code === 'ENOENT') resolve(null);
        else {
          const why =
            error.killed === true ? `it did not answer in ${askMs / 1000} s` : printable(stderr || error.message);
          reject(new TransportError('config', `ssh -G ${spec.host} failed: ${why}`, 'Correct ~/.ssh/config.'));
        }
      },
    );
  });
}

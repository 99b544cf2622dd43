import { existsSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';

/** What the reading of ssh_config depends on besides the files; a test or a remote workspace may give its own. */
export interface SshEnvironment {
  /** Home directory: what `~` and `%d` stand for. */
  readonly home: string;
  /** Local user name: `%u`, and the remote user unless told otherwise. */
  readonly user: string;
  /** `%l`, `%L` */
  readonly hostname: string;
  /** Read instead of `~/.ssh/config` and the system's file, as `ssh -F` does. */
  readonly configFile?: string;
  /** The `ssh` program, asked for what it would do (`ssh -G`); null: do without. */
  readonly sshProgram: string | null;
  /** For `SSH_AUTH_SOCK` and `${NAME}`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** This process's own surroundings. */
export function processSshEnvironment(): SshEnvironment {
  const home = homedir();
  const variables = withAgent(process.env, process.platform);
  return { home, user: localUser(), hostname: hostname(), sshProgram: 'ssh', variables };
}

/**
 * Where a program is asked something: Windows looks for it in the current directory first, which must be none that a
 * workspace chose.
 */
export const neutralDirectory = process.platform === 'win32' ? homedir() : '/';

/** The variables, with the agent that ssh(1) asks where none is named: on Windows it is a service at a fixed place. */
export function withAgent(
  variables: SshEnvironment['variables'],
  platform: NodeJS.Platform,
): SshEnvironment['variables'] {
  return platform === 'win32' ? { SSH_AUTH_SOCK: '\\\\.\\pipe\\openssh-ssh-agent', ...variables } : variables;
}

/**
 * The file `ssh` must be told to read (`-F`), or null when it finds the right one by itself: it goes by the home directory
 * of the password database, whatever `$HOME` says.
 */
export function configFileForProgram(env: SshEnvironment): string | null {
  if (env.configFile !== undefined) return env.configFile;
  if (env.home === passwdHome()) return null;
  const file = join(env.home, '.ssh', 'config');
  return existsSync(file) ? file : 'none';
}

/** A file of ssh_config(5), and where the relative names of its `Include`s are. */
export interface ConfigFile {
  readonly file: string;
  readonly includeDirectory: string;
}

/** The files ssh(1) reads, in its order. */
export function configFiles(env: SshEnvironment): ConfigFile[] {
  const own = { file: env.configFile ?? join(env.home, '.ssh', 'config'), includeDirectory: join(env.home, '.ssh') };
  return env.configFile === undefined ? [own, { file: '/etc/ssh/ssh_config', includeDirectory: '/etc/ssh' }] : [own];
}

function passwdHome(): string | null {
  try {
    return userInfo().homedir;
  } catch {
    // The user id has no entry: then ssh has no home directory either, and reads what it is told.
    return null;
  }
}

function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    // The user id has no name, as in some containers; ssh -G or ssh_config will have to tell.
    return process.env['USER'] ?? process.env['LOGNAME'] ?? '';
  }
}

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
  const variables = process.env;
  return { home, user: localUser(), hostname: hostname(), sshProgram: 'ssh', variables };
}

/** The files ssh(1) reads, in its order. */
export function configFiles(env: SshEnvironment): string[] {
  return env.configFile === undefined ? [join(env.home, '.ssh', 'config'), '/etc/ssh/ssh_config'] : [env.configFile];
}

function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    // The user id has no name, as in some containers; ssh -G or ssh_config will have to tell.
    return process.env['USER'] ?? process.env['LOGNAME'] ?? '';
  }
}

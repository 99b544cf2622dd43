import type { SshTarget } from '../sshTarget.ts';

/** What has to be known to reach a host by the system's `ssh`. */
export interface SystemSshHost {
  /** The `ssh` program. */
  readonly program: string;
  /** What to give it, as the user typed it. */
  readonly host: string;
  readonly user: string | null;
  readonly port: number | null;
  /** The hosts on the way, nearest first, and at the end the host itself. */
  readonly chain: readonly SystemSshHop[];
  /** The ssh_config files that ssh reads for it by itself, in order; not those they include. */
  readonly configFiles: readonly string[];
  /** Whether a host's questions come with its name before them (since OpenSSH 8.5), so that they cannot pass for ssh's own. */
  readonly namesWhoAsks: boolean;
  /** The environment for ssh. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** A host on the way, or the host itself. */
export interface SystemSshHop {
  /** The host as ssh_config's `Host` lines see it: what was typed, without user and port. */
  readonly name: string;
  readonly target: SshTarget;
}

/** Everything needed to reach one host over SSH: what ssh_config(5) says about it, expanded and with absolute paths. */
export interface SshTarget {
  /** What the user typed: an alias of ssh_config or `user@host:port`. */
  readonly alias: string;
  /** `HostName`: a name or an address, an IPv6 one without brackets. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `IdentityFile`s in order; they need not exist. */
  readonly identityFiles: readonly string[];
  /** `IdentitiesOnly`: of the agent's keys, offer only those that are also in `identityFiles`. */
  readonly identitiesOnly: boolean;
  /** The agent's socket; null when there is none or ssh_config forbids it. */
  readonly identityAgent: string | null;
  /** `UserKnownHostsFile`s, then `GlobalKnownHostsFile`s; they need not exist. */
  readonly knownHostsFiles: readonly string[];
  /** `HostKeyAlias`: the name to look the host's key up by. */
  readonly hostKeyAlias: string | null;
  readonly strictHostKeyChecking: StrictHostKeyChecking;
  /** `ConnectTimeout`; null when it is not set. */
  readonly connectTimeoutMs: number | null;
  /** `ServerAliveInterval`; null when it is not set. */
  readonly serverAliveMs: number | null;
}

/** ssh_config(5) `StrictHostKeyChecking`. */
export type StrictHostKeyChecking = 'yes' | 'ask' | 'accept-new' | 'no';

/** `user@host`, with the port where it is not 22. */
export function describeTarget(target: SshTarget): string {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  return `${target.user}@${host}${target.port === 22 ? '' : `:${target.port}`}`;
}

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
  /** `ServerAliveInterval`; null when it is not set or 0, which `ssh -G` does not tell apart: the default of ours is used then. */
  readonly serverAliveMs: number | null;
  /** `ServerAliveCountMax`. */
  readonly serverAliveCountMax: number;
  /** What else stands between this machine and the host; null: it is dialled directly. */
  readonly proxy: SshProxy | null;
  /**
   * The methods that may be used, in the order of `PreferredAuthentications`, without those that `PubkeyAuthentication`,
   * `PasswordAuthentication` and the like forbid. Holds names ssh2 does not know, such as `gssapi-with-mic`.
   */
  readonly authentications: readonly string[];
  /** `NumberOfPasswordPrompts` */
  readonly passwordPrompts: number;
  /** `CertificateFile`s; they need not exist. */
  readonly certificateFiles: readonly string[];
}

/** `ProxyJump`: a host on the way, which may have one before it in turn; or `ProxyCommand`, its tokens not expanded. */
export type SshProxy =
  | { readonly kind: 'jump'; readonly host: SshTarget }
  | { readonly kind: 'command'; readonly command: string };

/** ssh_config(5) `StrictHostKeyChecking`. */
export type StrictHostKeyChecking = 'yes' | 'ask' | 'accept-new' | 'no';

/** `user@host`, with the port where it is not 22. */
export function describeTarget(target: SshTarget): string {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  return `${target.user}@${host}${target.port === 22 ? '' : `:${target.port}`}`;
}

/** A host whose key is not known yet. Compare `fingerprint` with `ssh-keygen -lf` on the host. */
export interface HostKeyQuestion {
  /** What the user typed. */
  readonly alias: string;
  readonly host: string;
  /** The address it resolved to; null when something else made the connection. */
  readonly address: string | null;
  readonly port: number;
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa` and so on. */
  readonly keyType: string;
  /** `SHA256:...` */
  readonly fingerprint: string;
  /** Set when this is a jump host: the host that is being connected to through it, as the user typed it. */
  readonly onTheWayTo: string | null;
  /** The host is known, but by keys of these other types only: worth a second look. */
  readonly knownTypes: readonly string[];
}

/** A secret to be typed: the password, a key's passphrase, or the answer to what the host asks. */
export interface SecretQuestion {
  readonly kind: 'password' | 'passphrase' | 'answer';
  /** What the user typed for the host whose login this is. */
  readonly alias: string;
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** Set when this is a jump host: the host that is being connected to through it, as the user typed it. */
  readonly onTheWayTo: string | null;
  /** Whose login it is cannot be told for certain: a secret that was kept for it is not given. */
  readonly uncertain?: boolean;
  /** The encrypted key file, of a passphrase. */
  readonly keyFile?: string;
  /** What the host asks, of an answer; the host chose the text. */
  readonly prompt?: string;
  /** What the host says above its questions, of an answer, where it says anything; the host chose the text. */
  readonly instruction?: string;
  /** Whether what is typed may be shown. */
  readonly echo: boolean;
  /** 1, then 2 and 3 when the one before was wrong. */
  readonly attempt: number;
}

/** How the user is asked; the signal is aborted when the answer is no longer wanted. */
export interface SshPrompts {
  /** Whether to trust the key and remember it. */
  trustHostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<boolean>;
  /** Undefined when the user gave up: the connection attempt ends then. An empty passphrase skips that key. */
  secret(question: SecretQuestion, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Shows what the system's ssh wants done elsewhere ("Confirm user presence for key ...": it is to be touched), until
   * the signal is aborted. A rejection ends the attempt.
   */
  notice?(text: string, signal: AbortSignal): Promise<void>;
}

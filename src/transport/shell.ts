import type { Readable, Writable } from 'node:stream';
import type { SshPrompts } from './prompts/sshPrompts.ts';
import { markVariable } from './shellMark.ts';

/** How a shell on the host ended. */
export type ShellEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'lost'; readonly message: string };

/** A running `sh -s` on a host. */
export interface Shell {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /**
   * Settles once, when the process is gone and its output has been delivered; never rejects. Both outputs have to be
   * read for that, as with any process. After `end()` it settles within about three seconds whatever happens.
   */
  readonly ended: Promise<ShellEnd>;
  /**
   * Ends it on the host as well: closes stdin (the collector exits when its stdin closes), after half a second sends
   * SIGTERM, then SIGKILL, to it and what it started. Idempotent.
   */
  end(): void;
}

/** A network namespace of a host: one that ip-netns(8) knows by name, or the one a process is in. */
export type NetNamespace = (
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'pid'; readonly pid: number }
) & {
  /** Entering one takes root: by `sudo -n`, which never asks, or as the user who logs in. */
  readonly sudo: boolean;
};

export interface ShellOptions {
  /** Who is asked what has to be asked on the way, instead of whom the transport asks otherwise. */
  readonly prompts?: SshPrompts;
  /** Where on the host the shell runs; the namespace of the login unless given. */
  readonly namespace?: NetNamespace;
}

/**
 * The one thing asked of a way to reach a host: start `sh -s -- ARGS` there. Everything else (scripts, framing,
 * deadlines, limits) is above it and the same for every host.
 */
export interface Transport {
  /**
   * Rejects with a `TransportError`, or with the signal's reason when it is aborted before the shell runs. Once it has
   * resolved, aborting the signal ends the shell.
   * `args` may hold only `[A-Za-z0-9_.,:=/-]`, so that no login shell can read them differently.
   */
  startShell(args: readonly string[], signal: AbortSignal, options?: ShellOptions): Promise<Shell>;
  /** Ends the shells that still run and closes what is kept open to the host. It can be used again afterwards. */
  close(): void;
}

export type TransportErrorKind =
  | 'unreachable'
  | 'timed-out'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'host-key-revoked'
  | 'auth-failed'
  /** Something has to be asked, and nobody may be asked now. */
  | 'needs-attention'
  | 'config'
  | 'unsupported'
  | 'lost';

/** What may help, for a button: the system's own `ssh` can do what this host wants and ssh2 cannot. */
export type Remedy = 'system-ssh';

/**
 * `message` says what and why, without a period at its end, so that it fits into another sentence; `hint` says what to
 * do next, in whole sentences. Neither ever holds a secret.
 */
export class TransportError extends Error {
  readonly kind: TransportErrorKind;
  readonly hint: string;
  readonly remedy: Remedy | null;

  constructor(kind: TransportErrorKind, message: string, hint: string, remedy: Remedy | null = null) {
    // It may end in what a host or a program said.
    super(message.replace(/[.\s]+$/, ''));
    this.name = 'TransportError';
    this.kind = kind;
    this.hint = hint;
    this.remedy = remedy;
  }
}

const safeArgument = /^[A-Za-z0-9_.,:=/-]+$/;

/** The arguments of `sh` that make it read its script from stdin; throws on one that would need quoting: our mistake. */
export function shellArguments(args: readonly string[]): string[] {
  for (const arg of args) {
    if (!safeArgument.test(arg)) throw new Error(`argument needs quoting: ${JSON.stringify(arg)}`);
  }
  return ['-s', '--', ...args];
}

/** The same as one command line for a login shell: plain words, and double quotes where a namespace is asked for. */
export function shellCommand(args: readonly string[], namespace?: NetNamespace): string {
  const command = ['sh', ...shellArguments(args)].join(' ');
  return namespace === undefined ? command : inNamespace(command, namespace);
}

/**
 * Runs a command in a network namespace, with a /sys that shows the NICs of that namespace (sysfs shows those of the one
 * it was mounted in); the mount is seen by that command only. Throws on a name that needs quoting.
 * Sources: ip-netns(8), nsenter(1), unshare(1), mount(8), sudo(8).
 */
function inNamespace(command: string, namespace: NetNamespace): string {
  // sudo takes the environment away, and with it what marks the shell.
  const root = namespace.sudo ? `sudo -n env ${markVariable}=$${markVariable} ` : '';
  if (namespace.kind === 'pid') {
    const enter = `nsenter --net=/proc/${Math.trunc(namespace.pid)}/ns/net unshare -m`;
    // unshare of util-linux before 2.27 leaves the mounts shared: what is mounted here would be mounted there as well.
    return `${root}${enter} sh -c "mount --make-rslave / && mount -t sysfs sysfs /sys && exec ${command}"`;
  }
  if (!isPlainNamespaceName(namespace.name))
    throw new Error(`namespace needs quoting: ${JSON.stringify(namespace.name)}`);
  return `${root}ip netns exec ${namespace.name} ${command}`;
}

/** Whether a namespace's name can stand in a command line as it is; others are listed, but not entered. */
export function isPlainNamespaceName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.:@-]*$/.test(name);
}

import type { Duplex } from 'node:stream';
import type { Algorithms, Client, ServerHostKeyAlgorithm } from 'ssh2';
import { printable } from '../../kernel/printable.ts';
import { type Deadline, deadline, isAbort, untilAborted } from '../abort.ts';
import type { HostKeyStore } from '../hostKeys/hostKeyStore.ts';
import { type HostKeyCheck, hostKeyCheck } from '../hostKeys/sshHostKey.ts';
import type { SecretQuestion, SshPrompts } from '../prompts/sshPrompts.ts';
import { TransportError } from '../shell.ts';
import { lost, sshError, timedOut } from '../sshErrors.ts';
import { describeTarget, type SshTarget } from '../sshTarget.ts';
import { dial } from './dial.ts';
import { loadSsh2 } from './ssh2Module.ts';
import { probeOnly } from './sshAgent.ts';
import { sshLogin } from './sshAuth.ts';
import { passwordExpired } from './sshFailure.ts';
import { tunnel } from './tunnel.ts';

const defaultReadyMs = 20_000;
const defaultAliveMs = 15_000;
const closeMs = 1000;
/** RFC 4254 section 5.1 */
const administrativelyProhibited = 1;

export interface ConnectDeps {
  readonly prompts: SshPrompts;
  readonly store: HostKeyStore;
  /** The host behind the target, when the target is a jump host. */
  readonly onTheWayTo?: string;
  readonly jumps: JumpHosts;
  /** From the TCP connection to the end of the login, time spent in prompts not counted; `ConnectTimeout` outranks it. */
  readonly readyMs?: number;
  /** Gets one line a step, free of secrets; it may hold text of the server's as it came. */
  log(line: string): void;
}

/** A connection that is logged in. */
export interface Ssh2Connection {
  readonly client: Client;
  /** Says goodbye first. */
  close(): void;
  destroy(): void;
}

/** The connections to jump hosts. */
export interface JumpHosts {
  /** A connection that is logged in and stays open until it is released. Rejects as `connectSsh2` does. */
  acquire(target: SshTarget, deps: ConnectDeps, signal: AbortSignal): Promise<JumpLease>;
  close(): void;
}

export interface JumpLease {
  readonly client: Client;
  release(): void;
}

/** The bytes to the host's sshd, by whatever way. */
interface Wire {
  readonly stream: Duplex;
  /** The address it leads to; null when another host dialled. */
  readonly address: string | null;
  /** To be called when it is closed. */
  release(): void;
}

/**
 * Connects, checks the host's key, and logs in. Rejects with a `TransportError`, or with the signal's reason, or with an
 * `AbortError` when the user gave up at a prompt; nothing is left open then.
 */
export async function connectSsh2(target: SshTarget, deps: ConnectDeps, signal: AbortSignal): Promise<Ssh2Connection> {
  const { log, onTheWayTo = null } = deps;
  // Each host on the way has a deadline of its own; this one's begins when it can be reached.
  const jump = await jumpHost(target, deps, signal);
  const clock = deadline(target.connectTimeoutMs ?? deps.readyMs ?? defaultReadyMs, () => timedOut(target));
  const over = new AbortController();
  const stop = AbortSignal.any([signal, clock.signal, over.signal]);
  const startedAt = performance.now();
  try {
    log(`connecting to ${describeTarget(target)}`);
    const [ssh2, hostKeys] = await untilAborted(
      Promise.all([loadSsh2(), hostKeyCheck(target, deps.store, log, onTheWayTo)]),
      stop,
    );
    // Last, so that ssh2 listens to the stream before anything can happen to it.
    const wire = await (jump === null ? dialled(target, stop) : forwarded(jump, target, stop));
    try {
      const client = await handshake({ ssh2, wire, target, hostKeys, deps, clock, over, stop });
      client.once('close', wire.release);
      log(`logged in to ${describeTarget(target)} after ${Math.round(performance.now() - startedAt)} ms`);
      return {
        client,
        close() {
          client.end();
          // A host that is gone would not answer, and the socket would keep the process alive.
          const late = setTimeout(() => wire.stream.destroy(), closeMs);
          client.once('close', () => clearTimeout(late));
        },
        destroy: () => wire.stream.destroy(),
      };
    } catch (error) {
      wire.stream.destroy();
      throw error;
    }
  } catch (error) {
    jump?.release();
    const isOurs = error instanceof TransportError && !signal.aborted;
    if (!isOurs && ((stop.aborted && error === stop.reason) || isAbort(error))) throw error;
    throw onTheWay(sshError(error, target), onTheWayTo);
  } finally {
    clock.stop();
  }
}

/** Says which host the user wanted, where it is a jump host that does not do. */
function onTheWay(error: TransportError, to: string | null): TransportError {
  // What is to be asked belongs to whoever could not ask it.
  if (to === null || error.kind === 'needs-attention') return error;
  return new TransportError(error.kind, `On the way to ${printable(to)}: ${error.message}`, error.hint, error.remedy);
}

/** A hold on the host that this one is reached through; null when it is dialled directly. */
function jumpHost(target: SshTarget, deps: ConnectDeps, signal: AbortSignal): Promise<JumpLease | null> {
  const { proxy } = target;
  if (proxy === null) return Promise.resolve(null);
  if (proxy.kind === 'jump') {
    return deps.jumps.acquire(proxy.host, { ...deps, onTheWayTo: deps.onTheWayTo ?? target.alias }, signal);
  }
  // Its arguments may hold a proxy's password.
  const program = printable(proxy.command.trim().split(/\s/, 1)[0] ?? '', 100);
  return Promise.reject(
    new TransportError(
      'unsupported',
      `${describeTarget(target)} is reached by a command (ProxyCommand ${program}), which the built-in SSH client does not run`,
      "The system's ssh does.",
      'system-ssh',
    ),
  );
}

async function dialled(target: SshTarget, signal: AbortSignal): Promise<Wire> {
  const stream = await dial(target.host, target.port, signal);
  return { stream, address: stream.remoteAddress ?? null, release: () => {} };
}

/** A connection that the jump host makes for us. */
function forwarded(jump: JumpLease, target: SshTarget, signal: AbortSignal): Promise<Wire> {
  const opening = new Promise<Duplex>((resolve, reject) => {
    jump.client.forwardOut('127.0.0.1', 0, target.host, target.port, (error, channel) => {
      if (error) reject(notForwarded(error, target));
      else if (signal.aborted) channel.destroy();
      else resolve(tunnel(channel));
    });
  });
  return untilAborted(opening, signal).then((stream) => ({ stream, address: null, release: jump.release }));
}

function notForwarded(error: Error, target: SshTarget): TransportError {
  const by = target.proxy?.kind === 'jump' ? describeTarget(target.proxy.host) : 'the jump host';
  const forbidden = 'reason' in error && error.reason === administrativelyProhibited;
  return new TransportError(
    'unreachable',
    `The jump host ${by} ${forbidden ? 'may not connect us' : 'did not connect us'} to ${describeTarget(target)}: ${printable(error.message)}`,
    forbidden
      ? 'Its sshd forbids forwarding: see AllowTcpForwarding, PermitOpen and DisableForwarding in its sshd_config, and the options of your key in authorized_keys.'
      : `Check that it resolves and reaches ${target.host}, and that sshd runs there and listens on port ${target.port}.`,
  );
}

interface Handshake {
  readonly ssh2: Awaited<ReturnType<typeof loadSsh2>>;
  readonly wire: Wire;
  readonly target: SshTarget;
  readonly hostKeys: HostKeyCheck;
  readonly deps: ConnectDeps;
  readonly clock: Deadline;
  readonly over: AbortController;
  readonly stop: AbortSignal;
}

function handshake(context: Handshake): Promise<Client> {
  const { ssh2, wire, target, hostKeys, deps, clock, over, stop } = context;
  const { log, prompts } = deps;
  const client = new ssh2.Client();

  return new Promise((resolve, reject) => {
    const onAbort = (): void => fail(stop.reason);
    const fail = (error: unknown): void => {
      stop.removeEventListener('abort', onAbort);
      reject(error);
      wire.stream.destroy();
      // A question that is still open need not be answered any more.
      over.abort(error);
    };
    stop.addEventListener('abort', onAbort, { once: true });
    if (stop.aborted) return onAbort();

    /** The key the user or a file vouched for; a later key exchange has to show the same one. */
    let vouched: { readonly blob: Buffer; readonly remember: boolean } | null = null;
    const checkKey = async (blob: Buffer): Promise<boolean> => {
      if (vouched !== null) return vouched.blob.equals(blob);
      const { remember } = await hostKeys.verify(blob, wire.address, (question) =>
        waitForUser(() => prompts.trustHostKey(question, stop)),
      );
      // A copy: the packet it is part of is not ours.
      vouched = { blob: Buffer.from(blob), remember };
      return true;
    };
    const waitForUser = <T>(work: () => Promise<T>): Promise<T> => untilAborted(clock.pausedFor(work), stop);
    const secret = async (question: SecretQuestion): Promise<string> => {
      const answer = await waitForUser(() => prompts.secret(question, stop));
      if (answer !== undefined) return answer;
      throw new DOMException(`The login to ${describeTarget(target)} was cancelled`, 'AbortError');
    };
    const login = sshLogin({
      ssh2,
      target,
      onTheWayTo: deps.onTheWayTo ?? null,
      secret,
      waitForUser,
      fail,
      log,
    });

    client
      .on('ready', () => {
        stop.removeEventListener('abort', onAbort);
        resolve(client);
      })
      .on('handshake', () => {
        // Only now has the server proved that it holds the key.
        if (vouched?.remember !== true) return;
        hostKeys
          .remember(vouched.blob)
          .catch((error: unknown) => log(`the host key cannot be stored: ${String(error)}`));
        vouched = { blob: vouched.blob, remember: false };
      })
      .on('change password', () => fail(passwordExpired(target)))
      .on('banner', (text) => log(`banner: ${text}`))
      .on('error', (error) => {
        // Of an agent's key: the next one is tried.
        if (error.level !== 'agent') fail(login.explain(sshError(error, target)));
        else if (error.message !== probeOnly) log(`the agent did not sign: ${error.message}`);
      })
      .on('close', () => fail(lost(target, 'the host closed it without giving a reason')));

    client.connect({
      sock: wire.stream,
      username: target.user,
      // Ours stands still while a question is open; this one would not.
      readyTimeout: 0,
      keepaliveInterval: target.serverAliveMs ?? defaultAliveMs,
      keepaliveCountMax: target.serverAliveCountMax,
      algorithms: hostKeyOrder(hostKeys.knownTypes),
      // Answers by callback and returns nothing: ssh2 takes any returned value, even a promise of false, for a yes.
      hostVerifier: (blob: Buffer, answer: (trusted: boolean) => void): void => {
        checkKey(blob).then(answer, (error: unknown) => {
          fail(error);
          answer(false);
        });
      },
      debug: login.heard,
      authHandler: (_methodsLeft, partialSuccess, next) => {
        login.next(partialSuccess).then(next).catch(fail);
      },
    });
  });
}

const rsaAlgorithms: readonly ServerHostKeyAlgorithm[] = ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'];
const orderable: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
];

/** Asks for key types on record first, as ssh(1) does, lest a host be unknown only by the type it chose to show. */
function hostKeyOrder(knownTypes: readonly string[]): Algorithms {
  const first = knownTypes.flatMap((type) =>
    type === 'ssh-rsa' ? rsaAlgorithms : orderable.filter((algorithm) => algorithm === type),
  );
  return first.length === 0 ? {} : { serverHostKey: { remove: first, prepend: first, append: [] } };
}

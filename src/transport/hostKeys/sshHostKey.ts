import { readFile } from 'node:fs/promises';
import { printable } from '../../kernel/printable.ts';
import type { HostKeyQuestion } from '../prompts/sshPrompts.ts';
import { TransportError } from '../shell.ts';
import { describeTarget, type SshTarget } from '../sshTarget.ts';
import { decideHostKey, type HostKeyDecision } from './hostKeyPolicy.ts';
import type { HostKeyStore } from './hostKeyStore.ts';
import { knownKeyTypes, matchKnownHosts } from './knownHosts.ts';
import { fingerprintSha256, type HostPlace, keyType, type PublicKey } from './knownHostsLine.ts';

/** What is on record about the keys of one host, read once a connection attempt. */
export interface HostKeyCheck {
  /** Types on record, in the order of the files. */
  readonly knownTypes: readonly string[];
  /** Resolves to whether the key is to be remembered; rejects with why it is not trusted. */
  verify(
    blob: Buffer,
    address: string | null,
    ask: (question: HostKeyQuestion) => Promise<boolean>,
  ): Promise<{ readonly remember: boolean }>;
  remember(blob: Buffer): Promise<void>;
}

/** Reads the known_hosts files and our own store; a file that is not there says nothing. */
export async function hostKeyCheck(
  target: SshTarget,
  store: HostKeyStore,
  log: (line: string) => void,
  onTheWayTo: string | null,
): Promise<HostKeyCheck> {
  // As in ssh_config(5), an alias stands for host and port.
  const place: HostPlace =
    target.hostKeyAlias === null ? { host: target.host, port: target.port } : { host: target.hostKeyAlias, port: 22 };
  const texts = await Promise.all(
    target.knownHostsFiles.map(async (file) => ({ file, own: false, text: await readKnownHosts(file, log) })),
  );
  texts.push({ file: store.file, own: true, text: await readStore(store) });

  return {
    knownTypes: [...new Set(texts.flatMap(({ text }) => knownKeyTypes(text, place)))],
    async verify(blob, address, ask) {
      const key = publicKey(blob);
      const records = texts.map(({ file, own, text }) => ({ file, own, match: matchKnownHosts(text, place, key) }));
      const decision = decideHostKey(records, target.strictHostKeyChecking);
      const fingerprint = fingerprintSha256(blob);
      log(`host key ${key.type} ${fingerprint}: ${decision.kind}`);
      if (decision.kind === 'trust') return decision;
      if (decision.kind === 'refuse') throw refusal(decision, target, key.type, fingerprint);
      const { alias, host, port } = target;
      const { knownTypes } = decision;
      if (await ask({ alias, host, address, port, onTheWayTo, keyType: key.type, fingerprint, knownTypes }))
        return { remember: true };
      throw new TransportError(
        'host-key-unknown',
        `The ${key.type} key of ${describeTarget(target)}, ${fingerprint}, was not trusted`,
        'Compare it with `ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub` on the host, then connect again.',
      );
    },
    remember: (blob) => store.add(place, publicKey(blob)),
  };
}

function publicKey(blob: Buffer): PublicKey {
  return { type: printable(keyType(blob) ?? 'unknown'), blob };
}

async function readKnownHosts(file: string, log: (line: string) => void): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    log(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return '';
  }
}

/** Unlike the user's files it has to be readable: a key that was trusted here must not be asked about as if it were new. */
async function readStore(store: HostKeyStore): Promise<string> {
  try {
    return await store.read();
  } catch (error) {
    throw new TransportError(
      'config',
      `The host keys trusted here cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Correct the permissions of that file, or remove it: the keys are then asked about again.',
    );
  }
}

function refusal(
  decision: Extract<HostKeyDecision, { kind: 'refuse' }>,
  target: SshTarget,
  type: string,
  fingerprint: string,
): TransportError {
  const name = describeTarget(target);
  switch (decision.reason) {
    case 'revoked':
      return new TransportError(
        'host-key-revoked',
        `The ${type} key of ${name}, ${fingerprint}, is marked as revoked in ${decision.file}:${decision.line}`,
        'Do not connect: whoever answers holds a key that was withdrawn. Ask whoever runs the host.',
      );
    case 'changed':
      return new TransportError(
        'host-key-changed',
        `The ${type} key of ${name} has changed: it is now ${fingerprint}, ` +
          `and was ${decision.fingerprint} (${decision.file}:${decision.line})`,
        `Somebody may be listening in, or the host was set up anew. When you are sure that it was, ${
          decision.own ? 'forget its trusted key here' : 'remove that line'
        } and connect again.`,
      );
    case 'authority':
      return new TransportError(
        'unsupported',
        `${name} is to be known by a certificate (@cert-authority, ${decision.file}:${decision.line}), ` +
          `which the built-in SSH client cannot check; its ${type} key is ${fingerprint}`,
        "The system's ssh can check it. Or add the host's own key to known_hosts, when you are sure of it.",
        'system-ssh',
      );
    case 'unknown':
      return new TransportError(
        'host-key-unknown',
        `The ${type} key of ${name}, ${fingerprint}, is not on record, and StrictHostKeyChecking is on`,
        'Add the key to known_hosts (connect once with `ssh`, or ask whoever runs the host).',
      );
  }
}

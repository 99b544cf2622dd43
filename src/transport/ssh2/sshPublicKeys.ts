import { fingerprintSha256 } from '../hostKeys/knownHostsLine.ts';
import type { KeyFile } from './keyFile.ts';
import { type AgentKey, keyProbe } from './sshAgent.ts';
import { type Attempts, type AuthDeps, isOpen, loginOf, type Progress, type Reply } from './sshAttempts.ts';
import { readIdentities } from './sshIdentities.ts';

/** More keys of the agent's than this, and a server with the usual limit of six tries might not wait for the right one. */
const fewKeys = 4;

/** A key in the order it is offered. */
interface Candidate {
  /** Its public half, or its file where that is not known. */
  readonly id: string;
  readonly attempts: (reply: Reply) => Attempts;
}

/**
 * Offers keys: the agent's that are also configured, files that can be used at once, the agent's others, encrypted files
 * (the passphrase is asked for only when the server would take the key). Encrypted files come before the agent's others
 * when there are many of those.
 */
export async function* publicKeys(deps: AuthDeps, progress: Progress, first: Reply): Attempts {
  const { target, log } = deps;
  const username = target.user;
  progress.identities ??= await readIdentities(deps);
  const { files, held } = progress.identities;
  const { tried, offered } = progress;

  const ofAgent = (key: AgentKey): Candidate => ({
    id: key.publicBlob.toString('base64'),
    async *attempts(before) {
      const name = `agent key ${fingerprintSha256(key.publicBlob)}`;
      tried.push(name);
      log(`offering ${name}`);
      const reply = yield { type: 'agent', username, agent: key.agent };
      // ssh2 does not pass on whether the server took an agent's signature. Where it did and wants just another key, the
      // list is the same as before, and so is what to do.
      return { ...reply, partial: key.signed() && reply.methods.join() !== before.methods.join() };
    },
  });
  const ofFile = (file: KeyFile): Candidate => ({
    id: file.publicBlob?.toString('base64') ?? file.file,
    attempts: (reply) => (file.key === null ? locked(deps, tried, file, reply) : plain(deps, tried, file, file.key)),
  });

  const isHeld = (file: KeyFile): boolean => held.some((key) => file.publicBlob?.equals(key.publicBlob) === true);
  const isConfigured = (key: AgentKey): boolean =>
    files.some((file) => file.publicBlob?.equals(key.publicBlob) === true);
  const others = target.identitiesOnly ? [] : held.filter((key) => !isConfigured(key)).map(ofAgent);
  const encrypted = files.filter((file) => file.locked && !isHeld(file)).map(ofFile);
  const candidates = [
    ...held.filter(isConfigured).map(ofAgent),
    ...files.filter((file) => file.key !== null && !isHeld(file)).map(ofFile),
    ...(others.length > fewKeys ? [...encrypted, ...others] : [...others, ...encrypted]),
  ];

  let reply = first;
  for (const { id, attempts } of candidates) {
    if (!isOpen(reply, 'publickey')) return reply;
    if (offered.has(id)) continue;
    offered.add(id);
    reply = yield* attempts(reply);
  }
  return reply;
}

async function* plain(
  { target, log }: AuthDeps,
  tried: string[],
  { file }: KeyFile,
  key: NonNullable<KeyFile['key']>,
): Attempts {
  tried.push(file);
  log(`offering ${file}`);
  return yield { type: 'publickey', username: target.user, key };
}

async function* locked(deps: AuthDeps, tried: string[], file: KeyFile, first: Reply): Attempts {
  const username = deps.target.user;
  let reply = first;
  tried.push(file.file);
  if (file.publicBlob !== null) {
    const probe = keyProbe(deps.ssh2, file.publicBlob);
    deps.log(`asking whether ${file.file} would do`);
    reply = yield { type: 'agent', username, agent: probe.agent };
    if (!probe.accepted()) return reply;
  }
  const key = await unlock(deps, file);
  if (key !== null) return yield { type: 'publickey', username, key };
  tried.push(`${file.file} was not unlocked`);
  return reply;
}

async function unlock(deps: AuthDeps, file: KeyFile): Promise<KeyFile['key']> {
  for (let attempt = 1; attempt <= deps.target.passwordPrompts; attempt += 1) {
    const passphrase = await deps.secret({
      kind: 'passphrase',
      ...loginOf(deps),
      keyFile: file.file,
      echo: false,
      attempt,
    });
    if (passphrase === '') return null;
    const key = file.unlock(passphrase);
    if (key !== null) return key;
    deps.log(`wrong passphrase for ${file.file}`);
  }
  return null;
}

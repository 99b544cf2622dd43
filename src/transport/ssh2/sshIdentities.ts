import { access } from 'node:fs/promises';
import { type AgentIdentity, agentIdentities } from './agentIdentities.ts';
import { type KeyFile, readKeyFile, type UnusableKeyFile } from './keyFile.ts';
import { type AgentKey, agentKey } from './sshAgent.ts';
import type { AuthDeps } from './sshAttempts.ts';
import type { UnusableIdentities } from './sshFailure.ts';

/** What the user can show to a host. */
export interface Identities {
  readonly files: readonly KeyFile[];
  readonly held: readonly AgentKey[];
  readonly unusable: UnusableIdentities;
}

/** Reads the identity files and asks the agent; says in the log what cannot be used, and never rejects over it. */
export async function readIdentities(deps: AuthDeps): Promise<Identities> {
  const { ssh2, target, log, waitForUser } = deps;
  const read = await Promise.all(target.identityFiles.map((file) => readKeyFile(ssh2, file)));
  const files: KeyFile[] = [];
  const lost: UnusableKeyFile[] = [];
  for (const one of read) {
    if ('unusable' in one) {
      lost.push(one);
      log(`key ${one.file} ${one.reason}`);
    } else files.push(one);
  }
  const socket = target.identityAgent;
  const held: AgentKey[] = [];
  const foreign: AgentIdentity[] = [];
  for (const identity of socket === null ? [] : await inAgent(socket, log)) {
    const key = socket === null ? null : agentKey(ssh2, socket, identity.blob, waitForUser);
    if (key !== null && !/^sk-|-cert-v\d/.test(identity.type)) held.push(key);
    else foreign.push(identity);
  }
  const beside = target.identityFiles.map((file) => `${file.replace(/\.pub$/, '')}-cert.pub`);
  const certificates = await Promise.all([...new Set([...target.certificateFiles, ...beside])].map(existing));
  return {
    files,
    held,
    unusable: {
      certificateFiles: certificates.filter((file) => file !== null),
      keyFiles: lost.filter(({ unusable }) => unusable !== 'absent'),
      // Of those that IdentitiesOnly lets through, the file says it already.
      inAgent: target.identitiesOnly ? [] : foreign,
    },
  };
}

async function inAgent(socket: string, log: AuthDeps['log']): Promise<AgentIdentity[]> {
  try {
    return await agentIdentities(socket);
  } catch (error) {
    log(`the agent at ${socket} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

async function existing(file: string): Promise<string | null> {
  return access(file).then(
    () => file,
    () => null,
  );
}

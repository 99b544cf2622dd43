import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { until } from './sshCase.ts';

/** A real ssh-agent. */
export interface SshAgent {
  readonly socket: string;
  /** Adds key files without a passphrase, and the certificates beside them. */
  add(files: readonly string[]): void;
  stop(): void;
}

/** Starts one at `socket`, with these keys in this order. */
export async function startAgent(socket: string, files: readonly string[]): Promise<SshAgent> {
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  await until(() => existsSync(socket), 'the agent listens');
  const agent: SshAgent = {
    socket,
    add(more) {
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      for (const file of more) execFileSync('ssh-add', ['-q', file], { env, stdio: 'ignore' });
    },
    stop() {
      child.kill();
    },
  };
  agent.add(files);
  return agent;
}

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { afterAll } from 'vitest';
import { until } from './sshCase.ts';

/** A real ssh-agent. */
export interface SshAgent {
  readonly socket: string;
  /** Adds key files without a passphrase, and the certificates beside them; options as of ssh-add(1). */
  add(files: readonly string[], options?: readonly string[]): void;
  stop(): void;
}

const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill();
});

/** Starts one at `socket`, with these keys in this order; it is gone after the test file at the latest. */
export async function startAgent(socket: string, files: readonly string[]): Promise<SshAgent> {
  // It asks nobody: what would have to be confirmed is refused.
  const quiet = { ...process.env, SSH_ASKPASS: '/bin/false', SSH_ASKPASS_REQUIRE: 'force' };
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore', env: quiet });
  running.push(child);
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  // Its socket is there before it listens; ssh-add(1) ends with 2 until it can be asked.
  await until(() => spawnSync('ssh-add', ['-l'], { env }).status !== 2, 'the agent answers');
  const agent: SshAgent = {
    socket,
    add(more, options = []) {
      for (const file of more) execFileSync('ssh-add', ['-q', ...options, file], { env, stdio: 'ignore' });
    },
    stop() {
      child.kill();
    },
  };
  agent.add(files);
  return agent;
}

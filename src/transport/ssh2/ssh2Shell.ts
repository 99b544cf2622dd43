import { printable } from '../../kernel/printable.ts';
import { untilAborted } from '../abort.ts';
import type { HostKeyStore } from '../hostKeys/hostKeyStore.ts';
import type { SshPrompts } from '../prompts/sshPrompts.ts';
import { sharedConnection } from '../sharedConnection.ts';
import type { Transport } from '../shell.ts';
import { describeTarget, type SshTarget } from '../sshTarget.ts';
import { jumpHosts } from './jumpHosts.ts';
import { connectSsh2, type JumpHosts } from './ssh2Connection.ts';
import { ssh2Sessions } from './ssh2Sessions.ts';

export interface Ssh2Options {
  readonly prompts: SshPrompts;
  readonly store: HostKeyStore;
  /** Shared by the hosts behind the same jump hosts; a transport has its own unless given. */
  readonly jumps?: JumpHosts;
  /** Time for connecting and logging in, prompts not counted; 20 s unless given. `ConnectTimeout` outranks it. */
  readonly readyMs?: number;
  /** How long an unused connection is kept; 60 s unless given. */
  readonly idleMs?: number;
  /** Gets one line a step, free of secrets and control characters. */
  readonly log?: (line: string) => void;
}

/** A host by ssh2. Where it leads is asked for each time a connection is made, so that corrected settings count at once. */
export function ssh2Transport(target: (signal: AbortSignal) => Promise<SshTarget>, options: Ssh2Options): Transport {
  const { prompts, idleMs = 60_000, jumps = jumpHosts(connectSsh2, idleMs) } = options;
  // Much of what is logged is what the server said.
  const log = (line: string): void => options.log?.(printable(line, 1000));

  const transport = sharedConnection(
    async (asked, signal, onChange) => {
      const to = await untilAborted(target(signal), signal);
      const { client, close, destroy } = await connectSsh2(to, { ...options, prompts: asked, jumps, log }, signal);
      const name = describeTarget(to);
      let closed = false;
      client.on('error', (error) => log(`connection to ${name}: ${error.message}`));
      client.on('close', () => {
        closed = true;
        log(`connection to ${name} closed`);
        onChange();
      });
      return { name, sessions: ssh2Sessions(client, to, log, onChange), exists: () => !closed, close, destroy };
    },
    { prompts, idleMs, log },
  );
  return {
    ...transport,
    close() {
      transport.close();
      if (options.jumps === undefined) jumps.close();
    },
  };
}

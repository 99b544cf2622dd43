import type { Client } from 'ssh2';

/**
 * Whether the host at the other end of a connection still answers, within `timeMs`: after a sleep, or a change of network,
 * a connection looks alive that is not. What is sent is a request of RFC 4254 section 7.1 to end a port forwarding that
 * there is not: every server answers it (it refuses), none has to start anything for it.
 */
export function answers(client: Client, timeMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), timeMs);
    const settle = (answered: boolean): void => {
      clearTimeout(timer);
      resolve(answered);
    };
    try {
      client.unforwardIn('localhost', 1, (error) => settle(error?.message !== noAnswer));
    } catch {
      // It is not connected any more.
      settle(false);
    }
  });
}

/** What ssh2 gives those who wait when the connection has ended. */
const noAnswer = 'No response from server';

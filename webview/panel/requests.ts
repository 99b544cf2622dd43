import type { FromPanel } from '../protocol.ts';
import type { RawReply, RawRequest } from '../rawProtocol.ts';

/** Questions to the extension that each get one answer. */
export interface Requests {
  /** Resolves with the answer; never when the extension is gone or the page was hidden meanwhile. */
  readonly ask: (request: RawRequest) => Promise<RawReply>;
  /** An answer has come. */
  readonly settle: (id: number, reply: RawReply) => void;
}

export function createRequests(post: (message: FromPanel) => void): Requests {
  const waiting = new Map<number, (reply: RawReply) => void>();
  let last = 0;
  return {
    ask: (request) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        post({ type: 'raw', id: last, request });
      }),
    settle: (id, reply) => {
      waiting.get(id)?.(reply);
      waiting.delete(id);
    },
  };
}

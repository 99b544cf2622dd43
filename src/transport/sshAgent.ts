import type { BaseAgent, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import type { Ssh2Module } from './ssh2Module.ts';

/** A key that an agent holds. */
export interface AgentKey {
  readonly publicBlob: Buffer;
  /** Offers this key and no other, so that the server does not count the rest as failures. */
  readonly agent: BaseAgent;
}

type Sign = (data: Buffer, options: SigningRequestOptions, done: SignCallback) => void;

/** The keys of the agent at `socket`; rejects when it cannot be asked. Kinds that ssh2 does not know are left out. */
export function agentKeys(
  ssh2: Ssh2Module,
  socket: string,
  /** Wraps each signature: the agent may ask for a touch or a confirmation first. */
  whileSigning: (sign: () => Promise<Buffer>) => Promise<Buffer>,
): Promise<AgentKey[]> {
  const agent = new ssh2.OpenSSHAgent(socket);
  const signWith = (key: ParsedKey): Sign => {
    return (data, options, done) => {
      const signature = whileSigning(
        () =>
          new Promise((resolve, reject) => {
            agent.sign(key, data, options, (error, signed) => {
              if (signed) resolve(signed);
              else reject(error ?? new Error('the agent did not sign'));
            });
          }),
      );
      signature.then((signed) => done(null, signed), done);
    };
  };
  return new Promise((resolve, reject) => {
    agent.getIdentities((error, keys) => {
      if (error) return reject(error);
      const held: AgentKey[] = [];
      for (const answer of keys ?? []) {
        const key = parsedKey(ssh2, answer);
        if (key !== null)
          held.push({ publicBlob: key.getPublicSSH(), agent: singleKeyAgent(ssh2, key, signWith(key)) });
      }
      resolve(held);
    });
  });
}

/** The message of the error with which a probe declines to sign; ssh2 reports it, and it means nothing. */
export const probeOnly = 'not signed: only asked whether the key would do';

/** Asks the server whether it would take a key, without signing anything; `accepted` then tells. */
export function keyProbe(ssh2: Ssh2Module, publicBlob: Buffer): { readonly agent: BaseAgent; accepted(): boolean } {
  let accepted = false;
  const agent = singleKeyAgent(ssh2, publicBlob, (_data, _options, done) => {
    accepted = true;
    done(new Error(probeOnly));
  });
  return { agent, accepted: () => accepted };
}

function singleKeyAgent(ssh2: Ssh2Module, key: ParsedKey | Buffer, sign: Sign): BaseAgent {
  return new (class extends ssh2.BaseAgent {
    override getIdentities(done: (error: null, keys: (ParsedKey | Buffer)[]) => void): void {
      done(null, [key]);
    }
    override sign(
      _key: unknown,
      data: Buffer,
      options: SigningRequestOptions | SignCallback,
      done?: SignCallback,
    ): void {
      if (typeof options === 'function') sign(data, {}, options);
      else if (done !== undefined) sign(data, options, done);
    }
  })();
}

function parsedKey(ssh2: Ssh2Module, answer: unknown): ParsedKey | null {
  if (typeof answer !== 'object' || answer === null || !('getPublicSSH' in answer)) return null;
  const key = ssh2.utils.parseKey(answer as ParsedKey);
  return key instanceof Error ? null : key;
}

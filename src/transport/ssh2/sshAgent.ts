import type { BaseAgent, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import type { Ssh2Module } from './ssh2Module.ts';

/** A key that an agent holds. */
export interface AgentKey {
  readonly publicBlob: Buffer;
  /** Offers this key and no other, so that the server does not count the rest as failures. */
  readonly agent: BaseAgent;
  /** Whether the agent has signed with it: the server knew the key then. */
  signed(): boolean;
}

type Sign = (data: Buffer, options: SigningRequestOptions, done: SignCallback) => void;

/** A key of the agent at `socket`, by its public half; null when ssh2 does not know its kind. */
export function agentKey(
  ssh2: Ssh2Module,
  socket: string,
  publicBlob: Buffer,
  /** Wraps each signature: the agent may ask for a touch or a confirmation first. */
  whileSigning: (sign: () => Promise<Buffer>) => Promise<Buffer>,
): AgentKey | null {
  const key = ssh2.utils.parseKey(publicBlob);
  if (key instanceof Error) return null;
  const agent = new ssh2.OpenSSHAgent(socket);
  let hasSigned = false;
  const sign: Sign = (data, options, done) => {
    const signature = whileSigning(
      () =>
        new Promise((resolve, reject) => {
          agent.sign(key, data, options, (error, signed) => {
            if (signed) resolve(signed);
            else reject(error ?? new Error('it gave no reason'));
          });
        }),
    );
    signature.then((signed) => {
      hasSigned = true;
      done(null, signed);
    }, done);
  };
  return { publicBlob, agent: singleKeyAgent(ssh2, key, sign), signed: () => hasSigned };
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

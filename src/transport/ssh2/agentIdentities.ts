import { connect } from 'node:net';
import { keyType } from '../hostKeys/knownHostsLine.ts';

/** A key or certificate that an agent holds. */
export interface AgentIdentity {
  /** `ssh-ed25519`, `ssh-ed25519-cert-v01@openssh.com`, `sk-ssh-ed25519@openssh.com` and so on. */
  readonly type: string;
  /** The public half in wire form. */
  readonly blob: Buffer;
  readonly comment: string;
}

const request = Buffer.from([0, 0, 0, 1, 11]);
const identitiesAnswer = 12;
/** The longest message of OpenSSH's agent. */
const maxAnswer = 256 * 1024;
/** A smart card behind the agent may take a second or two to answer. */
const usualAnswerMs = 5000;

/**
 * Everything the agent at `socket` holds, what ssh2 cannot use as well. Rejects when the agent cannot be asked.
 * Source: draft-ietf-sshm-ssh-agent (SSH_AGENTC_REQUEST_IDENTITIES).
 */
export function agentIdentities(socket: string, answerMs = usualAnswerMs): Promise<AgentIdentity[]> {
  return new Promise((resolve, reject) => {
    const stream = connect(socket);
    let answer = Buffer.alloc(0);
    const done = (settle: () => void): void => {
      stream.destroy();
      settle();
    };
    const fail = (why: string) => (): void => done(() => reject(new Error(why)));
    stream
      .setTimeout(answerMs, fail('it did not answer'))
      .on('connect', () => stream.write(request))
      .on('error', (error) => done(() => reject(error)))
      .on('end', fail('it hung up'))
      .on('data', (part) => {
        answer = Buffer.concat([answer, part]);
        if (answer.length < 4) return;
        const length = answer.readUInt32BE(0);
        if (length > maxAnswer) return fail('its answer is too long')();
        if (answer.length < 4 + length) return;
        const identities = parseAnswer(answer.subarray(4, 4 + length));
        if (identities === null) fail('its answer cannot be understood')();
        else done(() => resolve(identities));
      });
  });
}

/** Null when it is no list of identities. */
function parseAnswer(answer: Buffer): AgentIdentity[] | null {
  if (answer[0] !== identitiesAnswer) return null;
  let at = 5;
  const next = (): Buffer => {
    const start = at + 4;
    at = start + answer.readUInt32BE(at);
    if (at > answer.length) throw new RangeError('cut short');
    return answer.subarray(start, at);
  };
  const identities: AgentIdentity[] = [];
  try {
    const count = answer.readUInt32BE(1);
    while (identities.length < count) {
      const blob = next();
      identities.push({ type: keyType(blob) ?? 'unknown', blob, comment: next().toString() });
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  return identities;
}

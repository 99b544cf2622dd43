import { connect } from 'node:net';

/** Names of the environment variables that lead from the program that ssh starts to the server that answers it. */
export const askpassVariables = {
  node: 'PACKET_PATH_ASKPASS_NODE',
  script: 'PACKET_PATH_ASKPASS_SCRIPT',
  socket: 'PACKET_PATH_ASKPASS_SOCKET',
  token: 'PACKET_PATH_ASKPASS_TOKEN',
} as const;

/** One question, as it goes over the socket: one line of JSON. */
export interface AskpassRequest {
  readonly token: string;
  readonly prompt: string;
  /** `SSH_ASKPASS_PROMPT`; empty when it is not set. */
  readonly hint: string;
  /** The ssh that asks. */
  readonly pid: number;
}

/**
 * What `SSH_ASKPASS` does: hands the prompt to the server and resolves to the line to be printed, or to null when there is
 * no answer. Rejects when there is no server.
 */
export function askpass(prompt: string, variables: NodeJS.ProcessEnv): Promise<string | null> {
  const request: AskpassRequest = {
    token: variables[askpassVariables.token] ?? '',
    prompt,
    hint: variables['SSH_ASKPASS_PROMPT'] ?? '',
    pid: process.ppid,
  };
  return new Promise((resolve, reject) => {
    const socket = connect(variables[askpassVariables.socket] ?? '');
    let reply = '';
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (text: string) => {
      reply += text;
    });
    socket.on('error', reject);
    socket.on('end', () => {
      const answer: unknown = reply === '' ? null : JSON.parse(reply);
      resolve(typeof answer === 'string' ? answer : null);
    });
  });
}

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type AskpassRequest, askpassVariables } from './askpassClient.ts';

/** How the program is started that ssh asks: a Node (or an Electron) and the bundle of `src/askpass.ts`. */
export interface AskpassProgram {
  readonly node: string;
  readonly script: string;
}

/** A question of ssh's. */
export interface AskpassQuestion {
  readonly prompt: string;
  readonly hint: string;
  /** Process id of the ssh that asks: the one that was started, or that of a jump host. */
  readonly pid: number;
}

/** Resolves to what is to be answered, null when nothing is; `gone` is aborted when ssh no longer waits. Must not reject. */
export type AskpassAnswer = (question: AskpassQuestion, gone: AbortSignal) => Promise<string | null>;

export interface AskpassServer {
  /** What makes an ssh ask here. */
  readonly variables: Readonly<Record<string, string>>;
  close(): void;
}

const longestRequest = 65_536;

/** Electron is told to be Node, as VS Code's own git extension does; the shell is gone by then, so ssh's signals arrive. */
const program = `#!/bin/sh
ELECTRON_RUN_AS_NODE=1 exec "$${askpassVariables.node}" "$${askpassVariables.script}" "$@"
`;

/** Answers in `directory`, which only this user may enter. */
export async function askpassServer(
  directory: string,
  { node, script }: AskpassProgram,
  answer: AskpassAnswer,
): Promise<AskpassServer> {
  const token = randomBytes(24).toString('base64url');
  const file = join(directory, 'askpass');
  const socketFile = join(directory, 'a');
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    const gone = new AbortController();
    socket.on('close', () => {
      connections.delete(socket);
      gone.abort(new DOMException('ssh no longer asks', 'AbortError'));
    });
    // It may be ended by ssh at any time; `close` follows.
    socket.on('error', () => {});
    readRequest(socket, token, (request) => {
      void answer(request, gone.signal).then((text) => socket.end(text === null ? '' : JSON.stringify(text)));
    });
  });
  await writeFile(file, program, { mode: 0o700 });
  server.listen(socketFile);
  await once(server, 'listening');
  return {
    variables: {
      SSH_ASKPASS: file,
      SSH_ASKPASS_REQUIRE: 'force',
      // Before OpenSSH 8.4 nothing else makes it ask.
      DISPLAY: process.env['DISPLAY'] ?? ':0',
      [askpassVariables.node]: node,
      [askpassVariables.script]: script,
      [askpassVariables.socket]: socketFile,
      [askpassVariables.token]: token,
    },
    close() {
      server.close();
      for (const socket of connections) socket.destroy();
    },
  };
}

/** Calls back once, for a line that has the token; whoever sends anything else is hung up on. */
function readRequest(socket: Socket, token: string, onRequest: (request: AskpassRequest) => void): void {
  let text = '';
  socket.setEncoding('utf8');
  const onData = (part: string): void => {
    text += part;
    const end = text.indexOf('\n');
    if (end < 0 && text.length <= longestRequest) return;
    socket.off('data', onData);
    // On, so that the end is noticed.
    socket.resume();
    const request = end < 0 ? null : parseRequest(text.slice(0, end));
    if (request !== null && sameText(request.token, token)) onRequest(request);
    else socket.destroy();
  };
  socket.on('data', onData);
}

function parseRequest(line: string): AskpassRequest | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Not one of ours.
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { token, prompt, hint, pid } = value as Readonly<Record<keyof AskpassRequest, unknown>>;
  if (typeof token !== 'string' || typeof prompt !== 'string' || typeof hint !== 'string' || typeof pid !== 'number')
    return null;
  return { token, prompt, hint, pid };
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { agentIdentities } from '../../../src/transport/ssh2/agentIdentities.ts';

let dir: string;
let server: Server;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-agent-'));
});
afterEach(() => server.close());
afterAll(() => rmSync(dir, { recursive: true }));

/** An agent that answers with these parts, one after the other; null hangs up. */
async function agent(...parts: readonly (Buffer | null)[]): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', async (request) => {
      expect(request).toEqual(Buffer.from([0, 0, 0, 1, 11]));
      for (const part of parts) {
        if (part === null) socket.end();
        else socket.write(part);
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
  });
  const path = join(dir, 'socket');
  server.listen(path);
  await once(server, 'listening');
  return path;
}

function string(value: string | Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(value)]);
}

const key = Buffer.concat([string('ssh-ed25519'), string('0123456789')]);
const certificate = Buffer.concat([string('ssh-rsa-cert-v01@openssh.com'), string('abc')]);
const body = Buffer.concat([
  Buffer.from([12, 0, 0, 0, 2]),
  string(key),
  string('me@here'),
  string(certificate),
  string(''),
]);

it('lists what the agent holds, in however many pieces it comes', async () => {
  const answer = string(body);
  const expected = [
    { type: 'ssh-ed25519', blob: key, comment: 'me@here' },
    { type: 'ssh-rsa-cert-v01@openssh.com', blob: certificate, comment: '' },
  ];
  expect(await agentIdentities(await agent(answer))).toEqual(expected);
  server.close();
  expect(await agentIdentities(await agent(...[...answer].map((byte) => Buffer.from([byte]))))).toEqual(expected);
});

const broken: readonly [string, (Buffer | null)[], string][] = [
  ['a refusal', [string(Buffer.from([5]))], 'cannot be understood'],
  ['a list cut short', [string(body.subarray(0, -8))], 'cannot be understood'],
  ['more than any agent says', [Buffer.from([1, 0, 0, 0])], 'too long'],
  ['a hang-up', [null], 'hung up'],
  ['a hang-up in the middle', [string(body).subarray(0, 20), null], 'hung up'],
  ['silence', [], 'did not answer'],
];
it.each(broken)('%s is told', async (_name, parts, message) => {
  await expect(agentIdentities(await agent(...parts), parts.length === 0 ? 100 : 10_000)).rejects.toThrow(message);
});

it('an agent that is not there is told', async () => {
  await expect(agentIdentities(join(dir, 'nobody'))).rejects.toThrow('ENOENT');
});

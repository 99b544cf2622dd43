import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeBundle } from '../../../scripts/nodeBundle.mts';
import {
  type AskpassQuestion,
  type AskpassServer,
  askpassServer,
} from '../../../src/transport/systemSsh/askpassServer.ts';

const dir = mkdtempSync(join(tmpdir(), 'packet-path-askpass-'));
const script = join(dir, 'askpass.js');
const questions: AskpassQuestion[] = [];
let server: AskpassServer;
let goneQuestions = 0;
beforeAll(async () => {
  buildSync({ ...nodeBundle, entryPoints: ['src/askpass.ts'], outfile: script, logLevel: 'error' });
  server = await askpassServer(dir, { node: process.execPath, script }, async (question, gone) => {
    questions.push(question);
    if (question.hint !== 'none') return question.prompt === 'no answer' ? null : `“${question.prompt}”`;
    await once(gone, 'abort');
    goneQuestions += 1;
    return null;
  });
});
afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true });
});

function ask(prompt: string, more: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env['PATH'], ...server.variables, ...more };
  return promisify(execFile)(server.variables['SSH_ASKPASS'] ?? '', [prompt], { env });
}

describe('the program that ssh asks', () => {
  it('prints the answer, of whatever characters', async () => {
    expect((await ask("two\nlines of 'quoted' $text ")).stdout).toBe("“two\nlines of 'quoted' $text ”\n");
    expect(questions.at(-1)).toEqual({
      token: expect.any(String),
      prompt: "two\nlines of 'quoted' $text ",
      hint: '',
      // Nothing stands between it and who started it.
      pid: process.pid,
    });
  });

  it('fails when there is no answer, or nobody to ask', async () => {
    await expect(ask('no answer')).rejects.toMatchObject({ code: 1, stdout: '' });
    await expect(ask('hello', { PACKET_PATH_ASKPASS_SOCKET: join(dir, 'nobody') })).rejects.toMatchObject({ code: 1 });
  });

  it('is taken back when ssh ends it', async () => {
    const env = { PATH: process.env['PATH'], ...server.variables, SSH_ASKPASS_PROMPT: 'none' };
    const asked = questions.length;
    const child = execFile(server.variables['SSH_ASKPASS'] ?? '', ['Touch it'], { env });
    while (questions.length === asked) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill();
    await once(child, 'exit');
    while (goneQuestions === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(questions.at(-1)).toMatchObject({ prompt: 'Touch it', hint: 'none' });
  });
});

describe('the server', () => {
  const request = { token: 'guessed', prompt: 'hello', hint: '', pid: 1 };
  it.each([
    ['another token', `${JSON.stringify(request)}\n`],
    ['something else', 'GET / HTTP/1.1\n'],
    ['half of a request', `${JSON.stringify({ token: 'guessed' })}\n`],
    ['a line without end', 'x'.repeat(100_000)],
  ])('hangs up on %s', async (_what, sent) => {
    const asked = questions.length;
    const socket = connect(server.variables['PACKET_PATH_ASKPASS_SOCKET'] ?? '');
    // It may be hung up on while it still sends.
    socket.on('error', () => {});
    socket.write(sent);
    expect(await text(socket).catch(() => '')).toBe('');
    expect(questions).toHaveLength(asked);
  });
});

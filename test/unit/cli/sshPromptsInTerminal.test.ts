import { PassThrough } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { sshPromptsInTerminal } from '../../../src/cli/sshPromptsInTerminal.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('a secret is asked for only when the terminal no longer shows what is typed', async () => {
  const happened: string[] = [];
  const terminal = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => happened.push(raw ? 'echo off' : 'echo on'),
  });
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(terminal as unknown as typeof process.stdin);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    happened.push(String(text));
    // Somebody, or a program, that answers at once.
    if (String(text).includes('Password')) setImmediate(() => terminal.write('secret\r'));
    return true;
  });
  const answer = await sshPromptsInTerminal.secret(
    { kind: 'password', alias: 'web', user: 'me', host: 'web', port: 22, onTheWayTo: null, echo: false, attempt: 1 },
    new AbortController().signal,
  );
  expect(answer).toBe('secret');
  expect(happened).toEqual(['echo off', 'Password for me@web: ', 'echo on', '\n']);
});

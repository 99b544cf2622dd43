import { PassThrough } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { quietPrompts } from '../../../src/transport/prompts/quietPrompts.ts';
import { sharedConnection } from '../../../src/transport/sharedConnection.ts';
import type { Shell } from '../../../src/transport/shell.ts';

afterEach(() => vi.useRealTimers());

const shell: Shell = {
  stdin: new PassThrough(),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  ended: Promise.resolve({ kind: 'exit', code: 0 }),
  end: () => {},
};

it('that is closed before it was idle long enough leaves no timer that would close it again', async () => {
  vi.useFakeTimers();
  const closed = vi.fn();
  const lines: string[] = [];
  const transport = sharedConnection(
    async (_prompts, _signal, onChange) => ({
      name: 'a@b',
      sessions: {
        count: () => 0,
        async open() {
          queueMicrotask(onChange);
          return shell;
        },
        end: () => {},
      },
      exists: () => true,
      close: closed,
      destroy: () => {},
    }),
    { prompts: quietPrompts, idleMs: 60_000, log: (line) => lines.push(line) },
  );
  await transport.startShell([], new AbortController().signal);
  await Promise.resolve();
  expect(vi.getTimerCount()).toBe(1);
  transport.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(closed).toHaveBeenCalledTimes(1);
  expect(lines).toEqual(['closing the connection to a@b: asked to']);
});

it('is unused only while no shell runs, however long before one it was made', async () => {
  vi.useFakeTimers();
  const closed = vi.fn();
  const ended = vi.fn();
  let running = 0;
  let onChange = (): void => {};
  const transport = sharedConnection(
    async (_prompts, _signal, changed) => {
      onChange = changed;
      return {
        name: 'a@b',
        sessions: {
          count: () => running,
          async open() {
            running += 1;
            return shell;
          },
          end: ended,
        },
        exists: () => true,
        close: closed,
        destroy: () => {},
      };
    },
    { prompts: quietPrompts, idleMs: 60_000, log: () => {} },
  );
  for (const _round of ['first', 'later']) {
    await transport.startShell([], new AbortController().signal);
    await vi.advanceTimersByTimeAsync(90_000);
    expect([ended, closed].map((call) => call.mock.calls.length)).toEqual([0, 0]);
    running -= 1;
    onChange();
    await vi.advanceTimersByTimeAsync(30_000);
  }
  await vi.advanceTimersByTimeAsync(30_001);
  expect(closed).toHaveBeenCalledTimes(1);
});

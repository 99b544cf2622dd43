import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readyMark } from '../../../src/transport/readyMark.ts';

const never = new AbortController().signal;

function markAndStream() {
  const mark = readyMark();
  return { mark, line: mark.command.slice('echo '.length), stdout: new PassThrough() };
}

it('leaves what follows the line, and tells what came before', async () => {
  const { mark, line, stdout } = markAndStream();
  const passed = mark.passed(stdout, never);
  stdout.write(`Welcome!\nhost$ ${line}\nfirst`);
  expect(await passed).toEqual({ outcome: 'ready', before: 'Welcome!\nhost$ ' });
  stdout.end(' and second');
  expect(await text(stdout)).toBe('first and second');
});

it('finds the line however it is cut', async () => {
  const { mark, line, stdout } = markAndStream();
  const passed = mark.passed(stdout, never);
  for (const character of `x${line}\nrest`) {
    stdout.write(character);
    await turn();
  }
  expect(await passed).toEqual({ outcome: 'ready', before: 'x' });
  stdout.end();
  expect(await text(stdout)).toBe('rest');
});

it('does not take the echo of the command for the line', async () => {
  const { mark, line, stdout } = markAndStream();
  const passed = mark.passed(stdout, never);
  const echo = `${mark.command}; exec sh\r\n`;
  stdout.end(`${echo}${line}\r\nrest`);
  expect(await passed).toEqual({ outcome: 'ready', before: echo });
  expect(await text(stdout)).toBe('rest');
});

it('stops at the end, at too much, and when nobody waits any more', async () => {
  const { mark, stdout } = markAndStream();
  stdout.end('no such thing\n');
  expect(await mark.passed(stdout, never)).toEqual({ outcome: 'ended', before: 'no such thing\n' });

  const endless = new PassThrough({ highWaterMark: 1 << 20 });
  endless.write('x'.repeat(300_000));
  expect((await mark.passed(endless, never)).outcome).toBe('too-much');

  const silent = new PassThrough();
  expect((await mark.passed(silent, AbortSignal.timeout(10))).outcome).toBe('aborted');
  expect((await mark.passed(silent, AbortSignal.abort())).outcome).toBe('aborted');
});

import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { lastLines, lastWords } from '../../../src/transport/lastWords.ts';

it('keeps the last lines, as many as fit', () => {
  expect(lastLines('one\n\ntwo\r\nthree\n \nfour\n')).toBe('two / three / four');
  expect(lastLines(`${'x'.repeat(290)}\nThe connection was refused\n`)).toBe('The connection was refused');
  expect(lastLines('y'.repeat(5000))).toBe(`${'y'.repeat(300)}...`);
  expect(lastLines('\u001b[31mred\u001b[0m\n')).toBe('[31mred [0m');
  expect(lastLines('\n \n')).toBe('');
});

it('listens to however much, and leaves what comes after it has stopped', async () => {
  const stream = new PassThrough();
  const words = lastWords(stream);
  for (let round = 0; round < 50; round += 1) {
    stream.write(`${'noise\n'.repeat(1000)}`);
    await turn();
  }
  stream.write('the end\n');
  await turn();
  expect(words.text()).toBe('noise / noise / the end');
  words.stop();
  stream.end('later');
  expect(await text(stream)).toBe('later');
});

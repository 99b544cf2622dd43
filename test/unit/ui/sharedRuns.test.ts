import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { hostNamed } from '../../../src/hosts/host.ts';
import { TransportError } from '../../../src/transport/shell.ts';
import { SharedRuns } from '../../../src/ui/sharedRuns.ts';

const host = hostNamed('web-1');
const never = new AbortController().signal;
const nobody = (): void => {};

it('is begun once for all who ask, who hear the same', async () => {
  let runs = 0;
  const shared = new SharedRuns(async (_host, _quiet, _signal, report) => {
    runs += 1;
    report('at work');
    await sleep(5);
    return runs;
  }, nobody);
  const heard: string[] = [];
  const first = shared.join(host, false, never, (message) => heard.push(message));
  await sleep(1);
  const second = shared.join(host, true, never, (message) => heard.push(`second: ${message}`));
  expect(await Promise.all([first, second])).toEqual([1, 1]);
  expect(heard).toEqual(['Connecting...', 'at work', 'second: at work']);
  expect(await shared.join(host, false, never, nobody)).toBe(2);
});

it('is given up with the last of them, which is told at once however long it takes to end', async () => {
  const givenUp: string[] = [];
  let ended = 0;
  const shared = new SharedRuns(
    async (_host, _quiet, signal) => {
      while (!signal.aborted) await sleep(1);
      await sleep(20);
      ended += 1;
    },
    ({ id }) => givenUp.push(id),
  );
  const [one, two] = [new AbortController(), new AbortController()];
  const first = shared.join(host, false, one.signal, nobody);
  const second = shared.join(host, false, two.signal, nobody);
  one.abort(new Error('one'));
  await expect(first).rejects.toThrow('one');
  expect(givenUp).toEqual([]);
  two.abort(new Error('two'));
  await expect(second).rejects.toThrow('two');
  expect({ givenUp, ended }).toEqual({ givenUp: ['web-1'], ended: 0 });
  await sleep(40);
  expect({ givenUp, ended }).toEqual({ givenUp: ['web-1'], ended: 1 });
});

it('that asked nobody is begun again for one who may be asked, and for no other', async () => {
  const quietly: boolean[] = [];
  const shared = new SharedRuns(async (_host, quiet) => {
    quietly.push(quiet);
    await sleep(5);
    if (quiet) throw new TransportError('needs-attention', 'a password is wanted', '');
    return 'done';
  }, nobody);
  const quiet = shared.join(host, true, never, nobody);
  const asked = shared.join(host, false, never, nobody);
  await expect(quiet).rejects.toThrow('a password is wanted');
  expect(await asked).toBe('done');
  expect(quietly).toEqual([true, false]);
});

import { expect, it } from 'vitest';
import { chosenHost } from '../../../src/cli/chosenHost.ts';
import { UsageError } from '../../../src/cli/exit.ts';

const nothing = { operand: undefined, command: [], client: undefined, netns: undefined };

it('is this machine, an SSH host or a program that gives a shell', () => {
  expect(chosenHost({ ...nothing, operand: 'local' }, 'HOST')).toMatchObject({
    host: { kind: 'local' },
    surely: false,
  });
  expect(chosenHost({ ...nothing, operand: 'web1' }, 'HOST')).toEqual({
    text: 'web1',
    host: { kind: 'ssh', id: 'web1', label: 'web1', client: 'ssh2' },
    namespace: null,
    surely: false,
  });
  expect(chosenHost({ ...nothing, command: ['docker', 'exec', '-i', 'a b'] }, 'HOST')).toEqual({
    text: 'docker exec -i a b',
    host: {
      kind: 'command',
      id: 'command:docker exec -i a b',
      label: 'docker exec -i a b',
      command: ['docker', 'exec', '-i', 'a b'],
    },
    namespace: null,
    surely: true,
  });
});

it('is surely a host, and no file, when its client or a namespace is named', () => {
  expect(chosenHost({ ...nothing, operand: 'web1', client: 'system' }, 'HOST')).toMatchObject({
    host: { client: 'system' },
    surely: true,
  });
  expect(chosenHost({ ...nothing, operand: 'web1', netns: 'blue' }, 'HOST')).toMatchObject({
    namespace: 'blue',
    surely: true,
  });
});

it.each([
  [{}, 'HOST is missing'],
  [{ operand: 'web1', command: ['docker'] }, 'either web1 or the program after -- is the host'],
  [{ command: ['docker'], client: 'ssh2' }, '--client is about SSH'],
  [{ command: [''] }, 'the program after -- is empty'],
  [{ operand: 'web1', client: 'putty' }, '--client must be ssh2 or system'],
  [{ operand: 'web1', netns: '' }, '--netns needs a name'],
])('is none of %j', (args, message) => {
  const choose = () => chosenHost({ ...nothing, ...args }, 'HOST');
  expect(choose).toThrow(UsageError);
  expect(choose).toThrow(message);
});

import { expect, it } from 'vitest';
import { hostOfEntry } from '../../../src/hosts/hostEntry.ts';

it.each<[unknown, object]>([
  ['web1', { kind: 'ssh', id: 'web1', label: 'web1', client: 'ssh2' }],
  [' user@web1:2222 ', { kind: 'ssh', id: 'user@web1:2222', label: 'user@web1:2222', client: 'ssh2' }],
  [{ host: 'web1' }, { kind: 'ssh', id: 'web1', label: 'web1', client: 'ssh2' }],
  [
    { host: 'web1', client: 'system' },
    { kind: 'ssh', id: 'web1', label: 'web1', client: 'system' },
  ],
  [
    { name: ' web ', command: ['docker', 'exec', '-i', 'web 1', ''] },
    { kind: 'command', id: 'command:web', label: 'web', command: ['docker', 'exec', '-i', 'web 1', ''] },
  ],
])('%j is a host', (entry, host) => {
  expect(hostOfEntry(entry, 'ssh2')).toEqual({ ok: true, host });
});

it('takes the client that is given where the entry names none', () => {
  expect(hostOfEntry('web1', 'system')).toMatchObject({ host: { client: 'system' } });
  expect(hostOfEntry({ host: 'web1' }, 'system')).toMatchObject({ host: { client: 'system' } });
  expect(hostOfEntry({ host: 'web1', client: 'ssh2' }, 'system')).toMatchObject({ host: { client: 'ssh2' } });
});

it.each<[unknown, string]>([
  [7, 'neither a text nor an object'],
  [null, 'neither a text nor an object'],
  [undefined, 'neither a text nor an object'],
  [['web1'], 'has neither "host" nor "command"'],
  [{}, 'has neither "host" nor "command"'],
  [{ host: 7 }, 'has neither "host" nor "command"'],
  ['  ', 'is empty'],
  [{ host: '' }, 'is empty'],
  ['local', 'this machine is in the list anyway'],
  [{ host: 'web1', client: 'putty' }, '"client" is neither "ssh2" nor "system"'],
  [{ host: 'web1', client: null }, '"client" is neither "ssh2" nor "system"'],
  [{ name: 'web', command: 'docker exec -i web' }, '"command" is not a list of texts that begins with a program'],
  [{ name: 'web', command: [] }, '"command" is not a list of texts that begins with a program'],
  [{ name: 'web', command: [''] }, '"command" is not a list of texts that begins with a program'],
  [{ name: 'web', command: ['docker', 7] }, '"command" is not a list of texts that begins with a program'],
  [{ command: ['docker'] }, 'has a "command" but no "name"'],
  [{ name: ' ', command: ['docker'] }, 'has a "command" but no "name"'],
  [{ name: 7, command: ['docker'] }, 'has a "command" but no "name"'],
])('%j is none, and it says why', (entry, problem) => {
  expect(hostOfEntry(entry, 'ssh2')).toEqual({ ok: false, problem });
});

import { describe, expect, it } from 'vitest';
import { readHostEntries, withClient, withEntry, withoutHost } from '../../../src/ui/hostEntries.ts';

const docker = { name: 'web', command: ['docker', 'exec', '-i', 'web'] };

describe('the setting packetPath.hosts', () => {
  it('gives hosts in their order, by the client they name or the common one', () => {
    const { hosts, wrong } = readHostEntries(['web-1', { host: 'web-2', client: 'ssh2' }, docker], 'system', true);
    expect(hosts).toEqual([
      { kind: 'ssh', id: 'web-1', label: 'web-1', client: 'system' },
      { kind: 'ssh', id: 'web-2', label: 'web-2', client: 'ssh2' },
      { kind: 'command', id: 'command:web', label: 'web', command: docker.command },
    ]);
    expect(wrong).toEqual([]);
  });

  it.each([
    [['web-1', 'web-1'], 1, /in the list already/],
    [[7], 0, /neither a text nor an object/],
    [[{ host: 'x', client: 'putty' }], 0, /"client"/],
    [[{ command: ['env'] }], 0, /no "name"/],
    [[{ name: 'x', command: 'env' }], 0, /list of texts/],
    [[''], 0, /empty/],
    [['-oProxyCommand=x'], 0, /is no host/],
    [{ 'web-1': true }, 0, /not a list/],
  ])('says what is wrong with %j', (setting, index, problem) => {
    const { wrong } = readHostEntries(setting, 'ssh2', true);
    expect(wrong).toMatchObject([{ index, problem: expect.stringMatching(problem), needsTrust: false }]);
  });

  it('leaves out what runs a program while the folder is not trusted, and says so', () => {
    const { hosts, wrong } = readHostEntries(['web-1', docker], 'ssh2', false);
    expect(hosts.map(({ id }) => id)).toEqual(['web-1']);
    expect(wrong).toMatchObject([{ index: 1, needsTrust: true }]);
  });

  it('takes one more without touching the others', () => {
    const others = [' web-1 ', 7, { host: 'web-2', client: 'system', note: 'mine' }, docker];
    expect(withEntry(others, 'web-3')).toEqual([...others, 'web-3']);
    expect(withEntry(others, 'web-2')).toEqual(others);
    expect(withEntry(others, { name: 'web', command: ['true'] })).toEqual(others);
    expect(withEntry(undefined, 'web-3')).toEqual(['web-3']);
  });

  it('loses a host without touching the others', () => {
    const others = [7, { host: 'web-2', client: 'system' }, docker];
    expect(withoutHost([...others, 'web-1', ' web-1'], 'web-1')).toEqual(others);
    expect(withoutHost(others, 'web-2')).toEqual([7, docker]);
    expect(withoutHost(others, 'command:web')).toEqual([7, { host: 'web-2', client: 'system' }]);
  });

  it('takes another client for a host, which keeps what else it says', () => {
    const others = [7, docker];
    expect(withClient(['web-1', ...others], 'web-1', 'system')).toEqual([
      { host: 'web-1', client: 'system' },
      ...others,
    ]);
    const own = { host: 'web-1', client: 'system', note: 'mine' };
    expect(withClient([own, ...others], 'web-1', 'ssh2')).toEqual([{ ...own, client: 'ssh2' }, ...others]);
    expect(withClient([{ host: 'web-1', client: 'putty' }], 'web-1', 'system')).toEqual([
      { host: 'web-1', client: 'system' },
    ]);
    expect(withClient(others, 'web-9', 'system')).toEqual([...others, { host: 'web-9', client: 'system' }]);
  });
});

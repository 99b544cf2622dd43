import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSshAliases, sshAliases } from '../../../src/hosts/sshAliases.ts';
import { resolveSshHost } from '../../../src/hosts/sshConfig.ts';
import { type SshEnvironment, withAgent } from '../../../src/hosts/sshEnvironment.ts';
import { parseSshG, sshTarget } from '../../../src/hosts/sshOptions.ts';

const never = new AbortController().signal;
let home: string;
let env: SshEnvironment;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'packet-path-home-'));
  mkdirSync(join(home, '.ssh', 'config.d'), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(home, '.ssh', name), text);
  write(
    'config',
    `# hosts
Include ${home}/.ssh/config.d/*.conf
Host web1 web2 !web3 *.corp
  HostName %h.example
  User deploy
  Port=2201
  IdentityFile ~/.ssh/%n_%r
  IdentityFile "${home}/.ssh/with space"
  IdentitiesOnly yes
  IdentityAgent none
  HostKeyAlias web-cluster
  ConnectTimeout 7
  ServerAliveInterval 30
  StrictHostKeyChecking accept-new
  UserKnownHostsFile ${home}/.ssh/known_a ${home}/.ssh/known_b
  GlobalKnownHostsFile none
Host private
  ProxyJump jump.example
Host tunnel
  ProxyCommand nc %h %p
Host direct
  ProxyJump none
  IdentityAgent $OTHER_AGENT
  StrictHostKeyChecking yes
Host *
  User everyone
`,
  );
  write('config.d/a.conf', 'Host included "quoted name"\n  HostName 10.0.0.9\n  Include config.d/deeper\n');
  write('config.d/deeper', 'host deeper\n  Port 9\n');
  write('config.d/.hidden.conf', 'Host hidden\n');
  write('loop', `Include ${home}/.ssh/loop\nHost looped\n`);
  const variables = { PATH: process.env['PATH'], HOME: home, SSH_AUTH_SOCK: '/run/agent', OTHER_AGENT: '/run/other' };
  env = {
    home,
    user: 'me',
    hostname: 'laptop.example',
    configFile: join(home, '.ssh', 'config'),
    sshProgram: null,
    variables,
  };
});
afterAll(() => rmSync(home, { recursive: true }));

describe('listSshAliases', () => {
  it('lists concrete names, with what is included', async () => {
    expect(await listSshAliases(env)).toEqual(
      expect.arrayContaining(['included', 'deeper', 'web1', 'web2', 'private', 'tunnel', 'direct']),
    );
    const names = await listSshAliases(env);
    for (const name of ['web3', '!web3', '*.corp', '*', 'hidden', 'quoted name']) expect(names).not.toContain(name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('does not follow an include in a circle for ever', async () => {
    expect(await listSshAliases({ ...env, configFile: join(home, '.ssh', 'loop') })).toEqual(['looped']);
  });

  it('has none where there is no file', async () => {
    expect(await listSshAliases({ ...env, configFile: join(home, 'nothing') })).toEqual([]);
  });

  it('reads the ways to write a Host line', () => {
    expect(sshAliases('HOST=a\n\thost = b c # d\n#Host e\nHostName f\nHost "g" -h')).toEqual(['a', 'b', 'c', 'g']);
  });
});

// What ssh says and what is read without it have to agree.
describe.each(['ssh', null])('resolveSshHost with %s', (sshProgram) => {
  const at = (more: Partial<SshEnvironment> = {}): SshEnvironment => ({ ...env, sshProgram, ...more });

  it('expands everything about an alias', async () => {
    expect(await resolveSshHost('web1', at(), never)).toEqual({
      alias: 'web1',
      host: 'web1.example',
      port: 2201,
      user: 'deploy',
      identityFiles: [`${home}/.ssh/web1_deploy`, `${home}/.ssh/with space`],
      identitiesOnly: true,
      identityAgent: null,
      knownHostsFiles: [`${home}/.ssh/known_a`, `${home}/.ssh/known_b`],
      hostKeyAlias: 'web-cluster',
      strictHostKeyChecking: 'accept-new',
      connectTimeoutMs: 7000,
      serverAliveMs: 30_000,
    });
  });

  it('lets what was typed outrank the file', async () => {
    const target = await resolveSshHost('admin@web2:99', at(), never);
    expect(target).toMatchObject({ alias: 'admin@web2:99', user: 'admin', host: 'web2.example', port: 99 });
    expect(target.identityFiles[0]).toBe(`${home}/.ssh/web2_admin`);
  });

  it('gives an unlisted host the defaults', async () => {
    const configFile = join(home, 'empty');
    writeFileSync(configFile, '');
    const target = await resolveSshHost('me@[2001:db8::5]:2222', at({ configFile }), never);
    expect(target).toMatchObject({
      host: '2001:db8::5',
      port: 2222,
      user: 'me',
      identitiesOnly: false,
      identityAgent: '/run/agent',
      hostKeyAlias: null,
      strictHostKeyChecking: 'ask',
      connectTimeoutMs: null,
      serverAliveMs: null,
    });
    expect(target.identityFiles.some((file) => file.endsWith('/.ssh/id_ed25519'))).toBe(true);
    expect(target.knownHostsFiles).toContain('/etc/ssh/ssh_known_hosts');
  });

  it('follows includes and environment variables', async () => {
    expect(await resolveSshHost('included', at(), never)).toMatchObject({ host: '10.0.0.9', port: 22 });
    expect(await resolveSshHost('direct', at(), never)).toMatchObject({
      identityAgent: '/run/other',
      strictHostKeyChecking: 'yes',
    });
  });

  it('says that a host behind another one is not supported yet', async () => {
    await expect(resolveSshHost('private', at(), never)).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('ProxyJump jump.example'),
    });
    await expect(resolveSshHost('tunnel', at(), never)).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('ProxyCommand nc'),
    });
  });

  it.each(['-oProxyCommand=id', 'a b', ''])('refuses %j', async (text) => {
    await expect(resolveSshHost(text, at(), never)).rejects.toMatchObject({ kind: 'config' });
  });
});

it('tells what ssh finds wrong with the file', async () => {
  const configFile = join(home, 'broken');
  writeFileSync(configFile, 'Host a\n  Port none\n');
  await expect(resolveSshHost('a', { ...env, configFile, sshProgram: 'ssh' }, never)).rejects.toMatchObject({
    kind: 'config',
    message: expect.stringContaining('broken'),
  });
});

it('stops asking ssh when nobody waits for the answer any more', async () => {
  const configFile = join(home, 'hangs');
  writeFileSync(configFile, 'Match exec "sleep 3"\n  User late\n');
  const started = performance.now();
  const asking = resolveSshHost('a', { ...env, configFile, sshProgram: 'ssh' }, AbortSignal.timeout(200));
  await expect(asking).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(performance.now() - started).toBeLessThan(2000);
});

it('knows the agent of Windows', () => {
  expect(withAgent({ A: 'b' }, 'win32')).toEqual({ A: 'b', SSH_AUTH_SOCK: '\\\\.\\pipe\\openssh-ssh-agent' });
  expect(withAgent({ SSH_AUTH_SOCK: 'mine' }, 'win32')).toEqual({ SSH_AUTH_SOCK: 'mine' });
  expect(withAgent({ A: 'b' }, 'linux')).toEqual({ A: 'b' });
});

it('runs nothing that the file says where there is no ssh', async () => {
  const configFile = join(home, 'runs');
  writeFileSync(configFile, `Match exec "touch ${home}/ran"\n  User stranger\nHost *\n  User everyone\n`);
  expect(await resolveSshHost('a', { ...env, configFile }, never)).toMatchObject({ user: 'everyone' });
  expect(existsSync(join(home, 'ran'))).toBe(false);
});

it('does without an ssh program that is not there', async () => {
  expect(await resolveSshHost('web1', { ...env, sshProgram: 'no-such-ssh' }, never)).toMatchObject({
    host: 'web1.example',
  });
});

it('parseSshG keeps repeated keywords in order', () => {
  const options = parseSshG('user root\nidentityfile ~/.ssh/a\nidentityfile ~/.ssh/b c\nbare\nhostname h\n');
  expect(options.get('identityfile')).toEqual(['~/.ssh/a', '~/.ssh/b c']);
  expect(options.get('bare')).toBeUndefined();
});

it('sshTarget refuses a port that is none', () => {
  const options = new Map([['port', ['70000']]]);
  expect(() => sshTarget('a', options, env)).toThrow('not a port');
});

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSshAliases, sshAliases, sshConfigSources } from '../../../src/hosts/sshAliases.ts';
import { resolveSshHost } from '../../../src/hosts/sshConfig.ts';
import { type SshEnvironment, withAgent } from '../../../src/hosts/sshEnvironment.ts';
import { parseSshG, sshTarget } from '../../../src/hosts/sshOptions.ts';
import { describeTarget } from '../../../src/transport/sshTarget.ts';

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
      serverAliveCountMax: 3,
      proxy: null,
      authentications: ['publickey', 'keyboard-interactive', 'password'],
      passwordPrompts: 3,
      certificateFiles: [],
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

  it('finds the jump hosts on the way, and commands', async () => {
    expect(await resolveSshHost('private', at(), never)).toMatchObject({
      host: 'private',
      proxy: { kind: 'jump', host: { alias: 'jump.example', host: 'jump.example', user: 'everyone', proxy: null } },
    });
    expect((await resolveSshHost('tunnel', at(), never)).proxy).toEqual({ kind: 'command', command: 'nc %h %p' });
    expect((await resolveSshHost('direct', at(), never)).proxy).toBeNull();
  });

  const withConfig = (text: string): SshEnvironment => {
    const configFile = join(home, 'case');
    writeFileSync(configFile, text);
    return at({ configFile });
  };

  it('lets the first of several hops go by its own settings, the others through the one before', async () => {
    const env = withConfig(`Host far
  ProxyJump one,admin@two:2222,[::1]:23
Host one
  User first
  Port 2201
  IdentityFile /keys/one
  ProxyJump before
Host two
  IdentityFile /keys/two
  Port 99
  ProxyJump elsewhere
`);
    const hops: string[] = [];
    const keys: (string | undefined)[] = [];
    let { proxy } = await resolveSshHost('far', env, never);
    while (proxy?.kind === 'jump') {
      hops.push(`${proxy.host.alias}: ${describeTarget(proxy.host)}`);
      keys.push(proxy.host.identityFiles[0]);
      proxy = proxy.host.proxy;
    }
    expect(hops).toEqual(
      ['[::1]:23: me@[::1]:23', 'admin@two:2222: admin@two:2222', 'one: first@one:2201', 'before: me@before'].map(
        (hop) => hop.replaceAll('me@', `${at().sshProgram === null ? 'me' : userInfo().username}@`),
      ),
    );
    expect(keys.slice(1, 3)).toEqual(['/keys/two', '/keys/one']);
  });

  it('puts the tokens into ProxyJump', async () => {
    const env = withConfig('Host web\n  HostName web.lan\n  User u\n  ProxyJump %r@%n-jump\n');
    expect(await resolveSshHost('web', env, never)).toMatchObject({
      proxy: { kind: 'jump', host: { user: 'u', host: 'web-jump' } },
    });
  });

  it.each([
    ['itself', 'Host *\n  ProxyJump j\n'],
    ['another', 'Host a\n  ProxyJump j\nHost j\n  ProxyJump a\n'],
  ])('tells a jump host that leads back to %s', async (_name, text) => {
    await expect(resolveSshHost('a', withConfig(text), never)).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringMatching(/circles|loop/),
    });
  });

  it.each(['-oProxyCommand=id', 'a b', ''])('refuses %j', async (text) => {
    await expect(resolveSshHost(text, at(), never)).rejects.toMatchObject({ kind: 'config' });
  });
});

// The name is looked up, so it takes a file of names of our own, which only root may put in the place of /etc/hosts.
it.runIf(process.getuid?.() === 0)('goes by the canonical name, which ssh looks up', async () => {
  const file = (name: string, text: string): string => {
    writeFileSync(join(home, name), text, { mode: 0o755 });
    return join(home, name);
  };
  // ssh looks it up with a dot behind it.
  const hosts = file('hosts', '127.0.0.9 web.lan.test web.lan.test.\n');
  const script = `mount --bind ${hosts} /etc/hosts && exec ssh "$@"`;
  const sshProgram = file('ssh-there', `#!/bin/sh\nexec unshare --mount sh -c '${script}' sh "$@"\n`);
  const configFile = file(
    'canonical',
    `CanonicalizeHostname yes
CanonicalDomains lan.test
Host *.lan.test
  User deploy
  Port 2222
`,
  );
  const target = await resolveSshHost('web', { ...env, configFile, sshProgram }, never);
  expect(target).toMatchObject({ alias: 'web', host: 'web.lan.test', user: 'deploy', port: 2222 });
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

/** Without those that differ by design: hardware keys among the defaults, and whose home directory it is. */
async function bySshAndByUs(text: string, config: string, included: string): Promise<[unknown, unknown]> {
  const configFile = join(home, 'both');
  writeFileSync(configFile, config);
  writeFileSync(join(home, '.ssh', 'both_included'), included);
  const asked = async (sshProgram: string | null): Promise<unknown> => {
    const user = userInfo().username;
    const target = await resolveSshHost(text, { ...env, user, configFile, sshProgram }, never);
    const isDefault = (file: string): boolean =>
      /\/\.ssh\/(id_(rsa|dsa|xmss|ecdsa|ed25519)(_sk)?|known_hosts2?)$/.test(file);
    const { identityFiles, knownHostsFiles, ...rest } = target;
    return {
      ...rest,
      identityFiles: identityFiles.filter((file) => !isDefault(file)),
      knownHostsFiles: knownHostsFiles.filter((file) => !isDefault(file)),
    };
  };
  return [await asked('ssh'), await asked(null)];
}

// What is in both_included counts where its Include does.
it.each([
  ['x', 'Host x\n HostName=1.2.3.4\n Port "22"'],
  ['x', 'hostname 9.9.9.9\nMatch host 9.9.9.9\n user m\n Port 7'],
  ['x', 'Host x\n HostName %h.lan\nMatch host x.lan\n user m'],
  ['x', 'Match originalhost x user me\n Port 5'],
  ['me@x', 'Match originalhost x user me\n Port 5'],
  ['x', 'Match !host y\n Port 5'],
  ['x', 'Match host y,x\n Port 5'],
  ['x', 'Match host *,!x\n Port 5'],
  ['x', 'Match all\n Port 5'],
  ['x', 'Match final all\n Port 5'],
  ['x', 'Host *\n Port 5\nHost x\n Port 6'],
  ['x', 'Host x y # c\n Port 5 # c\n IdentityFile /a # c'],
  ['x', 'Host x\n Include both_included\n User late', 'Port 9\nUser inc'],
  ['y', 'Host x\n Include both_included\n User late', 'Port 9\nUser inc'],
  ['x', 'Host x\n Include both_included\n User late', 'Host y\n Port 9'],
  ['x', 'Match user nobody\n Include both_included\nMatch all\n User late', 'Port 9'],
  ['x', 'IdentityFile /a\nIdentityFile none\nIdentityFile /b\nIdentityFile /a'],
  ['x', 'UserKnownHostsFile none\nGlobalKnownHostsFile /dev/null'],
  ['x', 'UserKnownHostsFile /a "/b c" /d'],
  [
    'x',
    'HostKeyAlias foo\nStrictHostKeyChecking off\nConnectTimeout 1m30s\nServerAliveInterval 2m\nServerAliveCountMax 7',
  ],
  ['x', 'StrictHostKeyChecking ACCEPT-NEW\nIdentitiesOnly YES'],
  ['x', 'ServerAliveInterval 0\nConnectTimeout 0'],
  ['x', 'IdentityAgent /tmp/%r-%h'],
  ['x', 'IdentityAgent $OTHER_AGENT'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how ssh_config has it
  ['x', 'IdentityAgent ${OTHER_AGENT}/x'],
  ['x', 'ProxyJump none\nProxyCommand nc %h %p'],
  ['x', 'ProxyCommand nc %h %p\nProxyJump a'],
  ['x', 'ProxyCommand none\nProxyJump a'],
  ['x', 'ProxyCommand ssh -o "A B" -W %h:%p j'],
  ['x', 'PreferredAuthentications password,publickey\nPasswordAuthentication no\nNumberOfPasswordPrompts 1'],
  ['x', 'ChallengeResponseAuthentication no\nPubkeyAuthentication no'],
  ['X.Example', 'Host x.example\n Port 5'],
  ['x.example', 'Host *.example !x.*\n Port 5'],
  ['xy', 'Host x?y\n Port 5'],
  ['x', 'Host x\r\n  Port 5\r\n'],
])('ssh and we agree about %s in %j', async (text, config, included = '') => {
  const [ssh, ours] = await bySshAndByUs(text, `${config}\n`, `${included}\n`);
  expect(ours).toEqual(ssh);
});

it('says what to watch for edits: included files, those that are not there, and places of patterns', async () => {
  const configFile = join(home, 'watched');
  writeFileSync(configFile, 'Include config.d/*.conf missing\nHost one\n');
  const { aliases, watch } = await sshConfigSources({ ...env, configFile });
  expect(aliases).toEqual(['included', 'deeper', 'one']);
  const ssh = join(home, '.ssh');
  expect(watch).toEqual(
    expect.arrayContaining([
      { directory: home, pattern: 'watched' },
      { directory: join(ssh, 'config.d'), pattern: '*.conf' },
      { directory: join(ssh, 'config.d'), pattern: 'a.conf' },
      { directory: join(ssh, 'config.d'), pattern: 'deeper' },
      { directory: ssh, pattern: 'missing' },
    ]),
  );
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

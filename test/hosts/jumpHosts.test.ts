import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveSshHost } from '../../src/hosts/sshConfig.ts';
import type { SshPrompts } from '../../src/transport/prompts/sshPrompts.ts';
import { TransportError } from '../../src/transport/shell.ts';
import { jumpHosts } from '../../src/transport/ssh2/jumpHosts.ts';
import { connectSsh2 } from '../../src/transport/ssh2/ssh2Connection.ts';
import type { SshTarget } from '../../src/transport/sshTarget.ts';
import { canMakeHosts, type NetnsHost, testNetwork } from './netnsHost.ts';
import { countOf, finish, never, run, sshCase, targetOf, until } from './sshCase.ts';
import { fingerprintOf, makeKey } from './sshd.ts';

const network = testNetwork();
const dir = mkdtempSync(join(tmpdir(), 'packet-path-jumps-'));
let first: NetnsHost;
let second: NetnsHost;
let third: NetnsHost;
let far: NetnsHost;
beforeAll(async () => {
  if (!canMakeHosts) return;
  first = await network.host({ sshd: { port: 2201 } });
  second = await network.host({ behind: first });
  third = await network.host({ behind: second });
  far = await network.host({ behind: third });
});
afterAll(async () => {
  await network.remove();
  rmSync(dir, { recursive: true });
});

/** The last of them, reached through those before it. */
function through(...hosts: readonly NetnsHost[]): SshTarget {
  let target: SshTarget | null = null;
  for (const host of hosts) {
    target = targetOf(host.sshd(), {
      alias: host.namespace,
      proxy: target === null ? null : { kind: 'jump', host: target },
    });
  }
  if (target === null) throw new Error('no host');
  return target;
}

/** What a section of ssh_config says about reaching a host. */
function section(alias: string, host: NetnsHost, ...more: readonly string[]): string {
  const { user, port, identityFile, knownHostsFile } = host.sshd();
  const lines = [
    `HostName ${host.address}`,
    `Port ${port}`,
    `User ${user}`,
    `IdentityFile ${identityFile}`,
    'IdentitiesOnly yes',
    'IdentityAgent none',
    `UserKnownHostsFile ${knownHostsFile}`,
    'GlobalKnownHostsFile none',
    ...more,
  ];
  return `Host ${alias}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

async function resolved(alias: string, config: string, sshProgram: string | null): Promise<SshTarget> {
  const configFile = join(dir, 'config');
  writeFileSync(configFile, config);
  const variables = { PATH: process.env['PATH'], HOME: dir };
  return resolveSshHost(alias, { home: dir, user: 'me', hostname: 'laptop', configFile, sshProgram, variables }, never);
}

function sessions(...hosts: readonly NetnsHost[]): number {
  return hosts.reduce((sum, host) => sum + host.sshd().sessionPids().length, 0);
}

const askNobody: SshPrompts = {
  trustHostKey: () => Promise.reject(new Error('asked')),
  secret: () => Promise.reject(new Error('asked')),
};

describe.skipIf(!canMakeHosts)('ProxyJump (needs root, for network namespaces)', () => {
  describe.each(['ssh', null])('as %s reads the configuration', (sshProgram) => {
    it.each([
      ['one host', (): string => section('target', second, 'ProxyJump one') + section('one', first)],
      [
        'three hosts, the last two by address',
        () =>
          section('target', far, `ProxyJump one,root@${second.address}:22,${third.address}`) +
          section('one', first) +
          section(second.address, second, 'ProxyJump nowhere.invalid') +
          section(third.address, third, 'ProxyJump none'),
      ],
      [
        'three hosts, each by its own section',
        () =>
          section('target', far, 'ProxyJump three') +
          section('three', third, 'ProxyJump two') +
          section('two', second, 'ProxyJump one') +
          section('one', first, 'ProxyJump none'),
      ],
    ])('goes through %s', async (_name, config) => {
      const target = await resolved('target', config(), sshProgram);
      const { transport, questions } = sshCase(target);
      expect((await run(transport, 'ip -o -4 addr show uplink')).stdout).toContain(`${target.host}/30`);
      expect(questions).toEqual([]);
      transport.close();
      await until(() => sessions(first, second, third, far) === 0, 'nothing is left open');
    });
  });

  it('cannot be reached without it', async () => {
    const { transport } = sshCase(through(second), { readyMs: 500 });
    await expect(transport.startShell([], never)).rejects.toThrow(TransportError);
  });

  it('asks about the key of each host on the way, and says where to', async () => {
    const unknown = { knownHostsFiles: [] };
    const target = {
      ...through(first, second),
      ...unknown,
      proxy: { kind: 'jump', host: { ...through(first), ...unknown } },
    } as const;
    const { transport, questions } = sshCase(target);
    await run(transport, 'true');
    expect(questions).toMatchObject([
      { alias: first.namespace, host: first.address, address: first.address, onTheWayTo: second.namespace },
      { alias: second.namespace, host: second.address, address: null, onTheWayTo: null },
    ]);
    expect(first.sshd().hostKeyFingerprints[questions[0]?.keyType ?? '']).toBe(questions[0]?.fingerprint);
    expect(second.sshd().hostKeyFingerprints[questions[1]?.keyType ?? '']).toBe(questions[1]?.fingerprint);
    transport.close();
    await until(() => sessions(first, second) === 0, 'nothing is left open');
  });

  it.each([
    ['the jump host', 0],
    ['the host behind it', 1],
  ])('leaves nothing open when the key of %s is not trusted', async (_name, refused) => {
    const unknown = { knownHostsFiles: [] };
    const target = {
      ...through(first, second),
      ...unknown,
      proxy: { kind: 'jump', host: { ...through(first), ...unknown } },
    } as const;
    const test = sshCase(target, { trust: async () => test.questions.length <= refused, idleMs: 200 });
    const starting = test.transport.startShell([], never);
    await expect(starting).rejects.toMatchObject({ kind: 'host-key-unknown' });
    expect(test.questions).toHaveLength(refused + 1);
    await until(() => sessions(first, second) === 0, 'nothing is left open');
  });

  it('refuses a jump host whose key has changed, and names it and the host wanted', async () => {
    const other = makeKey(join(dir, 'other'), 'ed25519');
    const [type = '', blob = ''] = readFileSync(`${other}.pub`, 'utf8').split(' ');
    const changed = join(dir, 'changed');
    writeFileSync(changed, `# as it was\n[${first.address}]:2201 ${type} ${blob}\n`);
    const jump = { ...through(first), knownHostsFiles: [changed] };
    const { transport, questions } = sshCase({ ...through(first, second), proxy: { kind: 'jump', host: jump } });
    const error: unknown = await transport.startShell([], never).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'host-key-changed' });
    expect(String(error)).toContain(`On the way to ${second.namespace}`);
    expect(String(error)).toContain(`${changed}:2`);
    expect(String(error)).toContain(fingerprintOf(`${other}.pub`));
    expect(String(error)).toContain(first.sshd().hostKeyFingerprints['ssh-ed25519']);
    expect(questions).toEqual([]);
    await until(() => sessions(first, second) === 0, 'nothing is left open');
  });

  it.each(['AllowTcpForwarding no', 'PermitOpen none', 'DisableForwarding yes'])(
    'says so when the jump host does not forward: %s',
    async (line) => {
      const jump = await network.host({ sshd: { config: [line] } });
      const behind = { ...through(second), proxy: { kind: 'jump', host: through(jump) } } as const;
      const { transport } = sshCase(behind, { idleMs: 100 });
      await expect(transport.startShell([], never)).rejects.toMatchObject({
        kind: 'unreachable',
        message: expect.stringContaining(`may not connect us to`),
        hint: expect.stringContaining('AllowTcpForwarding'),
      });
      await until(() => sessions(jump) === 0, 'nothing is left open');
    },
  );

  it('says what the jump host could not reach', async () => {
    const target = { ...through(first, second), port: 9 };
    const { transport } = sshCase(target);
    await expect(transport.startShell([], never)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/did not connect us to .*:9: .*refused/),
    });
    transport.close();
  });

  it('ends as lost when the jump host goes down, and comes back with it', async () => {
    const { transport } = sshCase(through(first, second));
    const shell = await transport.startShell(['test'], never);
    shell.stdin.write('echo up; read -r line\n');
    await once(shell.stdout, 'readable');
    const done = finish(shell);
    const start = performance.now();
    await first.kill();
    expect(await done).toMatchObject({ stdout: 'up\n', end: { kind: 'lost' } });
    expect(performance.now() - start).toBeLessThan(3000);
    await expect(transport.startShell([], never)).rejects.toMatchObject({ kind: 'unreachable' });
    await first.start();
    expect((await run(transport, 'echo back')).stdout).toBe('back\n');
    transport.close();
    await until(() => sessions(first, second) === 0, 'nothing is left open');
    await until(() => second.processes().length === 0, 'the script has ended');
  });

  it('notices a jump host that stands still, as the host behind it asks to', async () => {
    const target = { ...through(first, second), serverAliveMs: 500, serverAliveCountMax: 2 };
    const { transport } = sshCase(target);
    const shell = await transport.startShell(['test'], never);
    shell.stdin.write('read -r line\n');
    const done = finish(shell);
    for (const pid of first.sshd().sessionPids()) process.kill(pid, 'SIGSTOP');
    const start = performance.now();
    expect((await done).end).toMatchObject({ kind: 'lost' });
    expect(performance.now() - start).toBeLessThan(4000);
    // The connection to the jump host is found out within five seconds, and made anew.
    expect((await run(transport, 'echo back')).stdout).toBe('back\n');
    expect(performance.now() - start).toBeLessThan(12_000);
    for (const pid of first.sshd().sessionPids()) process.kill(pid, 'SIGCONT');
    transport.close();
    await until(() => sessions(first, second) === 0, 'nothing is left open');
  });
});

describe.skipIf(!canMakeHosts)('one connection to a jump host (needs root, for network namespaces)', () => {
  it('serves all hosts behind it, and one that gives up does not hurt the others', async () => {
    const from = first.sshd().log().length;
    const jumps = jumpHosts(connectSsh2, 200);
    const cases = Array.from({ length: 10 }, () => sshCase(through(first, second), { jumps, readyMs: 30_000 }));
    const [hasty, ...patient] = cases;
    const gaveUp = new AbortController();
    const givenUp = hasty?.transport.startShell([], gaveUp.signal);
    const running = patient.map(({ transport }, n) => run(transport, `echo ${n}`));
    gaveUp.abort(new Error('enough'));
    await expect(givenUp).rejects.toThrow('enough');
    expect((await Promise.all(running)).map(({ stdout }) => stdout)).toEqual(patient.map((_, n) => `${n}\n`));
    expect(countOf(first.sshd().log().slice(from), 'Accepted publickey')).toBe(1);
    for (const { transport } of cases) transport.close();
    await until(() => sessions(first, second) === 0, 'all closed when idle');
  });

  it('asks about the jump host once, and cancelling there ends the attempt', async () => {
    const jumps = jumpHosts(connectSsh2, 200);
    const jump = { ...through(first), knownHostsFiles: [] };
    const target = { ...through(first, second), proxy: { kind: 'jump', host: jump } } as const;
    let question: AbortSignal | undefined;
    const ask: SshPrompts['trustHostKey'] = (_question, signal) => {
      question = signal;
      return new Promise(() => {});
    };
    const cases = [1, 2, 3].map(() => sshCase(target, { jumps, trust: ask }));
    const cancels = cases.map(() => new AbortController());
    const starting = cases.map(({ transport }, n) => transport.startShell([], cancels[n]?.signal ?? never));
    const ends = starting.map((start) => start.catch((error: unknown) => String(error)));
    await until(() => question !== undefined, 'it is asked');
    expect(cases.flatMap(({ questions }) => questions)).toHaveLength(1);
    cancels[0]?.abort(new Error('enough'));
    cancels[1]?.abort(new Error('enough'));
    expect(await Promise.all(ends.slice(0, 2))).toEqual(['Error: enough', 'Error: enough']);
    expect(question?.aborted).toBe(false);
    cancels[2]?.abort(new Error('enough'));
    await until(() => question?.aborted === true, 'the question is taken back');
    await until(() => sessions(first, second) === 0, 'nothing is left open');
  });

  it('asks those who may be asked after one that may not', async () => {
    const jumps = jumpHosts(connectSsh2, 200);
    const jump = { ...through(first), knownHostsFiles: [] };
    const target = { ...through(first, second), proxy: { kind: 'jump', host: jump } } as const;
    const quiet: SshPrompts = {
      ...askNobody,
      trustHostKey: () => Promise.reject(new TransportError('needs-attention', 'asks', 'Connect.')),
    };
    const watching = sshCase(target, { jumps });
    const working = sshCase(target, { jumps });
    const quietly = watching.transport.startShell([], never, { prompts: quiet });
    const loudly = run(working.transport, 'echo in');
    await expect(quietly).rejects.toMatchObject({ kind: 'needs-attention', message: 'asks' });
    expect((await loudly).stdout).toBe('in\n');
    expect(watching.questions).toEqual([]);
    expect(working.questions).toHaveLength(1);
    working.transport.close();
    jumps.close();
    await until(() => sessions(first, second) === 0, 'nothing is left open');
  });

  it('is not kept by a transport that is closed while it opens', async () => {
    const { transport } = sshCase(through(first, second));
    const starting = transport.startShell([], never);
    await until(() => sessions(first) > 0, 'it is on its way');
    transport.close();
    await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
    await until(() => sessions(first, second) === 0, 'nothing is left open');
  });
});

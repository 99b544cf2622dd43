import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRoot, type PamHost, startPamHost } from './pamHost.ts';
import { type SshAgent, startAgent } from './sshAgents.ts';
import { countOf, failure, hello, type SshCase, sshCase, targetOf, until } from './sshCase.ts';
import { makeKey, type Sshd, startSshd } from './sshd.ts';

/** What was asked, in short. */
function asked({ secrets }: SshCase): string[] {
  return secrets.map(({ kind, prompt, echo, attempt }) =>
    [kind, prompt, echo ? 'shown' : null, attempt].filter((part) => part !== null && part !== undefined).join(' '),
  );
}

describe('two keys, each step one', () => {
  let sshd: Sshd;
  let second: string;
  let agent: SshAgent;
  beforeAll(async () => {
    sshd = await startSshd({ config: ['AuthenticationMethods publickey,publickey', 'MaxAuthTries 2'] });
    second = makeKey(join(sshd.dir, 'id_second'), 'ecdsa');
    appendFileSync(join(sshd.dir, 'authorized_keys'), readFileSync(`${second}.pub`));
    agent = await startAgent(join(sshd.dir, 'agent.sock'), [sshd.identityFile, second]);
  });
  afterAll(async () => {
    agent.stop();
    await sshd.stop();
  });

  it('are both offered, neither twice', async () => {
    const test = sshCase(targetOf(sshd, { identityFiles: [sshd.identityFile, second] }));
    expect(await hello(test)).toBe('hello test\n');
    expect(test.log.filter((line) => line.startsWith('offering'))).toEqual([
      `offering ${sshd.identityFile}`,
      `offering ${second}`,
    ]);
    expect(test.log).toContain(`${sshd.identityFile} accepted; the host wants more: publickey`);
  });

  it('may both be in an agent', async () => {
    const from = sshd.log().length;
    const target = targetOf(sshd, { identityAgent: agent.socket, identityFiles: [], identitiesOnly: false });
    expect(await hello(sshCase(target))).toBe('hello test\n');
    expect(sshd.log().slice(from)).not.toContain('Failed');
  });

  it('may be one in an agent and one in an encrypted file', async () => {
    const target = targetOf(sshd, {
      identityAgent: agent.socket,
      identityFiles: [`${second}.pub`, sshd.encryptedIdentityFile],
    });
    const test = sshCase(target, { secrets: [sshd.passphrase] });
    expect(await hello(test)).toBe('hello test\n');
    expect(asked(test)).toEqual(['passphrase 1']);
  });

  it('says which one was accepted when there is no other', async () => {
    const error = await failure(sshCase(targetOf(sshd)));
    expect(error).toMatchObject({
      kind: 'auth-failed',
      message: expect.stringContaining(`It accepted ${sshd.identityFile} and then wanted more: publickey`),
    });
  });
});

const both = ['PasswordAuthentication yes', 'KbdInteractiveAuthentication yes'];
const steps = (methods: string): string[] => [...both, `AuthenticationMethods ${methods}`];

describe.runIf(isRoot)('steps of several kinds, with accounts and PAM (as root only)', () => {
  let host: PamHost;
  let agent: SshAgent;
  beforeAll(async () => {
    host = await startPamHost([
      { name: 'keycode', code: true, config: steps('publickey,keyboard-interactive') },
      { name: 'keypass', config: steps('publickey,password') },
      { name: 'passkey', config: steps('password,publickey') },
      { name: 'codekey', code: true, config: steps('keyboard-interactive,publickey') },
      { name: 'three', config: steps('publickey,password,keyboard-interactive') },
      { name: 'either', config: steps('publickey,password password,keyboard-interactive') },
      { name: 'pw', config: ['PasswordAuthentication yes', 'PubkeyAuthentication no'] },
      { name: 'kbd', config: ['KbdInteractiveAuthentication yes', 'PubkeyAuthentication no'] },
      { name: 'any', config: [...both, 'PubkeyAuthentication no'] },
      { name: 'code', code: true, config: [...both, 'PubkeyAuthentication no'] },
      { name: 'old', expired: true, config: ['KbdInteractiveAuthentication yes', 'PubkeyAuthentication no'] },
      { name: 'oneTry', config: [...steps('publickey,keyboard-interactive'), 'MaxAuthTries 1'] },
    ]);
    agent = await startAgent(join(host.dir, 'agent.sock'), [host.identityFile]);
  });
  afterAll(async () => {
    agent?.stop();
    await host?.stop();
  });

  /** The answers, the password and the code of now for those words. */
  const answersOf = (words: readonly string[]): string[] =>
    words.map((word) => (word === 'password' ? host.password : word === 'code' ? host.code() : word));

  const cases: readonly [user: string, answers: string[], asked: string[]][] = [
    ['keycode', ['password', 'code'], ['password 1', 'answer Verification code: shown 1']],
    ['codekey', ['password', 'code'], ['password 1', 'answer Verification code: shown 1']],
    ['keypass', ['password'], ['password 1']],
    ['passkey', ['password'], ['password 1']],
    ['three', ['password', 'password'], ['password 1', 'password 1']],
    ['either', ['password'], ['password 1']],
    ['oneTry', ['password'], ['password 1']],
  ];
  for (const inAgent of [false, true]) {
    it.each(cases)(`%s, the key in ${inAgent ? 'an agent' : 'a file'}`, async (user, words, questions) => {
      const from = host.log().length;
      const target = targetOf(host, { user, ...(inAgent ? { identityFiles: [], identitiesOnly: false } : {}) });
      const test = sshCase(inAgent ? { ...target, identityAgent: agent.socket } : target, {
        secrets: answersOf(words),
      });
      expect(await hello(test)).toBe('hello test\n');
      expect(asked(test)).toEqual(questions);
      // Nothing was tried in vain; `none` is not counted the first time.
      expect(host.log().slice(from)).not.toMatch(/Failed (?!none)/);
      expect(countOf(host.log().slice(from), 'Failed none')).toBeLessThan(2);
    });
  }

  it('a wrong code is asked for again, the key is not offered again', async () => {
    const test = sshCase(targetOf(host, { user: 'keycode' }), {
      secrets: answersOf(['password', '000000', 'password', 'code']),
    });
    expect(await hello(test)).toBe('hello test\n');
    expect(asked(test)).toHaveLength(4);
    expect(countOf(test.log.join('\n'), 'offering')).toBe(1);
  });

  it('three wrong codes say that the key was accepted', async () => {
    const wrong = [1, 2, 3].flatMap(() => answersOf(['password', '000000']));
    const test = sshCase(targetOf(host, { user: 'keycode' }), { secrets: wrong });
    expect(await failure(test)).toMatchObject({
      kind: 'auth-failed',
      message: expect.stringMatching(/accepted .*id_plain and then wanted more: keyboard-interactive; tried: keyboard/),
    });
  });

  it('a password alone, twice mistyped', async () => {
    const test = sshCase(targetOf(host, { user: 'pw' }), { secrets: ['no', 'nor this', host.password] });
    expect(await hello(test)).toBe('hello test\n');
    expect(asked(test)).toEqual(['password 1', 'password 2', 'password 3']);
  });

  it('NumberOfPasswordPrompts is the limit', async () => {
    const test = sshCase(targetOf(host, { user: 'pw', passwordPrompts: 1 }), { secrets: ['no', host.password] });
    expect(await failure(test)).toMatchObject({ kind: 'auth-failed' });
    expect(asked(test)).toEqual(['password 1']);
    const questions = sshCase(targetOf(host, { user: 'kbd', passwordPrompts: 2 }), { secrets: ['no', 'no', 'no'] });
    expect(await failure(questions)).toMatchObject({ kind: 'auth-failed' });
    expect(asked(questions)).toHaveLength(2);
  });

  it('where both will do, the password is asked for by the host and then as such', async () => {
    const wrong = ['no', 'no', host.password];
    const test = sshCase(targetOf(host, { user: 'any', passwordPrompts: 2 }), { secrets: wrong });
    expect(await hello(test)).toBe('hello test\n');
    expect(asked(test)).toEqual(['password 1', 'password 2', 'password 1']);
  });

  it('PreferredAuthentications says what comes first, and what is left out', async () => {
    const preferring = (authentications: string[], secrets: string[]): SshCase =>
      sshCase(targetOf(host, { user: 'any', authentications }), { secrets });
    const questions = preferring(['keyboard-interactive'], ['no', 'no', 'no']);
    await failure(questions);
    expect(asked(questions)).toEqual([1, 2, 3].map((attempt) => `password ${attempt}`));
    const first = preferring(['password', 'keyboard-interactive'], [host.password]);
    expect(await hello(first)).toBe('hello test\n');
    expect(asked(first)).toEqual(['password 1']);
    const none = preferring(['publickey'], []);
    expect(await failure(none)).toMatchObject({ kind: 'auth-failed' });
    expect(none.secrets).toEqual([]);
  });

  it('a password and a code are asked for where a plain password would do as well, as far as the host says', async () => {
    const test = sshCase(targetOf(host, { user: 'code' }), { secrets: answersOf(['password', 'code']) });
    expect(await hello(test)).toBe('hello test\n');
    expect(asked(test)).toEqual(['password 1', 'answer Verification code: shown 1']);
  });

  it('a password that has expired is changed by the questions of PAM', async () => {
    const fresh = 'a spanner in the cello';
    const secrets = [host.password, host.password, fresh, fresh];
    const test = sshCase(targetOf(host, { user: 'old' }), { secrets });
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets.map(({ kind, prompt }) => prompt ?? kind)).toEqual([
      'password',
      expect.stringContaining('Current password:'),
      'New password:',
      'Retype new password:',
    ]);
    const again = sshCase(targetOf(host, { user: 'old' }), { secrets: [fresh] });
    expect(await hello(again)).toBe('hello test\n');
  });

  const cancelled: readonly [user: string, answers: string[]][] = [
    ['pw', []],
    ['pw', ['no']],
    ['kbd', []],
    ['keycode', []],
    ['keycode', ['password']],
    ['keypass', []],
    ['passkey', []],
  ];
  it.each(cancelled)('%s, given up after %j: it ends there, and the connection with it', async (user, words) => {
    const test = sshCase(targetOf(host, { user }), { secrets: [...answersOf(words)] });
    expect(await failure(test)).toMatchObject({ name: 'AbortError' });
    expect(test.secrets).toHaveLength(words.length + 1);
    await until(() => host.sessionPids().length === 0, 'sshd let the connection go');
  });
});

import { describe, expect, it } from 'vitest';
import { quietPrompts } from '../../../src/transport/prompts/quietPrompts.ts';
import {
  rememberedPrompts,
  type SecretVault,
  secretName,
  turns,
} from '../../../src/transport/prompts/rememberedPrompts.ts';
import type { SecretQuestion, SshPrompts } from '../../../src/transport/prompts/sshPrompts.ts';
import { TransportError } from '../../../src/transport/shell.ts';

const password: SecretQuestion = {
  kind: 'password',
  alias: 'web-1',
  user: 'root',
  host: '10.0.0.5',
  port: 2222,
  onTheWayTo: null,
  echo: false,
  attempt: 1,
};
const passphrase: SecretQuestion = { ...password, kind: 'passphrase', keyFile: '/home/me/.ssh/id_ed25519' };
const passwordName = 'Password of root@10.0.0.5:2222 (web-1)';

interface Case {
  readonly prompts: SshPrompts;
  readonly asked: SecretQuestion[];
  readonly lasting: Map<string, string>;
  readonly session: Map<string, string>;
}

/** A user who types these in turn, with Remember on or off. */
function typing(answers: readonly string[], remember: boolean, kept: Readonly<Record<string, string>> = {}): Case {
  const asked: SecretQuestion[] = [];
  const lasting = new Map(Object.entries(kept));
  const session = new Map<string, string>();
  const left = [...answers];
  const vault: SecretVault = {
    get: async (name) => session.get(name) ?? lasting.get(name),
    keep: async (name, secret, isLasting) => {
      (isLasting ? lasting : session).set(name, secret);
    },
    forget: async (name) => {
      lasting.delete(name);
      session.delete(name);
    },
  };
  const asking = {
    ...quietPrompts,
    secret: async (question: SecretQuestion) => {
      asked.push(question);
      const text = left.shift();
      return text === undefined ? undefined : { text, remember };
    },
  };
  return { prompts: rememberedPrompts(asking, vault, turns()), asked, lasting, session };
}

const attempt = (): AbortSignal => new AbortController().signal;

describe('a password', () => {
  it('is asked for each time unless it is to be remembered', async () => {
    const { prompts, asked, lasting, session } = typing(['one', 'two'], false);
    expect(await prompts.secret(password, attempt())).toBe('one');
    expect(await prompts.secret(password, attempt())).toBe('two');
    expect(asked).toHaveLength(2);
    expect([...lasting, ...session]).toEqual([]);
  });

  it('that is remembered is used at the next attempt, whether the host asks for it or its PAM does', async () => {
    const { prompts, asked, lasting } = typing(['secret'], true);
    await prompts.secret(password, attempt());
    expect([...lasting]).toEqual([[passwordName, 'secret']]);
    expect(await prompts.secret(password, attempt())).toBe('secret');
    expect(await prompts.secret({ ...password, kind: 'answer', prompt: 'Password: ' }, attempt())).toBe('secret');
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['asks for it again', { ...password, attempt: 2 }],
    ['asks for it in another way in the same attempt', { ...password, kind: 'answer' as const, prompt: 'Password:' }],
  ])('is forgotten and asked for when the host %s', async (_how, again) => {
    const { prompts, asked, lasting } = typing(['right'], false, { [passwordName]: 'wrong' });
    const signal = attempt();
    expect(await prompts.secret(password, signal)).toBe('wrong');
    expect(asked).toEqual([]);
    expect(await prompts.secret(again, signal)).toBe('right');
    expect(asked).toEqual([again]);
    expect(lasting.size).toBe(0);
  });

  it('is forgotten when the attempt ends with a refused login, not when it ends otherwise', async () => {
    const { prompts, lasting } = typing([], false, { [passwordName]: 'secret' });
    const lost = new AbortController();
    await prompts.secret(password, lost.signal);
    lost.abort(new TransportError('lost', 'gone', ''));
    expect(lasting.size).toBe(1);
    const refused = new AbortController();
    await prompts.secret(password, refused.signal);
    refused.abort(new TransportError('auth-failed', 'no', ''));
    expect(lasting.size).toBe(0);
  });

  it('of one host is not used for another', async () => {
    const { prompts } = typing(['other'], false, { [passwordName]: 'secret' });
    expect(await prompts.secret({ ...password, alias: 'web-2' }, attempt())).toBe('other');
    expect(await prompts.secret({ ...password, port: 22 }, attempt())).toBeUndefined();
  });
});

describe('a passphrase', () => {
  it('is kept while the process runs, for every host, and longer only when it is to be remembered', async () => {
    const { prompts, asked, lasting } = typing(['open sesame'], false);
    await prompts.secret(passphrase, attempt());
    expect(await prompts.secret({ ...passphrase, alias: 'db-1', host: 'db-1' }, attempt())).toBe('open sesame');
    expect(asked).toHaveLength(1);
    expect(lasting.size).toBe(0);
  });

  it('that is left empty is not kept', async () => {
    const { prompts, session } = typing([''], true);
    expect(await prompts.secret(passphrase, attempt())).toBe('');
    expect(session.size).toBe(0);
  });

  it('typed for one host answers those that waited behind it', async () => {
    const { prompts, asked } = typing(['open sesame'], false);
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((alias) => prompts.secret({ ...passphrase, alias }, attempt())),
    );
    expect(answers).toEqual(['open sesame', 'open sesame', 'open sesame']);
    expect(asked).toHaveLength(1);
  });
});

describe('what a host asks is remembered as its password', () => {
  const answer = (prompt: string, more: Partial<SecretQuestion> = {}): string | null =>
    secretName({ ...password, kind: 'answer', prompt, ...more });

  it.each(['Password: ', 'password:', "root@web-1's password: ", '(root@web-1) Password:', 'LDAP Password: '])(
    'when it is %j',
    (prompt) => expect(answer(prompt)).toBe(passwordName),
  );

  it.each([
    'Verification code: ',
    'One-time password (OATH) for `root`: ',
    'Password & verification code: ',
    'Passcode or option (1-3): ',
    'New password: ',
    'Retype new password: ',
    'Current password: ',
    'Enter PIN: ',
    'YubiKey for `root`: ',
    'RSA SecurID password',
  ])('never when it is %j', (prompt) => expect(answer(prompt)).toBeNull());

  it('never when what is typed shows, or what the host says above it is of a code', () => {
    expect(answer('Password: ', { echo: true })).toBeNull();
    expect(answer('Password: ', { instruction: 'Enter the one-time password from your token' })).toBeNull();
  });
});

describe('asking nobody', () => {
  it('ends in what would have been asked, and still uses what is remembered', async () => {
    const vault: SecretVault = { get: async () => 'kept', keep: async () => {}, forget: async () => {} };
    const prompts = rememberedPrompts(quietPrompts, vault, turns());
    const signal = attempt();
    expect(await prompts.secret(password, signal)).toBe('kept');
    await expect(prompts.secret({ ...password, attempt: 2, onTheWayTo: 'db-1' }, signal)).rejects.toMatchObject({
      kind: 'needs-attention',
      message:
        'The password is wanted at the login to root@10.0.0.5:2222 (web-1), jump host on the way to db-1; the one that was tried was refused',
    });
    const code = { ...password, kind: 'answer', prompt: 'Verification code: ' } as const;
    await expect(prompts.secret(code, signal)).rejects.toThrow('An answer to "Verification code:" is wanted');
  });

  it('says which key is not on record', async () => {
    const question = {
      alias: 'web-1',
      host: 'web-1.example.org',
      address: '192.0.2.7',
      port: 22,
      keyType: 'ssh-ed25519',
      fingerprint: 'SHA256:abc',
      onTheWayTo: null,
      knownTypes: [],
    };
    await expect(quietPrompts.trustHostKey(question)).rejects.toMatchObject({
      kind: 'needs-attention',
      message: 'The host key is not on record: ssh-ed25519 SHA256:abc of web-1',
    });
  });
});

describe('turns', () => {
  it('come one after the other, also after a failure', async () => {
    const inTurn = turns();
    const seen: string[] = [];
    const step =
      (name: string, fails = false) =>
      async (): Promise<void> => {
        seen.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
      };
    const signal = attempt();
    const failed = expect(inTurn(step('a', true), signal)).rejects.toThrow('a');
    await inTurn(step('b'), signal);
    await failed;
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('are given up before they come', async () => {
    const inTurn = turns();
    const abort = new AbortController();
    let ran = false;
    const waiting = inTurn(async () => {
      ran = true;
    }, abort.signal);
    abort.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    expect(ran).toBe(false);
  });
});

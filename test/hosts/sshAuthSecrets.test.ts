import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeCapture } from '../../src/capture/takeCapture.ts';
import { quietPrompts } from '../../src/transport/prompts/quietPrompts.ts';
import type { SshTarget } from '../../src/transport/sshTarget.ts';
import { isRoot, type PamHost, startPamHost } from './pamHost.ts';
import { never, run, type SshCase, sshCase, targetOf, until } from './sshCase.ts';
import { type Sshd, startSshd } from './sshd.ts';

/** Everything that leaves the transport: its log, and an error with all that hangs on it. */
function told(test: SshCase, error: unknown): string {
  const parts = [...test.log];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const own = Object.getOwnPropertyNames(at).map((name) => JSON.stringify(Reflect.get(at as object, name)));
    parts.push(String(at), at.stack ?? '', ...own);
  }
  return parts.join('\n');
}

/** What a session on the host can see of itself. */
const look = 'id; env; set; ps -ef; cat /proc/self/environ /proc/$PPID/cmdline 2>/dev/null | tr "\\0" "\\n"; true';

/** Logs in with these answers, looks around, takes a capture, and returns all that was said by anybody on the way. */
async function everything(target: SshTarget, secrets: readonly (string | undefined)[]): Promise<string> {
  const test = sshCase(target, { secrets });
  try {
    const seen = await run(test.transport, look);
    const signal = new AbortController().signal;
    const capture = await takeCapture(test.transport, { intervalSeconds: 1, deadlineMs: 20_000, signal });
    expect(capture.length).toBeGreaterThan(1000);
    return [told(test, null), seen.stdout, seen.stderr, capture.toString('latin1')].join('\n');
  } catch (error) {
    return told(test, error);
  } finally {
    test.transport.close();
  }
}

function holdsNone(text: string, secrets: readonly string[]): void {
  expect(text.length).toBeGreaterThan(100);
  for (const secret of secrets) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
    expect(text).not.toContain(Buffer.from(secret).toString('hex'));
  }
}

describe.runIf(isRoot)('with accounts and PAM (as root only)', () => {
  let host: PamHost;
  beforeAll(async () => {
    const both = ['PasswordAuthentication yes', 'KbdInteractiveAuthentication yes'];
    host = await startPamHost([
      { name: 'pw', config: ['PasswordAuthentication yes', 'PubkeyAuthentication no'] },
      { name: 'mfa', code: true, config: [...both, 'AuthenticationMethods publickey,keyboard-interactive'] },
    ]);
  });
  afterAll(() => host?.stop());

  const wrong = 'not-the-right-one-7';

  it('a password is nowhere, wrong or right, whether the login succeeds or not', async () => {
    const target = targetOf(host, { user: 'pw' });
    const all = [
      await everything(target, [wrong, host.password]),
      await everything(target, [wrong, wrong, wrong]),
      await everything(target, [wrong, undefined]),
      host.log(),
    ].join('\n');
    expect(all).toContain('uid=');
    expect(all).toContain('tried: password');
    expect(all).toContain('was cancelled');
    holdsNone(all, [wrong, host.password]);
  });

  it('nor is a passphrase or the answer to a question', async () => {
    const target = targetOf(host, { user: 'mfa', identityFiles: [host.encryptedIdentityFile] });
    // A number that is only ever an answer; the code that counts may be part of some counter.
    const odd = '918273645546372819';
    const all = [
      await everything(target, [wrong, host.passphrase, host.password, odd, host.password, host.code()]),
      await everything(target, [host.passphrase, ...Array(3).fill([wrong, odd]).flat()]),
      await everything(target, [host.passphrase, host.password, undefined]),
      host.log(),
    ].join('\n');
    expect(all).toContain('uid=');
    expect(all).toContain('then wanted more');
    expect(all).toContain('was cancelled');
    holdsNone(all, [wrong, host.password, host.passphrase, odd]);
    expect(host.log()).not.toContain(host.code());
  });

  it.each(['pw', 'mfa'])('where nobody may be asked, %s ends with what would have been asked', async (user) => {
    const test = sshCase(targetOf(host, { user }));
    const shell = test.transport.startShell([], never, { prompts: quietPrompts });
    await expect(shell).rejects.toMatchObject({ kind: 'needs-attention', message: expect.stringContaining(user) });
    expect(test.secrets).toEqual([]);
    await until(() => host.sessionPids().length === 0, 'sshd let the connection go');
    test.transport.close();
  });
});

describe('an encrypted key', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  it('keeps its passphrase to itself', async () => {
    const target = targetOf(sshd, { identityFiles: [sshd.encryptedIdentityFile] });
    const all = [
      await everything(target, ['a-wrong-passphrase-1', sshd.passphrase]),
      await everything(target, ['a-wrong-passphrase-1', 'a-wrong-passphrase-2', 'a-wrong-passphrase-3']),
      sshd.log(),
    ].join('\n');
    expect(all).toContain('was not unlocked');
    holdsNone(all, [sshd.passphrase, 'a-wrong-passphrase']);
  });

  it('is not asked about where nobody may be asked', async () => {
    const test = sshCase(targetOf(sshd, { identityFiles: [sshd.encryptedIdentityFile] }));
    const shell = test.transport.startShell([], never, { prompts: quietPrompts });
    await expect(shell).rejects.toMatchObject({
      kind: 'needs-attention',
      message: expect.stringContaining(sshd.encryptedIdentityFile),
    });
    await until(() => sshd.sessionPids().length === 0, 'sshd let the connection go');
    test.transport.close();
  });
});

import { describe, expect, it } from 'vitest';
import { TransportError } from '../../../src/transport/shell.ts';
import { type FailedLogin, loginFailed, unusedMeans, withUnused } from '../../../src/transport/ssh2/sshFailure.ts';
import { sshTarget } from '../../sshTarget.ts';

const target = sshTarget({
  alias: 'web',
  host: 'web.example',
  user: 'ops',
  identityFiles: ['/k/id'],
  identitiesOnly: false,
  authentications: ['gssapi-with-mic', 'hostbased', 'publickey', 'keyboard-interactive', 'password'],
});
const nothing = { certificateFiles: [], keyFiles: [], inAgent: [] };
const refused: FailedLogin = { methods: ['publickey'], accepted: [], tried: ['/k/id'], unusable: nothing };
const certificate = { ...nothing, certificateFiles: ['/k/id-cert.pub'] };

describe('what ssh2 could not use', () => {
  const cases: readonly [string, Partial<FailedLogin>, string[]][] = [
    ['nothing', {}, []],
    ['a certificate', { unusable: certificate }, ['the certificate /k/id-cert.pub']],
    [
      'a FIDO key',
      { unusable: { ...nothing, keyFiles: [{ file: '/k/id_sk', unusable: 'fido', reason: '' }] } },
      ['the FIDO key /k/id_sk'],
    ],
    [
      'a key in a format of its own',
      { unusable: { ...nothing, keyFiles: [{ file: '/k/odd', unusable: 'format', reason: '' }] } },
      ['the key /k/odd, whose format it does not know'],
    ],
    [
      "the agent's",
      {
        unusable: {
          ...nothing,
          inAgent: [
            { type: 'ssh-ed25519-cert-v01@openssh.com', comment: 'vault' },
            { type: 'sk-ssh-ed25519@openssh.com', comment: 'token\u001b[1m' },
            { type: 'sk-ssh-ed25519-cert-v01@openssh.com', comment: '' },
            { type: 'ssh-mldsa', comment: 'new' },
          ],
        },
      },
      [
        "the agent's certificate vault (ssh-ed25519-cert-v01@openssh.com)",
        "the agent's FIDO key token [1m (sk-ssh-ed25519@openssh.com)",
        "the agent's certificate sk-ssh-ed25519-cert-v01@openssh.com",
        "the agent's key new (ssh-mldsa)",
      ],
    ],
    ['a certificate where keys are not looked at', { methods: ['password'], unusable: certificate }, []],
    ['GSSAPI', { methods: ['gssapi-with-mic', 'publickey'] }, ['GSSAPI (gssapi-with-mic)']],
    ['the machine itself', { methods: ['hostbased'] }, ['host-based authentication (hostbased)']],
  ];
  it.each(cases)('%s', (_name, more, expected) => {
    expect(unusedMeans(target, { ...refused, ...more })).toEqual(expected);
  });

  it('counts only what ssh_config allows', () => {
    const only = { ...target, authentications: ['password'] };
    expect(unusedMeans(only, { ...refused, methods: ['gssapi-with-mic', 'publickey'], unusable: certificate })).toEqual(
      [],
    );
  });
});

describe('the error of a failed login', () => {
  it('is about the login when there was nothing else', () => {
    expect(loginFailed(target, refused)).toMatchObject({
      kind: 'auth-failed',
      message: 'ops@web.example did not accept the login. It takes publickey; tried: /k/id',
      remedy: null,
    });
  });

  it('names what was left untried, and offers the other client', () => {
    expect(loginFailed(target, { ...refused, unusable: certificate })).toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('cannot use the certificate /k/id-cert.pub'),
      remedy: 'system-ssh',
    });
  });

  it('says what was accepted before', () => {
    const error = loginFailed(target, {
      ...refused,
      methods: ['keyboard-interactive'],
      accepted: ['/k/id'],
      tried: ['keyboard-interactive'],
      unusable: certificate,
    });
    expect(error.kind).toBe('auth-failed');
    expect(error.message).toContain('accepted /k/id and then wanted more: keyboard-interactive; tried: keyboard-inter');
  });

  it('is about the password where one was refused and the host offers GSSAPI to everybody', () => {
    const error = loginFailed(target, { ...refused, methods: ['gssapi-with-mic', 'password'], tried: ['password'] });
    expect(error).toMatchObject({ kind: 'auth-failed', hint: expect.stringContaining('GSSAPI'), remedy: null });
  });

  it('is left alone when it is another one', () => {
    const lost = new TransportError('lost', 'gone', '');
    expect(withUnused(lost, target, { ...refused, unusable: certificate })).toBe(lost);
  });
});

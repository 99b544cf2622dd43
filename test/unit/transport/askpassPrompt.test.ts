import { describe, expect, it } from 'vitest';
import { parseAskpassPrompt } from '../../../src/transport/systemSsh/askpassPrompt.ts';

const fingerprint = 'SHA256:lQ2m1a0Ea5mB8EdXv8JZ0Q0o6JQ8kq6sVzNRj2cF6nQ';

describe('the question about a host key', () => {
  const question = { kind: 'host-key', port: 22, keyType: 'ssh-ed25519', fingerprint, knownOtherwise: false };

  it.each([
    [
      '7.2',
      `The authenticity of host 'web-1 (10.0.0.5)' can't be established.\nED25519 key fingerprint is ${fingerprint}.\nAre you sure you want to continue connecting (yes/no)? `,
    ],
    [
      '8.0',
      `The authenticity of host 'web-1 (10.0.0.5)' can't be established.\nED25519 key fingerprint is ${fingerprint}.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `,
    ],
    [
      '9.2',
      `The authenticity of host 'web-1 (10.0.0.5)' can't be established.\nED25519 key fingerprint is ${fingerprint}.\nThis key is not known by any other names.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `,
    ],
    [
      '10.1',
      `The authenticity of host 'web-1 (10.0.0.5)' can't be established.\nED25519 key fingerprint is: ${fingerprint}\nThis key is not known by any other names.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `,
    ],
    [
      'with a record in DNS',
      `The authenticity of host 'web-1 (10.0.0.5)' can't be established.\nED25519 key fingerprint is ${fingerprint}.\nMatching host key fingerprint found in DNS.\nAre you sure you want to continue connecting (yes/no)? `,
    ],
  ])('of OpenSSH %s', (_version, text) => {
    expect(parseAskpassPrompt(text, '')).toEqual({ ...question, name: 'web-1', address: '10.0.0.5' });
  });

  it('with a port, with a proxy, of a host that is known otherwise, of other types', () => {
    const text = (place: string, more: string, type: string): string =>
      `The authenticity of host '${place}' can't be established${more}\n${type} key fingerprint is ${fingerprint}.\nAre you sure you want to continue connecting (yes/no)? `;
    expect(parseAskpassPrompt(text('[::1]:2222 ([::1]:2222)', '.', 'RSA'), '')).toMatchObject({
      name: '::1',
      port: 2222,
      address: '::1',
      keyType: 'ssh-rsa',
    });
    expect(parseAskpassPrompt(text('web (<no hostip for proxy command>)', '', 'ECDSA'), '')).toMatchObject({
      name: 'web',
      port: 22,
      address: null,
      keyType: 'ecdsa',
    });
    expect(
      parseAskpassPrompt(
        text('web (10.0.0.5)', ',\nbut keys of different type are already known for this host.', 'ED25519-CERT'),
        '',
      ),
    ).toMatchObject({ keyType: 'ssh-ed25519', knownOtherwise: true });
  });
});

describe('other questions', () => {
  it.each([
    [
      "Enter passphrase for key '/home/u/.ssh/id_ed25519': ",
      { kind: 'passphrase', keyFile: '/home/u/.ssh/id_ed25519' },
    ],
    ["Enter passphrase for key '/home/o'neil/id': ", { kind: 'passphrase', keyFile: "/home/o'neil/id" }],
    ["u@web-1's password: ", { kind: 'password', user: 'u', name: 'web-1' }],
    ["u@corp.example@web-1's password: ", { kind: 'password', user: 'u@corp.example', name: 'web-1' }],
    ['(u@web-1) Password: ', { kind: 'answer', user: 'u', name: 'web-1', prompt: 'Password: ' }],
    [
      '(u@web-1) Duo two-factor login\n\nPasscode or option (1-3): ',
      { kind: 'answer', user: 'u', name: 'web-1', prompt: 'Duo two-factor login\n\nPasscode or option (1-3): ' },
    ],
    ['Verification code: ', { kind: 'answer', user: null, name: null, prompt: 'Verification code: ' }],
    [
      'Enter PIN for ECDSA-SK key /home/u/.ssh/id_ecdsa_sk: ',
      { kind: 'answer', user: null, name: null, prompt: 'Enter PIN for ECDSA-SK key /home/u/.ssh/id_ecdsa_sk: ' },
    ],
    ['', { kind: 'answer', user: null, name: null, prompt: '' }],
  ])('%j', (text, parsed) => {
    expect(parseAskpassPrompt(text, '')).toEqual(parsed);
  });

  it('are told by their beginning: a host cannot word its own like one of ssh', () => {
    const own = "Enter passphrase for key '/home/u/.ssh/id_ed25519': ";
    expect(parseAskpassPrompt(`(u@web-1) ${own}`, '')).toMatchObject({ kind: 'answer', prompt: own });
    expect(parseAskpassPrompt("(u@web-1) root@db-1's password: ", '')).toMatchObject({
      kind: 'answer',
      name: 'web-1',
      prompt: "root@db-1's password: ",
    });
  });

  it('go by the hint', () => {
    const text = `Confirm user presence for key ECDSA-SK ${fingerprint}`;
    expect(parseAskpassPrompt(text, 'none')).toEqual({ kind: 'notice', text });
    expect(parseAskpassPrompt('Add key to agent?', 'confirm')).toEqual({ kind: 'confirm', text: 'Add key to agent?' });
  });
});

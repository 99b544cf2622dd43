import { expect, it } from 'vitest';
import { loggedPrompts } from '../../../src/transport/prompts/loggedPrompts.ts';
import type { HostKeyQuestion, SecretQuestion } from '../../../src/transport/prompts/sshPrompts.ts';

const password: SecretQuestion = {
  kind: 'password',
  alias: 'web-1',
  user: 'root',
  host: '10.0.0.5',
  port: 22,
  onTheWayTo: 'db-1',
  echo: false,
  attempt: 2,
};
const key: HostKeyQuestion = {
  alias: 'web-1',
  host: '10.0.0.5',
  address: null,
  port: 22,
  keyType: 'ssh-ed25519',
  fingerprint: 'SHA256:abc',
  onTheWayTo: null,
  knownTypes: [],
};

it('tells who was asked for what and whether there was an answer, never what it was', async () => {
  const lines: string[] = [];
  const answers = [{ text: 'hunter2', remember: true }, undefined];
  const prompts = loggedPrompts({ trustHostKey: async () => false, secret: async () => answers.shift() }, (line) =>
    lines.push(line),
  );
  const { signal } = new AbortController();
  expect(await prompts.secret(password, signal, true)).toEqual({ text: 'hunter2', remember: true });
  expect(await prompts.secret(password, signal, true)).toBeUndefined();
  expect(await prompts.trustHostKey(key, signal)).toBe(false);
  const asked =
    'web-1: you are asked for the password at the login to root@10.0.0.5 (web-1), jump host on the way to db-1, try 2';
  const trust = 'web-1: you are asked to trust ssh-ed25519 SHA256:abc of 10.0.0.5 (web-1)';
  expect(lines.map((line) => line.replace(/[\d.]+ s$/, 'N s'))).toEqual([
    asked,
    `${asked}: answered, to be remembered, after N s`,
    asked,
    `${asked}: given up after N s`,
    trust,
    `${trust}: not trusted after N s`,
  ]);
});

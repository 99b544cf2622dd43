import { printable } from '../../kernel/printable.ts';
import type { HostKeyQuestion, SecretQuestion } from './sshPrompts.ts';

/** Whose login it is: `root@10.0.0.5:2222 (web-1)`, and `, jump host on the way to db-1` where it is one. */
export function loginText(question: SecretQuestion): string {
  return `${accountText(question)}${wayText(question.onTheWayTo)}`;
}

/** The account, and what the user calls its host: `root@10.0.0.5:2222 (web-1)`. */
export function accountText({ alias, user, host, port }: SecretQuestion): string {
  return `${printable(user)}@${placeText(host, port)}${nameText(alias, user, host, port)}`;
}

/** Which host it is: `10.0.0.5 port 2222 (web-1)`. */
export function hostText({ alias, host, address, port, onTheWayTo }: HostKeyQuestion): string {
  const resolved = address === null || address === host ? '' : `, address ${address}`;
  const more = alias === host || alias.endsWith(placeText(host, port)) ? '' : `, ${printable(alias)}`;
  const about = `${more}${resolved}`.slice(2);
  return `${printable(host)}${port === 22 ? '' : ` port ${port}`}${about === '' ? '' : ` (${about})`}${wayText(onTheWayTo)}`;
}

/** Which host it is, as the user calls it: `web-1`. */
export function aliasText({ alias, onTheWayTo }: Pick<HostKeyQuestion, 'alias' | 'onTheWayTo'>): string {
  return `${printable(alias)}${wayText(onTheWayTo)}`;
}

/** What is to be typed, as it stands inside a sentence: `the password`, `an answer to "Verification code:"`. */
export function wantedText({ kind, keyFile, prompt }: SecretQuestion): string {
  if (kind === 'password') return 'the password';
  if (kind === 'passphrase') return `the passphrase of ${printable(keyFile ?? 'the key')}`;
  return `an answer to "${printable(prompt ?? '').trim()}"`;
}

function placeText(host: string, port: number): string {
  const name = printable(host);
  return `${name.includes(':') ? `[${name}]` : name}${port === 22 ? '' : `:${port}`}`;
}

/** What the user typed, where it says more than user and host do. */
function nameText(alias: string, user: string, host: string, port: number): string {
  const place = placeText(host, port);
  return alias === host || alias === place || alias === `${user}@${place}` ? '' : ` (${printable(alias)})`;
}

function wayText(onTheWayTo: string | null): string {
  return onTheWayTo === null ? '' : `, jump host on the way to ${printable(onTheWayTo)}`;
}

import * as vscode from 'vscode';
import type { HostKeyQuestion, SecretQuestion, SshPrompts } from '../transport/sshPrompts.ts';
import { plain } from './messages.ts';

/** Asks in VS Code's own dialogs. Nothing that is typed is kept or logged. */
export const sshPromptsInWindow: SshPrompts = { trustHostKey, secret };

async function trustHostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<boolean> {
  const { host, address, port, keyType, fingerprint, knownTypes } = question;
  const where = `${host}${address === null || address === host ? '' : ` (${address})`}${port === 22 ? '' : ` port ${port}`}`;
  const trust = 'Trust and Connect';
  const copy = 'Copy Fingerprint';
  const detail = [
    `${keyType} key fingerprint`,
    fingerprint,
    '',
    'Compare it with what "ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub" prints on the host. Trusting it remembers it for Packet Path only; your known_hosts file is not changed.',
    ...(knownTypes.length > 0
      ? [
          '',
          `This host is already known, but by other keys (${knownTypes.join(', ')}): make sure that it really has this one too.`,
        ]
      : []),
  ].join('\n');
  // Copying is no answer: the question stands until it is trusted or refused.
  while (!signal.aborted) {
    const answer = await vscode.window.showWarningMessage(
      `The authenticity of ${plain(where)} cannot be established.`,
      { modal: true, detail },
      trust,
      copy,
    );
    if (answer !== copy) return answer === trust && !signal.aborted;
    await vscode.env.clipboard.writeText(fingerprint);
  }
  return false;
}

async function secret(question: SecretQuestion, signal: AbortSignal): Promise<string | undefined> {
  if (signal.aborted) return undefined;
  const cancelled = new vscode.CancellationTokenSource();
  const cancel = (): void => cancelled.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await vscode.window.showInputBox(
      { title: titleOf(question), prompt: promptOf(question), password: !question.echo, ignoreFocusOut: true },
      cancelled.token,
    );
  } finally {
    signal.removeEventListener('abort', cancel);
    cancelled.dispose();
  }
}

function titleOf({ kind, user, host, attempt }: SecretQuestion): string {
  const what = { password: 'Password', passphrase: 'Passphrase', answer: 'Answer' }[kind];
  return `${what} for ${plain(user)}@${plain(host)}${attempt > 1 ? ` (try ${attempt})` : ''}`;
}

function promptOf({ kind, keyFile, prompt, instruction, attempt }: SecretQuestion): string {
  const again = attempt > 1 ? 'That was not right. ' : '';
  if (kind === 'passphrase') return `${again}Passphrase of ${plain(keyFile ?? 'the key')}. It is not stored.`;
  if (kind === 'answer') {
    const said = instruction === undefined || instruction === '' ? '' : `${plain(instruction)} `;
    return `${again}${said}The host asks: ${plain(prompt ?? '')}`;
  }
  return `${again}It is not stored.`;
}

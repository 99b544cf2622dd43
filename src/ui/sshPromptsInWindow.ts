import * as vscode from 'vscode';
import type { RememberingPrompts } from '../transport/prompts/rememberedPrompts.ts';
import type { HostKeyQuestion, SecretQuestion } from '../transport/prompts/sshPrompts.ts';
import { hostText, loginText } from '../transport/prompts/sshQuestionText.ts';
import { plain } from './messages.ts';

/** Asks in VS Code's own dialogs. Nothing that is typed is logged. */
export const sshPromptsInWindow: RememberingPrompts = { trustHostKey, secret, notice };

async function trustHostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<boolean> {
  const { keyType, fingerprint, knownTypes } = question;
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
      `The authenticity of ${plain(hostText(question))} cannot be established.`,
      { modal: true, detail },
      trust,
      copy,
    );
    if (answer !== copy) return answer === trust && !signal.aborted;
    await vscode.env.clipboard.writeText(fingerprint);
  }
  return false;
}

const remember: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('save'), tooltip: 'Remember' };
const remembering: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('pass-filled'),
  tooltip: 'Remember: on. Press to turn it off',
};

/** An input box, which goes when the signal is aborted. Closing it by whatever means is giving up. */
function secret(
  question: SecretQuestion,
  signal: AbortSignal,
  rememberable: boolean,
): Promise<{ text: string; remember: boolean } | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  const box = vscode.window.createInputBox();
  let on = false;
  const show = (): void => {
    box.prompt = promptOf(question, rememberable ? on : null);
    box.buttons = rememberable ? [on ? remembering : remember] : [];
  };
  box.title = titleOf(question);
  box.password = !question.echo;
  box.ignoreFocusOut = true;
  show();
  return new Promise((resolve) => {
    const hide = (): void => box.hide();
    signal.addEventListener('abort', hide, { once: true });
    box.onDidTriggerButton(() => {
      on = !on;
      show();
    });
    box.onDidAccept(() => {
      resolve({ text: box.value, remember: on });
      box.hide();
    });
    box.onDidHide(() => {
      signal.removeEventListener('abort', hide);
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function titleOf(question: SecretQuestion): string {
  const what = { password: 'Password', passphrase: 'Passphrase', answer: 'Answer' }[question.kind];
  const { attempt } = question;
  return `${what} for ${plain(loginText(question))}${attempt > 1 ? ` (try ${attempt})` : ''}`;
}

/** `remembered`: whether it will be; null where that is not offered. */
function promptOf({ kind, keyFile, prompt, instruction, attempt }: SecretQuestion, remembered: boolean | null): string {
  const again = attempt > 1 ? 'The last one was refused. ' : '';
  const fate =
    remembered === true
      ? 'What you type will be kept in VS Code’s secret storage.'
      : kind === 'passphrase'
        ? 'What you type is kept in memory until this window closes. Leave it empty to go on without this key.'
        : 'What you type is not stored.';
  if (kind === 'passphrase') return `${again}Key ${plain(keyFile ?? '')}. ${fate}`;
  if (kind === 'password') return `${again}${fate}`;
  const said = instruction === undefined || instruction === '' ? '' : `${plain(instruction)} `;
  return `${again}${said}The host asks: ${plain(prompt ?? '')}${remembered === null ? '' : ` (${fate})`}`;
}

/** A notification that stays until the signal is aborted. */
async function notice(text: string, signal: AbortSignal): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: plain(text) };
  await vscode.window.withProgress(options, () => {
    return new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  });
}

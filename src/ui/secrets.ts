import * as vscode from 'vscode';
import type { SecretVault } from '../transport/prompts/rememberedPrompts.ts';
import { plain, showFailure } from './messages.ts';

/** Where the names stand; VS Code's secret storage cannot list what it holds. */
const namesKey = 'packetPath.secretNames';
const storagePrefix = 'packetPath.ssh: ';

/** Secrets the user wants kept in VS Code's secret storage, and those of this session in memory. */
export class Secrets implements SecretVault {
  readonly #session = new Map<string, string>();
  readonly #storage: vscode.SecretStorage;
  readonly #names: vscode.Memento;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ secrets, globalState }: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>) {
    this.#storage = secrets;
    this.#names = globalState;
  }

  async get(name: string): Promise<string | undefined> {
    const secret = this.#session.get(name);
    if (secret !== undefined) return secret;
    try {
      return await this.#storage.get(storagePrefix + name);
    } catch (error) {
      showFailure(error);
      return undefined;
    }
  }

  async keep(name: string, secret: string, lasting: boolean): Promise<void> {
    if (!lasting) {
      this.#session.set(name, secret);
      return;
    }
    await this.#change(async () => {
      await this.#storage.store(storagePrefix + name, secret);
      await this.#names.update(namesKey, [...new Set([...this.#lasting(), name])]);
    });
  }

  async forget(name: string): Promise<void> {
    this.#session.delete(name);
    await this.#change(async () => {
      await this.#storage.delete(storagePrefix + name);
      if (!this.#lasting().includes(name)) return;
      await this.#names.update(
        namesKey,
        this.#lasting().filter((kept) => kept !== name),
      );
    });
  }

  list(): { readonly name: string; readonly lasting: boolean }[] {
    const lasting = this.#lasting();
    const session = [...this.#session.keys()].filter((name) => !lasting.includes(name));
    return [...lasting.map((name) => ({ name, lasting: true })), ...session.map((name) => ({ name, lasting: false }))];
  }

  #lasting(): string[] {
    const names = this.#names.get<unknown>(namesKey);
    return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
  }

  /** One change at a time: the list of names is read and written back. */
  #change(edit: () => Promise<void>): Promise<void> {
    const done = this.#last.then(edit).catch(showFailure);
    this.#last = done;
    return done;
  }
}

/** `Net: Forget Remembered Secrets...`: by name; what they are is never shown. */
export function registerForgetSecrets(secrets: Secrets): vscode.Disposable {
  return vscode.commands.registerCommand('packetPath.forgetSecrets', async () => {
    const items = secrets.list().map(({ name, lasting }) => ({
      label: plain(name),
      description: lasting ? 'in VS Code’s secret storage' : 'in memory until this window closes',
      name,
    }));
    if (items.length === 0) {
      await vscode.window.showInformationMessage('Packet Path remembers no passwords and no passphrases.');
      return;
    }
    const title = 'Forget which passwords and passphrases?';
    const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true, ignoreFocusOut: true });
    for (const { name } of chosen ?? []) await secrets.forget(name);
  });
}

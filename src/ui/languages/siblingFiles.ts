import * as vscode from 'vscode';
import type { LanguageRoom } from '../../languageRoom.ts';
import type { LanguageId } from '../../languages/service/languageService.ts';
import type { HostPlace, SiblingFile } from '../../languages/service/siblings.ts';

/** Larger ones and more of them are not read: they are no configuration by hand. */
const mostBytes = 1_048_576;
const mostFiles = 500;
const pattern = '{**/sysctl.conf,**/sysctl.d/*.conf,**/udev/rules.d/*.rules,**/systemd/network/*.link}';

interface Known {
  readonly language: LanguageId;
  readonly place: HostPlace;
  readonly text: string;
}

/** The files of the workspace that would be on one host with another, as they are saved or, when open, as they are edited. */
export class SiblingFiles implements vscode.Disposable {
  readonly #room: LanguageRoom;
  readonly #files = new Map<string, Known>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #watching: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(room: LanguageRoom) {
    this.#room = room;
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const reread = (uri: vscode.Uri) => this.#read(uri).then(() => this.#changed.fire());
    this.#watching = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(reread),
      watcher.onDidChange(reread),
      watcher.onDidDelete((uri) => {
        this.#files.delete(uri.toString());
        this.#changed.fire();
      }),
    );
  }

  /** Reads what there is. */
  async start(): Promise<void> {
    const uris = await vscode.workspace.findFiles(pattern, '**/node_modules/**', mostFiles);
    await Promise.all(uris.map((uri) => this.#read(uri)));
    this.#changed.fire();
  }

  /** The others of the same language below the same root. */
  of(document: vscode.TextDocument, language: LanguageId, root: string): SiblingFile[] {
    const own = document.uri.toString();
    const open = new Map(vscode.workspace.textDocuments.map((one) => [one.uri.toString(), one]));
    return [...this.#files].flatMap(([uri, known]) =>
      uri === own || known.language !== language || known.place.root !== root
        ? []
        : [{ path: known.place.path, text: open.get(uri)?.getText() ?? known.text }],
    );
  }

  async #read(uri: vscode.Uri): Promise<void> {
    const language = this.#room.languageOfFile(uri.path);
    const place = language === null ? null : this.#room.hostPlace(language, uri.path);
    if (language === null || place === null) return;
    try {
      if ((await vscode.workspace.fs.stat(uri)).size > mostBytes) return;
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      this.#files.set(uri.toString(), { language, place, text });
    } catch {
      // It is gone again, or may not be read: then it is no file to compare with.
      this.#files.delete(uri.toString());
    }
  }

  dispose(): void {
    this.#watching.dispose();
    this.#changed.dispose();
  }
}

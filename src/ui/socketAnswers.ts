import * as vscode from 'vscode';
import type { SocketReadingView } from '../../webview/socketViews.ts';
import type { Host } from '../hosts/host.ts';

/** What hosts answered in this session: of each question the newest answer. */
export class SocketAnswers implements vscode.Disposable {
  readonly #answers = new Map<string, readonly SocketReadingView[]>();
  readonly #changed = new vscode.EventEmitter<string>();
  /** Fires with the id of a host that answered. */
  readonly onDidChange = this.#changed.event;

  /** The newest first. */
  of(host: Pick<Host, 'id'>): readonly SocketReadingView[] {
    return this.#answers.get(host.id) ?? [];
  }

  add(host: Pick<Host, 'id'>, answer: SocketReadingView): void {
    this.#answers.set(host.id, [answer, ...this.of(host).filter(({ key }) => key !== answer.key)]);
    this.#changed.fire(host.id);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

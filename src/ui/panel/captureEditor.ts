import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { TabId } from '../../../webview/protocol.ts';
import { isCapture } from '../../capture/frame.ts';
import { decodeNetsnap } from '../../capture/netsnap.ts';
import { engineInUse, loadEngine } from '../loadEngine.ts';
import { runCommand } from '../messages.ts';
import { thresholds } from '../settings.ts';
import { isOfHost, type Sources } from '../sources.ts';
import { explanationOf, pathOf } from './fromEngine.ts';
import { type PageParts, PanelPage } from './panelPage.ts';

export const captureViewType = 'packetPath.capture';

/**
 * The read-only editor of `.netsnap` files: the host panel without a host. Its findings count like a host's, also after it
 * was closed: a preview tab closes when the file that is to be fixed is opened.
 */
export class CaptureEditors implements vscode.CustomReadonlyEditorProvider {
  readonly #pageParts: PageParts;
  readonly #sources: Sources;
  readonly #pages = new Map<string, PanelPage>();
  readonly #waiting = new Map<string, { tab: TabId; focus: string | null }>();

  constructor(pageParts: PageParts, sources: Sources) {
    this.#pageParts = pageParts;
    this.#sources = sources;
  }

  async openCustomDocument(uri: vscode.Uri): Promise<vscode.CustomDocument> {
    const text = await decodeNetsnap(await vscode.workspace.fs.readFile(uri));
    if (!isCapture(text))
      throw new Error(`${basename(uri.path)} is not a capture: it has no "@@NONCE packet-path" line.`);
    const engine = await loadEngine();
    const observation = engine.observe(text, [], thresholds(engine).limits);
    const id = uri.toString();
    this.#sources.set(id, observation.snapshot.host.hostname ?? basename(uri.path), uri, observation);
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor(document: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const id = document.uri.toString();
    const page = new PanelPage(
      panel,
      this.#pageParts,
      {
        state: (tab) => {
          const source = this.#sources.get(id);
          return {
            identity: { host: source?.label ?? '', capture: id },
            title: source?.label ?? basename(document.uri.path),
            tab,
            canSnapshot: false,
            busy: null,
            view: source === undefined ? null : engineInUse().viewOf(source.observation, []),
            emptyReason: source === undefined ? 'This capture was closed.' : null,
          };
        },
        snapshot: () => undefined,
        insertTuning: (finding) => runCommand('packetPath.insertTuning', id, finding),
        copyFinding: (key) => runCommand('packetPath.copyMarkdown', { source: { id }, finding: { key } }),
        openRaw: () => runCommand('packetPath.openRaw', document.uri),
        saveReport: () => runCommand('packetPath.saveReport', id),
        path: (nic) => pathOf(this.#sources.get(id), nic),
        explain: (of) => explanationOf(this.#sources.get(id), of),
        capture: () => document.uri,
      },
      'overview',
    );
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) page.show(waiting.tab, waiting.focus);
    this.#waiting.delete(id);
    this.#pages.set(id, page);
    panel.onDidDispose(() => {
      if (this.#pages.get(id) === page) this.#pages.delete(id);
    });
  }

  /** Forgets the captures that are not open any more, and their findings. */
  forgetClosed(): void {
    for (const source of this.#sources.all()) {
      if (!isOfHost(source) && !this.#pages.has(source.id)) this.#sources.delete(source.id);
    }
  }

  /** Opens or brings forward a capture and points at a finding. */
  async show(uri: vscode.Uri, tab: TabId, focus: string | null): Promise<void> {
    const id = uri.toString();
    if (!this.#pages.has(id)) this.#waiting.set(id, { tab, focus });
    try {
      await vscode.commands.executeCommand('vscode.openWith', uri, captureViewType);
      if (!this.#waiting.has(id)) this.#pages.get(id)?.show(tab, focus);
    } finally {
      if (!this.#pages.has(id)) this.#waiting.delete(id);
    }
  }
}

export function registerCaptureEditor(editors: CaptureEditors): vscode.Disposable {
  return vscode.window.registerCustomEditorProvider(captureViewType, editors);
}

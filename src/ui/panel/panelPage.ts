import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ExplanationView } from '../../../webview/explainViews.ts';
import type { PathView } from '../../../webview/pathViews.ts';
import type { FromPanel, PanelState, TabId, ToPanel } from '../../../webview/protocol.ts';
import { tabIds } from '../../../webview/protocol.ts';
import type { RawRequest } from '../../../webview/rawProtocol.ts';
import { type QuestionId, questionIds } from '../../../webview/socketViews.ts';
import { runCommand, showFailure } from '../messages.ts';
import { asRawRequest } from '../raw/rawRequest.ts';
import type { RawTexts } from '../raw/rawTexts.ts';

/** What a panel's page is shown and what it may ask for. */
export interface PageOwner {
  state(tab: TabId): PanelState;
  snapshot(): void;
  insertTuning(finding: string): void;
  copyFinding(finding: string): void;
  /** Of a host only. */
  ask?(question: QuestionId): void;
  openRaw(): void;
  saveReport(): void;
  /** By this interface, or by the first; null where there is none. */
  path(nic: string | null): PathView | null;
  /** Of what the page shows under this id; null before there is a snapshot. */
  explain(id: string): ExplanationView | null;
  /** The capture behind what is shown, for the Raw tab. */
  capture(): vscode.Uri | undefined;
}

/** What pages of all kinds are made of. */
export interface PageParts {
  readonly extensionUri: vscode.Uri;
  readonly rawTexts: RawTexts;
}

/**
 * One webview page. The extension owns the data: the page gets the whole state when it says it is ready and whenever the
 * state changes. A page that is hidden is thrown away by VS Code and says `ready` again when it is shown: until then
 * nothing is sent, and what it was to point at waits.
 */
export class PanelPage {
  readonly #webview: vscode.Webview;
  readonly #owner: PageOwner;
  readonly #rawTexts: RawTexts;
  #tab: TabId;
  #ready = false;
  #pendingShow: ToPanel | null = null;

  constructor(panel: vscode.WebviewPanel, { extensionUri, rawTexts }: PageParts, owner: PageOwner, tab: TabId) {
    this.#webview = panel.webview;
    this.#owner = owner;
    this.#rawTexts = rawTexts;
    this.#tab = tab;
    const dist = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const listeners = vscode.Disposable.from(
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#ready = false;
      }),
    );
    panel.onDidDispose(() => {
      this.#ready = false;
      listeners.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, dist);
  }

  refresh(): void {
    if (this.#ready) this.#post({ type: 'state', state: this.#owner.state(this.#tab) });
  }

  setBusy(busy: string | null): void {
    if (this.#ready) this.#post({ type: 'busy', busy });
  }

  show(tab: TabId, focus: string | null): void {
    this.#tab = tab;
    const message: ToPanel = { type: 'show', tab, focus };
    if (this.#ready) this.#post(message);
    else this.#pendingShow = message;
  }

  #receive(raw: unknown): void {
    const message = asFromPanel(raw);
    switch (message?.type) {
      case 'ready':
        this.#ready = true;
        this.refresh();
        if (this.#pendingShow !== null) this.#post(this.#pendingShow);
        this.#pendingShow = null;
        return;
      case 'tab':
        this.#tab = message.tab;
        return;
      case 'snapshot':
        this.#owner.snapshot();
        return;
      case 'insertTuning':
        this.#owner.insertTuning(message.finding);
        return;
      case 'copyFinding':
        this.#owner.copyFinding(message.finding);
        return;
      case 'copy':
        vscode.env.clipboard.writeText(message.text).then(undefined, showFailure);
        return;
      case 'ask':
        this.#owner.ask?.(message.question);
        return;
      case 'openRaw':
        this.#owner.openRaw();
        return;
      case 'saveReport':
        this.#owner.saveReport();
        return;
      case 'raw':
        this.#answer(message.id, message.request);
        return;
      case 'path':
        this.#post({ type: 'path', id: message.id, path: this.#owner.path(message.nic) });
        return;
      case 'explain':
        this.#post({ type: 'explain', id: message.id, explanation: this.#owner.explain(message.of) });
        return;
      case 'openRawEntry':
        runCommand('packetPath.openRawEntry', this.#owner.capture(), message.entry, message.line, message.parsed);
        return;
      case undefined:
        return; // not of our making
    }
  }

  #answer(id: number, request: RawRequest): void {
    this.#rawTexts.reply(this.#owner.capture(), request).then((reply) => {
      if (this.#ready) this.#post({ type: 'raw', id, reply });
    }, showFailure);
  }

  #post(message: ToPanel): void {
    this.#webview.postMessage(message);
  }
}

/** A webview is a web page: what it sends is checked like any other input. */
function asFromPanel(raw: unknown): FromPanel | null {
  if (typeof raw !== 'object' || raw === null || !('type' in raw)) return null;
  switch (raw.type) {
    case 'ready':
    case 'snapshot':
    case 'openRaw':
    case 'saveReport':
      return { type: raw.type };
    case 'tab': {
      const tab = tabIds.find((id) => 'tab' in raw && raw.tab === id);
      return tab === undefined ? null : { type: 'tab', tab };
    }
    case 'insertTuning':
    case 'copyFinding':
      return 'finding' in raw && typeof raw.finding === 'string' ? { type: raw.type, finding: raw.finding } : null;
    case 'copy':
      return 'text' in raw && typeof raw.text === 'string' ? { type: 'copy', text: raw.text } : null;
    case 'raw': {
      const request = 'request' in raw ? asRawRequest(raw.request) : null;
      const id = 'id' in raw && typeof raw.id === 'number' ? raw.id : null;
      return request === null || id === null ? null : { type: 'raw', id, request };
    }
    case 'path': {
      const nic = 'nic' in raw && (typeof raw.nic === 'string' || raw.nic === null) ? raw.nic : undefined;
      const id = 'id' in raw && typeof raw.id === 'number' ? raw.id : null;
      return nic === undefined || id === null ? null : { type: 'path', id, nic };
    }
    case 'explain':
      return 'of' in raw && typeof raw.of === 'string' && 'id' in raw && typeof raw.id === 'number'
        ? { type: 'explain', id: raw.id, of: raw.of }
        : null;
    case 'openRawEntry':
      return 'entry' in raw && typeof raw.entry === 'string' && 'line' in raw && Number.isSafeInteger(raw.line)
        ? {
            type: 'openRawEntry',
            entry: raw.entry,
            line: Number(raw.line),
            parsed: 'parsed' in raw && raw.parsed === true,
          }
        : null;
    case 'ask': {
      const question = questionIds.find((id) => 'question' in raw && raw.question === id);
      return question === undefined ? null : { type: 'ask', question };
    }
    default:
      return null;
  }
}

function pageHtml(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const csp = [
    "default-src 'none'",
    `img-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${csp}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${uri('style.css')}">
  <title>Packet Path</title>
</head>
<body>
  <div id="app"></div>
  <script nonce="${nonce}" src="${uri('panel.js')}"></script>
</body>
</html>`;
}

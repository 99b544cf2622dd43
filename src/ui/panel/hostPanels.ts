import * as vscode from 'vscode';
import { type PanelState, type TabId, tabIds } from '../../../webview/protocol.ts';
import { readNetsnap } from '../../capture/netsnap.ts';
import { observe } from '../../capture/observation.ts';
import type { Host } from '../../hosts/host.ts';
import type { CaptureStore } from '../captureStore.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import { sourceIdOf } from '../snapshots.ts';
import type { Sources } from '../sources.ts';
import { PanelPage } from './panelPage.ts';
import { viewOf } from './viewState.ts';

const viewType = 'packetPath.host';

/** The panels of hosts, one each. After a restart of the window a panel comes back with the host's newest capture. */
export class HostPanels implements vscode.Disposable {
  readonly #open = new Map<string, { panel: vscode.WebviewPanel; page: PanelPage }>();
  readonly #extensionUri: vscode.Uri;
  readonly #registry: HostRegistry;
  readonly #sources: Sources;
  readonly #captures: CaptureStore;
  readonly #subscriptions: vscode.Disposable;

  constructor(extensionUri: vscode.Uri, parts: { registry: HostRegistry; sources: Sources; captures: CaptureStore }) {
    this.#extensionUri = extensionUri;
    this.#registry = parts.registry;
    this.#sources = parts.sources;
    this.#captures = parts.captures;
    const refresh = (id: string | undefined): void => {
      for (const [host, { page }] of this.#open)
        if (id === undefined || id === host || id === `host:${host}`) page.refresh();
    };
    this.#subscriptions = vscode.Disposable.from(
      parts.registry.onDidChange(refresh),
      parts.sources.onDidChange(refresh),
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel, state) => this.#restore(panel, state),
      }),
    );
  }

  /** Opens or brings forward the panel of a host; `tab` and `focus` say where it should look. */
  show(host: Host, tab?: TabId, focus: string | null = null): void {
    const open = this.#open.get(host.id);
    if (open === undefined) {
      const panel = vscode.window.createWebviewPanel(viewType, titleOf(host), vscode.ViewColumn.Active, {});
      const page = this.#adopt(panel, host, tab ?? 'overview');
      if (tab !== undefined) page.show(tab, focus);
      return;
    }
    open.panel.reveal();
    if (tab !== undefined) open.page.show(tab, focus);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const { panel } of this.#open.values()) panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, host: Host, tab: TabId): PanelPage {
    const page = new PanelPage(
      panel.webview,
      this.#extensionUri,
      {
        state: (current) => this.#stateOf(host, current),
        snapshot: () => run('packetPath.snapshotHost', host.id),
        insertTuning: (finding) => run('packetPath.insertTuning', sourceIdOf(host), finding),
        openRaw: () => run('packetPath.openRaw', this.#sources.get(sourceIdOf(host))?.capture),
      },
      tab,
    );
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, 'media', 'icon.png');
    this.#open.set(host.id, { panel, page });
    panel.onDidChangeViewState(() => {
      if (panel.visible) page.refresh();
    });
    panel.onDidDispose(() => {
      page.dispose();
      this.#open.delete(host.id);
    });
    return page;
  }

  async #restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = asSaved(state);
    const host = saved === null ? undefined : this.#registry.get(saved.host);
    if (saved === null || host === undefined || this.#open.has(host.id)) {
      panel.dispose();
      return;
    }
    const page = this.#adopt(panel, host, saved.tab);
    const newest = await this.#captures.newest(host);
    if (newest === undefined || this.#sources.get(sourceIdOf(host)) !== undefined) return;
    this.#sources.set(sourceIdOf(host), host.label, newest.uri, observe(await readNetsnap(newest.uri.fsPath)));
    page.refresh();
  }

  #stateOf(host: Host, tab: TabId): PanelState {
    const source = this.#sources.get(sourceIdOf(host));
    const { activity, problem } = this.#registry.state(host.id);
    return {
      identity: { host: host.id, capture: null },
      title: host.label,
      tab,
      canSnapshot: true,
      busy: activity,
      view: source === undefined ? null : viewOf(source.observation, source.history),
      emptyReason:
        source !== undefined
          ? null
          : problem === null
            ? 'No snapshot of this host yet.'
            : `${problem.message}. ${problem.hint}`,
    };
  }
}

function titleOf(host: Host): string {
  return `${host.label}: Network`;
}

function asSaved(state: unknown): { host: string; tab: TabId } | null {
  if (typeof state !== 'object' || state === null || !('identity' in state)) return null;
  const { identity } = state;
  if (typeof identity !== 'object' || identity === null || !('host' in identity) || typeof identity.host !== 'string')
    return null;
  return { host: identity.host, tab: tabIds.find((id) => 'tab' in state && state.tab === id) ?? 'overview' };
}

function run(command: string, ...args: unknown[]): void {
  vscode.commands.executeCommand(command, ...args).then(undefined, (error: unknown) => {
    vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  });
}

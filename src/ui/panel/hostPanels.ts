import * as vscode from 'vscode';
import { type PanelState, type TabId, tabIds } from '../../../webview/protocol.ts';
import { readNetsnap } from '../../capture/netsnap.ts';
import type { Host } from '../../hosts/host.ts';
import type { CaptureStore } from '../captureStore.ts';
import { questionCommands } from '../commands/questionCommands.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import { engineInUse, loadEngine } from '../loadEngine.ts';
import { plain, runCommand } from '../messages.ts';
import { thresholds } from '../settings.ts';
import type { SocketAnswers } from '../socketAnswers.ts';
import { type Sources, sourceIdOf } from '../sources.ts';
import { explanationOf, pathOf } from './fromEngine.ts';
import { type PageOwner, type PageParts, PanelPage } from './panelPage.ts';

const viewType = 'packetPath.host';

export interface PanelParts {
  readonly registry: HostRegistry;
  readonly sources: Sources;
  readonly captures: CaptureStore;
  readonly answers: SocketAnswers;
}

/** The panels of hosts, one each. After a restart of the window a panel comes back with the host's newest capture. */
export class HostPanels implements vscode.Disposable {
  readonly #open = new Map<string, { panel: vscode.WebviewPanel; page: PanelPage }>();
  readonly #pageParts: PageParts;
  readonly #registry: HostRegistry;
  readonly #sources: Sources;
  readonly #captures: CaptureStore;
  readonly #answers: SocketAnswers;
  readonly #subscriptions: vscode.Disposable;

  constructor(pageParts: PageParts, parts: PanelParts) {
    this.#pageParts = pageParts;
    this.#registry = parts.registry;
    this.#sources = parts.sources;
    this.#captures = parts.captures;
    this.#answers = parts.answers;
    this.#subscriptions = vscode.Disposable.from(
      parts.registry.onDidChange((id) => this.#hostChanged(id)),
      parts.sources.onDidChange((id) => {
        for (const [host, { page }] of this.#open) if (id === sourceIdOf({ id: host })) page.refresh();
      }),
      parts.answers.onDidChange((id) => this.#open.get(id)?.page.refresh()),
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

  /** Closes the panel of a host that is removed. */
  close(host: Host): void {
    this.#open.get(host.id)?.panel.dispose();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const { panel } of this.#open.values()) panel.dispose();
  }

  #hostChanged(id: string | undefined): void {
    if (id === undefined) return;
    const page = this.#open.get(id)?.page;
    // Without a view the page is small, and shows why there is none.
    if (this.#sources.get(sourceIdOf({ id })) === undefined) page?.refresh();
    else page?.setBusy(this.#registry.state(id).activity);
  }

  #adopt(panel: vscode.WebviewPanel, host: Host, tab: TabId): PanelPage {
    const owner: PageOwner = {
      state: (current) => this.#stateOf(host, current),
      snapshot: () => runCommand('packetPath.snapshotHost', host.id),
      insertTuning: (finding) => runCommand('packetPath.insertTuning', sourceIdOf(host), finding),
      copyFinding: (key) =>
        runCommand('packetPath.copyMarkdown', { source: { id: sourceIdOf(host) }, finding: { key } }),
      ask: (question) => runCommand(questionCommands[question], host.id),
      openRaw: () => runCommand('packetPath.openRaw', this.#sources.get(sourceIdOf(host))?.capture),
      saveReport: () => runCommand('packetPath.saveReport', sourceIdOf(host)),
      path: (nic) => pathOf(this.#sources.get(sourceIdOf(host)), nic),
      explain: (id) => explanationOf(this.#sources.get(sourceIdOf(host)), id),
      capture: () => this.#sources.get(sourceIdOf(host))?.capture,
    };
    const page = new PanelPage(panel, this.#pageParts, owner, tab);
    panel.iconPath = vscode.Uri.joinPath(this.#pageParts.extensionUri, 'media', 'icon.png');
    this.#open.set(host.id, { panel, page });
    this.#registry.lookAt(host.id);
    panel.onDidDispose(() => {
      if (this.#open.get(host.id)?.panel === panel) this.#open.delete(host.id);
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
    this.#adopt(panel, host, saved.tab);
    try {
      const newest = await this.#captures.newest(host);
      if (newest === undefined) return;
      const engine = await loadEngine();
      const observation = engine.observe(await readNetsnap(newest.uri.fsPath), [], thresholds(engine).limits);
      // A snapshot may have been taken while the old one was read.
      if (this.#sources.get(sourceIdOf(host)) !== undefined) return;
      this.#sources.set(sourceIdOf(host), host.label, newest.uri, observation);
    } catch (error) {
      // The panel stays, and says why it is empty: a new snapshot fills it.
      const message = `its newest capture cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      this.#registry.setState(host.id, {
        activity: null,
        problem: { message, hint: 'Take a snapshot.', attention: false, brief: '' },
      });
    }
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
      view:
        source === undefined
          ? null
          : engineInUse().viewOf(source.observation, source.history, { canAsk: true, answers: this.#answers.of(host) }),
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
  return plain(`${host.label}: Network`);
}

function asSaved(state: unknown): { host: string; tab: TabId } | null {
  if (typeof state !== 'object' || state === null || !('identity' in state)) return null;
  const { identity } = state;
  if (typeof identity !== 'object' || identity === null || !('host' in identity) || typeof identity.host !== 'string')
    return null;
  return { host: identity.host, tab: tabIds.find((id) => 'tab' in state && state.tab === id) ?? 'overview' };
}

import { type FromPanel, type PanelState, type TabId, tabIds } from '../protocol.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What a reload of the window brings back: VS Code hands it to the extension's panel serializer. */
export interface SavedState {
  readonly identity: PanelState['identity'];
  readonly tab: TabId;
}

export interface Extension {
  readonly post: (message: FromPanel) => void;
  readonly save: (state: SavedState) => void;
  /** The tab of the saved state; null when nothing usable was saved. */
  readonly savedTab: () => TabId | null;
}

/** The extension's end of the line. May be called once per page: VS Code gives the API only once. */
export function connect(): Extension {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    save: (state) => api.setState(state),
    savedTab: () => {
      const saved = api.getState();
      if (typeof saved !== 'object' || saved === null || !('tab' in saved)) return null;
      return tabIds.find((id) => id === saved.tab) ?? null;
    },
  };
}

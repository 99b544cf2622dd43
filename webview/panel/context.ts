import type { PathView } from '../pathViews.ts';
import type { FromPanel, SnapshotView, TabId } from '../protocol.ts';
import type { RawReply, RawRequest } from '../rawProtocol.ts';
import type { Memory } from './memory.ts';
import type { Scope } from './scope.ts';
import type { ThemeSource } from './theme.ts';

/** What every tab is given to draw one view. */
export interface Context {
  readonly post: (message: FromPanel) => void;
  /** For what is too large to be part of the state. */
  readonly ask: (request: RawRequest) => Promise<RawReply>;
  /** The path by an interface, or by the first; null where there is none. */
  readonly askPath: (nic: string | null) => Promise<PathView | null>;
  /** Goes to a tab and, when given, to the element of that `data-key`. */
  readonly show: (tab: TabId, focus: string | null) => void;
  /** For a part that has more to show than elements with a `data-key`: asked first, answers whether it knew the key. */
  readonly onReveal: (reveal: (key: string) => boolean) => void;
  readonly memory: Memory;
  readonly theme: ThemeSource;
  readonly scope: Scope;
}

export type TabRenderer = (view: SnapshotView, context: Context) => readonly Node[];

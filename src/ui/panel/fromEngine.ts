import type { ExplanationView } from '../../../webview/explainViews.ts';
import type { PathView } from '../../../webview/pathViews.ts';
import type { Observation } from '../../capture/observation.ts';
import { engineInUse } from '../loadEngine.ts';

/** The path of what a panel shows, by this interface or by the first; null before there is a snapshot. */
export function pathOf(source: { readonly observation: Observation } | undefined, nic: string | null): PathView | null {
  return source === undefined ? null : engineInUse().pathView(source.observation, nic);
}

/** What is meant by a name of the panel, as it stands in what it shows; null before there is a snapshot. */
export function explanationOf(
  source: { readonly observation: Observation } | undefined,
  id: string,
): ExplanationView | null {
  return source === undefined ? null : engineInUse().explanationView(source.observation, id);
}

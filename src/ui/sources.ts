import * as vscode from 'vscode';
import type { HistoryPoint } from '../../webview/protocol.ts';
import type { Observation } from '../capture/observation.ts';
import type { LimitOverrides } from '../diagnosis/limit.ts';
import type { Host } from '../hosts/host.ts';
import { engineInUse } from './loadEngine.ts';

/** What the views show findings of: a host that was looked at, or a capture file that was opened. */
export interface Source {
  /** `host:local`, `host:web-1`, or the URI of a capture file. */
  readonly id: string;
  readonly label: string;
  /** The capture file behind the observation. */
  readonly capture: vscode.Uri;
  readonly observation: Observation;
  /** Totals of this session's snapshots of a host, oldest first. */
  readonly history: readonly HistoryPoint[];
}

const hostPrefix = 'host:';

/** The id under which a host's observation stands in `Sources`. */
export function sourceIdOf(host: Pick<Host, 'id'>): string {
  return hostPrefix + host.id;
}

/** The id of the host that it is of; null for a capture file. */
export function hostIdOf(source: Pick<Source, 'id'>): string | null {
  return source.id.startsWith(hostPrefix) ? source.id.slice(hostPrefix.length) : null;
}

/** Whether it is of a host, not of a capture file. */
export function isOfHost(source: Source): boolean {
  return hostIdOf(source) !== null;
}

/** One point a snapshot; more than fit on a screen are not kept. */
const maxHistory = 120;

/** The observations of this session. Views, panels and code actions are projections of it. */
export class Sources implements vscode.Disposable {
  readonly #sources = new Map<string, Source>();
  readonly #changed = new vscode.EventEmitter<string>();
  /** Fires with the id of the source that is new, changed or gone. */
  readonly onDidChange = this.#changed.event;

  get(id: string): Source | undefined {
    return this.#sources.get(id);
  }

  all(): Source[] {
    return [...this.#sources.values()];
  }

  set(id: string, label: string, capture: vscode.Uri, observation: Observation): Source {
    const point = engineInUse().historyPointOf(observation);
    const earlier = (this.#sources.get(id)?.history ?? []).filter((old) => point === null || old.at < point.at);
    const history = point === null ? earlier : [...earlier, point].slice(-maxHistory);
    const source = { id, label, capture, observation, history };
    this.#sources.set(id, source);
    this.#changed.fire(id);
    return source;
  }

  /** Judges everything anew, by these thresholds. */
  judge(limits: LimitOverrides): void {
    for (const source of this.all()) {
      this.#sources.set(source.id, { ...source, observation: engineInUse().judgedBy(limits, source.observation) });
      this.#changed.fire(source.id);
    }
  }

  delete(id: string): void {
    if (this.#sources.delete(id)) this.#changed.fire(id);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

import * as vscode from 'vscode';
import type { OverridesRead } from '../diagnosis/overrides.ts';
import type { Engine } from '../engine.ts';

export interface SnapshotSettings {
  readonly intervalSeconds: number;
  /** Milliseconds the collector may take beyond the interval. */
  readonly deadlineMs: number;
  /** Captures kept of one host, at least 1. */
  readonly keep: number;
  /** Hosts looked at at the same time, 1 to 50. */
  readonly concurrency: number;
}

/** The settings of snapshots, within their bounds: VS Code only warns of a value that is none. */
export function snapshotSettings(): SnapshotSettings {
  return {
    intervalSeconds: number('snapshot.interval', 2, 1, 60),
    deadlineMs: number('snapshot.deadline', 60, 5, 600) * 1000,
    keep: Math.round(number('captures.keep', 50, 1, 10_000)),
    concurrency: Math.round(number('snapshot.concurrency', 8, 1, 50)),
  };
}

/** The user's own thresholds as they stand in the settings, by `R18.warnPerSecond`. */
export function thresholdEntries(): [string, unknown][] {
  const value: unknown = vscode.workspace.getConfiguration('packetPath').get('thresholds');
  return typeof value !== 'object' || value === null ? [] : Object.entries(value);
}

/** The thresholds, and what of them cannot be used. */
export function thresholds({ overridesOf }: Engine): OverridesRead {
  return overridesOf(thresholdEntries());
}

function number(name: string, standard: number, least: number, most: number): number {
  const value: unknown = vscode.workspace.getConfiguration('packetPath').get(name);
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : standard;
}

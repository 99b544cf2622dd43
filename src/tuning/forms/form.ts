import type { Snapshot } from '../../model/snapshot.ts';
import type { Change } from '../change.ts';
import type { Rendered } from '../rendered.ts';

export type FormId = 'sysctl' | 'udev' | 'link' | 'commands' | 'networkmanager' | 'ansible' | 'systemd' | 'irqbalance';

/** A way to write changes down: a kind of file, or commands. */
export interface Form {
  readonly id: FormId;
  /** As a user would call it. */
  readonly title: string;
  /** The language VS Code knows such a text by. */
  readonly language: string;
  /** One change as it stands in such a file, without the end of its last line; or why the form cannot hold it. */
  readonly render: (change: Change, host: Snapshot | null) => Rendered;
  /** The file on the host (of Ansible: in the playbooks' folder) that it belongs in. Only for what `render` takes. */
  readonly fileFor: (change: Change, host: Snapshot | null) => string;
  /** What stands before the first change of a file, and after the last. Of these changes, all in this file. */
  readonly open?: (changes: readonly Change[], host: Snapshot | null) => readonly string[];
  readonly close?: (changes: readonly Change[], host: Snapshot | null) => readonly string[];
  /** Commands that make a file count without a reboot; what they disturb is said where the change is. */
  readonly activate: (path: string, changes: readonly Change[]) => readonly string[];
}

/** The NIC a change is about; null for one of the whole host. */
export function nicOf(change: Change): string | null {
  return change.kind === 'sysctl' || change.kind === 'irqbalance' ? null : change.nic;
}

/** NICs of changes, each once. */
export function nicsOf(changes: readonly Change[]): string[] {
  return [...new Set(changes.flatMap((change) => nicOf(change) ?? []))];
}

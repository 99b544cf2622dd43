import { printable } from '../kernel/printable.ts';
import { isPlainNamespaceName, type NetNamespace } from '../transport/shell.ts';
import type { NamespaceProcess, NamespaceText } from './namespaceText.ts';

/** A network namespace of a host other than that of the login. */
export interface NamespaceEntry {
  /** How to get in; null when there is no way. */
  readonly namespace: NetNamespace | null;
  /** Its name, or the container or process in it; one printable line, as is all text here. */
  readonly label: string;
  /** What is in it, in a few words. */
  readonly detail: string;
  /** Why it cannot be entered; empty when it can. */
  readonly reason: string;
}

export interface NamespaceList {
  /** Those with a name first. */
  readonly entries: readonly NamespaceEntry[];
  /** What keeps the list from being whole; empty when nothing does. */
  readonly note: string;
  /** How the login becomes root, which entering takes; null when it does not. */
  readonly root: 'login' | 'sudo' | null;
}

const needsRoot = 'entering a network namespace takes root: log in as root, or allow sudo without a password';

/** What can be shown and chosen of what the host says. */
export function namespaceList(text: NamespaceText): NamespaceList {
  const root = text.uid === 0 ? 'login' : text.sudo ? 'sudo' : null;
  const processOf = new Map(text.processes.map((process) => [process.inode, process]));
  const named = new Set(text.names.map(({ inode }) => inode));
  const entries = [
    ...text.names
      .filter(({ inode }) => inode !== text.own)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ inode, name }) => namedEntry(name, processOf.get(inode), text, root)),
    ...text.processes
      .filter(({ inode }) => inode !== text.own && !named.has(inode))
      .sort((a, b) => a.pid - b.pid)
      .map((process) => processEntry(process, text, root)),
  ];
  return { entries, note: note(text, root), root };
}

/** The one with that name, or the one that a process is in; null when there is none of that name. */
export function namespaceOf(list: NamespaceList, text: string): NamespaceEntry | null {
  const known = list.entries.find(({ namespace, label }) =>
    namespace?.kind === 'pid' ? label === text || String(namespace.pid) === text : label === text,
  );
  if (known !== undefined || !/^[1-9]\d{0,9}$/.test(text)) return known ?? null;
  // Any process will do, not only the first of each namespace.
  const entry = { label: `pid ${text}`, detail: `pid ${text}` };
  if (list.root === null) return { ...entry, namespace: null, reason: needsRoot };
  return { ...entry, namespace: { kind: 'pid', pid: Number(text), sudo: list.root === 'sudo' }, reason: '' };
}

function namedEntry(
  name: string,
  process: NamespaceProcess | undefined,
  text: NamespaceText,
  root: NamespaceList['root'],
): NamespaceEntry {
  const entry = {
    label: printable(name, 80),
    detail: process === undefined ? 'named; no process is seen in it' : `named; ${describe(process)}`,
  };
  if (root === null) return { ...entry, namespace: null, reason: needsRoot };
  if (isPlainNamespaceName(name) && text.programs.has('ip'))
    return { ...entry, namespace: { kind: 'name', name, sudo: root === 'sudo' }, reason: '' };
  if (process !== undefined) return { ...processEntry(process, text, root), ...entry };
  const reason = text.programs.has('ip')
    ? 'its name would need quoting, and no process is seen in it'
    : 'the host has no ip program (package iproute2), and no process is seen in it';
  return { ...entry, namespace: null, reason };
}

function processEntry(process: NamespaceProcess, text: NamespaceText, root: NamespaceList['root']): NamespaceEntry {
  const container = containerOf(process.cgroup);
  const entry = {
    label: container ?? `${nameOf(process)} (pid ${process.pid})`,
    detail: describe(process),
  };
  if (root === null) return { ...entry, namespace: null, reason: needsRoot };
  const missing = ['nsenter', 'unshare', 'mount'].filter((program) => !text.programs.has(program));
  if (missing.length > 0)
    return { ...entry, namespace: null, reason: `the host has no ${missing.join(', ')} (package util-linux)` };
  return { ...entry, namespace: { kind: 'pid', pid: process.pid, sudo: root === 'sudo' }, reason: '' };
}

function describe(process: NamespaceProcess): string {
  const container = containerOf(process.cgroup);
  return `pid ${process.pid} ${nameOf(process)}${container === null ? '' : `, ${container}`}`;
}

function nameOf({ comm }: NamespaceProcess): string {
  return printable(comm, 40) || 'without a name';
}

const scope = /\/(docker|crio|cri-containerd|containerd|libpod|nerdctl)-([0-9a-f]{64})(?:\.scope)?(?=\/|$)/;
const plain = /\/(docker|kubepods[^/]*|libpod_parent|lxc|machine\.slice)\/(?:.*\/)?(?:libpod-)?([0-9a-f]{64})(?=\/|$)/;
const runtimes: Readonly<Record<string, string>> = {
  docker: 'docker',
  crio: 'cri-o',
  libpod: 'podman',
  libpod_parent: 'podman',
  nerdctl: 'nerdctl',
  lxc: 'lxc',
};

/** The container whose process has that line in `/proc/PID/cgroup`, by its short id: `docker 0123456789ab`. */
export function containerOf(cgroup: string | null): string | null {
  const [, kind = '', id] = (cgroup === null ? null : (scope.exec(cgroup) ?? plain.exec(cgroup))) ?? [];
  return id === undefined ? null : `${runtimes[kind] ?? 'container'} ${id.slice(0, 12)}`;
}

function note(text: NamespaceText, root: NamespaceList['root']): string {
  const notes: string[] = [];
  const unread = text.count - text.readable;
  // Of root's view only those are missing that ended meanwhile, or are ending.
  if (unread > 0 && (root === null || text.readable === 0))
    notes.push(
      `the network namespace of ${unread} of ${text.count} processes cannot be seen by this user, so that of a container may be missing`,
    );
  if (text.more > 0) notes.push(`${text.more} more are not listed`);
  return notes.join('; ');
}

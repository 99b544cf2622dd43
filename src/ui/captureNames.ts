import { createHash } from 'node:crypto';
import { type Host, localHost } from '../hosts/host.ts';

export const captureExtension = '.netsnap.gz';

const namePattern = /^(.+)_(\d{8}T\d{6}Z)(?:-\d+)?(?:\.(file|sosreport))?\.netsnap\.gz$/;

/** Where a kept capture came from: a snapshot of ours, a capture file, a sosreport that it was made of. */
export type CaptureKind = 'snapshot' | 'file' | 'sosreport';

/** The name of a host's capture without its extension: `web-1_20261123T101500Z`. */
export function captureBaseName(host: Host, takenAt: Date): string {
  return `${fileNameOf(host)}_${stampOf(takenAt)}`;
}

/** The name of a capture that came from elsewhere: `web-1_20261123T101500Z.sosreport.netsnap.gz`. */
export function importedName(hostname: string, takenAt: Date, kind: Exclude<CaptureKind, 'snapshot'>): string {
  return `${fileNameOf({ id: hostname })}_${stampOf(takenAt)}.${kind}${captureExtension}`;
}

/** The host, as `fileNameOf` has it, ms since the epoch, and the kind; null for the name of another file. */
export function readCaptureName(name: string): { host: string; takenAt: number; kind: CaptureKind } | null {
  const [, host, stamp, kind] = namePattern.exec(name) ?? [];
  if (host === undefined || stamp === undefined) return null;
  return { host, takenAt: parseStamp(stamp), kind: kind === 'file' || kind === 'sosreport' ? kind : 'snapshot' };
}

/** Sorts the names of one host's captures by time, those of one second by their number. */
export function newestFirst(x: string, y: string): number {
  return base(y).localeCompare(base(x), 'en', { numeric: true });
}

function base(name: string): string {
  return name.slice(0, -captureExtension.length);
}

/** A host's id as a file name: `user@[::1]:2222` becomes `user@___1__2222-5f3a9c01`; no two hosts share one. */
export function fileNameOf(host: Pick<Host, 'id'>): string {
  const name = host.id.replace(/[^A-Za-z0-9.@-]/g, '_').slice(0, 100);
  return name === host.id ? name : `${name}-${createHash('sha256').update(host.id).digest('hex').slice(0, 8)}`;
}

/** The labels of hosts by `fileNameOf`. */
export function labelsByFileName(hosts: readonly Host[]): ReadonlyMap<string, string> {
  return new Map([localHost, ...hosts].map((host) => [fileNameOf(host), host.label]));
}

/** What a capture's host is called: its label where it is known, else what the file name tells of a command or a namespace. */
export function captureHostLabel(fileName: string, labels: ReadonlyMap<string, string>): string {
  const known = labels.get(fileName);
  if (known !== undefined) return known;
  const [, parent = '', kind, inside = ''] = /^(.+?)_(netns|pid)_(.+)-[0-9a-f]{8}$/.exec(fileName) ?? [];
  if (kind === undefined) return fileName.replace(/^command_(.+)-[0-9a-f]{8}$/, '$1');
  const of = labels.get(parent) ?? parent.replace(/^command_/, '');
  return `${of} / ${kind === 'pid' ? `pid ${inside}` : inside}`;
}

function stampOf(takenAt: Date): string {
  return takenAt.toISOString().replace(/[-:]|\.\d+/g, '');
}

function parseStamp(stamp: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

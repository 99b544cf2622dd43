import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One case of another project: its input texts by file name and what that project expects. */
export interface PeerCase {
  /** `procfs/tcp6` */
  readonly name: string;
  readonly kind: string;
  /** `error`: the peer refuses the input. */
  readonly scope: 'full' | 'subset' | 'error';
  readonly expected: Record<string, unknown>;
  readonly input: string;
  readonly files: ReadonlyMap<string, string>;
}

const root = join(import.meta.dirname, '../../../../shared/peers');

/** All cases beside this repository, or none where there is no such folder: they are not ours to ship. */
export function peerCases(): readonly PeerCase[] {
  if (!existsSync(root)) {
    console.log('peers: skipped, this checkout has no ../shared/peers');
    return [];
  }
  return folders(root).flatMap((peer) => folders(join(root, peer)).map((name) => readCase(peer, name)));
}

function folders(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort();
}

function readCase(peer: string, name: string): PeerCase {
  const folder = join(root, peer, name);
  const { kind, scope, expect } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  const names = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  const files = new Map(names.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  return { name: `${peer}/${name}`, kind, scope, expected: expect ?? {}, input: files.get('input.txt') ?? '', files };
}

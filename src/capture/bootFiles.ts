import { eachLine } from '../kernel/scan.ts';
import { type ConfigText, splitPath } from '../languages/boot/configFiles.ts';

/** The `boot-files` section: which configuration files there are. */
export interface BootFiles {
  readonly files: ReadonlyMap<string, { readonly target: string | null; readonly readable: boolean }>;
  /** Paths whose being there says something (`/run/systemd/system`). */
  readonly exists: ReadonlySet<string>;
  /** Where the collector stopped listing: the first file that was left out. */
  readonly capped: readonly string[];
}

/**
 * Lines `exists PATH`, `file PATH`, `unreadable PATH`, `capped COUNT PATH`, and `ls -ldn` of those that are symbolic
 * links. What it does not know it passes over.
 */
export function readBootFiles(text: string): BootFiles {
  const targets = new Map<string, string>();
  const listed = new Map<string, boolean>();
  const exists = new Set<string>();
  const capped: string[] = [];
  eachLine(text, (from, end) => {
    const line = text.slice(from, end);
    const [word = '', path = ''] = splitOnce(line, ' ');
    if (word === 'exists') exists.add(path);
    else if (word === 'file' || word === 'unreadable') listed.set(path, word === 'file');
    else if (word === 'capped') capped.push(splitOnce(path, ' ')[1] ?? '');
    else if (line.startsWith('l')) {
      // No field before the name has a slash.
      const [link = '', target] = splitOnce(line.slice(line.indexOf('/')), ' -> ');
      if (target !== undefined && target !== '') targets.set(link, resolved(splitPath(link).directory, target));
    }
  });
  const files = [...listed].map(([path, readable]) => [path, { target: targets.get(path) ?? null, readable }] as const);
  return { files: new Map(files), exists, capped };
}

/** `PATH:NUMBER:LINE` of `grep -Hn`, by path. A path that no file of the list has is none of ours. */
export function readNumberedLines(text: string, files: BootFiles['files']): Map<string, ConfigText['lines'][number][]> {
  const lines = new Map<string, ConfigText['lines'][number][]>();
  eachLine(text, (from, end) => {
    const line = text.slice(from, end);
    const found = /^(\/[^\n]*?):(\d{1,7}):/.exec(line);
    const [head = '', path = '', number = ''] = found ?? [];
    if (found === null || !(files.has(path) || path === '/proc/cmdline')) return;
    const entry = { line: Number(number), text: line.slice(head.length) };
    const before = lines.get(path);
    if (before === undefined) lines.set(path, [entry]);
    else before.push(entry);
  });
  return lines;
}

/** A link's target from the directory of the link, `..` taken out as text: the directories may not exist here. */
function resolved(directory: string, target: string): string {
  const parts: string[] = [];
  for (const part of `${target.startsWith('/') ? '' : `${directory}/`}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

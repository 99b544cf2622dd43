import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { wildcardMatches } from '../transport/wildcard.ts';

const maxDepth = 16;
const maxFiles = 512;

/**
 * One ssh_config file with what it `Include`s in place, as ssh_config(5) has it: relative names are below `~/.ssh`, `*`
 * and `?` are expanded in name order, depth is at most 16. After an included file the section around the `Include` goes
 * on. (An `Include` inside a `Host` section takes effect for all hosts here; ssh itself limits it to that section.)
 * Empty when there is no such file; rejects when it cannot be read.
 */
export async function readConfigText(file: string, home = homedir()): Promise<string> {
  return (await inlined(file, home, 0, { left: maxFiles })).join('\n');
}

/** The keyword, lower case, and the rest of a line of ssh_config; null for comments and blank lines. */
export function directive(line: string): { readonly keyword: string; readonly rest: string } | null {
  const match = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line);
  return match === null ? null : { keyword: (match[1] ?? '').toLowerCase(), rest: match[2] ?? '' };
}

/** The words of a directive's value; quotes keep spaces, `#` starts a comment. */
export function configWords(rest: string): string[] {
  const words: string[] = [];
  for (const [, quoted, bare] of rest.matchAll(/"([^"]*)"|(\S+)/g)) {
    if (bare?.startsWith('#') === true) break;
    words.push(quoted ?? bare ?? '');
  }
  return words;
}

async function inlined(file: string, home: string, depth: number, budget: { left: number }): Promise<string[]> {
  const text = await readIfThere(file);
  if (text === null || budget.left-- <= 0) return [];
  const lines: string[] = [];
  let section = 'Host *';
  for (const line of text.split(/\r?\n/)) {
    const { keyword, rest } = directive(line) ?? { keyword: '', rest: '' };
    if (keyword === 'host' || keyword === 'match') section = line;
    if (keyword !== 'include') {
      lines.push(line);
      continue;
    }
    if (depth >= maxDepth) continue;
    for (const pattern of configWords(rest)) {
      for (const included of await expandGlob(absolute(pattern, home))) {
        lines.push(...(await inlined(included, home, depth + 1, budget)), section);
      }
    }
  }
  return lines;
}

function absolute(pattern: string, home: string): string {
  if (pattern.startsWith('~/')) return join(home, pattern.slice(2));
  return isAbsolute(pattern) ? pattern : join(home, '.ssh', pattern);
}

async function expandGlob(pattern: string): Promise<string[]> {
  let paths = ['/'];
  for (const part of pattern.split('/').filter((piece) => piece !== '')) {
    if (!/[*?]/.test(part)) {
      paths = paths.map((path) => join(path, part));
      continue;
    }
    const matched = await Promise.all(
      paths.map(async (path) => {
        const names = await namesIn(path);
        const fitting = names.filter(
          (name) => wildcardMatches(part, name) && (part.startsWith('.') || !name.startsWith('.')),
        );
        return fitting.sort().map((name) => join(path, name));
      }),
    );
    paths = matched.flat();
  }
  return paths;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'EISDIR') || isCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

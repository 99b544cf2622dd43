import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { wildcardMatches } from '../transport/wildcard.ts';
import type { ConfigFile } from './sshEnvironment.ts';

const maxDepth = 16;
const maxFiles = 512;
const everyone = 'Host *';

/** Files that ssh_config text came from or would come from if they were there: those below `directory` named `pattern`. */
export interface ConfigSource {
  /** An absolute path; it need not be there. */
  readonly directory: string;
  /** A file's name, in which `*` and `?` stand for any characters and any one. */
  readonly pattern: string;
}

export interface ConfigReading {
  /** What `~` stands for. */
  readonly home: string;
  /**
   * Whether the section of an `Include` (its `Host` or `Match` line), after all the lines before it, takes effect; what
   * it includes is left out otherwise. Asked for includes within sections only; yes unless given.
   */
  applies?(before: readonly string[], section: string): boolean;
  /** Told of each place that was looked at, some more than once. */
  onSource?(source: ConfigSource): void;
}

/**
 * The lines of ssh_config files with what they `Include` in place, as ssh_config(5) has it: `*` and `?` are expanded in
 * name order, depth is at most 16. After an included file the section around the `Include` goes on; after each of `files`
 * comes a section for all. A file that is not there has none; rejects when one cannot be read.
 */
export async function readConfigLines(files: readonly ConfigFile[], reading: ConfigReading): Promise<string[]> {
  const lines: string[] = [];
  const budget = { left: maxFiles };
  for (const { file, includeDirectory } of files) {
    await inline(file, { ...reading, includeDirectory, budget, lines }, 0);
    lines.push(everyone);
  }
  return lines;
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

interface Inlining extends ConfigReading {
  /** Where relative names are. */
  readonly includeDirectory: string;
  readonly budget: { left: number };
  /** What has been read is added here. */
  readonly lines: string[];
}

async function inline(file: string, inlining: Inlining, depth: number): Promise<void> {
  const { lines, budget, applies } = inlining;
  inlining.onSource?.({ directory: dirname(file), pattern: basename(file) });
  const text = await readIfThere(file);
  if (text === null || budget.left-- <= 0) return;
  let section = everyone;
  for (const line of text.split(/\r?\n/)) {
    const { keyword, rest } = directive(line) ?? { keyword: '', rest: '' };
    if (keyword === 'host' || keyword === 'match') section = line;
    if (keyword !== 'include') {
      lines.push(line);
      continue;
    }
    if (depth >= maxDepth) continue;
    if (section !== everyone && applies?.(lines, section) === false) continue;
    for (const pattern of configWords(rest)) {
      for (const included of await expandGlob(absolute(pattern, inlining), inlining)) {
        await inline(included, inlining, depth + 1);
        lines.push(section);
      }
    }
  }
}

function absolute(pattern: string, { home, includeDirectory }: Inlining): string {
  if (pattern.startsWith('~/')) return join(home, pattern.slice(2));
  return isAbsolute(pattern) ? pattern : join(includeDirectory, pattern);
}

async function expandGlob(pattern: string, { onSource }: ConfigReading): Promise<string[]> {
  let paths = ['/'];
  for (const part of pattern.split('/').filter((piece) => piece !== '')) {
    if (!/[*?]/.test(part)) {
      paths = paths.map((path) => join(path, part));
      continue;
    }
    const matched = await Promise.all(
      paths.map(async (path) => {
        onSource?.({ directory: path, pattern: part });
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

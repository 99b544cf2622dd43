import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LanguageId } from '../languages/service/languageService.ts';
import { hostPlace, languageOfFile, type SiblingFile } from '../languages/service/siblings.ts';
import { UsageError } from './exit.ts';

/** A file to check. */
export interface LintFile {
  /** As it was named, or below a folder that was. */
  readonly path: string;
  readonly language: LanguageId;
  readonly text: string;
  /** Where it would be on a host, and what of the workspace stands for that host; null when its folders do not say. */
  readonly place: { readonly root: string; readonly path: string } | null;
}

/** Larger ones are no configuration by hand. */
const mostBytes = 16_777_216;
const skipped = new Set(['.git', 'node_modules']);

/** The files that are named and those in the folders that are. Throws `UsageError` for what is not there, or is of no language. */
export async function lintFiles(paths: readonly string[]): Promise<LintFile[]> {
  const found = new Map<string, LintFile>();
  for (const path of paths) {
    for (const file of await filesOf(path)) found.set(resolve(file.path), file);
  }
  return [...found.values()];
}

/** The others that would be on one host with it. */
export function siblingsOf(file: LintFile, all: readonly LintFile[]): SiblingFile[] {
  return all.flatMap((other) =>
    other === file || file.place === null || other.place?.root !== file.place.root || other.language !== file.language
      ? []
      : [{ path: other.place.path, text: other.text }],
  );
}

async function filesOf(path: string): Promise<LintFile[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new UsageError(`there is no file or folder ${path}`);
  if (found.isDirectory()) return below(path);
  const language = languageOfFile(resolve(path)) ?? byExtension(path);
  if (language === null) throw new UsageError(`${path} is no sysctl file (.conf), udev rules (.rules) or .link file`);
  return [await fileOf(path, language)];
}

async function below(folder: string): Promise<LintFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: LintFile[] = [];
  for (const entry of entries.sort((x, y) => (x.name < y.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) found.push(...(await below(path)));
      continue;
    }
    const language = languageOfFile(resolve(path));
    if (language === null || !entry.isFile() || (await stat(path)).size > mostBytes) continue;
    found.push(await fileOf(path, language));
  }
  return found;
}

async function fileOf(path: string, language: LanguageId): Promise<LintFile> {
  return { path, language, text: await readFile(path, 'utf8'), place: hostPlace(language, resolve(path)) };
}

/** A file that is named is checked wherever it is. */
function byExtension(path: string): LanguageId | null {
  if (path.endsWith('.conf')) return 'sysctl';
  if (path.endsWith('.rules')) return 'udev-rules';
  return path.endsWith('.link') ? 'systemd-link' : null;
}

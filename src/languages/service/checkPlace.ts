import { configDirectories, splitPath } from '../boot/configFiles.ts';
import type { DocumentContext, Problem } from './languageService.ts';
import { problem } from './problem.ts';

/** Whether a file is read where it is, and what it takes the place of: of files of one name that in the highest directory counts. */
export function checkPlace(
  text: string,
  { path, siblings, host }: DocumentContext,
  below: string,
  extension: string,
): Problem[] {
  if (path === null) return [];
  const { directory, name } = splitPath(path);
  const directories = configDirectories(below);
  const rank = directories.indexOf(directory);
  const span = { start: 0, end: /^[^\r\n]*/.exec(text)?.[0].length ?? 0 };
  if (rank < 0 || !name.endsWith(extension)) {
    return [
      problem({
        code: 'not-read',
        severity: 'warning',
        span,
        message: `udev does not read ${path}`,
        why: `It reads files that end in ${extension} right in ${directories.slice(0, 4).join(', ')}.`,
      }),
    ];
  }
  const fromHost =
    host === null
      ? []
      : below === 'udev/rules.d'
        ? host.boot.udev.ok
          ? host.boot.udev.value
          : []
        : host.boot.links.ok
          ? host.boot.links.value
          : [];
  const others = [...new Set([...siblings, ...fromHost].map((file) => file.path))]
    .filter((other) => other !== path && splitPath(other).name === name)
    .map((other) => ({ path: other, rank: directories.indexOf(splitPath(other).directory) }))
    .filter((other) => other.rank >= 0);
  const above = others.find((other) => other.rank < rank);
  if (above !== undefined) {
    return [
      problem({
        code: 'shadowed',
        severity: 'warning',
        span,
        message: `Nothing of this file counts: ${above.path} has the same name and comes first`,
        related: [{ path: above.path, span: null, line: 1, message: 'the file that counts' }],
      }),
    ];
  }
  const replacedFile = others.find((other) => other.rank > rank);
  if (replacedFile === undefined) return [];
  return [
    problem({
      code: 'replaces',
      severity: 'info',
      span,
      message: `This file takes the place of ${replacedFile.path}: nothing of that one counts`,
      related: [{ path: replacedFile.path, span: null, line: 1, message: 'the file that no longer counts' }],
    }),
  ];
}

/** A configuration file as a capture knows it: the lines that may matter, not all of it. */
export interface ConfigText {
  readonly path: string;
  /** Where it leads, of a symbolic link, as an absolute path; null for any other file. */
  readonly target: string | null;
  readonly readable: boolean;
  readonly lines: readonly { readonly line: number; readonly text: string }[];
}

/** Directories of one kind of file, the one that counts most first: below each `sysctl.d`, `udev/rules.d` ... */
export const configRoots = ['/etc', '/run', '/usr/local/lib', '/usr/lib', '/lib'] as const;

/** What becomes of a file among its namesakes. */
export interface PlacedFile {
  readonly file: ConfigText;
  readonly state: 'applied' | 'masked' | 'shadowed' | 'unreadable';
  /** Why it is not applied; empty for one that is. */
  readonly why: string;
}

/**
 * The files of one kind in the order in which they are applied, then those that are not. Of files of one name that in
 * the highest directory counts and the others are as if they were not there; a link to /dev/null takes all of them out
 * (sysctl.d(5), udev(7), systemd.link(5)). The order is that of the names, whatever the directories.
 */
export function placeFiles(
  files: readonly ConfigText[],
  directories: readonly string[],
  extension: string,
): PlacedFile[] {
  const rank = new Map(directories.map((directory, index) => [directory, index]));
  const ranked = files
    .map((file) => ({ file, ...splitPath(file.path) }))
    .filter(({ directory, name }) => rank.has(directory) && name.endsWith(extension))
    .sort((x, y) => (rank.get(x.directory) ?? 0) - (rank.get(y.directory) ?? 0));
  const winners = new Map<string, ConfigText>();
  const applied: { readonly name: string; readonly placed: PlacedFile }[] = [];
  const others: PlacedFile[] = [];
  for (const { file, name } of ranked) {
    const winner = winners.get(name);
    if (winner !== undefined) {
      const how = winner.target === '/dev/null' ? 'masked' : 'shadowed';
      others.push({ file, state: how, why: `${winner.path} has the same name and comes first` });
      continue;
    }
    winners.set(name, file);
    if (file.target === '/dev/null') others.push({ file, state: 'masked', why: 'it is a link to /dev/null' });
    else if (!file.readable) others.push({ file, state: 'unreadable', why: unreadable(file) });
    else applied.push({ name, placed: { file, state: 'applied', why: '' } });
  }
  // As strcmp(3) orders them: by bytes, which for UTF-8 is by code point.
  applied.sort((x, y) => byCodePoint(x.name, y.name));
  return [...applied.map(({ placed }) => placed), ...others];
}

/** The directories of a kind: `/etc/sysctl.d`, `/run/sysctl.d` ... */
export function configDirectories(below: string): string[] {
  return configRoots.map((root) => `${root}/${below}`);
}

function unreadable(file: ConfigText): string {
  return file.target === null
    ? 'this login may not read it, so what it sets is not known'
    : `it leads to ${file.target}, which is not there or may not be read`;
}

/** `/etc/sysctl.d/a.conf` as its directory and name. */
export function splitPath(path: string): { readonly directory: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { directory: path.slice(0, slash), name: path.slice(slash + 1) };
}

/** As strcmp(3) orders names: by bytes, which for UTF-8 is by code point. */
export function byCodePoint(x: string, y: string): number {
  const [left, right] = [[...x], [...y]];
  for (const [index, character] of left.entries()) {
    const order = (character.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? -1);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

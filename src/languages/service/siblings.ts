import { configRoots } from '../boot/configFiles.ts';
import type { LanguageId } from './languageService.ts';

/** Another file of a workspace that would be on the host with a document. */
export interface SiblingFile {
  /** As on the host. */
  readonly path: string;
  readonly text: string;
}

/** Where a file of a workspace would be on a host. */
export interface HostPlace {
  /** What stands in the workspace for the root of the host: `/home/me/infra/web`. Files of one root go to one host. */
  readonly root: string;
  /** `/etc/sysctl.d/90-net.conf` */
  readonly path: string;
}

const folders: Readonly<Record<LanguageId, readonly string[]>> = {
  sysctl: ['sysctl.d'],
  'udev-rules': ['udev/rules.d'],
  'systemd-link': ['systemd/network'],
};

/**
 * Where a file would be on a host, told from the folders it is in: below `etc`, `run`, `usr/lib` and so on when its path
 * says so, else (`roles/web/files/sysctl.d/90-net.conf`) below `/etc`. Null for a file that is in no such folder.
 */
export function hostPlace(language: LanguageId, file: string): HostPlace | null {
  if (language === 'sysctl') {
    const main = /^(.*?)\/(?:etc\/)?(ufw\/)?sysctl\.conf$/.exec(file);
    if (main !== null) return { root: main[1] ?? '', path: `/etc/${main[2] ?? ''}sysctl.conf` };
  }
  for (const folder of folders[language]) {
    const at = file.lastIndexOf(`/${folder}/`);
    if (at < 0) continue;
    const [before, rest] = [file.slice(0, at), file.slice(at + 1)];
    if (rest.slice(folder.length + 1).includes('/')) continue;
    const parent = configRoots.find((known) => before.endsWith(known));
    if (parent === undefined) return { root: before, path: `/etc/${rest}` };
    return { root: before.slice(0, -parent.length), path: `${parent}/${rest}` };
  }
  return unreadPlace(language, file);
}

/** Folders that such files are put into by mistake: a host has them there, and nobody reads them. */
function unreadPlace(language: LanguageId, file: string): HostPlace | null {
  const parents: Partial<Record<LanguageId, string>> = { 'udev-rules': 'udev', 'systemd-link': 'systemd' };
  const parent = parents[language];
  if (parent === undefined || file.includes('.link.d/')) return null;
  for (const root of configRoots) {
    const at = file.lastIndexOf(`${root}/${parent}/`);
    if (at >= 0) return { root: file.slice(0, at), path: file.slice(at) };
  }
  return null;
}

/** The language of a file by its name; null for any other file. */
export function languageOfFile(file: string): LanguageId | null {
  if (/\/sysctl\.d\/[^/]+\.conf$|(?:^|\/)sysctl\.conf$/.test(file)) return 'sysctl';
  if (/\/udev\/rules\.d\/[^/]+\.rules$/.test(file)) return 'udev-rules';
  if (/\/systemd\/network\/[^/]+\.link$/.test(file)) return 'systemd-link';
  return null;
}

import type { NicMatch } from '../../model/bootConfig.ts';
import type { Nic } from '../../model/snapshot.ts';
import { byCodePoint, type ConfigText, configDirectories, placeFiles, splitPath } from '../boot/configFiles.ts';
import type { DocumentContext } from '../service/languageService.ts';
import { unitFiles } from './unitFiles.ts';

const directories = configDirectories('systemd/network');

/** Which NICs of the linked host a file's [Match] is for, whatever other files say. */
export function nicsMatched(text: string, { host }: Pick<DocumentContext, 'host'>): readonly NicMatch[] {
  if (host === null) return [];
  const file = textOf('/etc/systemd/network/10-this.link', text);
  return unitFiles([{ file, state: 'applied', why: '' }], host.nics, 'link')[0]?.matches ?? [];
}

/** Those of which it is sure. */
export function surelyMatched(text: string, context: Pick<DocumentContext, 'host'>): readonly Nic[] {
  const sure = new Set(
    nicsMatched(text, context)
      .filter(({ matches }) => matches === true)
      .map(({ nic }) => nic),
  );
  return context.host?.nics.filter(({ name }) => sure.has(name)) ?? [];
}

/** The file that comes before this one for every NIC it is surely for; null where none does. */
export function fileBefore(text: string, { path, siblings, host }: DocumentContext): string | null {
  if (host === null || path === null) return null;
  const files = [...siblings.map((one) => textOf(one.path, one.text)), textOf(path, text)];
  const placed = placeFiles(files, directories, '.link');
  const read = unitFiles(placed, host.nics, 'link');
  const own = surelyMatched(text, { host });
  if (own.length === 0) return null;
  const name = splitPath(path).name;
  const before = read.filter((file) => file.state === 'applied' && byCodePoint(splitPath(file.path).name, name) < 0);
  const first = before.find((file) =>
    own.every((nic) => file.matches.some((match) => match.nic === nic.name && match.matches === true)),
  );
  return first?.path ?? null;
}

function textOf(path: string, text: string): ConfigText {
  const lines = text.split(/\r\n|\n|\r/).map((one, index) => ({ line: index + 1, text: one }));
  return { path, target: null, readable: true, lines };
}

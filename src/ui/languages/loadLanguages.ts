import type { LanguageRoom } from '../../languageRoom.ts';

let loaded: Promise<LanguageRoom> | null = null;

/** What is known of the languages; read from its file the first time. */
export function loadLanguages(): Promise<LanguageRoom> {
  loaded ??= import('../../languageRoom.ts').then(({ languageRoom }) => languageRoom);
  return loaded;
}

import { linkedHost } from './languages/service/linkedHost.ts';
import { services } from './languages/service/services.ts';
import { hostPlace, languageOfFile } from './languages/service/siblings.ts';

/**
 * What is known of sysctl files, udev rules and `.link` files, gathered for a file of its own that is loaded with the
 * first document of such a language (`src/ui/languages/loadLanguages.ts`).
 */
export const languageRoom = { services, linkedHost, hostPlace, languageOfFile };

export type LanguageRoom = typeof languageRoom;

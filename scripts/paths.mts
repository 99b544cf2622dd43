// Where things are: the clone, what it builds, and what is kept outside it.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The clone. */
export const root: string = resolve(import.meta.dirname, '..');

/** Files a run leaves for a person to look at: screenshots, logs, results. Not under version control. */
export const artefacts: string = join(root, 'artefacts');

/** What is costly to fetch and outlives the clone. */
export const cache: string = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'packet-path');

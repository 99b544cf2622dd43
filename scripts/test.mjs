// `npm test [-- stage...]`: from a clean clone to one line that says how many tests passed and failed.
import { ensureDependencies } from './setup.mjs';

await ensureDependencies();
await import('./runStages.mts');

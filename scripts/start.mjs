// `npm start`: from a clean clone to a workbench with the extension in it.
import { ensureDependencies } from './setup.mjs';

await ensureDependencies();
await import('./startWorkbench.mts');

import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Observation, observe } from '../../../src/capture/observation.ts';

const folder = new URL('../../fixtures/scenarios/', import.meta.url);

/** Captures that `test/hosts/faults` kept: `time-wait.during` of a fault under way, `time-wait.before` of the same traffic without it. */
export const keptCaptures: readonly string[] = readdirSync(folder).map((file) => file.replace('.netsnap.gz', ''));

/** What is seen in one of them. */
export function keptCapture(name: string): Observation {
  return observe(gunzipSync(readFileSync(new URL(`${name}.netsnap.gz`, folder))).toString('utf8'));
}

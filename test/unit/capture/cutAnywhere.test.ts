import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';

const folder = new URL('../../fixtures/captures/', import.meta.url);
const captures = readdirSync(folder).filter((name) => name.endsWith('.netsnap.gz'));

test.each(captures)('%s cut off at any byte is read up to there, and says that it is cut', (name) => {
  const whole = gunzipSync(readFileSync(new URL(name, folder)));
  // What is cut within the last marker lacks nothing of what the host said.
  const lastMarker = whole.lastIndexOf('\n@@');
  const sectionsOf = (text: string) => observe(text).snapshot.sections.length;
  const most = sectionsOf(whole.toString('utf8'));
  expect(observe(whole.toString('utf8')).diagnosis.findings).toEqual([]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (at) => {
      const { snapshot, diagnosis } = observe(whole.subarray(0, at).toString('utf8'));
      expect(snapshot.sections.length).toBeLessThanOrEqual(most);
      if (at <= lastMarker) expect(snapshot.problems).not.toEqual([]);
      // Half a number is another number: nothing is found in what is left that was not in the whole.
      expect(diagnosis.findings).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

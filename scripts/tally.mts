// From what a stage's runner left behind to numbers.
import { existsSync, readFileSync } from 'node:fs';
import type { Count } from './stages.mts';

/** Numbers of tests; they add up. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The parts that are read of vitest's JSON report. */
interface VitestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };
export const oneFailed: Tally = { ...nothing, failed: 1 };

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `12 passed, 0 failed`, and `, 3 skipped` when some were. */
export function inWords({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * The tally of a stage that ended well or not (`ok`). Whatever the report says, a stage that did not end well has
 * failed at least once, and so has one in which no test passed.
 */
export function tally(count: Count, ok: boolean): Tally {
  const counted = count.by === 'exit' ? { ...nothing, passed: ok ? 1 : 0 } : report(count);
  const failedUnseen = counted.failed === 0 && (!ok || counted.passed === 0);
  return failedUnseen ? { ...counted, failed: 1 } : counted;
}

function report({ by, file }: Exclude<Count, { by: 'exit' }>): Tally {
  if (!existsSync(file)) return nothing;
  const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return by === 'mocha' ? (written as Tally) : countVitest(written as VitestReport);
}

/** A file that could not even be loaded has no test in the report: it counts as one failed. */
function countVitest({ testResults }: VitestReport): Tally {
  let sum = nothing;
  for (const { status, assertionResults } of testResults) {
    const number = (wanted: string): number => assertionResults.filter((result) => result.status === wanted).length;
    const passed = number('passed');
    const failed = number('failed');
    const skipped = assertionResults.length - passed - failed;
    sum = add(sum, { passed, skipped, failed: status === 'failed' ? Math.max(failed, 1) : failed });
  }
  return sum;
}

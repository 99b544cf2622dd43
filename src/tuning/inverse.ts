import type { Change } from './change.ts';

/** The change that puts back what the host ran with, or null when that was never read. */
export function inverse(change: Change): Change | null {
  if (change.kind === 'sysctl') {
    if (change.current === null) return null;
    return { ...change, value: change.current, current: change.value, atLeast: false };
  }
  return change.current === null ? null : { ...change, size: change.current, current: change.size };
}

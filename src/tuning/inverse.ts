import type { Change } from './change.ts';

/** The change that puts back what was there; null where that was not read, or is what the change sets. */
export function inverseOf(change: Change): Change | null {
  if (change.current === null || change.current === change.value) return null;
  return { ...change, value: change.current, current: change.value, atLeast: false };
}

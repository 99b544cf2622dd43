import { acceptedBy } from '../sysctlKeys.ts';
import type { KernelVersion } from './kernelVersion.ts';
import type { SysctlKeyFacts, ValueShape } from './record.ts';

/** Numbers that a value of a shape has; null for shapes that are no numbers. */
export function numbersOf(shape: ValueShape): number | null {
  return shape === 'number' ? 1 : shape === 'pair' ? 2 : shape === 'triple' ? 3 : null;
}

/** The first of these numbers that a kernel refuses; null when it takes all, or is not known to check. */
export function refusedNumber(
  facts: SysctlKeyFacts,
  numbers: readonly number[],
  kernel: KernelVersion | null,
): number | null {
  const bounds = acceptedBy(facts, kernel);
  if (bounds === null) return null;
  return numbers.find((number) => number < bounds.least || number > bounds.most) ?? null;
}

import { parseCpuList, parseCpuMask } from '../kernel/cpuList.ts';
import type { Change } from './change.ts';

/** Whether a value is the one a change sets, however it is spelled: masks and lists by their members, sysctls word by word. */
export function isSame(change: Change, value: string): boolean {
  if (change.value === value) return true;
  if (change.kind === 'queue' && change.attribute !== 'rps_flow_cnt')
    return sameCpus(parseCpuMask, change.value, value);
  if (change.kind === 'irq') return sameCpus(parseCpuList, change.value, value);
  if (change.kind !== 'sysctl') return false;
  if (/bitmap$|_mask$/.test(change.key)) return sameCpus(parseCpuMask, change.value, value);
  return words(change.value) === words(value);
}

function sameCpus(parse: (text: string) => number[] | null, a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)];
  return left !== null && right !== null && left.join() === right.join();
}

const words = (text: string): string => text.trim().split(/\s+/).join(' ');

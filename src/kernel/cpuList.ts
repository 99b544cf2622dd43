import { decimal, findCode, hex } from './scan.ts';

/** No kernel is built for more CPUs (the largest CONFIG_NR_CPUS there is); a hostile text allocates no more. */
export const mostCpus = 8192;
const groupBits = 32;

/** A kernel CPU list (`0-3,8`; empty for none, as in /sys/devices/system/cpu/isolated) in rising order; null: not one. */
export function parseCpuList(text: string): number[] | null {
  const list = text.trim();
  if (list === '') return [];
  const members = new Uint8Array(mostCpus);
  let lowest = mostCpus;
  let highest = -1;
  for (let from = 0; from <= list.length; ) {
    const comma = list.indexOf(',', from);
    const end = comma < 0 ? list.length : comma;
    const dash = findCode(list, 45, from, end);
    const isRange = dash < end;
    const first = decimal(list, from, isRange ? dash : end);
    const last = isRange ? decimal(list, dash + 1, end) : first;
    if (!(first <= last && last < mostCpus)) return null;
    members.fill(1, first, last + 1);
    lowest = Math.min(lowest, first);
    highest = Math.max(highest, last);
    from = end + 1;
  }
  return membersOf(members, lowest, highest);
}

/** A kernel CPU bitmap (`ff,00000001`: hex, groups of 32 bits, the highest first) in rising order; null: not one. */
export function parseCpuMask(text: string): number[] | null {
  const mask = text.trim();
  if (mask.length > (mostCpus / groupBits) * 9) return null;
  const groups = mask.split(',').reverse();
  if (groups.length * groupBits > mostCpus) return null;
  const cpus: number[] = [];
  for (const [index, group] of groups.entries()) {
    const bits = group.length > 8 ? Number.NaN : hex(group, 0, group.length);
    if (Number.isNaN(bits)) return null;
    for (let bit = 0; bit < groupBits; bit += 1) {
      if (((bits >>> bit) & 1) === 1) cpus.push(index * groupBits + bit);
    }
  }
  return cpus;
}

/** CPU numbers as sysfs takes a bitmap: `f`, `1,00000000`; the twin of `parseCpuMask`. */
export function formatCpuMask(cpus: readonly number[]): string {
  const groups: number[] = [];
  for (const cpu of cpus) {
    const group = Math.floor(cpu / groupBits);
    while (groups.length <= group) groups.push(0);
    groups[group] = ((groups[group] ?? 0) | (1 << (cpu % groupBits))) >>> 0;
  }
  const [first = 0, ...others] = groups.reverse();
  return [first.toString(16), ...others.map((group) => group.toString(16).padStart(8, '0'))].join(',');
}

/** CPU numbers in any order as the kernel writes a list: `0-3,8`. */
export function formatCpuList(cpus: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const cpu of [...new Set(cpus)].sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range?.last === cpu - 1) range.last = cpu;
    else ranges.push({ first: cpu, last: cpu });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

function membersOf(members: Uint8Array, lowest: number, highest: number): number[] {
  const cpus: number[] = [];
  for (let cpu = lowest; cpu <= highest; cpu += 1) {
    if (members[cpu] === 1) cpus.push(cpu);
  }
  return cpus;
}

import { decimal, findCode, hex } from './scan.ts';

/** More than any kernel is built for (CONFIG_NR_CPUS of distributions is 8192); a hostile range allocates no more. */
const mostCpus = 65_536;
const groupBits = 32;

/** A kernel CPU list (`0-3,8`; empty for none, as in /sys/devices/system/cpu/isolated) in rising order; null: not one. */
export function parseCpuList(text: string): number[] | null {
  const list = text.trim();
  if (list === '') return [];
  const members = new Uint8Array(mostCpus);
  for (let from = 0; from <= list.length; ) {
    const comma = list.indexOf(',', from);
    const end = comma < 0 ? list.length : comma;
    const dash = findCode(list, 45, from, end);
    const isRange = dash < end;
    const first = decimal(list, from, isRange ? dash : end);
    const last = isRange ? decimal(list, dash + 1, end) : first;
    if (!(first <= last && last < mostCpus)) return null;
    members.fill(1, first, last + 1);
    from = end + 1;
  }
  return membersOf(members);
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

/**
 * The bitmap of `cpus` on a host with `cpuCount` possible CPUs, padded as the kernel pads it (`0f` for 0-3 of 8).
 * null: a CPU the host does not have, which the kernel would refuse (EOVERFLOW), or more CPUs than there can be.
 */
export function formatCpuMask(cpus: readonly number[], cpuCount: number): string | null {
  const fits = (cpu: number) => Number.isInteger(cpu) && cpu >= 0 && cpu < cpuCount;
  if (!Number.isInteger(cpuCount) || cpuCount < 1 || cpuCount > mostCpus || !cpus.every(fits)) return null;
  const groups = new Uint32Array(Math.ceil(cpuCount / groupBits));
  for (const cpu of cpus) {
    const group = Math.floor(cpu / groupBits);
    groups[group] = ((groups[group] ?? 0) | (1 << (cpu % groupBits))) >>> 0;
  }
  const highestDigits = Math.ceil((((cpuCount - 1) % groupBits) + 1) / 4);
  return [...groups]
    .map((bits, index) => bits.toString(16).padStart(index === groups.length - 1 ? highestDigits : 8, '0'))
    .reverse()
    .join(',');
}

function membersOf(members: Uint8Array): number[] {
  const cpus: number[] = [];
  for (const [cpu, isMember] of members.entries()) {
    if (isMember === 1) cpus.push(cpu);
  }
  return cpus;
}

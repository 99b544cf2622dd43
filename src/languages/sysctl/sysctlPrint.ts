import { kernelNumber, splitNote } from './sysctlValue.ts';

/** What the kernel makes of a value that is written to a key. */
export type KernelPrint =
  /** It prints `text` afterwards. `given` of its words were set, the others kept what they were. */
  | { readonly kind: 'prints'; readonly text: string; readonly given: number }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Keys whose numbers are rounded when they are set (net/core/sysctl_net_core.c, nf_conntrack_core.c). */
const rounded: ReadonlyMap<string, (value: number) => number> = new Map([
  ['net.core.rps_sock_flow_entries', (value: number) => (value <= 0 ? 0 : 2 ** Math.ceil(Math.log2(value)))],
  // A page of list heads, 512 of them where a pointer has 8 bytes.
  ['net.netfilter.nf_conntrack_buckets', (value: number) => Math.ceil(value / 512) * 512],
]);

const masks = new Set(['net.core.rps_default_mask', 'net.core.flow_limit_cpu_bitmap']);
const portLists = new Set(['net.ipv4.ip_local_reserved_ports']);

/**
 * How a key will print a value once it has been written, told from how it prints now. Numbers are read as the kernel
 * reads them (`proc_dointvec()`, kernel/sysctl.c): decimal, `0x` hexadecimal, octal after a 0. What follows the last
 * expected number after a blank is ignored; numbers that are left out, or that follow one that is none, keep their value.
 */
export function printedAs(key: string, value: string, running: string): KernelPrint {
  if (masks.has(key)) return maskPrint(value, running);
  if (portLists.has(key)) return listPrint(value);
  const now = words(running);
  if (now.length === 0 || !now.every((word) => /^-?\d+$/.test(word))) return stringPrint(value);
  const given: string[] = [];
  for (const word of words(value).slice(0, now.length)) {
    const number = kernelNumber(word);
    // What stands before it has been set by then.
    if (number === null && given.length > 0) break;
    if (number === null) return { kind: 'refused', why: `"${word}" is not a number to the kernel` };
    given.push(String(rounded.get(key)?.(number) ?? number));
  }
  if (given.length === 0) return { kind: 'refused', why: 'the value is empty' };
  return { kind: 'prints', text: [...given, ...now.slice(given.length)].join(' '), given: given.length };
}

/** What is odd about a value as written, to whoever reads the file; null when nothing is. */
export function valueNote(value: string, running: string): string | null {
  const { plain, note } = splitNote(value);
  const now = words(running);
  const isNumeric = now.length > 0 && now.every((word) => /^-?\d+$/.test(word));
  const notes: string[] = [];
  if (note !== null) {
    const effect = isNumeric ? 'the kernel ignores it after a number' : 'it becomes part of the value';
    notes.push(`"${note}" is no comment: ${effect}`);
  }
  for (const word of words(plain)) {
    if (/^-?0\d+$/.test(word)) notes.push(`${word} is octal to the kernel: ${kernelNumber(word) ?? 'no number'}`);
  }
  if (isNumeric && words(plain).length < now.length) {
    notes.push(`${words(plain).length} of ${now.length} numbers: the others keep their value`);
  }
  return notes.length === 0 ? null : notes.join('; ');
}

function stringPrint(value: string): KernelPrint {
  const text = words(value).join(' ');
  if (text === '') return { kind: 'unknown', why: 'the value is empty' };
  return { kind: 'prints', text, given: 1 };
}

function maskPrint(value: string, running: string): KernelPrint {
  const mask = maskOf(value);
  if (mask === null) return { kind: 'refused', why: `"${value}" is not a mask in hexadecimal` };
  const now = maskOf(running);
  return { kind: 'prints', text: now === mask ? running : mask.toString(16), given: 1 };
}

/** A cpumask, `ff` or `1,ffffffff`; null for what is none. */
function maskOf(text: string): bigint | null {
  const digits = text.replaceAll(',', '').trim();
  return /^(?:0x)?[0-9a-f]{1,4096}$/i.test(digits) ? BigInt(`0x${digits.replace(/^0x/i, '')}`) : null;
}

/** `8080,9000-9010` as proc_do_large_bitmap() prints it: in order, runs joined. */
function listPrint(value: string): KernelPrint {
  const ports = new Set<number>();
  for (const part of value.split(',').filter((word) => word !== '')) {
    const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part) ?? [];
    if (from === '' || Number(to) > 65535)
      return { kind: 'refused', why: `"${part}" is not a port or a range of ports` };
    for (let port = Number(from); port <= Number(to); port += 1) ports.add(port);
  }
  const runs: { from: number; to: number }[] = [];
  for (const port of [...ports].sort((x, y) => x - y)) {
    const last = runs.at(-1);
    if (last !== undefined && last.to === port - 1) last.to = port;
    else runs.push({ from: port, to: port });
  }
  const text = runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
  return { kind: 'prints', text, given: 1 };
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

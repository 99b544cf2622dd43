import { readFileSync, writeFileSync } from 'node:fs';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import { formats } from '../../src/kernel/formats.ts';

/** What reading one file came to, in a process of its own. */
export interface ReadCost {
  /** How far the resident memory rose while the text, already there, was read. */
  readonly grownBytes: number;
}

/** Run as a program: reads FILE as that format, or as a capture, and prints a `ReadCost` as JSON. */
function main([format, file]: readonly string[]): void {
  const parse = format === 'capture' ? readSnapshot : formats.find(({ name }) => name === format)?.parse;
  if (parse === undefined || file === undefined) throw new Error('FORMAT FILE');
  parse('');
  const text = readFileSync(file, 'utf8');
  // The bytes of the file are no part of it.
  globalThis.gc?.();
  // Resets VmHWM (proc_pid_clear_refs(5)).
  writeFileSync('/proc/self/clear_refs', '5');
  const before = memoryKB('VmRSS');
  const kept = parse(text);
  const cost: ReadCost = { grownBytes: (memoryKB('VmHWM') - before) * 1024 };
  // The text and what was made of it are in use until here.
  process.stdout.write(kept === undefined || text === '' ? '' : JSON.stringify(cost));
}

function memoryKB(field: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

main(process.argv.slice(2));

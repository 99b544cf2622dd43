import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formats } from '../../src/kernel/formats.ts';
import { toJson } from '../../src/kernel/json.ts';
import { captureOf, interruptsText, softirqsText, softnetText, tcpText } from './hotTexts.ts';
import type { ReadCost } from './readMemory.ts';
import { report } from './report.ts';

/** What `jc` calls a format, where it has it. */
const jcNames: Readonly<Record<string, string>> = {
  interrupts: '--proc-interrupts',
  softirqs: '--proc-softirqs',
  tcp: '--proc-net-tcp',
  tcp6: '--proc-net-tcp6',
  netstat: '--proc-net-netstat',
};

/** The hot formats at the size of a large host, beside JSON.parse of the same as JSON and beside `jc`; then their memory. */
export function measureParsers(): void {
  const texts: readonly (readonly [what: string, format: string, text: string])[] = [
    ['softnet_stat, 256 CPUs', 'softnet_stat', softnetText(256)],
    ['softirqs, 256 CPUs', 'softirqs', softirqsText(256)],
    ['netstat, 400 counters', 'netstat', netstatText(400)],
    ['interrupts, 256 CPUs x 2,000', 'interrupts', interruptsText(256, 2000)],
    ['interrupts, 1,152 CPUs x 1,050', 'interrupts', interruptsText(1152, 1050)],
    ['tcp, 100,000 sockets', 'tcp', tcpText(100_000, 4)],
    ['tcp6, 100,000 sockets', 'tcp6', tcpText(100_000, 6)],
  ];
  const hasJc = spawnSync('jc', ['--version']).status === 0;
  for (const [what, format, built] of texts) {
    // As it comes from a host: one flat string, not the pieces it was built of.
    const text = Buffer.from(built).toString();
    const parse = formats.find(({ name }) => name === format)?.parse;
    if (parse === undefined) throw new Error(`no format ${format}`);
    const json = JSON.stringify(JSON.parse(toJson(parse(text).value)));
    const ms = bestOf(text.length, () => parse(text));
    const jsonMs = bestOf(json.length, () => JSON.parse(json));
    const jc = hasJc ? jcRate(format, text) : null;
    const rate = text.length / 1000 / ms;
    report(
      `parse ${what}`,
      `${ms.toFixed(2)} ms`,
      [
        `${rate.toFixed(0)} MB/s of ${(text.length / 1e6).toFixed(2)} MB; budget 150 MB/s`,
        `${(ms / jsonMs).toFixed(2)} x JSON.parse (${jsonMs.toFixed(2)} ms)`,
        ...(jc === null ? [] : [`${(rate / jc).toFixed(0)} x as fast as jc`]),
      ].join('; '),
    );
  }
  measureMemory();
}

/** Milliseconds of the fastest run: what others do on the machine only ever adds. */
function bestOf(bytes: number, work: () => unknown): number {
  const together = Math.max(1, Math.round(300_000 / bytes));
  const rounds = Math.max(15, Math.min(500, Math.round(100_000_000 / bytes / together)));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    for (let time = 0; time < together; time += 1) work();
    best = Math.min(best, (performance.now() - started) / together);
  }
  return best;
}

/** MB/s of `jc`, without the time it takes to start; it is given the first megabyte. null: it has no such format. */
function jcRate(format: string, text: string): number | null {
  const option = jcNames[format];
  if (option === undefined) return null;
  const input = text.slice(0, text.lastIndexOf('\n', 1_000_000) + 1);
  const time = (args: readonly string[]): number => {
    const started = performance.now();
    const { status } = spawnSync('jc', args, { input, maxBuffer: 1 << 28 });
    return status === 0 ? performance.now() - started : Number.NaN;
  };
  const rate = input.length / 1000 / (Math.min(time([option]), time([option])) - time(['--version']));
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}

/** How far memory rises while the largest texts are read, the text itself included. */
function measureMemory(): void {
  const dir = mkdtempSync(join(tmpdir(), 'packet-path-bench-'));
  const interrupts = interruptsText(1152, 1050);
  const texts: readonly (readonly [format: string, text: string])[] = [
    ['interrupts', interrupts],
    ['tcp', tcpText(100_000, 4)],
    ['capture', captureOf({ '/proc/softnet_stat': softnetText(1152), '/proc/interrupts': interrupts })],
  ];
  try {
    for (const [format, text] of texts) {
      const file = join(dir, format);
      writeFileSync(file, text);
      const costs = [1, 2, 3].map((): ReadCost => {
        const ran = spawnSync(process.execPath, ['--expose-gc', join(__dirname, 'readMemory.js'), format, file], {
          encoding: 'utf8',
        });
        return JSON.parse(ran.stdout) as ReadCost;
      });
      const grown = text.length + Math.min(...costs.map(({ grownBytes }) => grownBytes));
      report(
        `memory to read ${format}, ${(text.length / 1e6).toFixed(1)} MB`,
        `${(grown / 1e6).toFixed(1)} MB`,
        `${(grown / text.length).toFixed(2)} x the text, which is included; budget 3 x`,
      );
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function netstatText(counters: number): string {
  const names = Array.from({ length: counters }, (_, n) => `TCPCounterOfThis${n}`);
  return `TcpExt: ${names.join(' ')}\nTcpExt: ${names.map((_, n) => n * 7919).join(' ')}\n`;
}

import { parseInterrupts } from '../../src/kernel/interrupts.ts';
import { parseProcNetTcp } from '../../src/kernel/procNetTcp.ts';
import { parseSoftirqs } from '../../src/kernel/softirqs.ts';
import { parseSoftnetStat } from '../../src/kernel/softnet.ts';
import { median } from './median.ts';
import { report } from './report.ts';

const cpus = Array.from({ length: 256 }, (_, cpu) => cpu);

/** The hot formats at the size of a large host: 256 CPUs, 2,000 interrupts, 100,000 sockets. */
export function measureParsers(): void {
  const softnet = cpus
    .map((cpu) => [123456, 0, 7, 0, 0, 0, 0, 0, 0, 9, 0, 0, cpu, 0, 0].map(hex8).join(' '))
    .join('\n');
  const header = `           ${cpus.map((cpu) => `CPU${cpu}`.padEnd(11)).join('')}\n`;
  const interrupts =
    header +
    Array.from({ length: 2000 }, (_, irq) =>
      row(String(irq), `PCI-MSIX-0000:3b:00.0 ${irq}-edge eth0-TxRx-${irq}`),
    ).join('');
  const softirqs = header + ['HI', 'TIMER', 'NET_TX', 'NET_RX', 'BLOCK', 'RCU'].map((name) => row(name, '')).join('');
  const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n${Array.from({ length: 100_000 }, (_, n) => socket(n)).join('')}`;
  const texts: [string, string, (text: string) => unknown][] = [
    ['parse softnet_stat, 256 CPUs', softnet, (text) => parseSoftnetStat(text, null)],
    ['parse interrupts, 256 CPUs x 2,000', interrupts, parseInterrupts],
    ['parse softirqs, 256 CPUs', softirqs, parseSoftirqs],
    ['parse tcp, 100,000 sockets', tcp, (text) => parseProcNetTcp(text, 4)],
  ];
  for (const [what, text, parse] of texts) {
    const times = Array.from({ length: 9 }, () => {
      const started = performance.now();
      parse(text);
      return performance.now() - started;
    });
    const ms = median(times);
    report(
      what,
      `${ms.toFixed(1)} ms`,
      `${(text.length / 1000 / ms).toFixed(0)} MB/s of ${(text.length / 1e6).toFixed(1)} MB; budget 150 MB/s`,
    );
  }
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, '0');
}

function row(label: string, text: string): string {
  return `${label.padStart(8)}: ${cpus.map((cpu) => String((cpu * 7919) % 100_003).padStart(10)).join(' ')}  ${text}\n`;
}

function socket(n: number): string {
  const local = `0100000A:${(n % 60_000).toString(16).toUpperCase().padStart(4, '0')}`;
  return `${String(n).padStart(5)}: ${local} 0200000A:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 ${n} 1 0000000000000000 20 4 30 10 -1                    \n`;
}

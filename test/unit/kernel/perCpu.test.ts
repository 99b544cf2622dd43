import { describe, expect, it } from 'vitest';
import { parseInterrupts } from '../../../src/kernel/interrupts.ts';
import { parseProcStat } from '../../../src/kernel/procStat.ts';
import { parseSoftirqs } from '../../../src/kernel/softirqs.ts';
import { fixture } from './fixture.ts';

describe('parseSoftirqs', () => {
  it('reads all rows of all possible CPUs', () => {
    const { value } = parseSoftirqs(fixture('softirqs.txt'));
    expect(value.cpus).toHaveLength(8);
    expect([...value.rows.keys()]).toEqual(
      'HI TIMER NET_TX NET_RX BLOCK IRQ_POLL TASKLET SCHED HRTIMER RCU'.split(' '),
    );
    for (const counts of value.rows.values()) expect(counts).toHaveLength(8);
  });

  it('keeps a short row, saying so', () => {
    const { value, warnings } = parseSoftirqs('  CPU0 CPU1 CPU2\nNET_RX: 1 2\nNET_TX: 1 2 3\n');
    expect([...(value.rows.get('NET_RX') ?? [])]).toEqual([1, 2]);
    expect(warnings).toEqual([{ line: 2, message: 'fewer numbers than CPUs' }]);
  });
});

describe('a table made to hurt', () => {
  const header = (cpus: number) => `${Array.from({ length: cpus }, (_, cpu) => `CPU${cpu}`).join(' ')}\n`;

  it('is read for 8,192 CPUs, and says so; what follows the counts stays the description', () => {
    const counts = Array.from({ length: 9000 }, (_, cpu) => cpu).join(' ');
    const { value, warnings } = parseInterrupts(`${header(9000)}24: ${counts} PCI-MSI 1-edge eth0\n`);
    expect(value.cpus).toHaveLength(8192);
    expect(value.rows[0]).toMatchObject({ description: 'PCI-MSI 1-edge eth0', actions: ['eth0'] });
    expect(value.rows[0]?.counts).toHaveLength(8192);
    expect(value.rows[0]?.counts.at(-1)).toBe(8191);
    expect(warnings).toEqual([{ line: 1, message: '9000 CPUs, of which the first 8192 are read' }]);
  });

  it('has at most 16 Mi cells, however few numbers its rows hold', () => {
    const { value, warnings } = parseInterrupts(`${header(8192)}${'1: 1\n'.repeat(30_000)}`);
    expect(value.rows.length * value.cpus.length).toBe(16 * 1024 * 1024);
    expect(warnings).toEqual([{ line: 2050, message: 'more rows than any host has: left out from here' }]);
  });

  it('has no more softirqs than 64', () => {
    const rows = Array.from({ length: 200 }, (_, row) => `S${row}: 1\n`).join('');
    const { value, warnings } = parseSoftirqs(`CPU0\n${rows}`);
    expect(value.rows.size).toBe(64);
    expect(warnings[0]).toEqual({ line: 66, message: 'more softirqs than any kernel has' });
  });
});

describe('parseProcStat', () => {
  it('reads the cpu lines and nothing else', () => {
    const { value } = parseProcStat(fixture('stat.txt'));
    expect(value.map((times) => times.cpu)).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('names the columns', () => {
    const { value } = parseProcStat('cpu12 1 2 3 4 5 6 7 8 9 10\n');
    const expected = { cpu: 12, user: 1, nice: 2, system: 3, idle: 4, iowait: 5, irq: 6, softirq: 7, steal: 8 };
    expect(value).toEqual([expected]);
  });

  it('takes absent columns of old kernels for no ticks, and a cut line for none at all', () => {
    const { value, warnings } = parseProcStat('cpu0 1 2 3 4\ncpu1 1 2 3\ncpux 1 2 3 4\n');
    expect(value).toMatchObject([{ cpu: 0, idle: 4, softirq: 0 }]);
    expect(warnings.map((warning) => warning.line)).toEqual([2, 3]);
  });
});

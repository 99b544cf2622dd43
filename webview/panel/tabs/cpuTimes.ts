import type { CpuTimeView } from '../../counterViews.ts';
import type { Context } from '../context.ts';
import { percent } from '../format.ts';
import { type Column, table } from '../table.ts';
import { section } from './section.ts';

const kinds = ['softirq', 'irq', 'steal', 'system', 'user', 'idle'] as const;

/** What each CPU spent the interval on: softirq is packet work, steal is what the hypervisor took. */
export function cpuTimeTable(cpuTimes: readonly CpuTimeView[], context: Context): readonly Node[] {
  if (cpuTimes.length === 0) return [];
  const share = (kind: (typeof kinds)[number]): Column<CpuTimeView> => ({
    id: kind,
    label: kind,
    explain: `cputime:${kind}`,
    numeric: true,
    key: (row) => row[kind],
    cell: (row) => percent(row[kind]),
  });
  return [
    section(
      'Time of each CPU between the samples',
      '/proc/stat, whole machine',
      table(
        {
          id: 'counters.cpu',
          caption:
            'Share of the interval each CPU spent in softirq, interrupts, stolen by the hypervisor, and otherwise',
          captionHidden: true,
          rows: cpuTimes,
          rowKey: (row) => `cputime:${row.cpu}`,
          columns: [
            { id: 'cpu', label: 'CPU', numeric: true, key: (row) => row.cpu, cell: (row) => String(row.cpu) },
            ...kinds.map(share),
          ],
        },
        context.memory,
      ),
    ),
  ];
}

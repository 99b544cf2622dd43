import type { SoftnetView } from '../../../webview/protocol.ts';
import type { SoftnetRow } from '../../kernel/softnet.ts';
import type { Rates } from '../../model/rates.ts';

const named = [
  'processed',
  'dropped',
  'time_squeeze',
  'cpu_collision',
  'received_rps',
  'flow_limit_count',
  'backlog_len',
  'input_qlen',
  'process_qlen',
] as const;

/** /proc/net/softnet_stat for the panel: rates where there are, and every column this kernel has as it stands. */
export function softnetView(rows: readonly SoftnetRow[], rates: Rates | null): SoftnetView {
  const columns = named.filter((name) => rows.some((row) => row[name] !== null));
  return {
    columns,
    rows: rows.map((row) => {
      const rate = row.cpu === null ? undefined : rates?.softnet.get(row.cpu);
      return {
        cpu: row.cpu === null ? '?' : String(row.cpu),
        processed: rate?.processed?.perSecond ?? null,
        dropped: rate?.dropped?.perSecond ?? null,
        time_squeeze: rate?.time_squeeze?.perSecond ?? null,
        received_rps: rate?.received_rps?.perSecond ?? null,
        softirqShare: (row.cpu === null ? undefined : rates?.cpuTimes.get(row.cpu)?.softirq) ?? null,
        counters: columns.map((name) => row[name]),
      };
    }),
  };
}

import type { InterruptRowView, InterruptsView } from '../../../webview/protocol.ts';
import { formatCpuList } from '../../kernel/cpuList.ts';
import type { InterruptRow, InterruptTable } from '../../kernel/interrupts.ts';
import type { Rates } from '../../model/rates.ts';
import type { Nic, NicIrq } from '../../model/snapshot.ts';

/** /proc/interrupts for the panel: rates (or counts since boot when there are none) and which NIC queue each row is. */
export function interruptsView(table: InterruptTable, rates: Rates | null, nics: readonly Nic[]): InterruptsView {
  const vectors = new Map<string, { nic: string; vector: NicIrq }[]>();
  for (const nic of nics) {
    for (const vector of nic.irqs) {
      const known = vectors.get(vector.irq);
      if (known === undefined) vectors.set(vector.irq, [{ nic: nic.name, vector }]);
      else known.push({ nic: nic.name, vector });
    }
  }
  // Rows of one total (ERR, MIS) have no CPU and no place in the map.
  const rows = table.rows.filter((row) => !row.total);
  const cells = new Float64Array(rows.length * table.cpus.length).fill(Number.NaN);
  for (const [index, row] of rows.entries()) {
    const values = rates === null ? row.counts : rates.interrupts.rows.get(row.irq);
    if (values === undefined) continue;
    const divisor = rates?.seconds ?? 1;
    for (let column = 0; column < values.length; column++) {
      cells[index * table.cpus.length + column] = (values[column] ?? Number.NaN) / divisor;
    }
  }
  return {
    cpus: table.cpus,
    rows: rows.map((row) => rowView(row, vectors.get(row.irq))),
    cells: cells.buffer,
    perSecond: rates !== null,
  };
}

function rowView(row: InterruptRow, vectors: readonly { nic: string; vector: NicIrq }[] | undefined): InterruptRowView {
  const first = vectors?.[0];
  return {
    irq: row.irq,
    description: row.description,
    nic: vectors === undefined ? null : vectors.map((entry) => entry.nic).join(', '),
    queue: first === undefined ? null : queueName(first.nic, first.vector),
    affinity: first === undefined || first.vector.cpus === null ? null : formatCpuList(first.vector.cpus),
  };
}

/** A NIC with one interrupt for everything calls it by its own name. */
function queueName(nic: string, { role, queue, action }: NicIrq): string {
  if (action === nic) return 'all';
  if (role === 'other' || queue === null) return action;
  return `${role === 'rxtx' ? 'rx+tx' : role} ${queue}`;
}

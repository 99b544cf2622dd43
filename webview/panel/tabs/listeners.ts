import type { ListenerView, SnapshotView } from '../../protocol.ts';
import { type Child, h } from '../dom.ts';
import { count, unknown } from '../format.ts';
import { isFull, queueShare, queueText } from '../listenQueue.ts';
import type { Memory } from '../memory.ts';
import { figureOr, rateOr } from '../readings.ts';
import { verdictMark } from '../severity.ts';
import { table } from '../table.ts';
import { meter } from './meter.ts';

/** Who listens, how full the accept queue is, and what was turned away. */
export function listenerTable(listeners: readonly ListenerView[], view: SnapshotView, memory: Memory): HTMLElement {
  const unsaid = 'neither the kernel nor ss counts drops of this listener';
  return table(
    {
      id: 'tcp.listeners',
      caption: 'Listening sockets and their accept queues',
      captionHidden: true,
      rows: listeners,
      rowKey: (row) => `listener:${row.address}:${row.port}`,
      rowClass: (row) => (isFull(row) || (row.dropsPerSecond ?? 0) > 0 ? 'hot' : null),
      columns: [
        {
          id: 'socket',
          label: 'Listener',
          numeric: false,
          key: (row) => `${row.address}:${row.port}`,
          cell: (row) => h('code', null, `${row.address}:${row.port}`),
        },
        {
          id: 'queue',
          label: 'Accept queue',
          numeric: false,
          key: queueShare,
          cell: (row) => queueMeter(row),
        },
        {
          id: 'state',
          label: 'State',
          numeric: false,
          key: (row) => Number(isFull(row)),
          cell: (row) => (isFull(row) ? verdictMark('crit', 'Full') : ''),
        },
        {
          id: 'processes',
          label: 'Processes',
          numeric: false,
          key: (row) => row.processes,
          cell: (row) =>
            row.processes ?? h('span', { class: 'unread', role: 'img', 'aria-label': 'not known' }, unknown),
        },
        {
          id: 'drops',
          label: 'Drops',
          numeric: true,
          key: (row) => row.drops,
          cell: (row) => figureOr(row.drops, count, unsaid),
        },
        {
          id: 'rate',
          label: 'Drops/s',
          numeric: true,
          key: (row) => row.dropsPerSecond,
          cell: (row) =>
            rateOr(row.dropsPerSecond, row.drops === null ? unsaid : (view.noRates ?? 'not in both samples')),
        },
      ],
    },
    memory,
  );
}

/** Without a limit there is no share to draw. */
function queueMeter(row: ListenerView): Child {
  const share = queueShare(row);
  return share === null ? queueText(row) : meter(share, isFull(row), `accept queue: ${queueText(row)}`, queueText(row));
}

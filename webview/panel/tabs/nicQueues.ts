import type { NicQueueView, NicView } from '../../nicViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { count, unknown } from '../format.ts';
import { table } from '../table.ts';
import { section } from './section.ts';

/** The queues of one interface and how the kernel steers packets to and from them. */
export function nicQueues(nic: NicView, _view: SnapshotView, context: Context): readonly Node[] {
  if (nic.queues.length === 0) return [];
  return [
    section(
      'Queues',
      `/sys/class/net/${nic.name}/queues`,
      table<NicQueueView>(
        {
          id: 'nics.queues',
          caption: `Queues of ${nic.name}`,
          captionHidden: true,
          rows: nic.queues,
          rowKey: (queue) => `queue:${nic.name}:${queue.name}`,
          columns: [
            { id: 'name', label: 'Queue', numeric: false, key: (queue) => queue.name, cell: (queue) => queue.name },
            {
              id: 'steering',
              label: 'RPS / XPS CPUs',
              numeric: false,
              key: (queue) => queue.steering,
              cell: (queue) => (queue.steering === '' ? 'off' : (queue.steering ?? unknown)),
            },
            {
              id: 'flows',
              label: 'rps_flow_cnt',
              numeric: true,
              key: (queue) => queue.flowCount,
              cell: (queue) => (queue.flowCount === null ? '' : count(queue.flowCount)),
            },
          ],
        },
        context.memory,
      ),
    ),
  ];
}

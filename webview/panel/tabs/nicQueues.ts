import type { NicFigureView, NicQueueView, NicView } from '../../nicViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import type { Child } from '../dom.ts';
import { bytes, count, si } from '../format.ts';
import { figureOr } from '../readings.ts';
import { type Column, table } from '../table.ts';
import { section } from './section.ts';

type Figure = 'packets' | 'bytes' | 'drops' | 'errors';

/** The queues of one interface: what goes through each, and how the kernel steers packets to and from it. */
export function nicQueues(nic: NicView, view: SnapshotView, context: Context): readonly Node[] {
  if (nic.queues.length === 0) return [];
  const reason = nic.counters.ok ? 'the driver does not count it by queue' : nic.counters.reason;
  const counted = (figure: Figure): boolean => nic.queues.some((queue) => queue[figure].value !== null);
  return [
    section(
      'Queues',
      `/sys/class/net/${nic.name}/queues, ${nic.counters.source}`,
      table<NicQueueView>(
        {
          id: 'nics.queues',
          caption: `Queues of ${nic.name}`,
          captionHidden: true,
          rows: nic.queues,
          rowKey: (queue) => `queue:${nic.name}:${queue.name}`,
          explainRow: (queue) => `queue:${queue.name}`,
          rowClass: (queue) => ((queue.drops.perSecond ?? 0) + (queue.errors.perSecond ?? 0) > 0 ? 'hot' : null),
          columns: [
            { id: 'name', label: 'Queue', numeric: false, key: (queue) => queue.name, cell: (queue) => queue.name },
            ...(['packets', 'bytes', 'drops', 'errors'] as const)
              .filter(counted)
              .map((figure) => figureColumn(figure, view, reason)),
            {
              id: 'steering',
              label: 'RPS / XPS CPUs',
              numeric: false,
              key: (queue) => queue.steering,
              cell: (queue) =>
                queue.steering === '' ? 'off' : (queue.steering ?? figureOr(null, String, whyNoSteering(nic, queue))),
            },
            {
              id: 'flows',
              label: 'rps_flow_cnt',
              numeric: true,
              key: (queue) => queue.flowCount,
              cell: (queue) => (queue.flowCount === null ? '' : count(queue.flowCount)),
            },
            ...limitColumns(nic),
          ],
        },
        context.memory,
      ),
    ),
  ];
}

/** The kernel has no xps_cpus to read where there is nothing to choose from. */
function whyNoSteering(nic: NicView, { name }: NicQueueView): string {
  if (name.startsWith('rx')) return 'sysfs has no such queue';
  const others = nic.queues.filter((queue) => queue.name.startsWith('tx'));
  return others.length === 1 ? 'does not apply: one transmit queue' : 'the kernel has no xps_cpus for this queue';
}

/** Columns of transmit queues that at least one queue has something for. */
function limitColumns(nic: NicView): readonly Column<NicQueueView>[] {
  const columns: readonly Column<NicQueueView>[] = [
    number('rxqs', 'xps_rxqs', (queue) => queue.rxQueues || null),
    number('class', 'Traffic class', (queue) => queue.trafficClass),
    number('rate', 'Mbit/s at most', (queue) => queue.maxRate || null),
    number('inflight', 'BQL in flight', (queue) => queue.limits?.inflight ?? null),
    number('limit', 'BQL limit', (queue) => queue.limits?.limit ?? null),
    number('bounds', 'BQL bounds', (queue) => {
      const { limitMin, limitMax } = queue.limits ?? {};
      return limitMin === null || limitMin === undefined
        ? null
        : `${count(limitMin)} to ${count(limitMax ?? Number.NaN)}`;
    }),
    number('stalls', 'BQL stalls', (queue) => queue.limits?.stalls || null),
  ];
  return columns.filter((column) => nic.queues.some((queue) => column.key(queue) !== null));
}

function number(id: string, label: string, of: (queue: NicQueueView) => number | string | null): Column<NicQueueView> {
  const cell = (queue: NicQueueView): string => {
    const value = of(queue);
    return value === null ? '' : typeof value === 'number' ? count(value) : value;
  };
  return { id, label, numeric: true, key: of, cell };
}

/** A rate; where there are no rates at all, the counter as it stands. */
function figureColumn(figure: Figure, view: SnapshotView, reason: string): Column<NicQueueView> {
  const rates = view.noRates === null;
  const shown = (queue: NicQueueView): number | null => pick(queue[figure], rates);
  return {
    id: figure,
    label: `${figure[0]?.toUpperCase() ?? ''}${figure.slice(1)}${rates ? '/s' : ''}`,
    numeric: true,
    key: shown,
    cell: (queue): Child => figureOr(shown(queue), figure === 'bytes' ? bytes : si, why(queue[figure], reason)),
  };
}

function pick({ value, perSecond }: NicFigureView, rates: boolean): number | null {
  return rates ? perSecond : value;
}

function why({ value }: NicFigureView, reason: string): string {
  return value === null ? reason : 'no rate between the two samples';
}

import type { PathStepView, PathView } from '../../pathViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { rate } from '../format.ts';
import { delayText, flowText, stateWords, stepsInOrder, wayOf } from '../pathSteps.ts';
import { figureOr } from '../readings.ts';
import { table } from '../table.ts';

const wayNames = { in: 'The way in', out: 'The way out', back: 'Completion, when the NIC has sent' } as const;

/** The same as the picture, a row each step. */
export function pathTable(
  path: PathView,
  view: SnapshotView,
  context: Context,
  open: (id: string) => void,
): HTMLElement {
  return h(
    'div',
    { class: 'tall path-table' },
    table<PathStepView>(
      {
        id: 'path',
        caption: `The path of a packet by ${path.nic}`,
        captionHidden: true,
        rows: stepsInOrder(path),
        rowKey: ({ id }) => `step:${id}`,
        explainRow: null,
        rowClass: ({ state }) => (state === 'losing' ? 'hot' : null),
        group: ({ id }) => wayNames[wayOf(path, id)],
        columns: [
          {
            id: 'step',
            label: 'Step',
            numeric: false,
            key: ({ id }) => id,
            cell: ({ id, name }) =>
              h(
                'button',
                {
                  type: 'button',
                  class: 'link',
                  'data-explain': `step:${id} ${path.nic}`,
                  click: () => open(id),
                },
                `${id} ${name}`,
              ),
          },
          {
            id: 'flow',
            label: 'Passes',
            numeric: true,
            key: ({ flow }) => flow?.value ?? null,
            cell: (step) => flowText(step),
          },
          {
            id: 'lost',
            label: 'Lost',
            numeric: true,
            key: ({ lost }) => lost,
            cell: ({ lost }) => (lost === null ? '' : rate(lost)),
          },
          { id: 'late', label: 'Late', numeric: false, key: delayText, cell: (step) => delayText(step) },
          {
            id: 'state',
            label: 'State',
            numeric: false,
            key: ({ state }) => stateWords[state],
            cell: ({ state, why }) =>
              // What cannot be lost is said by its reason already.
              state === 'lossless' ? why : [stateWords[state], h('div', { class: 'quiet-text setting-note' }, why)],
          },
          {
            id: 'findings',
            label: 'Findings',
            numeric: false,
            key: ({ findings }) => findings.length,
            cell: ({ findings }) =>
              view.findings
                .filter(({ key }) => findings.includes(key))
                .map(({ rule }) => rule)
                .join(', '),
          },
          {
            id: 'knobs',
            label: 'Knobs',
            numeric: false,
            key: ({ knobs }) => knobs.length,
            cell: ({ knobs }) =>
              knobs.map(({ name, value, reason }) =>
                h('div', null, h('code', null, name), ' ', figureOr(value, String, reason ?? 'no reason given')),
              ),
          },
        ],
      },
      context.memory,
    ),
  );
}

import type { NicConditionView, NicRuleView, NicSettingView } from '../../nicSettingViews.ts';
import type { NicView } from '../../nicViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { unknown } from '../format.ts';
import { icon } from '../icons.ts';
import { type Column, table } from '../table.ts';
import { section } from './section.ts';

/** How one interface is set, its receive rules, and whether the NIC can follow flows by itself. */
export function nicSettings(nic: NicView, _view: SnapshotView, context: Context): readonly Node[] {
  const { settings, offloads, rules, arfs } = nic.settings;
  return [
    section('Settings', 'ethtool', settingTable(nic, 'settings', settings, context)),
    offloads.length > 0 && section('Offloads', 'ethtool -k', settingTable(nic, 'offloads', offloads, context)),
    rules.length > 0 && section('Receive rules', 'ethtool -n', ruleTable(nic, rules, context)),
    arfs.length > 0 && section('Accelerated RFS', null, conditionTable(nic, arfs, context)),
  ].filter((part) => part !== false);
}

const columns: readonly Column<NicSettingView>[] = [
  {
    id: 'name',
    label: 'Setting',
    numeric: false,
    key: ({ name }) => name,
    cell: ({ name }) => h('span', { class: 'one-line' }, name),
  },
  {
    id: 'value',
    label: 'Set to',
    numeric: false,
    key: ({ value }) => value,
    cell: ({ value }) => value ?? h('span', { class: 'unread', role: 'img', 'aria-label': 'not read' }, unknown),
  },
  { id: 'note', label: 'Limit, choice or reason', numeric: false, key: ({ note }) => note, cell: ({ note }) => note },
];

function settingTable(
  nic: NicView,
  id: 'settings' | 'offloads',
  rows: readonly NicSettingView[],
  context: Context,
): HTMLElement {
  const caption = `${id === 'settings' ? 'Settings' : 'Offloads'} of ${nic.name}`;
  return table<NicSettingView>(
    {
      id: `nics.${id}`,
      caption,
      captionHidden: true,
      columns,
      rows,
      rowKey: ({ group, name }) => `setting:${nic.name}:${group}:${name}`,
      explainAs: 'nics.settings',
      explainRow: ({ group, name }) => (id === 'offloads' ? `offload:${name}` : `nicsetting:${group}/${name}`),
      // Under the heading of the section one group needs none of its own.
      ...(id === 'settings' ? { group: ({ group }: NicSettingView) => group } : {}),
    },
    context.memory,
  );
}

function ruleTable(nic: NicView, rules: readonly NicRuleView[], context: Context): HTMLElement {
  return table<NicRuleView>(
    {
      id: 'nics.rules',
      caption: `Receive rules of ${nic.name}`,
      captionHidden: true,
      rows: rules,
      rowKey: ({ location }) => `rule:${nic.name}:${location}`,
      columns: [
        {
          id: 'location',
          label: 'Rule',
          numeric: true,
          key: ({ location }) => location,
          cell: ({ location }) => String(location),
        },
        {
          id: 'matches',
          label: 'Packets',
          numeric: false,
          key: ({ matches }) => matches,
          cell: ({ matches }) => matches,
        },
        { id: 'action', label: 'Action', numeric: false, key: ({ action }) => action, cell: ({ action }) => action },
      ],
    },
    context.memory,
  );
}

const states = { met: 'yes', unmet: 'no', unknown: 'not known' } as const;

function conditionTable(nic: NicView, conditions: readonly NicConditionView[], context: Context): HTMLElement {
  return table<NicConditionView>(
    {
      id: 'nics.arfs',
      caption: `What accelerated RFS needs of ${nic.name}`,
      captionHidden: true,
      rows: conditions,
      rowKey: ({ title }) => `arfs:${nic.name}:${title}`,
      columns: [
        {
          id: 'title',
          label: 'All five have to hold',
          numeric: false,
          key: ({ title }) => title,
          cell: ({ title }) => title,
        },
        {
          id: 'state',
          label: 'Holds',
          numeric: false,
          key: ({ state }) => states[state],
          cell: ({ state }) =>
            h(
              'span',
              { class: 'verdict' },
              icon(state === 'met' ? 'ok' : state === 'unmet' ? 'info' : 'unread'),
              states[state],
            ),
        },
        {
          id: 'found',
          label: 'What the host says',
          numeric: false,
          key: ({ found }) => found,
          cell: ({ found }) => found,
        },
        {
          id: 'command',
          label: 'Command, as root',
          numeric: false,
          key: ({ command }) => command,
          cell: ({ command }) => command !== null && h('code', null, command),
        },
      ],
    },
    context.memory,
  );
}

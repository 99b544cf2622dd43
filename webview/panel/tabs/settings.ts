import type { ConfigGroup, ConfigLine } from '../../../src/model/bootConfig.ts';
import type { SettingsView, SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { dropdown } from '../controls.ts';
import { h } from '../dom.ts';
import { plural } from '../format.ts';
import { notice, notRead } from '../readings.ts';
import { filterSettings, isSettingScope, type SettingScope } from '../settingFilter.ts';
import { table } from '../table.ts';
import { findingStrip } from './finding.ts';
import { section } from './section.ts';
import { fileLine, settingTable } from './settingTable.ts';

/** What runs, what the host's files set at its next boot, and where the two differ. */
export function renderSettings(view: SnapshotView, context: Context): readonly Node[] {
  const part = view.settings;
  const strip = findingStrip(view, 'settings', context);
  if (!part.ok) return [...strip, notRead('Settings', part)];
  return [
    ...strip,
    notice(part.value.boot),
    ...part.value.notes.map((note) => notice(note)),
    keys(part.value, part.source, context),
    files(part.value, context),
    ...part.value.groups.map((group) => configGroup(group, context)),
  ];
}

function keys(settings: SettingsView, source: string, context: Context): HTMLElement {
  const { rows } = settings;
  const count = (scope: SettingScope): number => filterSettings(rows, scope, '').length;
  const [set, differing] = [count('set'), count('differs')];
  const remembered = context.memory.get('settings.scope', set > 0 ? 'set' : 'all');
  let scope: SettingScope = isSettingScope(remembered) ? remembered : 'all';
  let filter = context.memory.get('settings.filter', '');
  const shown = h('span', { class: 'quiet-text', role: 'status' });
  const body = h('div');
  const draw = (): void => {
    const visible = filterSettings(rows, scope, filter);
    shown.textContent = plural(visible.length, 'key');
    body.replaceChildren(visible.length === 0 ? nothing(scope, filter) : settingTable(visible, context.memory));
  };
  const search = h('input', {
    type: 'search',
    class: 'search',
    placeholder: 'Filter keys',
    'aria-label': 'Filter keys by name, value or what they govern',
    value: filter,
    'data-key': 'settings:filter',
  });
  search.addEventListener('input', () => {
    filter = search.value;
    context.memory.set('settings.filter', filter);
    draw();
  });
  const choices = [
    { value: 'all', label: `All (${rows.length})` },
    { value: 'set', label: `Named by a file (${set})` },
    { value: 'differs', label: `Differs from boot (${differing})` },
  ];
  // A key asked for by name may be filtered out: then all are shown. The caller looks for its row itself.
  context.onReveal((key) => {
    const hidden = filterSettings(rows, scope, filter).every((row) => `sysctl:${row.key}` !== key);
    if (!key.startsWith('sysctl:') || !hidden) return false;
    scope = 'all';
    filter = '';
    search.value = '';
    draw();
    return false;
  });
  draw();
  return section(
    'Sysctls of the network path',
    source,
    h(
      'div',
      { class: 'settings-controls' },
      search,
      dropdown('Show', choices, scope, (value) => {
        if (!isSettingScope(value)) return;
        scope = value;
        context.memory.set('settings.scope', value);
        draw();
      }),
      shown,
    ),
    body,
  );
}

function nothing(scope: SettingScope, filter: string): HTMLElement {
  const what = { all: 'No key', set: 'No key that a file names', differs: 'No key that is known to differ' }[scope];
  return h('p', { class: 'quiet-text' }, filter === '' ? `${what}.` : `${what} has "${filter}" in it.`);
}

function files({ files: found, faults, bootKnown }: SettingsView, context: Context): HTMLElement {
  const applied = bootKnown ? 'applied' : 'would be applied';
  return section(
    'Sysctl files',
    'in the order in which they are applied',
    found.length === 0
      ? h('p', { class: 'quiet-text' }, 'None was found, or none could be read.')
      : table(
          {
            id: 'settings.files',
            caption: 'Sysctl files of the host',
            captionHidden: true,
            rows: found.map((file, index) => ({ ...file, index })),
            columns: [
              { id: 'order', label: '#', numeric: true, key: (row) => row.index, cell: (row) => String(row.index + 1) },
              {
                id: 'path',
                label: 'File',
                numeric: false,
                key: (row) => row.path,
                cell: (row) => h('code', null, row.target === null ? row.path : `${row.path} -> ${row.target}`),
              },
              {
                id: 'state',
                label: 'State',
                numeric: false,
                key: (row) => row.state,
                cell: (row) => (row.state === 'applied' ? applied : `${row.state}: ${row.why}`),
              },
            ],
          },
          context.memory,
        ),
    faults.length === 0
      ? null
      : table(
          {
            id: 'settings.faults',
            caption: 'Lines that set nothing, or not what they seem to',
            rows: faults,
            columns: [
              { id: 'at', label: 'Line', numeric: false, key: place, cell: (row) => h('code', null, place(row)) },
              {
                id: 'text',
                label: 'Text',
                numeric: false,
                key: (row) => row.text,
                cell: (row) => h('code', null, row.text.trim()),
              },
              {
                id: 'message',
                label: 'What is odd',
                numeric: false,
                key: (row) => row.message,
                cell: (row) => row.message,
              },
            ],
          },
          context.memory,
        ),
  );
}

function configGroup({ title, source, reason, facts, entries }: ConfigGroup, context: Context): HTMLElement {
  if (reason !== null) return notRead(title, { ok: false, reason, source });
  const kinds = entries.some(({ what }) => what !== '');
  const nics = entries.some(({ concerns }) => concerns !== '');
  return h(
    'section',
    null,
    h('h3', null, title, h('span', { class: 'unit' }, ` ${source}`)),
    h(
      'p',
      { class: 'quiet-text' },
      facts.length > 0 ? `${facts.join('; ')}.` : entries.length === 0 ? 'No file sets anything here.' : '',
    ),
    entries.length === 0
      ? null
      : table(
          {
            id: `settings.group.${title}`,
            explainAs: 'settings.group',
            caption: title,
            captionHidden: true,
            rows: entries,
            columns: [
              { id: 'at', label: 'Line', numeric: false, key: (row) => place(row.at), cell: (row) => fileLine(row.at) },
              ...(kinds
                ? [
                    {
                      id: 'what',
                      label: 'Sets',
                      numeric: false,
                      key: (row: (typeof entries)[number]) => row.what,
                      cell: (row: (typeof entries)[number]) => h('code', null, row.what),
                    },
                  ]
                : []),
              {
                id: 'value',
                label: 'To',
                numeric: false,
                key: (row) => row.value,
                cell: (row) => h('code', null, row.value),
              },
              ...(nics
                ? [
                    {
                      id: 'concerns',
                      label: 'For',
                      numeric: false,
                      key: (row: (typeof entries)[number]) => row.concerns,
                      cell: (row: (typeof entries)[number]) => row.concerns,
                    },
                  ]
                : []),
            ],
          },
          context.memory,
        ),
  );
}

function place({ path, line }: ConfigLine): string {
  return `${path}:${line}`;
}

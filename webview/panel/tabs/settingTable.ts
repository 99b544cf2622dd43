import type { BootKey, ConfigLine, SettingRow } from '../../../src/model/bootConfig.ts';
import { type Child, h } from '../dom.ts';
import { unknown } from '../format.ts';
import type { Memory } from '../memory.ts';
import { verdictMark } from '../severity.ts';
import { table } from '../table.ts';

/** Keys with what runs, the kernel's default, and what sets them at boot. */
export function settingTable(rows: readonly SettingRow[], memory: Memory): HTMLElement {
  return table(
    {
      id: 'settings.keys',
      caption: 'Sysctls of the network path',
      captionHidden: true,
      rows,
      rowKey: (row) => `sysctl:${row.key}`,
      explainRow: (row) => `sysctl:${row.key}`,
      rowClass: (row) => (row.boot?.verdict.kind === 'differs' ? 'hot' : null),
      columns: [
        {
          id: 'key',
          label: 'Key',
          numeric: false,
          key: (row) => row.key,
          cell: (row) => [
            h('code', null, row.key),
            row.governs === '' ? null : h('div', { class: 'quiet-text setting-note' }, row.governs),
          ],
        },
        { id: 'running', label: 'Runs', numeric: false, key: (row) => row.running, cell: running },
        {
          id: 'default',
          label: 'Default',
          numeric: false,
          key: (row) => row.defaultText,
          cell: (row) => (row.defaultText === '' ? '' : h('span', { class: 'quiet-text' }, row.defaultText)),
        },
        {
          id: 'boot',
          label: 'At boot',
          numeric: false,
          key: (row) => row.boot?.setting?.value ?? '',
          cell: (row) => (row.boot === null ? '' : atBoot(row.boot)),
        },
        {
          id: 'verdict',
          label: 'Differs',
          numeric: false,
          key: (row) => verdictOrder(row.boot),
          cell: (row) => (row.boot === null ? '' : verdict(row.boot)),
        },
      ],
    },
    memory,
  );
}

/** `/etc/sysctl.d/90.conf:3`, which opens to the text of the line. */
export function fileLine(line: ConfigLine): HTMLElement {
  return h(
    'details',
    { class: 'file-line' },
    h('summary', null, h('code', null, `${line.path}:${line.line}`)),
    h('pre', null, line.text),
  );
}

function running(row: SettingRow): Child {
  if (row.running !== null)
    return [h('code', null, row.running), row.unit === '' ? null : h('span', { class: 'unit' }, ` ${row.unit}`)];
  const why = `not read: ${row.unread}`;
  return h('span', { class: 'unread', title: why, role: 'img', 'aria-label': why }, unknown);
}

function atBoot({ setting, losers, others }: BootKey): Child {
  return [
    setting === null ? null : [h('code', null, setting.value), fileLine(setting)],
    others.map(({ who, value, at, why }) => aside(`${who}${value === null ? '' : `: ${value}`}`, why, at)),
    losers.map((loser) => aside(`not ${loser.value}`, loser.why, loser)),
  ];
}

/** Something else that sets the key, or would. */
function aside(what: string, why: string, at: ConfigLine | null): HTMLElement {
  return h('div', { class: 'setting-note quiet-text' }, `${what} (${why})`, at === null ? null : fileLine(at));
}

function verdict({ verdict: found }: BootKey): Child {
  switch (found.kind) {
    case 'same':
      return verdictMark('ok', 'Same');
    case 'differs':
      return [verdictMark('warn', 'Differs'), h('div', { class: 'setting-note quiet-text' }, found.why)];
    case 'unknown':
      return [verdictMark('unread', 'Not known'), h('div', { class: 'setting-note quiet-text' }, found.why)];
    case 'not-set':
      return h('span', { class: 'quiet-text' }, 'No sysctl file sets it');
  }
}

function verdictOrder(boot: BootKey | null): number {
  return ['differs', 'unknown', 'not-set', 'same'].indexOf(boot?.verdict.kind ?? '') >>> 0;
}

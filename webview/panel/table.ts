import { type Child, h } from './dom.ts';
import { explained, rove } from './explained.ts';
import type { Memory } from './memory.ts';
import { groupRows, type SortKey, type SortOrder, sortRows } from './tableSort.ts';

export interface Column<R> {
  readonly id: string;
  readonly label: string;
  /** Id of what explains it, where that is not a column of this table alone: `softnet:dropped`. */
  readonly explain?: string;
  readonly numeric: boolean;
  readonly key: (row: R) => SortKey;
  readonly cell: (row: R) => Child;
}

export interface TableSpec<R> {
  /** Remembers the order the reader chose. */
  readonly id: string;
  readonly caption: string;
  /** Under this name its columns are explained; absent: its id. */
  readonly explainAs?: string;
  /** Id of what explains the row by its name. Absent: its first column does. Null: the name is a control of its own. */
  readonly explainRow?: ((row: R) => string) | null;
  /** For a caption that repeats the heading right above. */
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  /** Names the row for `show`; also keeps the keyboard's place when a new snapshot arrives. */
  readonly rowKey?: (row: R) => string;
  /** Rows under headings; sorting stays inside each. */
  readonly group?: (row: R) => string;
  readonly rowClass?: (row: R) => string | null;
}

/**
 * A table sorted by its column heads. It holds every row: nothing is paged or filtered. The first column is the row's
 * heading.
 */
export function table<R>(spec: TableSpec<R>, memory: Memory): HTMLElement {
  const memoryKey = `sort:${spec.id}`;
  const head = h('thead');
  const content = h('table', null, h('caption', { class: spec.captionHidden ? 'sr-only' : null }, spec.caption), head);

  const numbersOnly = spec.columns.length < 6 && spec.columns.every((column) => column.numeric);

  const draw = (): void => {
    const order = readOrder(memory.get(memoryKey, ''));
    head.replaceChildren(
      h(
        'tr',
        null,
        spec.columns.map((column) =>
          headCell(column, columnId(spec, column), order, (next) => {
            memory.set(memoryKey, `${next.descending ? '-' : '+'}${next.column}`);
            draw();
            head.querySelector<HTMLElement>(`[data-column="${CSS.escape(column.id)}"]`)?.focus();
          }),
        ),
      ),
    );
    const sortBy = spec.columns.find((column) => column.id === order?.column);
    const rows = sortBy && order ? sortRows(spec.rows, sortBy.key, order.descending) : spec.rows;
    for (const body of [...content.tBodies]) body.remove();
    content.append(...bodies(spec, rows));
    rove(content);
  };
  draw();
  return h(
    'div',
    {
      class: numbersOnly ? 'table-scroll narrow' : 'table-scroll',
      tabindex: 0,
      role: 'region',
      'aria-label': spec.caption,
    },
    content,
  );
}

function bodies<R>(spec: TableSpec<R>, rows: readonly R[]): readonly HTMLElement[] {
  if (!spec.group)
    return [
      h(
        'tbody',
        null,
        rows.map((row) => bodyRow(spec, row)),
      ),
    ];
  return [...groupRows(rows, spec.group)].map(([name, members]) =>
    h(
      'tbody',
      null,
      h('tr', { class: 'group' }, h('th', { scope: 'rowgroup', colspan: spec.columns.length }, name)),
      members.map((row) => bodyRow(spec, row)),
    ),
  );
}

function bodyRow<R>(spec: TableSpec<R>, row: R): HTMLElement {
  const key = spec.rowKey?.(row) ?? null;
  return h(
    'tr',
    { 'data-key': key, class: spec.rowClass?.(row) ?? null },
    spec.columns.map((column, index) =>
      h(
        index === 0 ? 'th' : 'td',
        { scope: index === 0 ? 'row' : null, class: column.numeric ? 'number' : null },
        index === 0 ? rowName(spec, column, row) : column.cell(row),
      ),
    ),
  );
}

function rowName<R>(spec: TableSpec<R>, column: Column<R>, row: R): Child {
  const { explainRow } = spec;
  const name = column.cell(row);
  if (explainRow === null) return name;
  // What stands below a name (a note, a fold) is not part of it.
  const [words, ...rest] = Array.isArray(name) ? name : [name];
  return [explained(explainRow?.(row) ?? columnId(spec, column), words), ...rest];
}

/** What a column is explained under. */
function columnId<R>({ id, explainAs = id }: TableSpec<R>, column: Column<R>): string {
  return column.explain ?? `column:${explainAs}/${column.id}`;
}

function headCell<R>(
  column: Column<R>,
  explain: string,
  order: SortOrder | null,
  sort: (next: SortOrder) => void,
): HTMLElement {
  const sorted = order?.column === column.id ? order : null;
  const direction = sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none';
  // Largest first is what one looks for in numbers, A first in names.
  const descending = sorted ? !sorted.descending : column.numeric;
  return h(
    'th',
    { scope: 'col', 'aria-sort': direction, class: column.numeric ? 'number' : null, 'data-explain': explain },
    h(
      'button',
      {
        type: 'button',
        'data-column': column.id,
        'aria-keyshortcuts': '?',
        click: () => sort({ column: column.id, descending }),
      },
      column.label,
      h('span', { class: 'sort', 'aria-hidden': 'true' }, sorted ? (sorted.descending ? '▾' : '▴') : ''),
    ),
  );
}

function readOrder(text: string): SortOrder | null {
  return text === '' ? null : { column: text.slice(1), descending: text.startsWith('-') };
}

import { printable } from '../kernel/printable.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Change } from './change.ts';
import { subjectOf } from './describe.ts';
import type { Form } from './forms/form.ts';

/** A change with what is to be said of it: lines without `#`, host text in them as it came. */
export interface NotedChange {
  readonly change: Change;
  readonly notes: readonly string[];
}

export interface FormFile {
  readonly path: string;
  readonly text: string;
  /** Commands that make it count without a reboot. */
  readonly activate: readonly string[];
}

export interface Written {
  readonly files: readonly FormFile[];
  /** What the form cannot hold, and why. */
  readonly refused: readonly { readonly change: Change; readonly reason: string }[];
}

/**
 * Changes as the files of a form, each below its notes as comments. Queue counts come first, then what they reset: rings,
 * coalescing, offloads, tables and rules; sysctls keep their order.
 */
export function writeForm(form: Form, changes: readonly NotedChange[], host: Snapshot | null): Written {
  const byPath = new Map<string, { readonly noted: NotedChange; readonly text: string }[]>();
  const refused: Written['refused'][number][] = [];
  for (const noted of inOrder(changes)) {
    const text = form.render(noted.change, host);
    if (!text.ok) {
      refused.push({ change: noted.change, reason: text.reason });
      continue;
    }
    const path = form.fileFor(noted.change, host);
    byPath.set(path, [...(byPath.get(path) ?? []), { noted, text: text.text }]);
  }
  const files = [...byPath].map(([path, entries]): FormFile => {
    const all = entries.map(({ noted }) => noted.change);
    const lines = [
      ...(form.open?.(all, host) ?? []),
      ...entries.flatMap(({ noted, text }) => [...noted.notes.map(comment), text]),
      ...(form.close?.(all, host) ?? []),
    ];
    return { path, text: `${lines.join('\n')}\n`, activate: form.activate(path, all) };
  });
  return { files, refused };
}

/** One line, whatever the host put into it; a backslash at its end would join it with the next. */
function comment(note: string): string {
  return `# ${printable(note, 400)}`.replace(/\\+$/, '');
}

/**
 * Some drivers (vmxnet3) restart with another MTU, and lose their table. ethtool -L makes queues anew and with them their tables
 * and rules; -G restarts them.
 */
const order = [
  'mtu',
  'channels',
  'ring',
  'coalesce',
  'features',
  'pause',
  'rxfh',
  'rx-flow-hash',
  'filter',
  'device',
  'queue',
  'qdisc',
  'irq',
  'irqbalance',
];

function placeOf(change: Change): string {
  if (change.kind === 'ethtool') return change.set;
  return change.kind === 'device' && change.attribute === 'mtu' ? 'mtu' : change.kind;
}

function inOrder(changes: readonly NotedChange[]): NotedChange[] {
  const rank = ({ change }: NotedChange): number => (change.kind === 'sysctl' ? -1 : order.indexOf(placeOf(change)));
  const seen = new Set<string>();
  return changes
    .filter(({ change }) => {
      const subject = subjectOf(change);
      return !seen.has(subject) && seen.add(subject) !== undefined;
    })
    .map((noted, index) => ({ noted, index }))
    .sort((x, y) => rank(x.noted) - rank(y.noted) || x.index - y.index)
    .map(({ noted }) => noted);
}

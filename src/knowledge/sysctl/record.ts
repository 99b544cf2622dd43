import { type StepId, steps } from '../steps.ts';
import type { KernelVersion } from './kernelVersion.ts';
import { parseVersion } from './kernelVersion.ts';

/** What is known of a sysctl key of the network path. */
export interface SysctlKeyFacts {
  /** Dotted; `*` stands for an interface, `all` or `default` (`net.ipv4.conf.*.rp_filter`). */
  readonly key: string;
  readonly shape: ValueShape;
  /** What the kernel takes, newest last: each holds from its `since` on. Empty: not known, or no number. */
  readonly accepts: readonly Accepted[];
  /** The numbers that mean something, where the kernel takes more. */
  readonly means: Bounds | null;
  /** It cannot be set. */
  readonly readOnly: boolean;
  /** `bytes`, `packets per CPU`; empty for a switch. */
  readonly unit: string;
  /** The kernel's own default, oldest first: each holds up to its `before`. Empty: it is computed, `defaultNote` says how. */
  readonly defaults: readonly DefaultValue[];
  readonly defaultNote: string;
  /** The default in words, which may depend on the kernel's version and the machine; empty when there is none. */
  readonly defaultText: string;
  /** The kernel it came with; empty when that is not known. */
  readonly since: string;
  /** The kernel that no longer has it. */
  readonly removed: string | undefined;
  /** The kernel since which it is still there and does nothing. */
  readonly idleSince: string | undefined;
  /** `netns`: each network namespace has its own. `init`: only the first has it. `copy`: others see it, and cannot set it. */
  readonly scope: 'netns' | 'init' | 'copy' | 'host' | '';
  /** When a new value acts. */
  readonly acts: Acts;
  /** Where on the packet's way it acts; null for what is on no step. */
  readonly step: StepId | null;
  readonly governs: string;
  /** What a larger value costs; empty when nothing is known. */
  readonly risk: string;
  readonly note: string;
}

/**
 * `number`, `triple` (three numbers), `pair` (two), `mask` (CPUs in hexadecimal), `ports` (a list of ports and ranges), `word`,
 * `words`, `text`.
 */
export type ValueShape = (typeof shapes)[number];
const shapes = ['number', 'triple', 'pair', 'mask', 'ports', 'word', 'words', 'text'] as const;

/** `now`, `new`: for sockets and devices made later; `listen`, `setsockopt`: at that call; `alloc`: when the table is next made; `refresh`: with the entry's next packet. */
export type Acts = (typeof actings)[number];
const actings = ['', 'now', 'new', 'listen', 'setsockopt', 'alloc', 'refresh', 'mixed'] as const;

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

export interface Accepted extends Bounds {
  /** Null: always. */
  readonly since: KernelVersion | null;
  /** Seconds or the like that the kernel keeps in ticks of its clock: the most depends on its HZ, `most` is that of HZ=1000. */
  readonly inTicks: boolean;
}

export interface DefaultValue {
  readonly value: string;
  /** Null: to this day. */
  readonly before: KernelVersion | null;
}

const most32 = 2 ** 31 - 1;
const named: Readonly<Record<string, Omit<Accepted, 'since'>>> = {
  int: { least: -(2 ** 31), most: most32, inTicks: false },
  uint: { least: 0, most: 2 ** 32 - 1, inTicks: false },
  u8: { least: 0, most: 255, inTicks: false },
  ulong: { least: 0, most: Number.POSITIVE_INFINITY, inTicks: false },
  jiffies: { least: 0, most: Math.floor(most32 / 1000), inTicks: true },
  ticks: { least: 0, most: most32, inTicks: true },
  ms: { least: 0, most: most32, inTicks: true },
};

/**
 * Rows of `key|shape|accepts|means|unit|default|since|removed|idle since|scope|acts|step|governs|risk|note`. `accepts` is `ro`, or
 * one or more of a name above or `0..2`, each with `@6.14` for the kernel it came with; `default` one or more values, each with
 * `<5.4` for the kernel up to which it held, and after `~` how it is computed or what else to know. Throws on a row that is none.
 */
export function parseKeys(table: string): SysctlKeyFacts[] {
  return table.trim().split('\n').map(factsOf);
}

function factsOf(row: string): SysctlKeyFacts {
  const columns = row.split('|');
  if (columns.length !== 15) throw new Error(`not a row of 15 columns: ${row}`);
  const [key = '', shape = '', accepts = '', means = '', unit = '', text = '', since = '', removed = ''] = columns;
  const [idle = '', scope = '', acts = '', step = '', governs = '', risk = '', note = ''] = columns.slice(8);
  const [values = '', defaultNote = ''] = text.split('~');
  const defaults = values === '' ? [] : values.split(';').map(defaultOf);
  const readOnly = accepts === 'ro';
  return {
    key,
    shape: oneOf(shapes, shape, row),
    accepts: accepts === '' || readOnly ? [] : accepts.split(';').map(acceptedOf),
    means: means === '' ? null : boundsOf(means),
    readOnly,
    unit,
    defaults,
    defaultNote,
    defaultText: defaultTextOf(defaults, defaultNote),
    since,
    removed: removed || undefined,
    idleSince: idle || undefined,
    scope: oneOf(['netns', 'init', 'copy', 'host', ''], scope, row),
    acts: oneOf(actings, acts, row),
    step: step === '' ? null : stepOf(step, row),
    governs,
    risk,
    note,
  };
}

function acceptedOf(text: string): Accepted {
  const [bounds = '', version] = text.split('@');
  const since = version === undefined ? null : parseVersion(version);
  const known = named[bounds];
  return known === undefined ? { ...boundsOf(bounds), since, inTicks: false } : { ...known, since };
}

/** `1..255`, `0..max` (2^31 - 1), `0..` */
function boundsOf(text: string): Bounds {
  const [least = '', most = ''] = text.split('..');
  return {
    least: Number(least),
    most: most === 'max' ? most32 : most === '' ? Number.POSITIVE_INFINITY : Number(most),
  };
}

function defaultOf(text: string): DefaultValue {
  const [value = '', before] = text.split('<');
  return { value, before: before === undefined ? null : parseVersion(before) };
}

/** `4096 (128 before 5.4)` */
function defaultTextOf(defaults: readonly DefaultValue[], note: string): string {
  const now = defaults.at(-1)?.value ?? '';
  const earlier = defaults.flatMap(({ value, before }) => (before === null ? [] : [`${value} before ${before.text}`]));
  const more = [...earlier.reverse(), ...(note === '' ? [] : [note])].join('; ');
  if (now === '') return more;
  return more === '' ? now : `${now} (${more})`;
}

function oneOf<T extends string>(known: readonly T[], text: string, row: string): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Error(`"${text}" is not one of ${known.join(', ')}: ${row}`);
  return found;
}

function stepOf(id: string, row: string): StepId {
  const found = steps.find((step) => step.id === id);
  if (found === undefined) throw new Error(`"${id}" is no step: ${row}`);
  return found.id;
}

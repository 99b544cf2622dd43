import type { PeerCase } from './cases.ts';

type Expected = Record<string, unknown>;

/**
 * What our types do not hold, by kind: `*` for every kind. The rest of each case is compared.
 */
const notHeld: Readonly<Record<string, readonly string[]>> = {
  // asserts: the object model of insights-core.
  '*': ['asserts'],
  // info and devices: node_exporter's split of what desc has in one.
  interrupts: ['info', 'devices'],
  // sl: the line's number in the kernel's hash, of no use to anyone.
  proc_net_tcp: ['sl'],
  proc_net_tcp6: ['sl'],
  proc_net_udp: ['sl'],
  proc_net_udp6: ['sl'],
  // Not in the text.
  ethtool_S: ['driver'],
  // current_extra: insights-core writes -2 for `off`; we keep the printed text.
  ethtool_g: ['current_extra'],
  // expansion-rom-version and the parts of the firmware's: the first nobody asks for, the second is one text to us.
  ethtool_i: ['expansion-rom-version', 'FirmwareVersionParts'],
};

/** What one case expects wrongly, and why. */
const wrongly: Readonly<Record<string, { readonly field: string; readonly because: string }>> = {
  'procfs/udp': {
    field: 'drops',
    because: 'its lines are those of tcp (17 fields); the 13th is the retransmission timeout, which it takes for drops',
  },
};

/** A case's expectation without what we do not hold and with what peers write differently in one way. */
export function comparable({ name, kind, expected }: PeerCase): Expected {
  const dropped = new Set([...(notHeld['*'] ?? []), ...(notHeld[kind] ?? []), wrongly[name]?.field ?? '']);
  const held = without(expected, dropped) as Expected;
  if (kind === 'ethtool_g') return ringSizes(held);
  if (kind === 'ethtool.insights') return assertedOfText(expected, /^(?:ethtool_info\.|features\.data$)/);
  if (kind === 'tuned.insights') return assertedOfText(expected, /tuned_output/);
  if (kind === 'udev_rules.insights') return assertedOfText(expected, /^line in result\.lines$/);
  if (kind === 'sysctl_conf') return keysOfSysctl(held);
  if (kind === 'ethtool_S' && !Array.isArray(held['stats']))
    return { ...held, stats: Object.entries(held['stats'] ?? {}) };
  if (kind === 'softirqs' && Array.isArray(held['cells'])) return { cells: softirqCells(held['cells']) };
  if (kind === 'ss' || kind === 'netstat_cmd') return unbracketed(held) as Expected;
  return held;
}

/** jc keeps the brackets of an IPv6 address where the tool prints them. */
function unbracketed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unbracketed);
  if (typeof value === 'string') return value.replace(/^\[([^\]]*:[^\]]*)\]$/, '$1');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, unbracketed(field)]));
}

function without(value: unknown, dropped: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, dropped));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !dropped.has(key));
  return Object.fromEntries(entries.map(([key, field]) => [key, without(field, dropped)]));
}

/** insights-core has -1 for n/a and keeps the 0 of old versions. */
function ringSizes(expected: Expected): Expected {
  const open = (sizes: unknown) =>
    Object.fromEntries(
      Object.entries(sizes ?? {}).map(([key, size]) => [key, size === -1 || size === 0 ? null : size]),
    );
  return { max: open(expected['max']), current: open(expected['current']) };
}

/** insights-core takes a line of = signs for an empty key; no program that sets keys does. */
function keysOfSysctl(expected: Expected): Expected {
  const { '': _, ...keys } = expected['keys'] as Expected;
  return { keys };
}

interface Assert {
  readonly expr: string;
  readonly value: unknown;
}

/** What insights-core's tests say of a text; the rest is about its own objects and file names. */
function assertedOfText({ asserts }: Expected, about: RegExp): Expected {
  const ofText = (asserts as readonly Assert[]).filter(({ expr }) => about.test(expr));
  return Object.fromEntries(ofText.map(({ expr, value }) => [expr, value]));
}

interface Cell {
  readonly irq: string;
  readonly cpu: number;
  readonly count: number;
}

function softirqCells(cells: readonly Cell[]): Record<string, Record<string, number>> {
  const rows: Record<string, Record<string, number>> = {};
  for (const { irq, cpu, count } of cells) rows[irq] = { ...rows[irq], [cpu]: count };
  return rows;
}

import { decodeAddress } from '../../kernel/hexAddress.ts';
import type { Parsed, Warning } from '../../kernel/parsed.ts';
import { eachLine, hex, tokens } from '../../kernel/scan.ts';
import { parseSs } from '../../kernel/sockets/ssSockets.ts';
import { tcpStateNames } from '../../kernel/socketTable.ts';
import { excerpt, warn } from '../../kernel/warnings.ts';
import { mapReading, type Reading } from '../../model/reading.ts';
import type { Owners, StateAnswer, StateTimer, Tally } from '../../model/socketAnswers.ts';
import { readMachine } from '../readSockets.ts';
import type { Sections } from '../sections.ts';

const source = '/proc/net/tcp, /proc/net/tcp6';

/** What `socketQuestions.sh` says of one state (its code, `06`). */
export function readStateAnswer(sections: Sections, code: string): Reading<StateAnswer> {
  const capped = sections.get('cap');
  const bigEndian = readMachine(sections).bigEndian === true;
  const counts = sections.tool(capped === undefined ? 'summary' : 'cap', source, (text) =>
    parseCounts(text, bigEndian),
  );
  return mapReading(counts, (value) => ({
    state: tcpStateNames.get(code) ?? code,
    ...value,
    owners: sections.tool('owners', '/proc/PID/fd', parseOwners),
    sockets: sections.tool('sockets', 'ss -tnoei', parseSs),
  }));
}

type Counts = Omit<StateAnswer, 'state' | 'owners' | 'sockets'>;

const timerNames = ['none', 'retransmit', 'keepalive', 'time-wait', 'zero-window probe'];

function parseCounts(text: string, bigEndian: boolean): Parsed<Counts> {
  const warnings: Warning[] = [];
  const facts = new Map<string, readonly number[]>();
  const kinds = new Map<string, number>();
  const tallies = new Map<string, { key: string; count: number }[]>();
  const timers: StateTimer[] = [];
  eachLine(text, (from, end, line) => {
    const [first = '', second = '', third = '', ...rest] = tokens(text, from, end);
    const numbers = [second, third, ...rest].map(Number);
    if (first === '') return;
    if (first === 'kinds') kinds.set(second, Number(third));
    else if (first === 'timer') timers.push(timerOf(numbers));
    else if (/^\d+$/.test(first)) {
      const list = tallies.get(second) ?? [];
      list.push({ key: keyOf(second, third, bigEndian), count: Number(first) });
      tallies.set(second, list);
    } else if (/^[a-z]+$/.test(first) && /^\d+$/.test(second)) facts.set(first, numbers);
    else warn(warnings, line, excerpt(text.slice(from, end)));
  });
  const fact = (name: string, at: number): number => facts.get(name)?.[at] ?? 0;
  const tally = (name: string): Tally => ({ kinds: kinds.get(name) ?? 0, largest: tallies.get(name) ?? [] });
  return {
    value: {
      total: fact('total', 0),
      unread: { sockets: fact('rx', 0), bytes: fact('rx', 1) },
      unacknowledged: { sockets: fact('tx', 0), bytes: fact('tx', 1) },
      retransmitting: { sockets: fact('retransmitting', 0), most: fact('retransmitting', 1) },
      orphans: fact('orphans', 0),
      timers,
      localPorts: tally('port'),
      peers: tally('peer'),
      services: tally('service'),
      users: tally('user'),
    },
    warnings,
  };
}

/** `timer KIND SOCKETS SOONEST LATEST`, in 1/100 s */
function timerOf([kind = 0, sockets = 0, soonest = 0, latest = 0]: readonly number[]): StateTimer {
  return { name: timerNames[kind] ?? String(kind), sockets, soonestMs: soonest * 10, latestMs: latest * 10 };
}

/** A port as a number, an address as it is written; what is not understood stays as it is. */
function keyOf(kind: string, text: string, bigEndian: boolean): string {
  if (kind === 'port') return String(hex(text, 0, text.length));
  if (kind === 'peer') return decodeAddress(text, bigEndian) ?? text;
  if (kind !== 'service') return text;
  const [digits = '', port = ''] = text.split(':');
  const address = decodeAddress(digits, bigEndian);
  const shown = address?.includes(':') === true ? `[${address}]` : address;
  return shown === null ? text : `${shown}:${hex(port, 0, port.length)}`;
}

/** `sockets N seen N`, then `owner COUNT PID NAME`, `more N`. */
function parseOwners(text: string): Parsed<Owners> {
  const warnings: Warning[] = [];
  const processes: Owners['processes'][number][] = [];
  let [sockets, seen, more] = [0, 0, 0];
  eachLine(text, (from, end, line) => {
    const row = text.slice(from, end);
    const [, all, found] = /^sockets (\d+) seen (\d+)$/.exec(row) ?? [];
    const [, count, pid, name] = /^owner (\d+) (\d+) (.*)$/.exec(row) ?? [];
    const [, others] = /^more (\d+)$/.exec(row) ?? [];
    if (all !== undefined) [sockets, seen] = [Number(all), Number(found)];
    else if (name !== undefined) processes.push({ pid: Number(pid), name, sockets: Number(count) });
    else if (others !== undefined) more = Number(others);
    else if (row !== '') warn(warnings, line, excerpt(row));
  });
  return { value: { sockets, seen, processes, more }, warnings };
}

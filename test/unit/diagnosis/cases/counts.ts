import { type Edit, firstLook, inFile, inSection } from './edits.ts';

/** Edits of counters: the second sample stands so far above the first. */

const protocolFiles = ['/proc/net/snmp', '/proc/net/netstat'] as const;

/** `TcpExt ListenOverflows` of /proc/net/netstat, `Tcp OutSegs` of /proc/net/snmp. */
export function counter(name: string, by: number): Edit {
  const [section = '', field = ''] = name.split(' ');
  return (capture) => {
    const path = protocolFiles.find(
      (file) =>
        firstLook(capture, file).includes(`\n${section}: `) || firstLook(capture, file).startsWith(`${section}: `),
    );
    if (path === undefined) throw new Error(`the capture has no ${section}`);
    const before = columnOf(firstLook(capture, path), section, field);
    return inFile('B', path, (text) => withColumn(text, section, field, before + by))(capture);
  };
}

/** The same counter, lower in the second sample than in the first: it was reset. */
export function counterReset(name: string): Edit {
  const [section = '', field = ''] = name.split(' ');
  return (capture) => {
    const path = section.endsWith('Ext') ? '/proc/net/netstat' : '/proc/net/snmp';
    const high = inFile('A', path, (text) => withColumn(text, section, field, 900_000))(capture);
    return inFile('B', path, (text) => withColumn(text, section, field, 100))(high);
  };
}

/** A counter that this kernel does not have, in both samples. */
export function uncounted(name: string): Edit {
  const [section = '', field = ''] = name.split(' ');
  const path = section.endsWith('Ext') ? '/proc/net/netstat' : '/proc/net/snmp';
  const rename = (text: string): string => {
    if (!text.includes(` ${field}`)) throw new Error(`${path} has no ${field}`);
    return text.replace(new RegExp(`(\\n${section}: .* |^${section}: .* )${field}(?= |$)`, 'm'), '$1Nothing');
  };
  return (capture) => inFile('B', path, rename)(inFile('A', path, rename)(capture));
}

interface Table {
  readonly lines: string[];
  readonly values: number;
  readonly column: number;
}

function tableOf(text: string, section: string, field: string): Table {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`${section}: `));
  const column = lines[head]?.split(' ').indexOf(field) ?? -1;
  if (column < 0) throw new Error(`there is no ${section} ${field}`);
  return { lines, values: head + 1, column };
}

function columnOf(text: string, section: string, field: string): number {
  const { lines, values, column } = tableOf(text, section, field);
  return Number(lines[values]?.split(' ')[column]);
}

function withColumn(text: string, section: string, field: string, value: number): string {
  const { lines, values, column } = tableOf(text, section, field);
  const cells = lines[values]?.split(' ') ?? [];
  cells[column] = String(value);
  return lines.with(values, cells.join(' ')).join('\n');
}

const softnetColumns = { processed: 0, dropped: 1, time_squeeze: 2, received_rps: 9, flow_limit_count: 10 } as const;

/** A CPU's line of /proc/net/softnet_stat. */
export function softnet(cpu: number, counts: Partial<Record<keyof typeof softnetColumns, number>>): Edit {
  const path = '/proc/net/softnet_stat';
  return (capture) => {
    const before = firstLook(capture, path).split('\n')[cpu]?.split(' ') ?? [];
    return inFile('B', path, (text) => {
      const lines = text.split('\n');
      const cells = lines[cpu]?.split(' ') ?? [];
      for (const [name, by] of Object.entries(counts)) {
        const column = softnetColumns[name as keyof typeof softnetColumns];
        if (cells[column] === undefined) throw new Error(`softnet_stat has no ${name} of CPU ${cpu}`);
        cells[column] = (Number.parseInt(before[column] ?? '', 16) + by).toString(16).padStart(8, '0');
      }
      return lines.with(cpu, cells.join(' ')).join('\n');
    })(capture);
  };
}

const timeColumns = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;

/** How a CPU spent the time between the samples, in thousandths: the rest it was idle. */
export function cpuTime(cpu: number, spent: Partial<Record<(typeof timeColumns)[number], number>>): Edit {
  const path = '/proc/stat';
  const busy = Object.values(spent).reduce((sum, part) => sum + part, 0);
  const rowOf = (text: string): string => {
    const row = text.split('\n').find((line) => line.startsWith(`cpu${cpu} `));
    if (row === undefined) throw new Error(`/proc/stat has no cpu${cpu}`);
    return row;
  };
  return (capture) => {
    const before = rowOf(firstLook(capture, path)).split(' ').slice(1).map(Number);
    const after = timeColumns.map(
      (name, at) => (before[at] ?? 0) + (name === 'idle' ? 1000 - busy : (spent[name] ?? 0)),
    );
    return inFile('B', path, (text) => withTotal(text.replace(rowOf(text), `cpu${cpu} ${after.join(' ')} 0 0`)))(
      capture,
    );
  };
}

/** The first line of /proc/stat is the sum of the CPUs'. */
function withTotal(text: string): string {
  const rows = text.split('\n').filter((line) => /^cpu\d/.test(line));
  const sums = rows
    .map((row) => row.split(' ').slice(1).map(Number))
    .reduce((sum, row) => sum.map((value, at) => value + (row[at] ?? 0)));
  return text.replace(/^cpu .*$/m, `cpu  ${sums.join(' ')}`);
}

/** NET_RX softirqs of a CPU. */
export function netRx(cpu: number, by: number): Edit {
  return perCpu('/proc/softirqs', 'NET_RX:', (column) => (column === cpu ? by : null));
}

/** A line of /proc/interrupts: how often it interrupted each CPU. */
export function interrupts(irq: number, by: readonly number[]): Edit {
  return perCpu('/proc/interrupts', `${irq}:`, (column) => by[column] ?? null);
}

function perCpu(path: string, label: string, by: (cpu: number) => number | null): Edit {
  const rowOf = (text: string): string => {
    const row = text.split('\n').find((line) => line.trimStart().startsWith(label));
    if (row === undefined) throw new Error(`${path} has no ${label}`);
    return row;
  };
  return (capture) => {
    const before = rowOf(firstLook(capture, path)).trim().split(/\s+/);
    return inFile('B', path, (text) => {
      const row = rowOf(text);
      const cells = row.trim().split(/\s+/);
      const moved = cells.map((cell, at) => {
        const more = at === 0 ? null : by(at - 1);
        return more === null ? cell : String(Number(before[at]) + more);
      });
      return text.replace(row, moved.join(' '));
    })(capture);
  };
}

/** Packets that an interface received, in /proc/net/dev. */
export function receivedPackets(nic: string, by: number): Edit {
  const path = '/proc/net/dev';
  const rowOf = (text: string): string => {
    const row = text.split('\n').find((line) => line.trimStart().startsWith(`${nic}:`));
    if (row === undefined) throw new Error(`${path} has no ${nic}`);
    return row;
  };
  return (capture) => {
    const packets = Number(rowOf(firstLook(capture, path)).trim().split(/\s+/)[2]) + by;
    return inFile('B', path, (text) => {
      const row = rowOf(text);
      return text.replace(row, row.trim().split(/\s+/).with(2, String(packets)).join(' '));
    })(capture);
  };
}

/** A gauge of /proc/net/sockstat: `TCP orphan`. */
export function sockstat(name: string, value: number): Edit {
  const [protocol = '', field = ''] = name.split(' ');
  return inFile('B', '/proc/net/sockstat', (text) => {
    const row = text.split('\n').find((line) => line.startsWith(`${protocol}:`));
    if (row === undefined || !` ${row} `.includes(` ${field} `)) throw new Error(`sockstat has no ${name}`);
    return text.replace(row, row.replace(new RegExp(` ${field} \\d+`), ` ${field} ${value}`));
  });
}

/** A column of /proc/net/stat/FILE: its first CPU counts so many more. */
export function netStat(file: string, column: string, by: number): Edit {
  const path = `/proc/net/stat/${file}`;
  return (capture) => {
    const before = hexOf(firstLook(capture, path), column);
    return inFile('B', path, (text) => withHex(text, column, before + by, 1))(capture);
  };
}

/** `entries` of /proc/net/stat/FILE, which every CPU's line repeats. */
export function entries(file: string, value: number): Edit {
  return inFile('B', `/proc/net/stat/${file}`, (text) => withHex(text, 'entries', value, Number.POSITIVE_INFINITY));
}

function hexOf(text: string, column: string): number {
  const [head = '', first = ''] = text.split('\n');
  const at = head.trim().split(/\s+/).indexOf(column);
  if (at < 0) throw new Error(`there is no column ${column}`);
  return Number.parseInt(first.trim().split(/\s+/)[at] ?? '', 16);
}

function withHex(text: string, column: string, value: number, rows: number): string {
  const [head = '', ...lines] = text.split('\n');
  const at = head.trim().split(/\s+/).indexOf(column);
  if (at < 0) throw new Error(`there is no column ${column}`);
  const hex = value.toString(16).padStart(8, '0');
  const changed = lines.map((line, row) =>
    row < rows && line.trim() !== '' ? line.trim().split(/\s+/).with(at, hex).join(' ') : line,
  );
  return [head, ...changed].join('\n');
}

/** A line of `ethtool -S NIC`. */
export function driver(nic: string, name: string, by: number): Edit {
  return (capture) => {
    let before = Number.NaN;
    const find = inSection(`ethtool-S@A ${nic}`, (stdout) => {
      before = Number(lineOf(stdout, name).split(': ').at(-1));
      return stdout;
    });
    find(capture);
    return inSection(`ethtool-S@B ${nic}`, (stdout) =>
      stdout.replace(lineOf(stdout, name), `     ${name}: ${before + by}`),
    )(capture);
  };
}

function lineOf(stdout: string, name: string): string {
  const line = stdout.split('\n').find((one) => one.trim().startsWith(`${name}: `));
  if (line === undefined) throw new Error(`ethtool -S has no ${name}`);
  return line;
}

/** A counter that other drivers have, with this name and movement. */
export function otherDriver(nic: string, name: string, by: number): Edit {
  const put = (sample: 'A' | 'B', value: number): Edit =>
    inSection(`ethtool-S@${sample} ${nic}`, (stdout) => `${stdout.trimEnd()}\n     ${name}: ${value}\n`);
  return (capture) => put('B', 70 + by)(put('A', 70)(capture));
}

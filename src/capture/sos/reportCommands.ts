/** A command whose output a report has, and the section that the collector has it in. */
interface Command {
  /** `PLUGIN/FILE` below sos_commands, as sos names it after the command. */
  readonly file: RegExp;
  /** The section; `NIC` is what the pattern caught. */
  readonly section: string;
  /** Lines that are not taken over. */
  readonly without?: RegExp;
}

/** sos 3.0 to 4.8, plugin `networking`; what is said of a network namespace has a name of its own and is left out. */
const commands: readonly Command[] = [
  { file: /^networking\/ethtool_-S_(.+)$/, section: 'ethtool-S@A NIC' },
  { file: /^networking\/ethtool_-([acgiklmTnx])_(.+)$/, section: 'ethtool-LETTER NIC' },
  { file: /^networking\/ethtool_--(show-priv-flags|show-fec)_(.+)$/, section: 'ethtool-LETTER NIC' },
  // Root is told a password: no capture holds one.
  { file: /^networking\/ethtool_([^-].*)$/, section: 'ethtool NIC', without: /SecureOn password/ },
  { file: /^networking\/tc_-s_qdisc_show$/, section: 'qdisc@A' },
  { file: /^networking\/ip_-s(?:_-s)?_-d_link$/, section: 'ip-link@A' },
  { file: /^networking\/nstat_-zas$/, section: 'nstat@A' },
  { file: /^networking\/netstat_-s$/, section: 'netstat-s@A' },
  { file: /^networking\/ss_-peaonmi$/, section: 'listeners@A' },
];

/** The section that a file of sos_commands is, with the NIC as the file's name has it; null for any other file. */
export function commandSection(path: string): { section: string; nic: string | null; without: RegExp | null } | null {
  if (!path.startsWith('sos_commands/')) return null;
  const file = path.slice('sos_commands/'.length);
  for (const command of commands) {
    const found = command.file.exec(file);
    if (found === null) continue;
    const nic = found.length > 1 ? (found.at(-1) ?? null) : null;
    const section = found.length > 2 ? command.section.replace('LETTER', found[1] ?? '') : command.section;
    return { section, nic, without: command.without ?? null };
  }
  return null;
}

/** How sos writes a command into a file's name: what is no word, dash, dot or slash becomes one underscore. */
export function mangled(name: string): string {
  return name.replace(/[^\w\-./]+/g, '_').replaceAll('/', '.');
}

const complaint =
  /netlink error|^Cannot |no stats available|not (?:supported|permitted)|Invalid argument|No such|not found|[Pp]ermission denied|timed? ?out/;

/** Whether a program failed: sos keeps what it said on stderr among the rest, and of old versions no exit status. */
export function isComplaint(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.length <= 3 && lines.some((line) => complaint.test(line));
}

/** Of `ss -peaonmi`, which lists sockets of every kind and state, the rows that `ss -Hltnm` has. */
export function listenersIn(text: string): string {
  const kept: string[] = [];
  let keeps = false;
  for (const line of text.split('\n')) {
    if (line !== '' && !/^\s/.test(line)) keeps = /^tcp\s+LISTEN\s/.test(line);
    if (keeps && line !== '') kept.push(line);
  }
  return kept.map((line) => `${line}\n`).join('');
}

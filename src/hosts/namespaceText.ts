import { parseCapture } from '../capture/frame.ts';

/** A process in a network namespace, the one with the lowest number there. */
export interface NamespaceProcess {
  readonly inode: string;
  readonly pid: number;
  /** `/proc/PID/comm`; may be empty. */
  readonly comm: string;
  /** A line of `/proc/PID/cgroup` that holds a long hexadecimal number; null when none does. */
  readonly cgroup: string | null;
}

/** What `namespaces.sh` says of a host. A namespace is known by the inode of its file, as text. */
export interface NamespaceText {
  readonly uid: number | null;
  /** Whether `sudo -n` makes us root. */
  readonly sudo: boolean;
  /** Those of ip, nsenter, unshare, mount, sudo that the host has. */
  readonly programs: ReadonlySet<string>;
  /** The namespace of the login. */
  readonly own: string | null;
  readonly names: readonly { readonly inode: string; readonly name: string }[];
  readonly processes: readonly NamespaceProcess[];
  /** Processes there are, and those whose namespace could be seen. */
  readonly count: number;
  readonly readable: number;
  /** Namespaces beyond the limit of the script. */
  readonly more: number;
}

/** Reads it; null when it is cut off or none at all. */
export function parseNamespaceText(text: string): NamespaceText | null {
  const { sections } = parseCapture(text);
  const end = sections.at(-1);
  if (end?.name !== 'end' || end.status === null) return null;
  const lines = (name: string): string[] =>
    (sections.find((section) => section.name === name)?.stdout ?? '').split('\n').filter((line) => line !== '');

  const facts = lines('facts').map((line) => line.split(' '));
  const uid = facts.find(([key]) => key === 'uid')?.[1] ?? '';
  const names = lines('names').map((line) => /^\s*(\d+) (.+)$/.exec(line));
  return {
    uid: /^\d+$/.test(uid) ? Number(uid) : null,
    sudo: facts.some(([key, value]) => key === 'sudo' && value === 'works'),
    programs: new Set(facts.filter(([key]) => key === 'has').map(([, program]) => program ?? '')),
    own: facts.find(([key]) => key === 'own')?.[1] ?? null,
    names: names.flatMap((found) => (found ? [{ inode: found[1] ?? '', name: found[2] ?? '' }] : [])),
    processes: readProcesses(lines('processes')),
    count: numberAfter('count', lines('processes')),
    readable: numberAfter('readable', lines('processes')),
    more: numberAfter('more', lines('names')) + numberAfter('more', lines('processes')),
  };
}

/** Without sort(1) on the host an inode may come more than once. */
function readProcesses(lines: readonly string[]): NamespaceProcess[] {
  const lowest = new Map<string, NamespaceProcess>();
  lines.forEach((line, index) => {
    const [, inode, digits, comm = ''] = /^in (\d+) (\d{1,10}) (.*)$/.exec(line) ?? [];
    const pid = Number(digits);
    if (inode === undefined || pid >= (lowest.get(inode)?.pid ?? Number.POSITIVE_INFINITY)) return;
    const next = lines[index + 1];
    lowest.set(inode, { inode, pid, comm, cgroup: next?.startsWith('cgroup ') ? next.slice('cgroup '.length) : null });
  });
  return [...lowest.values()];
}

function numberAfter(key: string, lines: readonly string[]): number {
  const line = lines.find((candidate) => new RegExp(`^${key} \\d+$`).test(candidate));
  return Number(line?.slice(key.length + 1) ?? 0);
}

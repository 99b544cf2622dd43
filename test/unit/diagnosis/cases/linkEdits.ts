import { type Edit, inSection } from './edits.ts';

interface Json {
  [key: string]: unknown;
  ifname?: unknown;
  stats64?: unknown;
  dev?: unknown;
  kind?: unknown;
  root?: unknown;
  parent?: unknown;
}

function records(stdout: string): Json[] {
  return JSON.parse(stdout) as Json[];
}

function oneOf(all: readonly Json[], isIt: (one: Json) => boolean, what: string): Json {
  const found = all.filter(isIt);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${what}`);
  return found[0];
}

function numberAt(one: Json, key: string): number {
  const value = one[key];
  if (typeof value !== 'number') throw new Error(`there is no ${key}`);
  return value;
}

/** Runs over a section of the first sample and over that of the second, which is given what the first holds. */
function between(section: string, change: (before: Json[], after: Json[]) => void): Edit {
  return (capture) => {
    let before: Json[] = [];
    inSection(`${section}@A`, (stdout) => {
      before = records(stdout);
      return stdout;
    })(capture);
    return inSection(`${section}@B`, (stdout) => {
      const after = records(stdout);
      change(before, after);
      return `${JSON.stringify(after)}\n`;
    })(capture);
  };
}

/** A statistic of `ip -s -s -j link`: `rx crc_errors`, `tx carrier_changes`. */
export function statistic(nic: string, name: string, by: number): Edit {
  const [direction = '', field = ''] = name.split(' ');
  const of = (links: readonly Json[]): Json => {
    const stats = oneOf(links, ({ ifname }) => ifname === nic, nic).stats64 as Record<string, Json>;
    const counters = stats[direction];
    if (counters === undefined) throw new Error(`there is no ${direction} of ${nic}`);
    return counters;
  };
  return between('ip-link', (before, after) => {
    const counters = of(after);
    numberAt(counters, field);
    counters[field] = numberAt(of(before), field) + by;
  });
}

/** Something that `ip -d link` says of a NIC, in the sample that says it. */
export function link(nic: string, values: Json): Edit {
  return inSection('ip-link@A', (stdout) => {
    const links = records(stdout);
    Object.assign(
      oneOf(links, ({ ifname }) => ifname === nic, nic),
      values,
    );
    return `${JSON.stringify(links)}\n`;
  });
}

function qdiscOf(all: readonly Json[], dev: string, parent: string): Json {
  const isIt = (one: Json): boolean => one.dev === dev && (one.root === true ? 'root' : one.parent) === parent;
  return oneOf(all, isIt, `${dev} ${parent}`);
}

/** Counters of a qdisc of `tc -s -j`: so many more than in the first sample; `backlog` as it stands. */
export function qdisc(dev: string, parent: string, counts: Readonly<Record<string, number>>): Edit {
  return between('qdisc', (before, after) => {
    for (const [name, by] of Object.entries(counts))
      qdiscOf(after, dev, parent)[name] = name === 'backlog' ? by : numberAt(qdiscOf(before, dev, parent), name) + by;
  });
}

/** The kind of a qdisc in both samples. */
export function qdiscKind(dev: string, parent: string, kind: string): Edit {
  const rename = (sample: 'A' | 'B'): Edit =>
    inSection(`qdisc@${sample}`, (stdout) => {
      const all = records(stdout);
      qdiscOf(all, dev, parent).kind = kind;
      return `${JSON.stringify(all)}\n`;
    });
  return (capture) => rename('B')(rename('A')(capture));
}

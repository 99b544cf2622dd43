import { expect } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { Diagnosis, Finding } from '../../../src/diagnosis/finding.ts';
import type { CpuTimes } from '../../../src/kernel/procStat.ts';
import type { SoftnetRow } from '../../../src/kernel/softnet.ts';
import type { Listener } from '../../../src/kernel/ss.ts';
import type { NicSettings } from '../../../src/model/nicSettings.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import { missing, type Reading, read } from '../../../src/model/reading.ts';
import type { CpuFacts, HostFacts, Nic, Sample, Snapshot } from '../../../src/model/snapshot.ts';

/** A reading that is there. */
export function have<T>(value: T, source = 'test'): Reading<T> {
  return read(source, { value, warnings: [] });
}

const absent = missing('test', 'not-collected', 'not in this test');

/** A sample in which nothing was read but what is given. */
export function sampleOf(parts: Partial<Sample>, uptime = 100): Sample {
  return {
    uptime,
    readAt: new Map(),
    bootId: 'boot',
    netns: 'net:[1]',
    softnet: absent,
    interrupts: absent,
    softirqs: absent,
    cpuTimes: absent,
    netDev: absent,
    snmp: absent,
    netstat: absent,
    snmp6: absent,
    sockstat: absent,
    sockstat6: absent,
    netStat: new Map(),
    xfrm: absent,
    conntrackCount: absent,
    socketProtocols: absent,
    pressure: new Map(),
    loadavg: absent,
    nicStatistics: absent,
    ethtoolStats: new Map(),
    qdiscs: absent,
    listeners: absent,
    tcpSockets: absent,
    udpSockets: absent,
    ...parts,
  };
}

export interface Case {
  readonly before?: Partial<Sample>;
  readonly after: Partial<Sample>;
  /** Between the samples; 2 if not given. */
  readonly seconds?: number;
  /** Only the second sample is in the capture. */
  readonly oneSample?: boolean;
  readonly sysctl?: Readonly<Record<string, string>>;
  readonly nics?: readonly Nic[];
  readonly host?: Partial<HostFacts>;
  readonly cpus?: Partial<CpuFacts>;
}

export function snapshotOf({
  before = {},
  after,
  seconds = 2,
  oneSample,
  sysctl,
  nics = [],
  host,
  cpus,
}: Case): Snapshot {
  const last = sampleOf(after, 100 + seconds);
  return {
    host: {
      hostname: 'web-1',
      kernel: '6.1.0',
      os: null,
      takenAt: null,
      initialNetns: true,
      pageSize: 4096,
      machine: 'x86_64',
      ...host,
    },
    cpus: {
      online: null,
      possible: null,
      isolated: null,
      smt: null,
      nodes: new Map(),
      power: { governors: new Map(), idleStates: [] },
      ...cpus,
    },
    samples: oneSample === true ? [last] : [sampleOf(before), last],
    nics,
    kernelConfig: absent,
    listenerOwners: absent,
    ssSummary: absent,
    connections: absent,
    tcpRepair: absent,
    sysctl: sysctl === undefined ? absent : have(new Map(Object.entries(sysctl))),
    bootConfig: noBootConfig,
    sections: [],
    problems: [],
  };
}

const noBootConfig: Snapshot['bootConfig'] = {
  init: { name: null, reader: null, why: 'not in this test' },
  sysctl: absent,
  irqbalance: absent,
  tuned: absent,
  udev: absent,
  links: absent,
  networks: absent,
  modules: absent,
  scripts: absent,
  notes: [],
};

export function diagnoseCase(parts: Case): Diagnosis {
  const snapshot = snapshotOf(parts);
  return diagnose(snapshot, ratesOf(snapshot));
}

/** The findings of one rule, which must have been checked. */
export function findingsOf(rule: string, parts: Case): readonly Finding[] {
  const diagnosis = diagnoseCase(parts);
  expect(diagnosis.checked).toContain(rule);
  return diagnosis.findings.filter((finding) => finding.rule === rule);
}

/** How grave its findings are. */
export function severitiesOf(rule: string, parts: Case): string[] {
  return findingsOf(rule, parts).map(({ severity }) => severity);
}

/** The one finding of a rule. */
export function findingOf(rule: string, parts: Case): Finding {
  const [finding, ...others] = findingsOf(rule, parts);
  expect(others).toEqual([]);
  if (finding === undefined) throw new Error(`${rule} found nothing`);
  return finding;
}

/** Why a rule was not checked; null when it was. */
export function reasonOf(rule: string, parts: Case): string | null {
  return diagnoseCase(parts).notChecked.find((entry) => entry.rule === rule)?.reason ?? null;
}

export function softnet(rows: readonly (Partial<SoftnetRow> & { readonly cpu: number })[]): Pick<Sample, 'softnet'> {
  const row = (parts: Partial<SoftnetRow>): SoftnetRow => ({
    cpu: null,
    processed: 0,
    dropped: 0,
    time_squeeze: 0,
    cpu_collision: null,
    received_rps: 0,
    flow_limit_count: 0,
    backlog_len: null,
    input_qlen: null,
    process_qlen: null,
    columns: [],
    ...parts,
  });
  return { softnet: have(rows.map(row)) };
}

/** Ticks of 1/100 s; a CPU's second line minus its first is the interval. */
export function cpuTimes(rows: readonly (Partial<CpuTimes> & { readonly cpu: number })[]): Pick<Sample, 'cpuTimes'> {
  const zero = { user: 0, nice: 0, system: 0, idle: 0, iowait: 0, irq: 0, softirq: 0, steal: 0 };
  return { cpuTimes: have(rows.map((row) => ({ ...zero, ...row }))) };
}

export function netRx(counts: readonly number[]): Pick<Sample, 'softirqs'> {
  const cpus = counts.map((_, cpu) => cpu);
  return { softirqs: have({ cpus, rows: new Map([['NET_RX', Float64Array.from(counts)]]) }) };
}

type Sections = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** `{ TcpExt: { ListenOverflows: 3 } }` as the maps the parsers make. */
export function maps(sections: Sections): ReadonlyMap<string, ReadonlyMap<string, number>> {
  return new Map(Object.entries(sections).map(([name, counters]) => [name, new Map(Object.entries(counters))]));
}

export const netstat = (sections: Sections): Pick<Sample, 'netstat'> => ({ netstat: have(maps(sections)) });
export const snmp = (sections: Sections): Pick<Sample, 'snmp'> => ({ snmp: have(maps(sections)) });
export const sockstat = (sections: Sections): Pick<Sample, 'sockstat'> => ({ sockstat: have(maps(sections)) });
export const statistics = (nics: Sections): Pick<Sample, 'nicStatistics'> => ({ nicStatistics: have(maps(nics)) });

export function ethtool(nics: Sections): Pick<Sample, 'ethtoolStats'> {
  const stats = (counters: Readonly<Record<string, number>>) =>
    have(Object.entries(counters).map(([name, value]) => ({ name, value })));
  return { ethtoolStats: new Map(Object.entries(nics).map(([nic, counters]) => [nic, stats(counters)])) };
}

export function listeners(
  rows: readonly { readonly port: number; readonly recvQ: number; readonly sendQ: number; readonly drops?: number }[],
): Pick<Sample, 'listeners'> {
  const listener = ({ port, recvQ, sendQ, drops }: (typeof rows)[number]): Listener => ({
    address: '0.0.0.0',
    port,
    recvQ,
    sendQ,
    skmem: drops === undefined ? null : new Map([['d', drops]]),
  });
  return { listeners: have(rows.map(listener)) };
}

const nothingSaid: NicSettings = {
  driverInfo: absent,
  link: absent,
  ring: absent,
  channels: absent,
  coalesce: absent,
  features: absent,
  pause: absent,
  fec: absent,
  rss: absent,
  flowHash: absent,
  flowRules: absent,
  timestamping: absent,
  privateFlags: absent,
  module: absent,
};

export function nicOf(name: string, parts: Partial<Nic> = {}): Nic {
  return {
    name,
    operstate: 'up',
    carrier: true,
    speed: 10_000,
    duplex: 'full',
    mtu: 1500,
    txQueueLen: 1000,
    address: null,
    numaNode: null,
    physical: true,
    driver: null,
    queues: [],
    irqs: [],
    napiDeferHardIrqs: null,
    groFlushTimeout: null,
    threaded: null,
    pciLink: null,
    ipLink: absent,
    ...nothingSaid,
    ...parts,
  };
}

/** `ethtool -g` with receive sizes only. */
export function ring(current: number | null, maximum: number | null): Pick<Nic, 'ring'> {
  const sizes = (rx: number | null) => ({ rx, rxMini: null, rxJumbo: null, tx: null });
  return { ring: have({ current: sizes(current), maximum: sizes(maximum), other: new Map() }) };
}

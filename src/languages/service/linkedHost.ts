import type { Finding } from '../../diagnosis/finding.ts';
import type { BootConfig } from '../../model/bootConfig.ts';
import type { Reading } from '../../model/reading.ts';
import type { CpuFacts, Nic, Snapshot } from '../../model/snapshot.ts';

/** The host that documents are held against, as its newest capture shows it. */
export interface LinkedHost {
  /** As the user calls it. */
  readonly label: string;
  /** `6.1.0-18-amd64`; null when the capture does not say. */
  readonly kernel: string | null;
  /** `Debian GNU/Linux 12 (bookworm)` */
  readonly os: string | null;
  /** The host's own clock when the capture began, ms since the epoch. */
  readonly takenAt: number | null;
  /** False: the values are those of a container or namespace. */
  readonly initialNetns: boolean | null;
  readonly pageSize: number | null;
  readonly cpus: CpuFacts;
  /** Running values, by key in dotted spelling. */
  readonly sysctl: Reading<ReadonlyMap<string, string>>;
  /** Who sets what at boot. */
  readonly boot: BootConfig;
  readonly nics: readonly Nic[];
  /** What is wrong with it, worst first, with the changes that each asks for. */
  readonly findings: readonly Finding[];
  /** All that the capture says. */
  readonly snapshot: Snapshot;
}

/** A host as its capture shows it. */
export function linkedHost(label: string, snapshot: Snapshot, findings: readonly Finding[]): LinkedHost {
  const { host, cpus, sysctl, bootConfig, nics } = snapshot;
  const { kernel, os, takenAt, initialNetns, pageSize } = host;
  return {
    label,
    kernel,
    os,
    takenAt,
    initialNetns,
    pageSize,
    cpus,
    sysctl,
    boot: bootConfig,
    nics,
    findings,
    snapshot,
  };
}

import type { StepId } from '../knowledge/steps.ts';
import type { Severity } from '../model/severity.ts';
import type { Change } from '../tuning/change.ts';

/** What a finding is about. A peer is one outgoing pair: our address, its address and port. */
export type Subject =
  | { readonly kind: 'host' }
  | { readonly kind: 'cpu'; readonly cpu: number }
  | { readonly kind: 'nic'; readonly nic: string }
  | { readonly kind: 'queue'; readonly nic: string; readonly direction: 'rx' | 'tx'; readonly queue: number }
  | { readonly kind: 'listener'; readonly address: string; readonly port: number }
  | { readonly kind: 'peer'; readonly localAddress: string; readonly address: string; readonly port: number };

/** One counter or gauge a finding rests on. `before` is null for a gauge read once. */
export interface Evidence {
  /** Kernel file or command, as a user would type it. */
  readonly source: string;
  readonly field: string;
  readonly before: number | null;
  readonly after: number;
  readonly seconds: number | null;
  /** The figure compared with the threshold, with its unit: `120.0 drops/s`. */
  readonly figure: string;
}

/** What a figure was compared with. */
export interface Threshold {
  readonly text: string;
  /** Who set it: a peer project, a vendor guide, the kernel; `heuristic` when it is ours. */
  readonly source: string;
}

/** A fault or a risk on the packet's way, with its arithmetic and what to do. Host-given names are in the texts as they came. */
export interface Finding {
  /** `R01` ... */
  readonly rule: string;
  /** Stable across snapshots of one host: rule and subject. Unique in a `Diagnosis`. */
  readonly key: string;
  readonly severity: Severity;
  readonly step: StepId;
  readonly subject: Subject;
  /** One sentence with the numbers. */
  readonly title: string;
  readonly why: string;
  readonly evidence: readonly Evidence[];
  readonly threshold: Threshold;
  /** What to write into a file; empty when nothing on this host would help. */
  readonly changes: readonly Change[];
  /** What to do that is no setting: in the application, on the path, first of all. */
  readonly advice: readonly string[];
  readonly sideEffects: string;
  /** What else would look the same. */
  readonly lookalikes: string;
  readonly verify: string;
  /** CPUs and NICs it concerns, beyond its subject: by them one finding is known to explain another. */
  readonly cpus: readonly number[];
  readonly nics: readonly string[];
  /** A setting below the kernel's default is its reason: the host's own doing. */
  readonly misset: boolean;
  /** The panel tab that shows the evidence. */
  readonly tab: FindingTab;
}

export type FindingTab = 'overview' | 'softnet' | 'interrupts' | 'nics' | 'tcp' | 'counters' | 'settings';

/** A finding as a rule writes it: what is the same for all findings of the rule is filled in by `ruleOf`. */
export interface Draft
  extends Pick<Finding, 'severity' | 'subject' | 'title' | 'why' | 'evidence' | 'verify' | 'tab'>,
    Partial<Pick<Finding, 'changes' | 'advice' | 'cpus' | 'nics' | 'misset' | 'sideEffects'>> {
  /** Where it differs from that of its rule. */
  readonly step?: StepId;
}

/** Rule and subject: `R06 eth0`, `R25 10.0.0.1 10.0.0.2:5432`. */
export function keyOf(rule: string, subject: Subject): string {
  switch (subject.kind) {
    case 'host':
      return `${rule} host`;
    case 'cpu':
      return `${rule} CPU ${subject.cpu}`;
    case 'nic':
      return `${rule} ${subject.nic}`;
    case 'queue':
      return `${rule} ${subject.nic} ${subject.direction}-${subject.queue}`;
    case 'listener':
      return `${rule} ${subject.address}:${subject.port}`;
    case 'peer':
      return `${rule} ${subject.localAddress} ${subject.address}:${subject.port}`;
  }
}

/** A finding among the others of its snapshot. */
export interface Found extends Finding {
  /** The finding that explains this one, by its key, and how; null for one to act on. */
  readonly explainedBy: { readonly key: string; readonly because: string } | null;
}

/** What all rules said of one snapshot. A rule is in `checked` or in `notChecked`; only the first can say "nothing wrong". */
export interface Diagnosis {
  /** Worst first; each cause before what it explains. */
  readonly findings: readonly Found[];
  /** Ids of the rules that had their data. */
  readonly checked: readonly string[];
  readonly notChecked: readonly { readonly rule: string; readonly title: string; readonly reason: string }[];
}

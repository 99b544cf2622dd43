import type { StepId } from '../knowledge/steps.ts';
import type { Severity } from '../model/severity.ts';
import type { Change } from '../tuning/change.ts';

/** What a finding is about. A peer is one outgoing pair: our address, its address and port. */
export type Subject =
  | { readonly kind: 'host' }
  | { readonly kind: 'cpu'; readonly cpu: number }
  | { readonly kind: 'nic'; readonly nic: string }
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
  readonly verify: string;
  /** The panel tab that shows the evidence. */
  readonly tab: 'overview' | 'softnet' | 'interrupts' | 'nics' | 'tcp';
}

/** What all rules said of one snapshot. A rule is in `checked` or in `notChecked`; only the first can say "nothing wrong". */
export interface Diagnosis {
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** Ids of the rules that had their data. */
  readonly checked: readonly string[];
  readonly notChecked: readonly { readonly rule: string; readonly title: string; readonly reason: string }[];
}

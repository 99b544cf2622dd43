import type { Severity } from '../model/severity.ts';
import type { Change } from '../tuning/change.ts';

/** Steps of the packet's way, as `knowledge/steps.ts` lists them. */
export type StepId = 'I3' | 'I9' | 'I14' | 'I20' | 'I21' | 'I22' | 'E4';

export type Subject =
  | { readonly kind: 'host' }
  | { readonly kind: 'cpu'; readonly cpu: number }
  | { readonly kind: 'nic'; readonly nic: string }
  | { readonly kind: 'listener'; readonly address: string; readonly port: number }
  | { readonly kind: 'peer'; readonly address: string; readonly port: number };

/** One counter or gauge a finding rests on. `before` is null for a gauge read once. */
export interface Evidence {
  readonly source: string;
  readonly field: string;
  readonly before: number | null;
  readonly after: number;
  readonly seconds: number | null;
  /** The figure compared with the threshold, with its unit: `120.0 drops/s`. */
  readonly figure: string;
}

export interface Threshold {
  readonly text: string;
  /** Who set it: a peer project, a vendor guide, the kernel; `heuristic` when it is ours. */
  readonly source: string;
}

export interface Finding {
  /** `R01` ... */
  readonly rule: string;
  /** Stable across snapshots of one host: rule and subject. */
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
  readonly tab: 'overview' | 'softnet' | 'interrupts' | 'tcp';
}

export interface Diagnosis {
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly checked: readonly string[];
  readonly notChecked: readonly { readonly rule: string; readonly title: string; readonly reason: string }[];
}

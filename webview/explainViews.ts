import type { Severity } from '../src/model/severity.ts';
import type { TabId } from './protocol.ts';

/**
 * What is said of one counter, column, knob or other name on the panel. The page knows only its id (`counter:TcpExt
 * ListenOverflows`, `sysctl:net.core.somaxconn`): what it means comes from `src/knowledge`, how it stands from the snapshot.
 */
export interface ExplanationView {
  readonly title: string;
  /** `counter`, `gauge`, `setting`, `column`, `interrupt` ... */
  readonly kind: string;
  /** What it is and what makes it move. */
  readonly what: string;
  readonly facts: readonly ExplanationFactView[];
  /** Rules that go by it, or would change it: the rule's own words say so. */
  readonly rules: readonly RuleUseView[];
  readonly links: readonly ExplanationLinkView[];
}

export interface ExplanationFactView {
  readonly label: string;
  readonly value: string;
  /** A name of the kernel's or a file's, set in its own type. */
  readonly code: boolean;
}

export interface RuleUseView {
  /** `R18` */
  readonly id: string;
  readonly title: string;
  /** What it said of this snapshot. */
  readonly state: 'fired' | 'silent' | 'unchecked';
  /** Of the finding; null where it found nothing. */
  readonly severity: Severity | null;
  /** The finding's sentence; why it was not checked; empty where it found nothing. */
  readonly said: string;
  /** It proposes to change this, rather than goes by it. */
  readonly changes: boolean;
  /** `data-key` of its result on the Overview. */
  readonly focus: string;
}

export interface ExplanationLinkView {
  readonly label: string;
  readonly tab: TabId;
  readonly focus: string | null;
}

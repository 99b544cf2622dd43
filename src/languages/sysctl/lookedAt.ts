import type { KernelVersion } from '../../knowledge/sysctl/kernelVersion.ts';
import type { SysctlKeyFacts } from '../../knowledge/sysctl/record.ts';
import type { DocumentContext, Span } from '../service/languageService.ts';
import type { SysctlAssignment } from './sysctlConf.ts';
import type { SysctlSource } from './sysctlSource.ts';

/** A value of a line, looked at. */
export interface LookedAt {
  readonly source: SysctlSource;
  readonly line: SysctlAssignment;
  readonly facts: SysctlKeyFacts;
  readonly kernel: KernelVersion | null;
  readonly context: DocumentContext;
  /** The value without a note after it, and its words with where each stands. */
  readonly plain: string;
  readonly words: readonly Word[];
  readonly span: Span;
}

export interface Word {
  readonly text: string;
  readonly span: Span;
}

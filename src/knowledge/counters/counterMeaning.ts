import type { StepId } from '../steps.ts';

/** What growth of a counter costs: packets or connections are lost, they come late, or neither. */
export type CounterSeverity = 'loss' | 'delay' | 'info';

/** A figure that the kernel prints, and what moves it. */
export interface CounterMeaning {
  /** `Tcp`, `TcpExt`, `Ip6` ...: the prefix of its line; else the name of its file (`nf_conntrack`, `sockstat`). */
  readonly section: string;
  readonly name: string;
  readonly severity: CounterSeverity;
  /** Where on a packet's way it is counted; null for what is on no way. */
  readonly step: StepId | null;
  /** `packets`, `bytes`, `ms` ... of a counter. A gauge says how it stands, a setting is none of both. */
  readonly unit: string;
  readonly kind: 'counter' | 'gauge' | 'setting';
  /** The kernel's function that moves it, of Linux 6.x; of one that is gone as it was called then. Empty: not known. */
  readonly where: string;
  readonly meaning: string;
  /** Kernel versions: from which on it is known to be printed, and until when; null where that is not known or not over. */
  readonly since: string | null;
  readonly until: string | null;
}

/**
 * A table of meanings, one a line: `name | severity | step | unit | where | meaning | versions`. Step is `-` for none; a
 * unit of `gauge NAME` or `setting NAME` is that kind; versions are `5.4`, `-4.14` or `5.4-6.1`, or left out.
 */
export function meaningsOf(section: string, table: string): readonly CounterMeaning[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', severity = '', step = '', unit = '', where = '', meaning = '', versions = ''] = line
        .split('|')
        .map((cell) => cell.trim());
      const [since = '', until = ''] = versions.split('-');
      const [, kind, of] = /^(gauge|setting)\b ?(.*)$/.exec(unit) ?? [];
      return {
        section,
        name,
        severity: severity as CounterSeverity,
        step: step === '-' ? null : (step as StepId),
        unit: of ?? unit,
        kind: (kind ?? 'counter') as CounterMeaning['kind'],
        where,
        meaning,
        since: since === '' ? null : since,
        until: until === '' ? null : until,
      };
    });
}

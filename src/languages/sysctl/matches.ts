import type { Finding } from '../../diagnosis/finding.ts';
import type { SysctlChange } from '../../tuning/change.ts';
import { assignmentsOf, type SysctlAssignment, type SysctlDocument } from './sysctlConf.ts';
import { normalizeKey } from './sysctlKey.ts';
import { satisfies } from './sysctlValue.ts';

/** A line of a sysctl.conf that sets a key some finding wants changed. */
export interface SysctlMatch {
  readonly assignment: SysctlAssignment;
  readonly finding: Finding;
  readonly change: SysctlChange;
  /** The file asks for it already (at least as much, for a limit): it only is not in effect on the host. */
  readonly satisfied: boolean;
  /** A later line of the file sets the key again: this one has no effect. */
  readonly overridden: boolean;
}

/** The lines of a file that findings concern, in the order of the file, and for one line in the order of the findings. */
export function sysctlMatches(document: SysctlDocument, findings: readonly Finding[]): SysctlMatch[] {
  const assignments = assignmentsOf(document);
  const lastOf = new Map(assignments.map((assignment) => [assignment.key, assignment]));
  return assignments.flatMap((assignment) =>
    findings.flatMap((finding) =>
      finding.changes.flatMap((change) =>
        change.kind === 'sysctl' && normalizeKey(change.key) === assignment.key
          ? [
              {
                assignment,
                finding,
                change,
                satisfied: satisfies(assignment.value, change),
                overridden: lastOf.get(assignment.key) !== assignment,
              },
            ]
          : [],
      ),
    ),
  );
}

import type { FindingView } from '../protocol.ts';

/** Which findings of a host are shown: on this NIC, at this step; `all` asks nothing. */
export interface FindingFilter {
  readonly nic: string;
  readonly step: string;
}

/** Those that are shown, worst first as they came. One that is about no NIC is not on any. */
export function shownFindings(findings: readonly FindingView[], { nic, step }: FindingFilter): readonly FindingView[] {
  return findings.filter(
    (finding) => (nic === 'all' || finding.nics.includes(nic)) && (step === 'all' || finding.step === step),
  );
}

/** What can be chosen: NICs and steps that findings have, in the order of the findings. */
export function findingChoices(findings: readonly FindingView[]): {
  nics: readonly string[];
  steps: readonly string[];
} {
  return {
    nics: [...new Set(findings.flatMap(({ nics }) => nics))],
    steps: [...new Set(findings.map(({ step }) => step))],
  };
}

import type { Found } from '../../diagnosis/finding.ts';
import { type StepId, stepLabel, steps } from '../../knowledge/steps.ts';

/** Which findings are shown: of any of these hosts, on any of these NICs, at any of these steps. An empty set asks nothing. */
export interface FindingFilter {
  /** Ids of sources. */
  readonly sources: ReadonlySet<string>;
  readonly nics: ReadonlySet<string>;
  readonly steps: ReadonlySet<StepId>;
}

export const noFilter: FindingFilter = { sources: new Set(), nics: new Set(), steps: new Set() };

export function isFilter({ sources, nics, steps }: FindingFilter): boolean {
  return sources.size + nics.size + steps.size > 0;
}

export function passes(filter: FindingFilter, source: string, finding: Found): boolean {
  return (
    (filter.sources.size === 0 || filter.sources.has(source)) &&
    (filter.nics.size === 0 || nicsOf(finding).some((nic) => filter.nics.has(nic))) &&
    (filter.steps.size === 0 || filter.steps.has(finding.step))
  );
}

/** The NICs a finding is about: its subject, and those it concerns beyond that. */
export function nicsOf({ subject, nics }: Found): string[] {
  const own = subject.kind === 'nic' || subject.kind === 'queue' ? [subject.nic] : [];
  return [...new Set([...own, ...nics])];
}

/** What the filter lets through, in words: `web-1, eth0 or eth1, I9 Poll loop`. */
export function filterText(filter: FindingFilter, labelOf: (source: string) => string): string {
  const kinds = [
    [...filter.sources].map(labelOf),
    [...filter.nics],
    steps.filter(({ id }) => filter.steps.has(id)).map(({ id }) => stepLabel(id)),
  ];
  return kinds
    .filter((names) => names.length > 0)
    .map((names) => names.join(' or '))
    .join(', ');
}

/** A finding with those it explains below it. */
export interface FindingGroup {
  readonly finding: Found;
  readonly symptoms: readonly FindingGroup[];
}

/**
 * Those of one host that are shown, each below the one that explains it; where that one is not shown, below the one that
 * explains it in turn. Their order stays.
 */
export function groupsOf(findings: readonly Found[], isShown: (finding: Found) => boolean): FindingGroup[] {
  const byKey = new Map(findings.map((finding) => [finding.key, finding]));
  const causeOf = (finding: Found): Found | undefined => byKey.get(finding.explainedBy?.key ?? '');
  const parentOf = (finding: Found): Found | null => {
    const causes = new Set<Found>();
    for (let cause = causeOf(finding); cause !== undefined && !causes.has(cause); cause = causeOf(cause)) {
      // What explains itself in the end would hang on nothing, and not be seen.
      if (cause === finding) return null;
      causes.add(cause);
    }
    return [...causes].find(isShown) ?? null;
  };
  const shown = findings.filter(isShown).map((finding) => ({ finding, parent: parentOf(finding) }));
  const below = (parent: Found | null): FindingGroup[] =>
    shown.filter((one) => one.parent === parent).map(({ finding }) => ({ finding, symptoms: below(finding) }));
  return below(null);
}

import { describe, expect, it } from 'vitest';
import type { Found } from '../../../src/diagnosis/finding.ts';
import {
  type FindingFilter,
  type FindingGroup,
  filterText,
  groupsOf,
  isFilter,
  noFilter,
  passes,
} from '../../../src/ui/views/findingFilter.ts';

function found(parts: Partial<Found> & { readonly key: string }): Found {
  return {
    rule: 'R01',
    severity: 'warn',
    step: 'I9',
    subject: { kind: 'host' },
    title: parts.key,
    why: '',
    evidence: [],
    threshold: { text: '', source: '' },
    changes: [],
    advice: [],
    sideEffects: '',
    lookalikes: '',
    verify: '',
    cpus: [],
    nics: [],
    misset: false,
    tab: 'overview',
    explainedBy: null,
    ...parts,
  };
}

const by = (key: string): Found['explainedBy'] => ({ key, because: 'it is so' });
const cause = found({ key: 'cause' });
const symptom = found({ key: 'symptom', explainedBy: by('cause'), step: 'I14', nics: ['eth0'] });
const deeper = found({ key: 'deeper', explainedBy: by('symptom'), step: 'I3', subject: { kind: 'nic', nic: 'eth1' } });
const other = found({ key: 'other' });
const all = [cause, symptom, deeper, other];

/** `cause(symptom(deeper)) other` */
function drawn(groups: readonly FindingGroup[]): string {
  return groups
    .map(({ finding, symptoms }) => finding.key + (symptoms.length > 0 ? `(${drawn(symptoms)})` : ''))
    .join(' ');
}

describe('groups', () => {
  it('have symptoms below what explains them, in their order', () => {
    expect(drawn(groupsOf(all, () => true))).toBe('cause(symptom(deeper)) other');
  });

  it('hang a symptom whose cause is not shown below the next cause that is', () => {
    expect(drawn(groupsOf(all, (finding) => finding !== symptom))).toBe('cause(deeper) other');
    expect(drawn(groupsOf(all, (finding) => finding !== cause))).toBe('symptom(deeper) other');
  });

  it('come to an end where findings explain each other, or one that is gone', () => {
    const one = found({ key: 'one', explainedBy: by('two') });
    const two = found({ key: 'two', explainedBy: by('one') });
    expect(drawn(groupsOf([one, two], (finding) => finding === one))).toBe('one');
    expect(drawn(groupsOf([one, two], () => true))).toBe('one two');
    expect(drawn(groupsOf([found({ key: 'lone', explainedBy: by('gone') })], () => true))).toBe('lone');
  });
});

describe('the filter', () => {
  const filterOf = (parts: Partial<FindingFilter>): FindingFilter => ({ ...noFilter, ...parts });
  const shownBy = (filter: FindingFilter): string[] =>
    all.filter((finding) => passes(filter, 'host:a', finding)).map(({ key }) => key);

  it('that asks nothing shows all', () => {
    expect(isFilter(noFilter)).toBe(false);
    expect(shownBy(noFilter)).toHaveLength(4);
  });

  it('goes by host, by NICs a finding is about or concerns, and by step, all at once', () => {
    expect(shownBy(filterOf({ sources: new Set(['host:b']) }))).toEqual([]);
    expect(shownBy(filterOf({ nics: new Set(['eth0']) }))).toEqual(['symptom']);
    expect(shownBy(filterOf({ nics: new Set(['eth0', 'eth1']) }))).toEqual(['symptom', 'deeper']);
    expect(shownBy(filterOf({ steps: new Set(['I9']) }))).toEqual(['cause', 'other']);
    expect(shownBy(filterOf({ nics: new Set(['eth0']), steps: new Set(['I9']) }))).toEqual([]);
  });

  it('is said in words', () => {
    const filter = filterOf({ sources: new Set(['a', 'b']), nics: new Set(['eth0']), steps: new Set(['I9']) });
    expect(filterText(filter, (id) => `host ${id}`)).toBe('host a or host b, eth0, I9 Poll loop');
  });
});

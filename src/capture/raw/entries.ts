import { splitTail } from '../../kernel/multiFile.ts';
import { firstPrintableLine } from '../../kernel/printable.ts';
import type { Section } from '../frame.ts';
import { whyNot } from '../sections.ts';

/** One text of a capture that can be looked at by itself. */
export interface RawEntry {
  /** `12` a section, `12.3` a file in it, `12.e` what was written to stderr. The same as long as the capture is. */
  readonly id: string;
  readonly kind: 'section' | 'file' | 'stderr';
  readonly section: Section;
  /** The section's name, or the file's path; a path printed twice ends in ` (2)` the second time. */
  readonly label: string;
  readonly text: string;
  /** A section whose text is that of the files which follow it: whoever wants each text once skips it. */
  readonly isSplit: boolean;
}

/** What the sections of a capture hold, each section before its parts, in the order of the capture. */
export function rawEntries(sections: readonly Section[]): RawEntry[] {
  return sections.flatMap((section, index): RawEntry[] => {
    if (section.name === 'end') return [];
    const files = section.stdout.startsWith('==> ') ? filesOf(section, index) : [];
    const whole: RawEntry = {
      id: String(index),
      kind: 'section',
      section,
      label: section.name,
      text: section.stdout,
      isSplit: files.length > 0,
    };
    const errors: RawEntry = { ...whole, id: `${index}.e`, kind: 'stderr', label: 'stderr', text: section.stderr };
    return [whole, ...files, ...(section.stderr === '' ? [] : [{ ...errors, isSplit: false }])];
  });
}

function filesOf(section: Section, index: number): RawEntry[] {
  const printed = new Map<string, number>();
  return splitTail(section.stdout).map(({ path, text }, file) => {
    const times = (printed.get(path) ?? 0) + 1;
    printed.set(path, times);
    const label = times === 1 ? path : `${path} (${times})`;
    return { id: `${index}.${file}`, kind: 'file', section, label, text, isSplit: false };
  });
}

export interface Outcome {
  /** In a word or two: `read`, `denied`, `no tool`, `timed out`. */
  readonly word: string;
  readonly isGood: boolean;
  /** Why it is not, or what is remarkable about it; empty when there is nothing to say. */
  readonly why: string;
}

const words = {
  'no-tool': 'no tool',
  denied: 'denied',
  'timed-out': 'timed out',
  truncated: 'cut off',
  skipped: 'skipped',
  failed: 'failed',
} as const;

/** How reading a section went. Of `tail` and `grep`, which fail when one of many files is missing, what they printed decides. */
export function outcomeOf(section: Section): Outcome {
  const printed = section.stdout !== '';
  if ((section.status === 1 || section.status === 2) && (printed || section.stderr === '')) {
    const why = firstPrintableLine(section.stderr);
    if (printed) return { word: 'read', isGood: true, why: why === '' ? 'not all of its files are there' : why };
    return { word: 'nothing', isGood: false, why: 'none of its files can be read' };
  }
  const reason = whyNot(section, toolOf(section.name));
  if (reason === null) return { word: 'read', isGood: true, why: firstPrintableLine(section.stderr) };
  return { word: wordOf(reason.kind), isGood: false, why: reason.reason };
}

function wordOf(kind: string): string {
  return Object.entries(words).find(([known]) => known === kind)?.[1] ?? words.failed;
}

/** The program behind a section, as far as its name tells. */
function toolOf(name: string): string {
  const [base = name] = name.split(/[@ -]/);
  return { qdisc: 'tc', listeners: 'ss', tcp: 'awk', netns: 'readlink', pagesize: 'getconf' }[base] ?? base;
}

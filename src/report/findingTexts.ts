import { formatCount } from '../diagnosis/figures.ts';
import type { Evidence, Found } from '../diagnosis/finding.ts';
import { heuristic } from '../diagnosis/limit.ts';
import type { Severity } from '../model/severity.ts';
import type { Change } from '../tuning/change.ts';
import { inverseOf } from '../tuning/inverse.ts';
import { renderCommand } from '../tuning/renderCommand.ts';
import { fileFor, renderLine } from '../tuning/renderFile.ts';

export const severityWords: Readonly<Record<Severity, string>> = { crit: 'Critical', warn: 'Warning', info: 'Info' };

/** A change as the text it would write, with the file it belongs in; or why none can be made of it. */
export type ChangeText =
  | {
      readonly ok: true;
      readonly file: string;
      readonly text: string;
      /** The command that makes it until the next boot, and the one that undoes that; null where what was there is not known. */
      readonly command: string | null;
      readonly undo: string | null;
    }
  | { readonly ok: false; readonly reason: string };

export function changeText(change: Change): ChangeText {
  const line = renderLine(change);
  if (!line.ok) return line;
  const commandOf = (one: Change | null): string | null => {
    const command = one === null ? null : renderCommand(one);
    return command?.ok === true ? command.text : null;
  };
  return {
    ok: true,
    file: fileFor(change),
    text: line.text,
    command: commandOf(change),
    undo: commandOf(inverseOf(change)),
  };
}

/** The figure with the interval it was measured over; a gauge is its own figure. */
export function figureText({ figure, seconds }: Evidence): string {
  return seconds === null ? figure : `${figure} over ${formatCount(seconds)} s`;
}

/** `12 -> 34`; empty for a gauge. */
export function movementText({ before, after }: Evidence): string {
  return before === null ? '' : `${formatCount(before)} -> ${formatCount(after)}`;
}

/** `R36 CPU 0 saturated: a CPU that softirq takes whole falls behind`; null for a finding that nothing explains. */
export function causeText({ explainedBy }: Found, findings: readonly Found[]): string | null {
  if (explainedBy === null) return null;
  const cause = findings.find(({ key }) => key === explainedBy.key);
  return `${cause === undefined ? explainedBy.key : `${cause.rule} ${cause.title}`}: ${explainedBy.because}`;
}

/** What it was compared with, and who says so. */
export function thresholdText({ threshold }: Found): string {
  const sources = threshold.source.split('; ').map((source) => (source === heuristic ? 'our heuristic' : source));
  return `${threshold.text} (${sources.join('; ')})`;
}

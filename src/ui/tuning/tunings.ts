import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Finding } from '../../diagnosis/finding.ts';
import { planSysctlEdit } from '../../languages/sysctl/sysctlEdit.ts';
import { applyEdits } from '../../languages/text/applyEdits.ts';
import type { EditPlan } from '../../languages/text/textEdit.ts';
import { planUdevEdit } from '../../languages/udev/udevEdit.ts';
import { type Change, isNicChange } from '../../tuning/change.ts';
import { commentFor, dayOf } from '../../tuning/comment.ts';
import { subjectOf } from '../../tuning/describe.ts';
import { plain } from '../messages.ts';
import type { Source, Sources } from '../sources.ts';

/** A change that a finding of a host or capture asks for, or that was worked out from it. */
export interface Tuning {
  readonly source: Source;
  /** Who asks: a finding, or a tuning by its id with its arithmetic. */
  readonly finding: Pick<Finding, 'rule' | 'title' | 'severity'>;
  readonly change: Change;
}

/** The languages that hold tunings. */
export const tuningLanguages: readonly string[] = ['sysctl', 'udev-rules'];

/** The language that holds a change. */
export function languageOf(change: Change): string {
  if (change.kind === 'sysctl') return 'sysctl';
  return isNicChange(change) ? 'udev-rules' : 'ini';
}

/** Everything that findings ask for and that a file of this language can hold. */
export function tuningsFor(sources: Sources, languageId: string): Tuning[] {
  return tuningsOf(newestOfEach(sources)).filter(({ change }) => languageOf(change) === languageId);
}

/** Of several captures of one host (before and after, say) the newest is what a file is held against. */
export function newestOfEach(sources: Sources): Source[] {
  const byLabel = new Map<string, Source>();
  const takenAt = (source: Source): number => source.observation.snapshot.host.takenAt ?? 0;
  for (const source of sources.all()) {
    const other = byLabel.get(source.label);
    if (other === undefined || takenAt(source) >= takenAt(other)) byLabel.set(source.label, source);
  }
  return [...byLabel.values()];
}

/**
 * The settings that findings of these sources ask for, of one finding if its key is given. Of several findings that ask
 * for the same setting it is that of the worst.
 */
export function tuningsOf(sources: readonly Source[], findingKey?: string): Tuning[] {
  return sources.flatMap((source) => {
    const bySubject = new Map<string, Tuning>();
    for (const finding of source.observation.diagnosis.findings) {
      if (findingKey !== undefined && finding.key !== findingKey) continue;
      for (const change of finding.changes) {
        const subject = subjectOf(change);
        if (!bySubject.has(subject)) bySubject.set(subject, { source, finding, change });
      }
    }
    return [...bySubject.values()];
  });
}

/** How the text of a file has to change for one tuning; no edits when it says so already. */
export function planFor(text: string, { source, finding, change }: Tuning): EditPlan {
  const comment = commentFor({
    date: dayOf(source.observation.snapshot.host.takenAt),
    host: source.label,
    finding,
    change,
  });
  if (change.kind === 'sysctl') return planSysctlEdit(text, change, comment);
  if (isNicChange(change)) return planUdevEdit(text, change, comment);
  return { ok: false, reason: `${subjectOf(change)} belongs in a file of another kind` };
}

/**
 * The text with all these tunings in it, and what could not be written. Of two for the same setting the last wins, as it
 * would in the file.
 */
export function withTunings(text: string, tunings: readonly Tuning[]): { text: string; refused: string[] } {
  const refused: string[] = [];
  let result = text;
  for (const tuning of tunings) {
    const plan = planFor(result, tuning);
    if (plan.ok) result = applyEdits(result, plan.edits);
    else refused.push(plan.reason);
  }
  return { text: result, refused };
}

/** One replacement of the part that differs: one step to undo, and the cursor elsewhere stays where it is. */
export function replaceEdit(document: vscode.TextDocument, text: string): vscode.WorkspaceEdit | null {
  const before = document.getText();
  if (before === text) return null;
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before[start] === text[start]) start++;
  // Never cut a line end in two.
  if (before[start - 1] === '\r') start--;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(before.length - tail));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text.slice(start, text.length - tail));
  return edit;
}

/** Writes tunings into a document, in one step to undo, and shows where; what cannot be written is said. */
export async function insertInto(document: vscode.TextDocument, tunings: readonly Tuning[]): Promise<void> {
  const { text, refused } = withTunings(document.getText(), tunings);
  const edit = replaceEdit(document, text);
  if (edit !== null) {
    const editor = await vscode.window.showTextDocument(document);
    if (!(await vscode.workspace.applyEdit(edit))) {
      vscode.window.showWarningMessage(`${basename(document.uri.path)} cannot be changed.`);
      return;
    }
    const range = edit.entries()[0]?.[1][0]?.range;
    if (range !== undefined) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  if (refused.length > 0) vscode.window.showWarningMessage(plain(`Not written: ${refused.join('; ')}`));
}

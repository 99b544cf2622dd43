import * as vscode from 'vscode';
import { satisfiesNic } from '../../languages/udev/udevEdit.ts';
import { parseUdevRules } from '../../languages/udev/udevRules.ts';
import { udevSetting } from '../../languages/udev/udevSetting.ts';
import { isNicChange } from '../../tuning/change.ts';
import { describe, subjectOf } from '../../tuning/describe.ts';
import { toRange } from '../languages/inEditor.ts';
import type { Source, Sources } from '../sources.ts';
import { planFor, replaceEdit, type Tuning, tuningLanguages, tuningsFor, withTunings } from './tunings.ts';

/** A line that sets what a finding wants set otherwise. */
interface TuningDiagnostic extends vscode.Diagnostic {
  readonly tuning: Tuning;
}

/** Marks lines of udev rules that findings concern and offers to change them; offers to insert what a file of either kind lacks. */
export function registerTuningActions(sources: Sources): vscode.Disposable {
  const marks = vscode.languages.createDiagnosticCollection('packetPath.tuning');
  const known = new WeakMap<vscode.TextDocument, readonly TuningDiagnostic[]>();
  const check = (document: vscode.TextDocument): void => {
    // Those of sysctl files are told with all else that is said of them.
    if (document.languageId !== 'udev-rules') return;
    const found = diagnosticsOf(document, sources);
    known.set(document, found);
    marks.set(document.uri, found);
  };
  const checkAll = (): void => {
    for (const document of vscode.workspace.textDocuments) check(document);
  };
  checkAll();
  return vscode.Disposable.from(
    marks,
    sources.onDidChange(checkAll),
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.workspace.onDidCloseTextDocument((document) => marks.delete(document.uri)),
    vscode.languages.registerCodeActionsProvider(
      tuningLanguages.map((language) => ({ language })),
      { provideCodeActions: (document, range) => actionsFor(document, range, sources, known.get(document) ?? []) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

function diagnosticsOf(document: vscode.TextDocument, sources: Sources): TuningDiagnostic[] {
  const tunings = tuningsFor(sources, document.languageId);
  if (tunings.length === 0) return [];
  const rules = parseUdevRules(document.getText());
  return tunings.flatMap((tuning) => {
    const { change } = tuning;
    if (!isNicChange(change)) return [];
    const setting = udevSetting(rules, change);
    return setting === null || satisfiesNic(setting.value, change)
      ? []
      : [diagnosticOf(toRange(document, setting.span), tuning)];
  });
}

function diagnosticOf(range: vscode.Range, tuning: Tuning): TuningDiagnostic {
  const { source, finding, change } = tuning;
  const severity =
    finding.severity === 'info' ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Warning;
  const message = `${source.label}: ${finding.title}. Suggested: ${describe(change)}.`;
  const diagnostic = Object.assign(new vscode.Diagnostic(range, message, severity), { tuning });
  diagnostic.source = 'Packet Path';
  diagnostic.code = finding.rule;
  return diagnostic;
}

function actionsFor(
  document: vscode.TextDocument,
  range: vscode.Range,
  sources: Sources,
  diagnostics: readonly TuningDiagnostic[],
): vscode.CodeAction[] {
  const here = diagnostics.filter(
    (diagnostic) => diagnostic.range.start.line <= range.end.line && diagnostic.range.end.line >= range.start.line,
  );
  return [...here.flatMap((diagnostic) => changeAction(document, diagnostic)), ...insertActions(document, sources)];
}

function changeAction(document: vscode.TextDocument, diagnostic: TuningDiagnostic): vscode.CodeAction[] {
  const { change, finding, source } = diagnostic.tuning;
  const edit = replaceEdit(document, withTunings(document.getText(), [diagnostic.tuning]).text);
  if (edit === null) return [];
  const action = new vscode.CodeAction(
    `Set ${subjectOf(change)} to ${change.value} (${source.label}, ${finding.rule})`,
    vscode.CodeActionKind.QuickFix,
  );
  action.edit = edit;
  action.diagnostics = [diagnostic];
  action.isPreferred = true;
  return [action];
}

/** One action a host that has something to insert here; it asks which when there is more than one. */
function insertActions(document: vscode.TextDocument, sources: Sources): vscode.CodeAction[] {
  const missing = tuningsFor(sources, document.languageId).filter((tuning) => {
    const plan = planFor(document.getText(), tuning);
    return plan.ok && plan.edits.length > 0;
  });
  const bySource = new Set<Source>(missing.map((tuning) => tuning.source));
  return [...bySource].map((source) => {
    const action = new vscode.CodeAction(`Insert tuning for ${source.label}...`, vscode.CodeActionKind.QuickFix);
    action.command = { command: 'packetPath.insertTuning', title: 'Insert Tuning', arguments: [source.id] };
    return action;
  });
}

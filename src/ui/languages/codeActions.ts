import * as vscode from 'vscode';
import type { Fix } from '../../languages/service/languageService.ts';
import { plain } from '../messages.ts';
import { toSpan, toTextEdits } from './inEditor.ts';
import { openConverted } from './openConverted.ts';
import type { Problems } from './problems.ts';
import type { Room } from './room.ts';

const fixAll = vscode.CodeActionKind.SourceFixAll.append('packetPath');
const kinds = { refactor: vscode.CodeActionKind.RefactorRewrite, source: vscode.CodeActionKind.Source };

/** Repairs of what is marked, what else can be done at a place or with the file, and all preferred repairs at once. */
export function registerCodeActions(room: Room, problems: Problems): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    room.selector,
    {
      provideCodeActions: (document, range, { only }) =>
        [
          ...fixActions(document, range, problems),
          ...otherActions(document, range, room),
          ...fixAllActions(document, problems),
        ].filter(({ kind }) => only === undefined || (kind !== undefined && only.contains(kind))),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAll, ...Object.values(kinds)] },
  );
}

function fixActions(document: vscode.TextDocument, range: vscode.Range, problems: Problems): vscode.CodeAction[] {
  return problems.at(document, range).flatMap(({ problem, diagnostic }) =>
    problem.fixes.map((fix) => {
      const action = actionOf(document, fix, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      return action;
    }),
  );
}

function otherActions(document: vscode.TextDocument, range: vscode.Range, room: Room): vscode.CodeAction[] {
  const found = room
    .serviceOf(document)
    ?.actions(document.getText(), toSpan(document, range), room.contextOf(document));
  return (found ?? []).map((found) => {
    const action = actionOf(document, found, kinds[found.kind]);
    if (found.opens !== undefined)
      action.command = { command: openConverted, title: 'Open', arguments: [document.uri, found.opens] };
    return action;
  });
}

/** Of repairs that touch the same text the first is taken. */
function fixAllActions(document: vscode.TextDocument, problems: Problems): vscode.CodeAction[] {
  const taken: vscode.TextEdit[] = [];
  for (const { problem } of problems.of(document)) {
    const fix = problem.fixes.find(({ preferred }) => preferred);
    const edits = fix === undefined ? [] : toTextEdits(document, fix.edits);
    const clash = edits.some((edit) => taken.some((other) => edit.range.intersection(other.range) !== undefined));
    if (!clash) taken.push(...edits);
  }
  if (taken.length === 0) return [];
  const action = new vscode.CodeAction('Fix all that Packet Path can', fixAll);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(document.uri, taken);
  return [action];
}

function actionOf(document: vscode.TextDocument, fix: Fix, kind: vscode.CodeActionKind): vscode.CodeAction {
  const action = new vscode.CodeAction(plain(fix.title), kind);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(document.uri, toTextEdits(document, fix.edits));
  action.isPreferred = fix.preferred;
  return action;
}

import * as vscode from 'vscode';
import type { Completion } from '../../languages/service/languageService.ts';
import { toMarkdown, toRange } from './inEditor.ts';
import type { Room } from './room.ts';

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  operator: vscode.CompletionItemKind.Operator,
  name: vscode.CompletionItemKind.Variable,
  option: vscode.CompletionItemKind.EnumMember,
  line: vscode.CompletionItemKind.Snippet,
};

const triggers = ['.', '/', '=', ' ', '"', '{', ','];

/** Keys and values, those of the linked host included. */
export function registerCompletions(room: Room): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    room.selector,
    {
      provideCompletionItems: (document, position) =>
        room
          .serviceOf(document)
          ?.completions(document.getText(), document.offsetAt(position), room.contextOf(document))
          .map((completion) => itemOf(document, completion)),
    },
    ...triggers,
  );
}

function itemOf(document: vscode.TextDocument, completion: Completion): vscode.CompletionItem {
  const { label, kind, detail, documentation, insert, replace, words, rank } = completion;
  const item = new vscode.CompletionItem({ label, description: detail }, kinds[kind]);
  item.insertText = insert;
  item.range = toRange(document, replace);
  item.filterText = words === '' ? label : `${label} ${words}`;
  item.sortText = `${String(rank).padStart(4, '0')} ${label}`;
  if (documentation.length > 0) item.documentation = toMarkdown(documentation);
  return item;
}

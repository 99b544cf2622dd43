import * as vscode from 'vscode';
import { toSpan, toTextEdits } from './inEditor.ts';
import type { Room } from './room.ts';

/** Formats a document or a part of it; nothing but white space changes. */
export function registerFormatting(room: Room): vscode.Disposable {
  const edits = (document: vscode.TextDocument) => room.serviceOf(document)?.format(document.getText()) ?? [];
  return vscode.Disposable.from(
    vscode.languages.registerDocumentFormattingEditProvider(room.selector, {
      provideDocumentFormattingEdits: (document) => toTextEdits(document, edits(document)),
    }),
    vscode.languages.registerDocumentRangeFormattingEditProvider(room.selector, {
      provideDocumentRangeFormattingEdits: (document, range) => {
        const { start, end } = toSpan(document, range);
        return toTextEdits(
          document,
          edits(document).filter((edit) => edit.start >= start && edit.end <= end),
        );
      },
    }),
  );
}

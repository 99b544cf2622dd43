import * as vscode from 'vscode';
import type { DocumentSymbol } from '../../languages/service/languageService.ts';
import { plain } from '../messages.ts';
import { toRange } from './inEditor.ts';
import type { Room } from './room.ts';

const kinds: Readonly<Record<DocumentSymbol['kind'], vscode.SymbolKind>> = {
  file: vscode.SymbolKind.File,
  section: vscode.SymbolKind.Namespace,
  rule: vscode.SymbolKind.Event,
  key: vscode.SymbolKind.Property,
};

/** Symbols for the outline, and what can be folded. */
export function registerOutline(room: Room): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDocumentSymbolProvider(room.selector, {
      provideDocumentSymbols: (document) =>
        room
          .serviceOf(document)
          ?.symbols(document.getText())
          .map((symbol) => symbolOf(document, symbol)),
    }),
    vscode.languages.registerFoldingRangeProvider(room.selector, {
      provideFoldingRanges: (document) =>
        room
          .serviceOf(document)
          ?.foldings(document.getText())
          .map(
            ({ startLine, endLine, kind }) =>
              new vscode.FoldingRange(
                startLine,
                endLine,
                kind === 'comment' ? vscode.FoldingRangeKind.Comment : vscode.FoldingRangeKind.Region,
              ),
          ),
    }),
  );
}

function symbolOf(document: vscode.TextDocument, symbol: DocumentSymbol): vscode.DocumentSymbol {
  const { name, detail, kind, span, selection, children } = symbol;
  const shown = new vscode.DocumentSymbol(
    // The outline refuses an empty name.
    plain(name) || '?',
    plain(detail),
    kinds[kind],
    toRange(document, span),
    toRange(document, selection),
  );
  shown.children = children.map((child) => symbolOf(document, child));
  return shown;
}

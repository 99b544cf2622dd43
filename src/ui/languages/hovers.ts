import * as vscode from 'vscode';
import { toMarkdown, toRange } from './inEditor.ts';
import type { Room } from './room.ts';

/** What a key means, its bounds, and what the linked host has. */
export function registerHovers(room: Room): vscode.Disposable {
  return vscode.languages.registerHoverProvider(room.selector, {
    provideHover: (document, position) => {
      const found = room
        .serviceOf(document)
        ?.hover(document.getText(), document.offsetAt(position), room.contextOf(document));
      return found == null ? null : new vscode.Hover(toMarkdown(found.parts), toRange(document, found.span));
    },
  });
}

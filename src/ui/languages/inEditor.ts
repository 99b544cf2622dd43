import * as vscode from 'vscode';
import type { Span, SpanEdit, TextPart } from '../../languages/service/languageService.ts';
import { markdownCode, markdownText } from '../../report/escape.ts';

export function toRange(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

export function toSpan(document: vscode.TextDocument, range: vscode.Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

export function toTextEdits(document: vscode.TextDocument, edits: readonly SpanEdit[]): vscode.TextEdit[] {
  return edits.map((edit) => new vscode.TextEdit(toRange(document, edit), edit.text));
}

/** Parts as Markdown, in which nothing of what the file or the host says can become markup. */
export function toMarkdown(parts: readonly TextPart[]): vscode.MarkdownString {
  const pieces = parts.map((part, index) => {
    const isListed = part.kind === 'fact' && parts[index - 1]?.kind === 'fact';
    return (index === 0 ? '' : isListed ? '\n' : '\n\n') + markdownOf(part);
  });
  return new vscode.MarkdownString(pieces.join(''));
}

function markdownOf(part: TextPart): string {
  switch (part.kind) {
    case 'title':
      return `**${markdownText(part.text)}**`;
    case 'text':
      return markdownText(part.text);
    case 'fact':
      return `- *${markdownText(part.label)}*: ${markdownText(part.text)}`;
    case 'code':
      return markdownCode(part.text);
    case 'link':
      return `[${markdownText(part.label)}](${vscode.Uri.parse(part.url).toString()})`;
  }
}

import * as vscode from 'vscode';
import type { Problem, ProblemSeverity } from '../../languages/service/languageService.ts';
import { sentencesOf } from '../../languages/service/problem.ts';
import { plain } from '../messages.ts';
import { toRange } from './inEditor.ts';
import type { Room } from './room.ts';

/** A problem and the diagnostic that shows it. */
export interface ShownProblem {
  readonly problem: Problem;
  readonly diagnostic: vscode.Diagnostic;
}

const severities: Readonly<Record<ProblemSeverity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** The problems of all open documents, shown as diagnostics and kept for the code actions. */
export class Problems implements vscode.Disposable {
  readonly #room: Room;
  readonly #marks = vscode.languages.createDiagnosticCollection('packetPath');
  readonly #shown = new WeakMap<vscode.TextDocument, readonly ShownProblem[]>();
  readonly #listening: vscode.Disposable;

  constructor(room: Room) {
    this.#room = room;
    const checkAll = (): void => {
      for (const document of vscode.workspace.textDocuments) this.#check(document);
    };
    this.#listening = vscode.Disposable.from(
      this.#marks,
      room.onDidChange(checkAll),
      vscode.workspace.onDidOpenTextDocument((document) => this.#check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#check(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#marks.delete(document.uri)),
    );
    checkAll();
  }

  /** Those that touch a range. */
  at(document: vscode.TextDocument, range: vscode.Range): ShownProblem[] {
    return this.of(document).filter(
      ({ diagnostic }) =>
        diagnostic.range.start.line <= range.end.line && diagnostic.range.end.line >= range.start.line,
    );
  }

  of(document: vscode.TextDocument): readonly ShownProblem[] {
    return this.#shown.get(document) ?? [];
  }

  #check(document: vscode.TextDocument): void {
    const service = this.#room.serviceOf(document);
    if (service === null) return;
    const problems = service.problems(document.getText(), this.#room.contextOf(document));
    const shown = problems.map((problem) => ({ problem, diagnostic: diagnosticOf(document, problem) }));
    this.#shown.set(document, shown);
    this.#marks.set(
      document.uri,
      shown.map(({ diagnostic }) => diagnostic),
    );
  }

  dispose(): void {
    this.#listening.dispose();
  }
}

/** Links of the documentation, each parsed once: hundreds of problems may have the same. */
const targets = new Map<string, vscode.Uri>();

function targetOf(url: string): vscode.Uri {
  const known = targets.get(url) ?? vscode.Uri.parse(url);
  targets.set(url, known);
  return known;
}

function diagnosticOf(document: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
  const { code, severity, span, links, related, unnecessary } = problem;
  const diagnostic = new vscode.Diagnostic(toRange(document, span), plain(sentencesOf(problem)), severities[severity]);
  diagnostic.source = 'Packet Path';
  const [first] = links;
  diagnostic.code = first === undefined ? code : { value: code, target: targetOf(first.url) };
  diagnostic.relatedInformation = related.flatMap((place) =>
    place.span === null
      ? []
      : [
          new vscode.DiagnosticRelatedInformation(
            new vscode.Location(document.uri, toRange(document, place.span)),
            plain(place.message),
          ),
        ],
  );
  if (unnecessary) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}

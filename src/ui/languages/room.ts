import * as vscode from 'vscode';
import type { LanguageRoom } from '../../languageRoom.ts';
import type { DocumentContext, LanguageId, LanguageService } from '../../languages/service/languageService.ts';
import type { LinkedHosts } from './linkedHosts.ts';
import { SiblingFiles } from './siblingFiles.ts';

/** What every feature of the languages works with. */
export interface Room extends vscode.Disposable {
  readonly selector: readonly vscode.DocumentFilter[];
  /** Null for a document of another language. */
  readonly serviceOf: (document: vscode.TextDocument) => LanguageService | null;
  readonly contextOf: (document: vscode.TextDocument) => DocumentContext;
  /** Something that documents are held against has changed. */
  readonly onDidChange: vscode.Event<void>;
  /** Reads the files of the workspace that belong together. */
  readonly start: () => Promise<void>;
}

/** What every feature works with, of a room that has been loaded. */
export function roomOf(loaded: LanguageRoom, hosts: LinkedHosts): Room {
  const siblings = new SiblingFiles(loaded);
  const changed = new vscode.EventEmitter<void>();
  const services = new Map<string, LanguageService>(loaded.services.map((service) => [service.id, service]));
  const listening = vscode.Disposable.from(
    hosts.onDidChange(() => changed.fire()),
    siblings.onDidChange(() => changed.fire()),
  );
  const contextOf = (document: vscode.TextDocument): DocumentContext => {
    const language = languageOf(document);
    const place = language === null ? null : loaded.hostPlace(language, document.uri.path);
    const source = hosts.current();
    const observation = source?.observation;
    return {
      path: place?.path ?? null,
      siblings: language === null || place === null ? [] : siblings.of(document, language, place.root),
      host:
        source === null || observation === undefined
          ? null
          : loaded.linkedHost(source.label, observation.snapshot, observation.diagnosis.findings),
    };
  };
  const languageOf = (document: vscode.TextDocument): LanguageId | null =>
    services.get(document.languageId)?.id ?? null;
  return {
    selector: loaded.services.map(({ id }) => ({ language: id })),
    serviceOf: (document) => services.get(document.languageId) ?? null,
    contextOf,
    onDidChange: changed.event,
    start: () => siblings.start(),
    dispose: () => {
      listening.dispose();
      siblings.dispose();
      changed.dispose();
    },
  };
}

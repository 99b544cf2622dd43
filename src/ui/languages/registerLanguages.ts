import * as vscode from 'vscode';
import { languageIds } from '../../languages/service/languageService.ts';
import { showFailure } from '../messages.ts';
import { registerCodeActions } from './codeActions.ts';
import { registerCompletions } from './completions.ts';
import { registerFormatting } from './formatting.ts';
import { registerHovers } from './hovers.ts';
import { registerLinkedHostStatus } from './linkedHostStatus.ts';
import type { LinkedHosts } from './linkedHosts.ts';
import { loadLanguages } from './loadLanguages.ts';
import { registerOpenConverted } from './openConverted.ts';
import { registerOutline } from './outline.ts';
import { Problems } from './problems.ts';
import { roomOf } from './room.ts';

/** sysctl files, udev rules and `.link` files as languages. Nothing of it is read before the first such document is open. */
export function registerLanguages(hosts: LinkedHosts): vscode.Disposable {
  const parts: vscode.Disposable[] = [];
  let begun = false;
  let disposed = false;
  const begin = async (): Promise<void> => {
    const room = roomOf(await loadLanguages(), hosts);
    if (disposed) return room.dispose();
    const problems = new Problems(room);
    parts.push(
      problems,
      registerHovers(room),
      registerCompletions(room),
      registerOutline(room),
      registerFormatting(room),
      registerCodeActions(room, problems),
      registerLinkedHostStatus(room, hosts),
      room,
    );
    await room.start();
  };
  const look = ({ languageId }: vscode.TextDocument): void => {
    if (begun || !languageIds.some((id) => id === languageId)) return;
    begun = true;
    begin().catch(showFailure);
  };
  const converted = registerOpenConverted();
  const opening = vscode.workspace.onDidOpenTextDocument(look);
  for (const document of vscode.workspace.textDocuments) look(document);
  return {
    dispose: () => {
      disposed = true;
      opening.dispose();
      converted.dispose();
      vscode.Disposable.from(...parts).dispose();
    },
  };
}

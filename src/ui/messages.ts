import * as vscode from 'vscode';
import { printable } from '../kernel/printable.ts';

/**
 * Text for a notification, an input box, a pick or a progress line. VS Code makes links of `[text](target)` there,
 * `command:` ones included, and icons of `$(name)`. Much of what we show is the host's: nothing of it may become either.
 */
export function plain(text: string): string {
  return printable(text, 1000).replaceAll('](', '] (').replaceAll('$(', '$ (');
}

/** Tells of something that went wrong in the background, where nobody waits for a result. */
export function showFailure(error: unknown): void {
  vscode.window.showErrorMessage(plain(error instanceof Error ? error.message : String(error)));
}

/** Runs a command for a page or a menu; what it throws is shown. */
export function runCommand(command: string, ...args: unknown[]): void {
  vscode.commands.executeCommand(command, ...args).then(undefined, showFailure);
}

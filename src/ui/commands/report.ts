import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Reported } from '../../report/reported.ts';
import { fileNameOf } from '../captureNames.ts';
import { engineInUse } from '../loadEngine.ts';
import { plain, showFailure } from '../messages.ts';
import { type Source, type Sources, sourceIdOf } from '../sources.ts';
import { hostIdIn } from '../views/hostNodes.ts';

/** `Net: Save Report...` and `Copy as Markdown`: on a host, a capture, or a finding; else on the one the user picks. */
export function registerReportCommands(sources: Sources): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.saveReport', async (target?: unknown) => {
      const source = sourceIn(sources, target) ?? (await pickSource(sources, 'Save a report of which host?'));
      if (source !== undefined) await save(source);
    }),
    vscode.commands.registerCommand('packetPath.copyMarkdown', async (target?: unknown) => {
      const source = sourceIn(sources, target) ?? (await pickSource(sources, 'Copy the findings of which host?'));
      if (source === undefined) return;
      const { findingNote, reportMarkdown } = engineInUse();
      const key = findingKeyIn(target);
      const finding = source.observation.diagnosis.findings.find((each) => each.key === key);
      const text =
        finding === undefined ? reportMarkdown([reportedOf(source)]) : findingNote(reportedOf(source), finding);
      await vscode.env.clipboard.writeText(text);
      vscode.window.setStatusBarMessage(
        finding === undefined ? 'Report copied as Markdown' : 'Finding copied as Markdown',
        5000,
      );
    }),
  );
}

/** Rows and ids as they are called with: nothing of them is believed but the id, by which it is looked up. */
function sourceIn(sources: Sources, target: unknown): Source | undefined {
  if (typeof target === 'object' && target !== null && 'source' in target) {
    const { source } = target;
    return typeof source === 'object' && source !== null && 'id' in source ? sources.get(String(source.id)) : undefined;
  }
  const id = hostIdIn(target);
  return id === undefined ? undefined : (sources.get(id) ?? sources.get(sourceIdOf({ id })));
}

function findingKeyIn(target: unknown): string | null {
  if (typeof target !== 'object' || target === null || !('finding' in target)) return null;
  const { finding } = target;
  return typeof finding === 'object' && finding !== null && 'key' in finding ? String(finding.key) : null;
}

async function pickSource(sources: Sources, title: string): Promise<Source | undefined> {
  const all = sources.all();
  const [only] = all;
  if (only === undefined) {
    vscode.window.showInformationMessage('Nothing was looked at yet. Take a snapshot of a host, or open a capture.');
    return undefined;
  }
  if (all.length === 1) return only;
  const items = all.map((source) => ({
    label: plain(source.label),
    description: basename(source.capture.path),
    source,
  }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.source;
}

async function save(source: Source): Promise<void> {
  const { reportHtml, reportMarkdown, takenAtOf } = engineInUse();
  const reported = reportedOf(source);
  const day = takenAtOf(source.observation)?.slice(0, 10);
  const name = `${fileNameOf({ id: source.label })}${day === undefined ? '' : `-${day}`}.html`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: 'Save Report',
    filters: { 'HTML with charts': ['html'], Markdown: ['md'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (uri === undefined) return;
  const text = /\.(md|markdown)$/i.test(uri.path) ? reportMarkdown([reported]) : reportHtml([reported]);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  // Not waited for: the command is done when the file is there.
  offerToOpen(uri).then(undefined, showFailure);
}

async function offerToOpen(uri: vscode.Uri): Promise<void> {
  const open = 'Open';
  if ((await vscode.window.showInformationMessage(plain(`Saved ${basename(uri.path)}.`), open)) !== open) return;
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  if (isHere && /\.html?$/i.test(uri.path)) await vscode.env.openExternal(uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}

function reportedOf({ label, observation }: Source): Reported {
  return { name: label, observation };
}

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { closeEverything, labelsOfTabs, until } from './editors.ts';

const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const fixture = (): Buffer =>
  readFileSync(join(__dirname, '..', '..', 'test', 'fixtures', 'captures', 'vm-8cpu.netsnap'));

async function openWith(name: string, bytes: Uint8Array): Promise<vscode.Uri> {
  const uri = vscode.Uri.file(join(folder(), name));
  writeFileSync(uri.fsPath, bytes);
  await vscode.commands.executeCommand('vscode.open', uri);
  return uri;
}

function customTabs(): string[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs
    .filter((tab) => tab.input instanceof vscode.TabInputCustom && tab.input.viewType === 'packetPath.capture')
    .map((tab) => tab.label);
}

describe('capture files', () => {
  afterEach(closeEverything);
  // Their findings outlive their tabs, and other tests look at findings of their own.
  after(() => vscode.commands.executeCommand('packetPath.forgetClosedCaptures'));

  it('open as a panel, read-only', async () => {
    await openWith('web-1.netsnap', fixture());
    await until(() => customTabs().includes('web-1.netsnap'));
  });

  it('open gzipped as well', async () => {
    await openWith('web-2.netsnap.gz', gzipSync(fixture()));
    await until(() => customTabs().includes('web-2.netsnap.gz'));
  });

  it('are shown as the text they are', async () => {
    const uri = await openWith('web-3.netsnap.gz', gzipSync(fixture()));
    await vscode.commands.executeCommand('packetPath.openRaw', uri);
    await until(() => vscode.window.activeTextEditor !== undefined);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.getText().replace(/\r\n/g, '\n'), fixture().toString('utf8').replace(/\r\n/g, '\n'));
  });

  it('the bundled sample opens', async () => {
    await vscode.commands.executeCommand('packetPath.openSample');
    await until(() => labelsOfTabs().includes('sample.netsnap'));
  });
});

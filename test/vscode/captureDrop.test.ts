import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { CaptureStore } from '../../src/ui/captureStore.ts';
import { captureDrop } from '../../src/ui/views/captureDrop.ts';
import { closeEverything, labelsOfTabs, until } from './editors.ts';

const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const fixtures = join(__dirname, '..', '..', 'test', 'fixtures');

/** What the view does with this, with a store of its own. */
async function drop(mime: string, item: vscode.DataTransferItem): Promise<CaptureStore> {
  const captures = new CaptureStore(vscode.Uri.file(join(folder(), `dropped-${Date.now()}`)));
  const transfer = new vscode.DataTransfer();
  transfer.set(mime, item);
  const { token } = new vscode.CancellationTokenSource();
  await captureDrop(captures).handleDrop?.(undefined, transfer, token);
  return captures;
}

function uriList(...paths: string[]): vscode.DataTransferItem {
  return new vscode.DataTransferItem(paths.map((path) => vscode.Uri.file(path).toString()).join('\r\n'));
}

describe('files dropped on the Captures view', () => {
  afterEach(closeEverything);
  after(() => vscode.commands.executeCommand('packetPath.forgetClosedCaptures'));

  it('open and are kept: a capture, and the capture made of a sosreport', async () => {
    const capture = join(folder(), 'by-hand.netsnap');
    writeFileSync(capture, readFileSync(join(fixtures, 'captures', 'vm-8cpu.netsnap')));
    const report = join(fixtures, 'sosreport', 'sosreport-web-1.tar.xz');
    const captures = await drop('text/uri-list', uriList(capture, report));
    const kept = await captures.list();
    assert.deepEqual(kept.map(({ kind }) => kind).sort(), ['file', 'sosreport']);
    assert.equal(kept.find(({ kind }) => kind === 'sosreport')?.host, 'web-1');
    await until(() => kept.every(({ uri }) => labelsOfTabs().includes(uri.path.split('/').at(-1) ?? '')));
  });

  it('are one when they are dropped twice', async () => {
    const report = join(fixtures, 'sosreport', 'sosreport-web-1.tar.xz');
    const captures = await drop('text/uri-list', uriList(report, report));
    assert.equal((await captures.list()).length, 1);
  });

  it('that are neither are told of, and the others opened', async () => {
    const notes = join(folder(), 'notes.txt');
    writeFileSync(notes, 'nothing of interest\n');
    const report = join(fixtures, 'sosreport', 'sosreport-web-1.tar.xz');
    const captures = await drop('text/uri-list', uriList(notes, folder(), report));
    assert.deepEqual(
      (await captures.list()).map(({ kind }) => kind),
      ['sosreport'],
    );
  });
});

describe('texts of a capture', () => {
  afterEach(closeEverything);

  it('open as documents that cannot be written to', async () => {
    const uri = vscode.Uri.file(join(folder(), 'raw.netsnap'));
    writeFileSync(uri.fsPath, readFileSync(join(fixtures, 'captures', 'vm-8cpu.netsnap')));
    // The third text of the second section: its files come in the order of the collector.
    await vscode.commands.executeCommand('packetPath.openRawEntry', uri, '1.2', 3, false);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.path, '/raw.netsnap/counters@A/proc/net/softnet_stat.txt');
    assert.match(document?.getText() ?? '', /^[0-9a-f]{8} /);
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 3);
    assert.equal(vscode.workspace.fs.isWritableFileSystem('packet-path-raw'), false);
    await vscode.commands.executeCommand('packetPath.openRawEntry', uri, '1.2', 0, true);
    const value = vscode.window.activeTextEditor?.document;
    assert.equal(value?.languageId, 'json');
    assert.equal(JSON.parse(value?.getText() ?? '')[0].cpu, 0);
  });
});

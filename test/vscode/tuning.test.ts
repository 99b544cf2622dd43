import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Fault, udpReceiverAsleep } from '../hosts/udpReceiverAsleep.ts';
import { actionsOn, closeEverything, lineWith, openFile, until } from './editors.ts';

const ours = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === 'Packet Path');

/** What this machine has, and what the finding makes of it: twice as much, at least 4 MiB. */
const current = readFileSync('/proc/sys/net/core/rmem_max', 'utf8').trim();
const wanted = String(Math.max(2 * Number(current), 4_194_304));

describe('quick-fixes from a real fault on this machine', () => {
  let fault: Fault;
  before(async () => {
    fault = await udpReceiverAsleep();
    await vscode.commands.executeCommand('packetPath.snapshotHost', 'local');
    await fault.stop();
  });
  after(closeEverything);

  it('know sysctl.conf, sysctl.d and udev rules by their names', async () => {
    const names = ['etc/sysctl.conf', 'etc/sysctl.d/60-network.conf', 'etc/udev/rules.d/90-network.rules'];
    const languages: string[] = [];
    for (const name of names) languages.push((await openFile(name)).document.languageId);
    assert.deepEqual(languages, ['sysctl', 'sysctl', 'udev-rules']);
  });

  it('mark the line whose key the finding concerns, change it, and are undone in one step', async () => {
    const editor = await openFile('etc/sysctl.conf');
    const { document } = editor;
    const before = document.getText();
    await until(() => ours(document).some((diagnostic) => diagnostic.code === 'R44'));
    const line = lineWith(document, 'net.core.rmem_max');
    const mark = ours(document).find((diagnostic) => diagnostic.code === 'R44');
    assert.equal(mark?.range.start.line, line);
    assert.equal(document.getText(mark?.range), '212992');
    assert.match(mark?.message ?? '', /^This machine: UDP sockets drop/);

    const action = (await actionsOn(editor, line)).get(`Set net.core.rmem_max to ${wanted} (This machine, R44)`);
    assert.ok(action?.edit);
    assert.equal(action.isPreferred, true);
    await vscode.workspace.applyEdit(action.edit);
    const today = new Date().toISOString().slice(0, 10);
    const expected = new RegExp(
      `\\n# Packet Path ${today}: This machine, R44 UDP sockets drop [^\\n]*: net\\.core\\.rmem_max ${current} -> ${wanted}\\nnet\\.core\\.rmem_max = ${wanted}\\n`,
    );
    assert.match(document.getText(), expected);
    assert.equal(document.getText().replace(expected, '\nnet.core.rmem_max = 212992\n'), before);
    await until(() => !ours(document).some((diagnostic) => diagnostic.code === 'R44'));

    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('insert what a file lacks, with whose finding it is', async () => {
    const editor = await openFile('etc/sysctl.d/60-network.conf');
    const before = editor.document.getText();
    const action = (await actionsOn(editor, 0)).get('Insert tuning for This machine...');
    assert.ok(action?.command);
    await vscode.commands.executeCommand(action.command.command, action.command.arguments?.[0], 'R44 host');
    assert.equal(editor.document.getText().slice(0, before.length), before);
    assert.match(
      editor.document.getText().slice(before.length),
      new RegExp(`^\\n# Packet Path [^\\n]*R44[^\\n]*\\nnet\\.core\\.rmem_max = ${wanted}\\n$`),
    );
  });
});

describe('quick-fixes from a capture opened from disk', () => {
  // No NIC of this machine can be made to overrun its ring: a real capture of a VM, with the counter of one NIC moved.
  before(async () => {
    const fixture = join(__dirname, '..', '..', 'test', 'fixtures', 'captures', 'vm-8cpu.netsnap');
    const capture = readFileSync(fixture, 'utf8');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const second = capture.indexOf('< nic-statistics@B');
    const moved = capture.slice(second).replace(/(\/eth1\/statistics\/rx_missed_errors:)\d+/, '$15000');
    const file = join(folder, 'ring.netsnap');
    writeFileSync(file, capture.slice(0, second) + moved);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  });
  after(closeEverything);

  it('raise the ring in the rule that sets it', async () => {
    const editor = await openFile('etc/udev/rules.d/90-network.rules');
    const { document } = editor;
    const before = document.getText();
    await until(() => ours(document).length > 0);
    const line = lineWith(document, 'ethtool -G');
    const actions = await actionsOn(editor, line);
    const action = [...actions.values()].find((candidate) => candidate.title.startsWith('Set eth1 rx ring to 512'));
    assert.ok(action?.edit, [...actions.keys()].join('\n'));
    await vscode.workspace.applyEdit(action.edit);
    assert.match(
      document.getText(),
      /\n# Packet Path [^\n]*, R06 [^\n]*eth1 rx ring 256 -> 512\nACTION=="add\|change", SUBSYSTEM=="net", NAME=="eth1", RUN\+="\/usr\/sbin\/ethtool -G \$name rx 512"\n/,
    );
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('go into a file that is read after interfaces have their names', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const early = vscode.Uri.joinPath(folder, 'etc/udev/rules.d/60-early.rules');
    await vscode.workspace.fs.writeFile(early, new TextEncoder().encode('# early\n'));
    const editor = await vscode.window.showTextDocument(early);
    const action = [...(await actionsOn(editor, 0)).values()].find(({ title }) =>
      title.startsWith('Insert tuning for '),
    );
    assert.ok(action?.command);
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    assert.equal(editor.document.getText(), '# early\n');
    const later = vscode.window.activeTextEditor?.document;
    assert.equal(later?.uri.path, vscode.Uri.joinPath(folder, 'etc/udev/rules.d/90-packet-path.rules').path);
    assert.match(later?.getText() ?? '', /NAME=="eth1", RUN\+="\/usr\/sbin\/ethtool -G \$name rx 512"\n$/);
    await vscode.workspace.fs.delete(early);
  });

  it('write a rule where there is none', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'udev-rules', content: '' });
    const editor = await vscode.window.showTextDocument(document);
    const action = [...(await actionsOn(editor, 0)).values()].find(({ title }) =>
      title.startsWith('Insert tuning for '),
    );
    assert.ok(action?.command);
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    assert.match(
      document.getText(),
      /ACTION=="add\|change", SUBSYSTEM=="net", NAME=="eth1", RUN\+="\/usr\/sbin\/ethtool -G \$name rx 512"\n$/,
    );
  });

  it('keep an interface as it runs, as the text of a file that is nowhere yet', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const source = vscode.Uri.file(join(folder, 'ring.netsnap')).toString();
    await vscode.commands.executeCommand('packetPath.makePermanent', source, 'eth2', 'udev');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    assert.equal(document.languageId, 'udev-rules');
    assert.match(
      document.getText(),
      /^# as it runs: eth2 channels combined 8\nACTION=="add\|change", SUBSYSTEM=="net", NAME=="eth2", RUN\+="\/usr\/sbin\/ethtool -L \$name combined 8"\n/,
    );
    assert.match(document.getText(), /\n# for \/etc\/udev\/rules\.d\/90-packet-path\.rules\n/);
  });
});

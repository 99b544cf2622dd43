import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { linkCases } from '../unit/languages/linkCases.ts';
import { ownCases } from '../unit/languages/udevCases.ts';
import { type Case, verifiedCases } from '../unit/languages/udevVerifiedCases.ts';
import { actionsOn, closeEverything, openFile, until } from './editors.ts';

const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const written = new Set<string>();

/** Opens a file that is made in the workspace. */
async function openText(path: string, text: string): Promise<vscode.TextEditor> {
  const file = join(folder, path);
  // One that is open and changed is not written behind the editor's back.
  if (!written.has(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  written.add(file);
  return openFile(path);
}

async function setText({ document }: vscode.TextEditor, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
  // VS Code ends lines as the file does.
  assert.equal(document.getText(), text);
}

const codeOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code);
const ours = (document: vscode.TextDocument, code: string): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter((one) => one.source === 'Packet Path' && codeOf(one) === code);

/** The text of a document after an edit of it. */
function textAfter(document: vscode.TextDocument, edit: vscode.WorkspaceEdit): string {
  return edit
    .get(document.uri)
    .toSorted((a, b) => b.range.start.compareTo(a.range.start))
    .reduce(
      (text, { range, newText }) =>
        text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end)),
      document.getText(),
    );
}

/** The text of a hover, its Markdown as it is. */
async function hoverAt(document: vscode.TextDocument, at: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(at) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** Writes what completion offers under a label where `¦` stands, and gives the text after it. */
async function completed(editor: vscode.TextEditor, marked: string, label: string): Promise<string> {
  await setText(editor, marked.replace('¦', ''));
  const { document } = editor;
  const position = document.positionAt(marked.indexOf('¦'));
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  const item = list.items.find((one) => (typeof one.label === 'string' ? one.label : one.label.label) === label);
  assert.ok(item, `no ${label}`);
  const range = item.range instanceof vscode.Range ? item.range : item.range?.inserting;
  assert.ok(range);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, String(item.insertText));
  await vscode.workspace.applyEdit(edit);
  return document.getText();
}

describe('udev rules and .link files, held against a capture', () => {
  before(async () => {
    const capture = readFileSync(join(__dirname, '..', '..', 'test', 'fixtures', 'captures', 'vm-8cpu.netsnap'));
    const file = join(folder, 'linked.netsnap');
    writeFileSync(file, capture);
    written.add(file);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    // The host is linked once its file is about a NIC it has.
    const editor = await openText(
      'etc/udev/rules.d/95-linked.rules',
      'ACTION=="add", SUBSYSTEM=="net", NAME=="eth77", TAG+="a"\n',
    );
    await until(() => ours(editor.document, 'no-such-interface').length === 1);
  });
  after(async () => {
    await closeEverything();
    for (const file of written) rmSync(file, { force: true });
  });

  const languages: readonly (readonly [string, string, readonly Case[]])[] = [
    ['udev rules', 'etc/udev/rules.d/90-net.rules', [...verifiedCases, ...ownCases]],
    ['.link files', 'etc/systemd/network/10-lan.link', linkCases],
  ];
  for (const [language, path, cases] of languages) {
    // VS Code does not show a line of 16 KB in any other way.
    for (const { code, text, marks, repaired, name } of cases.filter(({ text: one }) => one.length < 10_000)) {
      it(`${language}, ${code}: ${text.replaceAll('\n', ' ').slice(0, 70)}`, async () => {
        const editor = await openText(name === undefined ? path : join(dirname(path), name), '');
        const { document } = editor;
        await setText(editor, text);
        await until(() => ours(document, code).length > 0);
        const mark = ours(document, code).find(({ range }) => document.getText(range) === marks);
        assert.ok(
          mark,
          ours(document, code)
            .map(({ range }) => document.getText(range))
            .join('\n'),
        );
        const actions = [...(await actionsOn(editor, mark.range.start.line)).values()];
        if (repaired === null) return;
        // VS Code hands the diagnostics of an action to nobody.
        const fix = actions.find(
          ({ kind, edit }) =>
            kind?.value === 'quickfix' && edit !== undefined && textAfter(document, edit) === repaired,
        );
        assert.ok(fix?.edit, actions.map(({ title }) => title).join('\n'));
        assert.ok(await vscode.workspace.applyEdit(fix.edit));
        assert.equal(document.getText(), repaired);
        await until(() =>
          ours(document, code).every(
            ({ range }) => document.getText(range) !== marks || range.start.line !== mark.range.start.line,
          ),
        );
      });
    }
  }

  it('tell what a key is and what the host has', async () => {
    const rules = await openText(
      'etc/udev/rules.d/91-hover.rules',
      'ACTION=="add", SUBSYSTEM=="net", NAME=="eth2", RUN+="/usr/sbin/ethtool -G $name rx 512"\n',
    );
    await until(async () => (await hoverAt(rules.document, 'rx 512')) !== '');
    assert.match(await hoverAt(rules.document, 'rx 512'), /ring rx[\s\S]*now on eth2 of [\s\S]*1024, at most 4096/);
    assert.match(await hoverAt(rules.document, 'SUBSYSTEM'), /Class of the device: net for an interface/);
    assert.match(await hoverAt(rules.document, '$name'), /the one an interface was renamed to/);
    const link = await openText(
      'etc/systemd/network/11-hover.link',
      '[Match]\nDriver=vmxnet3\n\n[Link]\nNamePolicy=keep\nRxBufferSize=512\n',
    );
    assert.match(
      await hoverAt(link.document, 'RxBufferSize'),
      /\*\*RxBufferSize=\*\*[\s\S]*since\*: systemd 244[\s\S]*now on eth2 of /,
    );
  });

  it('complete keys, values, names of the host and options of ethtool', async () => {
    const rules = await openText('etc/udev/rules.d/92-complete.rules', '');
    assert.equal(await completed(rules, 'SUBS¦', 'SUBSYSTEM'), 'SUBSYSTEM=="');
    assert.equal(await completed(rules, 'SUBSYSTEM=="net", NAME=="¦"', 'eth3'), 'SUBSYSTEM=="net", NAME=="eth3"');
    assert.equal(
      await completed(rules, 'SUBSYSTEM=="net", NAME=="eth2", RUN+="/usr/sbin/ethtool -G $name rx ¦"', '4096'),
      'SUBSYSTEM=="net", NAME=="eth2", RUN+="/usr/sbin/ethtool -G $name rx 4096"',
    );
    assert.equal(
      await completed(rules, 'SUBSYSTEM=="queues", KERNEL=="rx-*", ATTR{¦', 'rps_cpus'),
      'SUBSYSTEM=="queues", KERNEL=="rx-*", ATTR{rps_cpus',
    );
    const link = await openText('etc/systemd/network/12-complete.link', '');
    assert.equal(await completed(link, '[Match]\nDriver=¦', 'vmxnet3'), '[Match]\nDriver=vmxnet3');
    assert.equal(await completed(link, '[Link]\nRxBuf¦', 'RxBufferSize'), '[Link]\nRxBufferSize=');
  });

  it('are formatted, folded and outlined', async () => {
    const editor = await openText('etc/udev/rules.d/93-shape.rules', ' KERNEL == "a" ,TAG+="b"\n');
    const { document } = editor;
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      {},
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), 'KERNEL=="a", TAG+="b"\n');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name, detail }) => [name, detail]),
      [['TAG+=b', 'KERNEL==a']],
    );
  });

  it('make what runs permanent, and convert a rule to a .link file in its place', async () => {
    const rule = 'ACTION=="add", SUBSYSTEM=="net", NAME=="eth2", RUN+="/usr/sbin/ethtool -G $name rx 2048"\n';
    const editor = await openText('etc/udev/rules.d/94-convert.rules', rule);
    const { document } = editor;
    await until(async () =>
      [...(await actionsOn(editor, 0)).keys()].some((title) => title.startsWith('Convert to a .link file')),
    );
    const actions = await actionsOn(editor, 0);
    const permanent = [...actions.values()].find(({ title }) => title.startsWith('Make what runs on eth2 of '));
    assert.ok(permanent?.edit);
    await vscode.workspace.applyEdit(permanent.edit);
    assert.match(
      document.getText(),
      /ethtool -G \$name rx 1024"[\s\S]*# Packet Path [^\n]* as it runs\n[\s\S]*ethtool -L \$name combined 8/,
    );
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), rule);

    const convert = (await actionsOn(editor, 0)).get('Convert to a .link file for eth2');
    assert.ok(convert?.edit && convert.command);
    await vscode.workspace.applyEdit(convert.edit);
    await vscode.commands.executeCommand(convert.command.command, ...(convert.command.arguments ?? []));
    assert.equal(document.getText(), `# ${rule}`);
    const made = vscode.workspace.textDocuments.find(({ uri }) =>
      uri.path.endsWith('/etc/systemd/network/10-eth2.link'),
    );
    assert.equal(made?.uri.scheme, 'untitled');
    assert.equal(made?.languageId, 'systemd-link');
    assert.match(
      made?.getText() ?? '',
      /\[Match\]\nPermanentMACAddress=52:54:00:20:00:02\n[\s\S]*\nRxBufferSize=2048\n$/,
    );
  });
});

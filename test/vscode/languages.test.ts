import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { actionsOn, closeEverything, lineWith, openFile, until } from './editors.ts';

const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const written: string[] = [];

/** Opens a file that is made in the workspace, and waits until it has been looked at. */
async function openText(path: string, text: string): Promise<vscode.TextEditor> {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  written.push(file);
  return openFile(path);
}

/** When a change was told of, before the extension heard of it: it listens from the first sysctl file on. */
let toldAt = 0;
vscode.workspace.onDidChangeTextDocument(() => {
  toldAt = performance.now();
});

const ours = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Packet Path');
const codeOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code);

/** Line, what it is of that, its repair and the line after it. */
const faults: readonly [line: string, code: string, fix: string, repaired: string][] = [
  ['net.core.somaxcon = 1024', 'unknown-key', 'Change to net.core.somaxconn', 'net.core.somaxconn = 1024'],
  ['net.ipv4.tcp_tw_recycle = 1', 'removed-key', 'Remove the line', ''],
  [
    'net.core.netdev_budget_timeout = 8000',
    'never-existed',
    'Change to net.core.netdev_budget_usecs',
    'net.core.netdev_budget_usecs = 8000',
  ],
  [
    'net.ipv4.conf.eth0.100.rp_filter = 2',
    'dot-in-name',
    'Change to net.ipv4.conf.eth0/100.rp_filter',
    'net.ipv4.conf.eth0/100.rp_filter = 2',
  ],
  ['net.ipv4.tcp_fack = 1', 'no-effect', 'Remove the line', ''],
  ['net.netfilter.nf_conntrack_count = 1', 'read-only-key', 'Remove the line', ''],
  ['net.core.wmem_max = 16M', 'not-a-number', 'Change to 16777216', 'net.core.wmem_max = 16777216'],
  ['net.ipv4.tcp_keepalive_intvl = 030', 'octal', 'Change to 30', 'net.ipv4.tcp_keepalive_intvl = 30'],
  ['net.ipv4.tcp_keepalive_probes = 300', 'out-of-range', 'Change to 255', 'net.ipv4.tcp_keepalive_probes = 255'],
  ['net.ipv4.tcp_syncookies = 7', 'meaningless-value', 'Change to 2', 'net.ipv4.tcp_syncookies = 2'],
  [
    'net.ipv4.tcp_rmem = 4096 6291456 131072',
    'unordered',
    'Change to 4096 131072 6291456',
    'net.ipv4.tcp_rmem = 4096 131072 6291456',
  ],
  ['net.ipv4.tcp_retries1 = 3 3', 'values-ignored', 'Remove what is ignored', 'net.ipv4.tcp_retries1 = 3'],
  [
    'net.ipv4.ip_default_ttl = 64 # usual',
    'note-after-value',
    'Move the comment to a line of its own',
    '# usual\nnet.ipv4.ip_default_ttl = 64',
  ],
  ['net.core.default_qdisc = fqcodel', 'unknown-name', 'Change to fq_codel', 'net.core.default_qdisc = fq_codel'],
  ['net.ipv4.tcp_sack = 0', 'harmful-advice', 'Remove the line', ''],
  ['net.ipv4.tcp_dsack 1', 'not-an-assignment', 'Change to "net.ipv4.tcp_dsack = 1"', 'net.ipv4.tcp_dsack = 1'],
];

describe('sysctl files', () => {
  let editor: vscode.TextEditor;
  const text = `${faults.map(([line]) => line).join('\n')}\n`;
  before(async () => {
    editor = await openText('etc/sysctl.d/70-faults.conf', text);
    await until(() => ours(editor.document).length >= faults.length);
  });
  after(async () => {
    await closeEverything();
    for (const file of written) rmSync(file);
  });

  for (const [line, code, title, repaired] of faults) {
    it(`${line}: ${title}`, async () => {
      const { document } = editor;
      const number = lineWith(document, line);
      const marks = ours(document).filter(({ range }) => range.start.line === number);
      assert.ok(marks.map(codeOf).includes(code), marks.map(({ message }) => message).join('\n'));
      const action = (await actionsOn(editor, number)).get(title);
      assert.ok(action?.edit, [...(await actionsOn(editor, number)).keys()].join('\n'));
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      assert.equal(document.getText(), text.replace(`${line}\n`, repaired === '' ? '' : `${repaired}\n`));
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text);
      await until(() => ours(document).length >= faults.length);
    });
  }

  it('repairs all that leaves no doubt at once', async () => {
    const { document } = editor;
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      whole,
      'source.fixAll.packetPath',
    );
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Fix all that Packet Path can'],
    );
    const [action] = actions;
    assert.ok(action?.edit);
    await vscode.workspace.applyEdit(action.edit);
    const sure = document.getText();
    assert.match(
      sure,
      /^net\.core\.somaxconn = 1024\nnet\.ipv4\.tcp_tw_recycle = 1\nnet\.core\.netdev_budget_usecs = 8000\n/,
    );
    assert.match(
      sure,
      /\n# usual\nnet\.ipv4\.ip_default_ttl = 64\nnet\.core\.default_qdisc = fq_codel\nnet\.ipv4\.tcp_sack = 0\n/,
    );
    // What only its writer can decide on stays.
    await until(() => !ours(document).some((diagnostic) => codeOf(diagnostic) === 'unknown-key'));
    assert.ok(ours(document).some((diagnostic) => codeOf(diagnostic) === 'octal'));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
  });

  it('says that a line of the file, and a line of another file, win', async () => {
    await openText('etc/sysctl.d/90-later.conf', 'net.core.optmem_max = 81920\n');
    const { document } = await openText(
      'etc/sysctl.d/75-early.conf',
      'net.core.optmem_max = 65536\nnet.ipv4.tcp_retries2 = 12\nnet.ipv4.tcp_retries2 = 10\n',
    );
    await until(() => ours(document).some((diagnostic) => codeOf(diagnostic) === 'overridden'));
    const messages = ours(document).map(({ message }) => message);
    assert.ok(
      messages.some((message) =>
        message.startsWith('/etc/sysctl.d/90-later.conf:1 sets `net.core.optmem_max` later, to 81920'),
      ),
      messages.join('\n'),
    );
    const again = ours(document).find((diagnostic) => codeOf(diagnostic) === 'set-again');
    assert.equal(again?.message, 'Line 3 sets `net.ipv4.tcp_retries2` again, to 10: this line has no effect.');
    assert.deepEqual(again.tags, [vscode.DiagnosticTag.Unnecessary]);
    assert.equal(again.relatedInformation?.[0]?.location.range.start.line, 2);
  });

  it('has an outline and folds, and formats white space only', async () => {
    const { document } = await openText(
      'etc/sysctl.d/80-shape.conf',
      '# one\n# two\n\n\tnet.core.rmem_max=4194304  \nvm.swappiness =  10',
    );
    const run = <T>(command: string, ...rest: unknown[]) =>
      vscode.commands.executeCommand<T>(command, document.uri, ...rest);
    await until(
      async () => ((await run<unknown[] | undefined>('vscode.executeDocumentSymbolProvider')) ?? []).length === 2,
    );
    const symbols = await run<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider');
    assert.deepEqual(
      symbols.map(({ name, detail }) => `${name}: ${detail}`),
      ['net.core.rmem_max: 4194304', 'vm.swappiness: 10'],
    );
    const folds = await run<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider');
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [
        [0, 1],
        [3, 4],
      ],
    );
    const edits = await run<vscode.TextEdit[]>('vscode.executeFormatDocumentProvider', {
      tabSize: 2,
      insertSpaces: true,
    });
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), '# one\n# two\n\nnet.core.rmem_max = 4194304\nvm.swappiness = 10\n');
  });

  for (const odd of [5, 500]) {
    it(`tells of a change in a file of 5,000 lines, ${odd} of them odd, within a blink`, async () => {
      // Lines of one key, of which the last makes all others void.
      const lineOf = (at: number): string =>
        at % 5 === 0 && at < odd * 5 ? 'net.core.somaxconn = 4096' : `net.ipv4.conf.eth${at}.rp_filter = ${at % 3}`;
      const lines = Array.from({ length: 5000 }, (_, at) => (at % 5 === 4 ? '# a comment' : lineOf(at)));
      const large = await openText(`etc/sysctl.d/99-large-${odd}.conf`, `${lines.join('\n')}\n`);
      const { document } = large;
      await until(() => ours(document).length >= odd - 1);
      const times: number[] = [];
      const counts: number[] = [];
      // Listeners are called in the order in which they came: the extension's is between the first and this one.
      const listening = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document) return;
        times.push(performance.now() - toldAt);
        counts.push(ours(document).length);
      });
      const before = ours(document).length;
      for (let round = 0; round < 9; round += 1) {
        // The first of them that is none any more, then is one again.
        await large.edit((builder) =>
          round % 2 === 0
            ? builder.insert(new vscode.Position(0, 0), '#')
            : builder.delete(new vscode.Range(0, 0, 0, 1)),
        );
      }
      listening.dispose();
      assert.deepEqual([counts.at(-2), counts.at(-1)], [before, before - 1]);
      const median = times.sort((x, y) => x - y)[4] ?? 0;
      console.log(`test |       5,000 lines: ${median.toFixed(1)} ms from a keystroke to the problems (median of 9)`);
      // 50 ms on a machine that does nothing else; this one may.
      assert.ok(median < 200, `${median} ms`);
    });
  }
});

describe('sysctl files and the linked host', () => {
  before(async () => {
    await vscode.commands.executeCommand('packetPath.snapshotHost', 'local');
  });
  after(async () => {
    await closeEverything();
    for (const file of written) rmSync(file, { force: true });
  });
  const running = readFileSync('/proc/sys/net/core/somaxconn', 'utf8').trim();

  it('show what a key means and what runs there', async () => {
    const { document } = await openText('etc/sysctl.d/65-hover.conf', 'net.core.somaxconn = 17\n');
    const hover = async (): Promise<string> => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(0, 5),
      );
      return found
        .flatMap(({ contents }) => contents)
        .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
        .join('\n');
    };
    await until(async () => (await hover()).includes('This machine'));
    const text = await hover();
    assert.match(
      text,
      /^\*\*net\.core\.somaxconn\*\*\n\nCap applied to the backlog argument of every listen\(\) call\./,
    );
    assert.ok(text.includes(`\n- *on This machine*: \`${running}\`\n`), text);
    assert.ok(text.includes('\n- *takes*: 0 to 2147483647\n'), text);
    assert.ok(text.includes('\n- *step*: I20 SYN and accept queue\n'), text);
    assert.match(text, /\[Kernel documentation\]\(https:\/\/docs\.kernel\.org\/admin-guide\/sysctl\/net\.html\)$/);
  });

  it('say that the file has another value, and take it over', async () => {
    const editor = await openFile('etc/sysctl.d/65-hover.conf');
    const { document } = editor;
    await until(() => ours(document).some((diagnostic) => codeOf(diagnostic) === 'differs-from-host'));
    const actions = await actionsOn(editor, 0);
    assert.ok(actions.has(`Set to running value (${running} on This machine)`), [...actions.keys()].join('\n'));
    assert.ok(actions.has('Set to default (4096)'));
    const action = actions.get(`Set to ${running}, which runs on This machine`);
    assert.ok(action?.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(document.getText(), `net.core.somaxconn = ${running}\n`);
    await until(() => ours(document).length === 0);
  });

  it('complete keys by words that mean them, and values', async () => {
    const { document } = await openText('etc/sysctl.d/61-complete.conf', 'net.core.som\nnet.ipv4.tcp_tw_reuse = \n');
    const complete = async (line: number, character: number) =>
      (
        await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          new vscode.Position(line, character),
        )
      ).items;
    const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);
    await until(async () => (await complete(0, 12)).some((item) => labelOf(item) === 'net.core.somaxconn'));
    const key = (await complete(0, 12)).find((item) => labelOf(item) === 'net.core.somaxconn');
    assert.equal(key?.insertText, 'net.core.somaxconn = ');
    assert.match(key.filterText ?? '', /accept queue/);
    assert.deepEqual(key.label, { label: 'net.core.somaxconn', description: `${running} on This machine` });
    const values = (await complete(1, 24)).filter(({ kind }) => kind === vscode.CompletionItemKind.Value);
    assert.deepEqual(values.map(labelOf).sort(), ['0', '1', '2']);
  });
});

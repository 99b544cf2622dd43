import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import { closeEverything, labelsOfTabs, until } from './editors.ts';

describe('Net: Snapshot Host', () => {
  let sshd: Sshd;

  before(async () => {
    sshd = await startSshd();
    mkdirSync(join(homedir(), '.ssh'), { recursive: true, mode: 0o700 });
    const config = execFileSync('cat', [sshd.configFile], { encoding: 'utf8' });
    writeFileSync(join(homedir(), '.ssh', 'config'), config);
  });
  after(async () => {
    await closeEverything();
    await sshd.stop();
  });

  it('looks at this machine and opens its panel', async () => {
    await vscode.commands.executeCommand('packetPath.snapshotHost', 'local');
    await until(() => labelsOfTabs().includes('This machine: Network'));
  });

  it('looks at a real sshd host of ~/.ssh/config, by an alias that was added', async () => {
    const host = await vscode.commands.executeCommand<{ id: string } | undefined>('packetPath.addHost', 'sshd-test');
    assert.equal(host?.id, 'sshd-test');
    assert.deepEqual(vscode.workspace.getConfiguration('packetPath').get('hosts'), ['sshd-test']);
    await vscode.commands.executeCommand('packetPath.snapshotHost', 'sshd-test');
    await until(() => labelsOfTabs().includes('sshd-test: Network'));
    assert.match(sshd.log(), /Accepted publickey/);
  });

  it('uses the connection it has for the next one', async () => {
    await vscode.commands.executeCommand('packetPath.snapshotHost', 'sshd-test');
    assert.equal(sshd.log().split('Accepted publickey').length - 1, 1);
  });

  it('leaves no process on the host', () => {
    const ours = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => /^sh -s -- \d+ [0-9a-f]{16} /.test(line));
    assert.deepEqual(ours, []);
  });
});

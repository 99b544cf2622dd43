import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import { closeEverything, labelsOfTabs, until } from './editors.ts';

describe('a host that goes away in the middle of a snapshot', () => {
  const settings = vscode.workspace.getConfiguration('packetPath');
  let dir: string;
  let sshd: Sshd;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'packet-path-reconnect-'));
    sshd = await startSshd({ dir });
    mkdirSync(join(homedir(), '.ssh'), { recursive: true, mode: 0o700 });
    const config = readFileSync(sshd.configFile, 'utf8').replace('sshd-test', 'comes-back');
    appendFileSync(join(homedir(), '.ssh', 'config'), `\n${config}`);
    await settings.update('snapshot.interval', 3, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await settings.update('snapshot.interval', undefined, vscode.ConfigurationTarget.Global);
    await closeEverything();
    await sshd.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is looked at again once it is back, without being asked for', async () => {
    const looking = vscode.commands.executeCommand('packetPath.snapshotHost', 'comes-back');
    await until(() => sshd.sessionPids().length > 0 && /Starting session: command/.test(sshd.log()));
    const { port } = sshd;
    await sshd.stop();
    sshd = await startSshd({ dir, port });
    await looking;
    await until(() => labelsOfTabs().includes('comes-back: Network'));
    assert.equal(sshd.log().split('Accepted publickey').length - 1, 2);
  });

  it('is given up where it stays away, and the command ends', async () => {
    const looking = vscode.commands.executeCommand('packetPath.snapshotHost', 'comes-back');
    const sessions = (): number => sshd.log().split('Starting session: command').length - 1;
    const before = sessions();
    await until(() => sessions() > before);
    await sshd.stop();
    await looking;
  });
});

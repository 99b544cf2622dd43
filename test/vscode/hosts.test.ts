import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import { closeEverything, labelsOfTabs, until } from './editors.ts';

function hosts(): unknown {
  return vscode.workspace.getConfiguration('packetPath').inspect('hosts')?.globalValue;
}

function setHosts(value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration('packetPath').update('hosts', value, vscode.ConfigurationTarget.Global);
}

async function snapshot(id: string): Promise<void> {
  await vscode.commands.executeCommand('packetPath.snapshotHost', id);
}

describe('the hosts of the settings', () => {
  let sshd: Sshd;
  const config = join(homedir(), '.ssh', 'config');

  before(async () => {
    sshd = await startSshd();
    mkdirSync(join(homedir(), '.ssh'), { recursive: true, mode: 0o700 });
    writeFileSync(config, readFileSync(sshd.configFile, 'utf8').replace('Host sshd-test', 'Host alias-1 alias-2'));
  });
  afterEach(() => closeEverything());
  after(async () => {
    await setHosts(undefined);
    await sshd.stop();
  });

  it('are added to and removed from without touching what the user wrote', async () => {
    const own = [' web-1 ', { host: 'web-2', client: 'system' }, 7, { name: 'box', command: ['env'] }];
    await setHosts(own);
    await vscode.commands.executeCommand('packetPath.addHost', 'web-3');
    assert.deepEqual(hosts(), [...own, 'web-3']);
    await vscode.commands.executeCommand('packetPath.removeHost', {
      host: { id: 'web-3', label: 'web-3', kind: 'ssh' },
    });
    assert.deepEqual(hosts(), own);
  });

  it('change their SSH client, an alias that is not among them as well', async () => {
    await setHosts(['web-1', { host: 'web-2', client: 'system' }]);
    await vscode.commands.executeCommand('packetPath.useSystemSsh', 'web-1');
    await vscode.commands.executeCommand('packetPath.useBuiltInSsh', 'web-2');
    const host = await vscode.commands.executeCommand('packetPath.useSystemSsh', 'alias-1');
    assert.deepEqual(host, { kind: 'ssh', id: 'alias-1', label: 'alias-1', client: 'system' });
    const expected = [
      { host: 'web-1', client: 'system' },
      { host: 'web-2', client: 'ssh2' },
      { host: 'alias-1', client: 'system' },
    ];
    assert.deepEqual(hosts(), expected);
  });

  it('need no alias of ~/.ssh/config: it is looked at as it is', async () => {
    await setHosts([]);
    await snapshot('alias-2');
    await until(() => labelsOfTabs().includes('alias-2: Network'));
    assert.deepEqual(hosts(), []);
    assert.match(sshd.log(), /Accepted publickey/);
    assert.ok(Object.keys(require.cache).some((file) => file.endsWith(join('dist', 'ssh2.js'))));
  });

  it('lose their connection when ~/.ssh/config is edited', async () => {
    const logins = (): number => sshd.log().split('Accepted publickey').length - 1;
    await snapshot('alias-2');
    const before = logins();
    await snapshot('alias-2');
    assert.equal(logins(), before);
    writeFileSync(config, `${readFileSync(config, 'utf8')}\n# edited\n`);
    await until(() => sshd.sessionPids().length === 0);
    await snapshot('alias-2');
    assert.equal(logins(), before + 1);
  });

  it('are reached by any command that gives a shell', async () => {
    await setHosts([{ name: 'the box', command: ['env', 'PACKET_PATH=1'] }]);
    await snapshot('command:the box');
    await until(() => labelsOfTabs().includes('the box: Network'));
  });

  it('are never those of a folder, which cannot make the extension run a program', async () => {
    const trace = join(tmpdir(), `packet-path-workspace-${process.pid}`);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(folder);
    await setHosts([]);
    const settings = join(folder, '.vscode', 'settings.json');
    mkdirSync(join(folder, '.vscode'), { recursive: true });
    const evil = { name: 'evil', command: ['sh', '-c', `touch ${trace}; exec "$0" "$@"`] };
    writeFileSync(
      settings,
      JSON.stringify({
        'packetPath.hosts': [evil, 'alias-1'],
        'packetPath.ssh.client': 'system',
        'packetPath.snapshot.interval': 1,
        'packetPath.captures.keep': 1,
      }),
    );
    try {
      // What a folder may say counts: so its settings were read.
      await until(() => vscode.workspace.getConfiguration('packetPath').get('snapshot.interval') === 1);
      await snapshot('command:evil');
      // What a folder's tasks can do: a command with arguments of its choice, as if from a row of the view.
      const host = { kind: 'command', id: 'command:evil', label: 'evil', ...evil };
      for (const command of ['snapshotHost', 'snapshotNamespace', 'attendHost', 'openPanel'])
        await vscode.commands.executeCommand(`packetPath.${command}`, { host });
      assert.equal(existsSync(trace), false);
      assert.deepEqual(labelsOfTabs(), []);
      const alias = await vscode.commands.executeCommand<{ client: string }>('packetPath.addHost', 'alias-1');
      assert.equal(alias.client, 'ssh2');
      assert.deepEqual(hosts(), ['alias-1']);
      // Those of other folders would be deleted.
      assert.equal(vscode.workspace.getConfiguration('packetPath').get('captures.keep'), 50);
      await assert.rejects(async () => vscode.commands.executeCommand('packetPath.addHost', '-oProxyCommand=x'));
    } finally {
      rmSync(settings);
    }
  });
});

import assert from 'node:assert/strict';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { commands, extensions } from 'vscode';

const id = 'packet-path.packet-path';

/** The part of the manifest that these tests read. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
  it('is installed and becomes active', async () => {
    const extension = extensions.getExtension(id);
    assert.ok(extension, `${id} is not among the extensions`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('loads ssh2 from a file of its own, and not before a host is connected to', async () => {
    const extension = extensions.getExtension(id);
    assert.ok(extension);
    const ssh2 = join(extension.extensionPath, 'dist', 'ssh2.js');
    await extension.activate();
    assert.ok(existsSync(ssh2));
    assert.deepEqual(
      Object.keys(require.cache).filter((file) => file === realpathSync(ssh2)),
      [],
    );
  });

  it('registers exactly the commands that the manifest names', async () => {
    const extension = extensions.getExtension<unknown>(id);
    assert.ok(extension);
    const manifest: Manifest = extension.packageJSON;
    await extension.activate();
    // VS Code itself registers `<view>.focus`, `.open`, `.resetViewLocation` and others for each view.
    const byViews = /^packetPath\.(hosts|findings|captures)\./;
    const registered = (await commands.getCommands(true)).filter(
      (name) => name.startsWith('packetPath.') && !byViews.test(name),
    );
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), contributed.sort());
  });
});

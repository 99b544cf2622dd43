import assert from 'node:assert/strict';
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

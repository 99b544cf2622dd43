import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWorkbench, type Workbench } from './workbench.ts';

let workbench: Workbench;
let dir: string;

/** A host whose command leaves a file behind when it runs. */
function traced(name: string): { name: string; command: string[] } {
  return { name, command: ['sh', '-c', `touch ${join(dir, name)}; exec "$0" "$@"`] };
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-trust-'));
  const workspace = join(dir, 'workspace');
  mkdirSync(join(workspace, '.vscode'), { recursive: true });
  writeFileSync(
    join(workspace, '.vscode', 'settings.json'),
    JSON.stringify({ 'packetPath.hosts': [traced('folder')] }),
  );
  workbench = await openWorkbench({
    workspace,
    restricted: true,
    settings: { 'packetPath.snapshot.interval': 1, 'packetPath.hosts': ['web-1', traced('own')] },
  });
  await workbench.showNetwork();
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(async () => {
  await workbench?.close();
  rmSync(dir, { recursive: true, force: true });
});

test('a folder that is not trusted: hosts by command are left out, and the row says why', async () => {
  const rows = workbench.tree('Hosts');
  await rows.filter({ hasText: 'web-1' }).waitFor();
  await rows.filter({ hasText: /own.*not trusted/ }).waitFor();
  await workbench.screenshot('hosts-untrusted');
  await workbench.runCommand('Net: Snapshot Host');
  const choices = workbench.page.locator('.quick-input-widget').getByRole('option');
  await choices.filter({ hasText: 'web-1' }).waitFor();
  expect(await choices.filter({ hasText: 'own' }).count()).toBe(0);
  await workbench.page.keyboard.press('Escape');
});

test('once it is trusted they are hosts, and those of the folder are not', async () => {
  const { page } = workbench;
  const row = workbench.tree('Hosts').filter({ hasText: 'own' }).first();
  await row.click();
  await page
    .getByRole('button', { name: /^Trust/ })
    .first()
    .click();
  await workbench
    .tree('Hosts')
    .filter({ hasText: /^own\s*sh$/ })
    .waitFor();
  expect(await workbench.tree('Hosts').filter({ hasText: 'folder' }).count()).toBe(0);
  // The editor of trust lies over the workbench.
  await page
    .locator('.monaco-modal-editor-block')
    .getByRole('button', { name: /^Close/ })
    .first()
    .click();
  await row.hover();
  await row.getByRole('button', { name: 'Snapshot Host' }).click();
  await page.getByRole('tab', { name: 'own: Network' }).waitFor();
  expect(existsSync(join(dir, 'own'))).toBe(true);
  expect(existsSync(join(dir, 'folder'))).toBe(false);
});

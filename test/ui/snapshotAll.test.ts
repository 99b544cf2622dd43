import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort, type Sshd, startSshd } from '../hosts/sshd.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('Net: Snapshot All Hosts', () => {
  let sshd: Sshd;
  let stranger: Sshd;
  let workbench: Workbench;

  beforeAll(async () => {
    sshd = await startSshd({ hostKeyTypes: ['ed25519'] });
    stranger = await startSshd({ hostKeyTypes: ['ed25519'] });
    workbench = await openWorkbench({
      settings: {
        'packetPath.hosts': ['web-1', 'web-down', 'web-new', { name: 'box', command: ['env'] }],
        'packetPath.snapshot.interval': 1,
      },
    });
    mkdirSync(join(workbench.home, '.ssh'), { recursive: true, mode: 0o700 });
    const known = readFileSync(sshd.configFile, 'utf8').replace('sshd-test', 'web-1');
    const down = known.replace('web-1', 'web-down').replace(/Port \d+/, `Port ${await freePort()}`);
    const unknown = readFileSync(stranger.configFile, 'utf8')
      .replace('sshd-test', 'web-new')
      .replace(/UserKnownHostsFile .*/, 'UserKnownHostsFile none');
    writeFileSync(join(workbench.home, '.ssh', 'config'), [known, down, unknown].join('\n'));
    await workbench.showNetwork();
  });
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
  });
  afterAll(async () => {
    await workbench?.close();
    await stranger?.stop();
    await sshd?.stop();
  });

  const box = (): Locator => workbench.page.locator('.quick-input-widget');
  const row = (host: string): Locator => box().locator('.monaco-list-row').filter({ hasText: host }).first();
  const title = (text: string | RegExp): Promise<void> =>
    box().locator('.quick-input-title').filter({ hasText: text }).waitFor({ timeout: 40_000 });

  test('asks nobody and ends in one list: who waits, who failed and why, who worked', async () => {
    await workbench.runCommand('Net: Snapshot All Hosts');
    await title('Snapshots: 3 worked, 1 failed, 1 waiting for you');
    const rows = await box().locator('.monaco-list-row').allTextContents();
    expect(rows.map((text) => /web-new|web-down|web-1|box|This machine/.exec(text)?.[0])).toEqual(
      expect.arrayContaining(['web-new', 'web-down', 'web-1', 'box', 'This machine']),
    );
    expect(rows[0]).toContain('Waiting for you');
    expect(rows[0]).toContain(stranger.hostKeyFingerprints['ssh-ed25519']);
    expect(rows[1]).toContain('refused the connection');
    for (const name of ['web-1', 'box', 'This machine']) expect(await row(name).textContent()).toMatch(/found|finding/);
    expect(stranger.log()).not.toContain('Accepted');
    // Many hosts at once: their rows stay a list.
    await workbench.tree('Hosts').filter({ hasText: 'web-down' }).filter({ hasText: 'not reachable: ' }).waitFor();
    expect(await workbench.page.getByRole('tree', { name: 'Hosts' }).locator('[aria-expanded=true]').count()).toBe(0);
    await workbench.screenshot('snapshot-all');
  });

  test('keeps the list while something else is looked at, and brings it back after Escape', async () => {
    await workbench.page.locator('.activitybar').click({ position: { x: 10, y: 500 } });
    expect(await row('web-down').isVisible()).toBe(true);
    await box().locator('input').first().focus();
    await workbench.page.keyboard.press('Escape');
    await box().waitFor({ state: 'hidden' });
    await workbench.runCommand('Net: Show Snapshot Results');
    await title('Snapshots: 3 worked');
  });

  test('looks readable in every theme', async () => {
    for (const [theme, name] of [
      ['Default Light Modern', 'light'],
      ['Default High Contrast', 'contrast'],
      ['Default Dark Modern', 'dark'],
    ] as const) {
      await workbench.setTheme(theme);
      await workbench.runCommand('Net: Show Snapshot Results');
      await title('Snapshots: 3 worked');
      await workbench.screenshot(`snapshot-all-${name}`);
    }
  });

  test('asks what a waiting host wants once it is chosen', async () => {
    await row('web-new').click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain(stranger.hostKeyFingerprints['ssh-ed25519']);
    await dialog.getByRole('button', { name: 'Trust and Connect' }).click();
    await title('Snapshots: 4 worked, 1 failed');
  });

  test('tries again what failed, all at once', async () => {
    await box().getByRole('button', { name: 'Retry Failed' }).click();
    await title('Snapshots: 4 worked, 1 failed');
  });

  test('opens the panel of one that worked', async () => {
    await row('box').click();
    await workbench.page.getByRole('tab', { name: 'box: Network' }).waitFor();
  });

  test('is ended as a whole by Cancel', async () => {
    workbench.setSettings({ 'packetPath.snapshot.interval': 50 });
    const toast = workbench.page.locator('.notifications-toasts .notification-list-item');
    const progress = toast.filter({ hasText: 'Snapshots of 5 hosts' });
    // VS Code notices the setting within a second; until then snapshots end by themselves.
    await expect
      .poll(
        async () => {
          await workbench.runCommand('Net: Snapshot All Hosts');
          await progress.filter({ hasText: '1 of 5 done, 1 failed' }).waitFor();
          await new Promise((resolve) => setTimeout(resolve, 4000));
          return progress.count();
        },
        { timeout: 40_000 },
      )
      .toBeGreaterThan(0);
    await progress.getByRole('button', { name: 'Cancel' }).first().click();
    await title('Snapshots: 4 not taken, 1 failed');
    const running = (): string =>
      execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => /^(env )?sh -s -- 50 |^sleep 50$/.test(line))
        .join('\n');
    await expect.poll(running, { timeout: 10_000 }).toBe('');
  });
});

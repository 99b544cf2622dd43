import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorkbench, type Workbench } from './workbench.ts';

const text = `# web-1
net.core.somaxconn = 1024
net.core.netdev_max_backlog = 1000
net.core.somaxcon = 4096
net.ipv4.tcp_rmem = 4096,131072,33554432
net.core.rmem_max = 8388608 # 8 MiB
net.ipv4.tcp_tw_recycle = 1
net.ipv4.tcp_timestamps = 0
net.ipv4.conf.eth0.100.rp_filter = 2

# later
net.ipv4.tcp_retries2 = 15
net.ipv4.tcp_retries2 = 8
`;

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
  const folder = join(workbench.workspace, 'etc', 'sysctl.d');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '90-web.conf'), text);
  await workbench.openFile('captures/web-1.netsnap');
  await workbench.panelFrame().getByRole('tab', { name: 'Overview' }).waitFor();
  await workbench.openFile('etc/sysctl.d/90-web.conf');
  await workbench.page.locator('.squiggly-error').first().waitFor();
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(() => workbench?.close());

describe('a sysctl file in the workbench', () => {
  test('shows what a key means and what the host has, in each theme', async () => {
    const { page, setTheme, screenshot } = workbench;
    for (const theme of ['Default Light Modern', 'Default High Contrast', 'Default Dark Modern'] as const) {
      await setTheme(theme);
      await page.keyboard.press('Escape');
      const hover = page
        .locator('.monaco-hover')
        .filter({ hasText: 'Cap applied to the backlog' })
        .filter({ visible: true });
      for (let tries = 1; (await hover.count()) === 0 && tries < 8; tries += 1) {
        await page.mouse.move(5, 5);
        await page
          .locator('.view-line span')
          .filter({ hasText: /^somaxconn$/ })
          .first()
          .hover();
        await hover.waitFor({ timeout: 4000 }).catch(() => undefined);
      }
      expect(await hover.textContent()).toContain('I20 SYN and accept queue');
      await screenshot(`sysctl-hover-${theme.split(' ')[1]?.toLowerCase()}`);
    }
  });

  test('offers repairs where something is wrong', async () => {
    const { page, runCommand, screenshot } = workbench;
    await page
      .locator('.view-line span')
      .filter({ hasText: /^somaxcon$/ })
      .first()
      .click();
    await runCommand('Quick Fix...');
    await page.locator('.action-widget').getByText('Change to net.core.somaxconn').waitFor();
    await screenshot('sysctl-quick-fixes');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  test('has its problems in the list of problems', async () => {
    const { page, runCommand, screenshot } = workbench;
    await runCommand('Problems: Focus on Problems View');
    await page.locator('.markers-panel').getByText('did you mean').first().waitFor();
    await screenshot('sysctl-problems');
    await runCommand('View: Toggle Panel Visibility');
  });

  test('completes keys by words that mean them', async () => {
    const { page, screenshot } = workbench;
    await page.locator('.view-line').last().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('accept queue');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget').getByText('net.core.somaxconn').first().waitFor();
    await screenshot('sysctl-completion');
    await page.keyboard.press('Escape');
    for (let at = 0; at < 12; at += 1) await page.keyboard.press('Backspace');
  });

  test('says which host it is held against, and is held against another', async () => {
    const { page, runCommand, screenshot } = workbench;
    await runCommand('Net: Choose Linked Host');
    await page.locator('.quick-input-widget').getByText('linked now').waitFor();
    await screenshot('sysctl-linked-host');
    await page.locator('.quick-input-widget').getByText('None', { exact: true }).click();
    await page.locator('#status\\.languageStatus').hover();
    await page.getByText('no host').first().waitFor();
    await screenshot('sysctl-no-host');
  });
});

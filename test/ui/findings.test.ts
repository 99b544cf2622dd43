import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { artefacts, root } from '../../scripts/paths.mts';
import { openWorkbench, type Workbench } from './workbench.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
  cpSync(join(root, 'media/sample.netsnap'), join(workbench.workspace, 'captures', 'db-2.netsnap'));
  await workbench.showNetwork();
  await workbench.openFile('captures/web-1.netsnap');
  await findings('Softnet drops').first().waitFor();
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(() => workbench?.close());

function findings(text: string | RegExp): Locator {
  return workbench.tree('Findings').filter({ hasText: text });
}

function pick(): Locator {
  return workbench.page.locator('.quick-input-widget');
}

async function choose(name: string | RegExp): Promise<void> {
  await pick().getByRole('checkbox', { name }).first().click();
}

describe('the Findings view', () => {
  test('is filtered by a step, says so, and shows all again', async () => {
    const { page, runCommand } = workbench;
    const before = await workbench.tree('Findings').count();
    expect(before).toBeGreaterThan(1);
    await runCommand('Net: Filter Findings');
    await workbench.screenshot('findings-filter-pick');
    await choose(/I14 Per-CPU backlog/);
    await page.keyboard.press('Enter');
    await expect.poll(() => workbench.tree('Findings').count()).toBe(1);
    await page.getByText(/^Only I14 Per-CPU backlog: 1 of \d+ findings$/).waitFor();
    await workbench.screenshot('findings-filtered');
    await runCommand('Net: Show All Findings');
    await expect.poll(() => workbench.tree('Findings').count()).toBe(before);
    await expect.poll(() => page.getByText(/^Only I14/).count()).toBe(0);
  });

  test('is filtered by host when there are several', async () => {
    const { page, runCommand } = workbench;
    await workbench.openFile('captures/db-2.netsnap');
    await expect.poll(() => findings('Softnet drops').count()).toBe(2);
    await workbench.screenshot('findings-two-hosts');
    await runCommand('Net: Filter Findings');
    await choose(/db-2\.netsnap/);
    await page.keyboard.press('Enter');
    await expect.poll(() => findings('Softnet drops').count()).toBe(1);
    await runCommand('Net: Show All Findings');
    await expect.poll(() => findings('Softnet drops').count()).toBe(2);
  });

  test('puts a finding on the clipboard as Markdown', async () => {
    const { page } = workbench;
    await findings('Softnet drops').first().click({ button: 'right' });
    const entry = page.getByRole('menuitem', { name: 'Copy as Markdown' });
    const copied = page.getByText('Finding copied as Markdown');
    // A menu does not hear a click that comes with its opening: it is clicked again while it is there.
    const clicked = async (): Promise<boolean> => {
      if (await entry.isVisible()) await entry.click({ timeout: 2000 }).catch(() => undefined);
      return copied.isVisible();
    };
    await expect.poll(clicked, { timeout: 20_000, interval: 700 }).toBe(true);
  });
});

describe('a report', () => {
  test('is saved from the panel as one HTML file, which shows its charts', async () => {
    const { page } = workbench;
    await workbench.panelFrame().getByRole('button', { name: 'Save report' }).click();
    const file = join(workbench.workspace, 'web-1-2026-11-23.html');
    await expect.poll(() => pick().locator('input').first().inputValue()).toBe(file);
    await page.keyboard.press('Enter');
    await expect.poll(() => existsSync(file)).toBe(true);
    await page.locator('.notifications-toasts').getByText('Saved web-1-2026-11-23.html.').waitFor();
    expect(readFileSync(file, 'utf8')).toContain('net.core.netdev_max_backlog = 2000');
    const browser = page.context().browser();
    if (browser === null) throw new Error('the page has no browser');
    const report = await browser.newPage();
    await report.goto(`file://${file}`);
    expect(await report.locator('figure svg').count()).toBe(3);
    for (const colorScheme of ['light', 'dark'] as const) {
      await report.emulateMedia({ colorScheme });
      await report.screenshot({ path: join(artefacts, 'screenshots', `report-${colorScheme}.png`), fullPage: true });
    }
    await report.close();
  });
});

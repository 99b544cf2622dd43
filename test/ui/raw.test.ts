import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorkbench, type Theme, type Workbench } from './workbench.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
  await workbench.showNetwork();
  await workbench.openFile('captures/web-1.netsnap');
  const frame = workbench.panelFrame();
  await frame.locator('#view-overview h3').first().waitFor();
  await frame.locator('#tab-raw').click();
  await frame.locator('#view-raw .raw-list tr').first().waitFor();
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(() => workbench?.close());

const themes: readonly [string, Theme][] = [
  ['light', 'Default Light Modern'],
  ['high-contrast', 'Default High Contrast'],
  ['dark', 'Default Dark Modern'],
];

const raw = () => workbench.panelFrame().locator('#view-raw');
const entry = (label: string) => raw().locator('button.raw-entry').filter({ hasText: label }).first();
const chosenLine = () => raw().locator('.raw-line[aria-selected="true"]');

describe('the Raw tab', () => {
  test('shows what a section printed, and the value behind the line that the keyboard is at', async () => {
    await entry('/proc/net/softnet_stat').click();
    await raw().locator('h3', { hasText: '/proc/net/softnet_stat' }).waitFor();
    await raw().locator('.raw-lines').focus();
    await workbench.page.keyboard.press('ArrowDown');
    expect(await chosenLine().getAttribute('data-line')).toBe('1');
    await raw().locator('.raw-value', { hasText: 'Line 2, parsed as softnet_stat' }).waitFor();
    await raw().locator('.raw-value pre', { hasText: '"processed"' }).waitFor();
    await workbench.screenshot('raw-line');
  });

  test('says what became of each section', async () => {
    const row = raw()
      .locator('tr', { has: workbench.page.locator('[data-entry]'), hasText: 'counters@A' })
      .first();
    expect(await row.textContent()).toContain('read');
  });

  test('searches all sections, from hit to hit', async () => {
    const input = raw().getByRole('searchbox');
    await input.fill('ListenOverflows');
    const status = raw().locator('.raw-search [role="status"]');
    await status.filter({ hasText: '2 hits' }).waitFor();
    expect(await raw().locator('.raw-list tbody tr').count()).toBe(2);
    await input.press('Enter');
    await status.filter({ hasText: /^1 of 2 hits/ }).waitFor();
    await raw().locator('mark', { hasText: 'ListenOverflows' }).waitFor();
    await input.press('Enter');
    await status.filter({ hasText: /^2 of 2 hits/ }).waitFor();
    for (const [name, theme] of themes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`panel-raw-${name}`);
    }
    await input.fill('');
    await entry('/proc/interrupts').waitFor();
  });

  test('opens a text in an editor that cannot be written to', async () => {
    await entry('/proc/net/snmp').click();
    await raw().locator('h3', { hasText: '/proc/net/snmp' }).waitFor();
    await raw().getByRole('button', { name: 'Open in editor' }).click();
    await workbench.page.getByRole('tab', { name: /snmp\.txt/ }).waitFor();
    await workbench.page.locator('.view-line').filter({ hasText: 'Ip: Forwarding' }).first().waitFor();
    await workbench.page.locator('.view-line').filter({ hasText: 'Ip: Forwarding' }).first().click();
    await workbench.page.keyboard.type('x');
    await workbench.page.getByText('This is what the host said').first().waitFor();
    // VS Code writes down what is open every few seconds.
    await workbench.page.waitForTimeout(8000);
    await workbench.page.reload();
    await workbench.page
      .locator('.view-line')
      .filter({ hasText: 'Ip: Forwarding' })
      .first()
      .waitFor({ timeout: 60_000 });
  });
});

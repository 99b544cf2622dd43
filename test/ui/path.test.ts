import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorkbench, type Theme, type Workbench } from './workbench.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
  await workbench.showNetwork();
  await workbench.openFile('captures/web-1.netsnap');
  await workbench.panelFrame().locator('#tab-path').click();
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(() => workbench?.close());

const themes: readonly [string, Theme][] = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
  ['high-contrast', 'Default High Contrast'],
];

describe('the path of a packet', () => {
  test('shows at first sight where packets are lost, with the number', async () => {
    const frame = workbench.panelFrame();
    const step = frame.locator('[data-key="step:I14"]');
    await step.waitFor();
    expect(await step.textContent()).toMatch(/Per-CPU backlog.*k?\/s lost/);
    await frame.locator('.path-verdict button', { hasText: 'I14' }).waitFor();
    // What loses most is open.
    await frame.locator('.path-details h3', { hasText: 'I14 Per-CPU backlog' }).waitFor();
  });

  test('is walked by arrow keys, and a step opens by Enter', async () => {
    const frame = workbench.panelFrame();
    await frame.locator('[data-key="step:I12"]').focus();
    await workbench.page.keyboard.press('ArrowUp');
    await workbench.page.keyboard.press('ArrowUp');
    await frame.locator('[data-key="step:I13"]:focus').waitFor();
    await workbench.page.keyboard.press('ArrowRight');
    await frame.locator('.path-out .path-zone-driver .path-step:focus').waitFor();
    await workbench.page.keyboard.press('End');
    await frame.locator('[data-key="step:E20"]:focus').waitFor();
    await workbench.page.keyboard.press('Enter');
    await frame.locator('.path-details h3:focus', { hasText: 'E20 TX clean' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await frame.locator('[data-key="step:E20"]:focus').waitFor();
    // One stop for the tabulator, however many steps.
    expect(await frame.locator('.path-picture [tabindex="0"]').count()).toBe(1);
  });

  test('leads from a counter to the tab that shows it, and from a finding to its step', async () => {
    const frame = workbench.panelFrame();
    await frame.locator('[data-key="step:I22"]').click();
    await frame.locator('.path-details .link', { hasText: 'Udp RcvbufErrors' }).first().click();
    await frame.locator('#view-counters .target', { hasText: 'Udp RcvbufErrors' }).waitFor();
    await frame.locator('#tab-overview').click();
    await frame.locator('#view-overview .finding[open] .link', { hasText: 'Show on the path' }).first().click();
    await frame.locator('.path-details h3', { hasText: 'I14' }).waitFor();
  });

  test('of the loopback leaves out the hardware and says why', async () => {
    const frame = workbench.panelFrame();
    await frame.locator('#view-path vscode-dropdown').click();
    await frame.locator('#view-path').getByRole('option', { name: 'lo', exact: true }).click();
    await frame.locator('#view-path h2', { hasText: 'by lo' }).waitFor();
    await frame.locator('[data-key="step:I3"].path-absent').click();
    await frame.locator('.path-details', { hasText: 'not on its way' }).waitFor();
    await workbench.screenshot('path-lo');
    await frame.locator('#view-path vscode-dropdown').click();
    await frame.locator('#view-path').getByRole('option', { name: 'eth0', exact: true }).click();
    await frame.locator('#view-path h2', { hasText: 'by eth0' }).waitFor();
  });

  test('is a table as well', async () => {
    const frame = workbench.panelFrame();
    await frame.getByRole('button', { name: 'Show as table' }).click();
    await frame.locator('.path-table tr.hot', { hasText: 'I14' }).waitFor();
    expect(await frame.locator('.path-table tbody tr:not(.group)').count()).toBe(45);
    await workbench.screenshot('path-table');
    await frame.getByRole('button', { name: 'Show as picture' }).click();
  });

  test.each(themes)('can be read in %s', async (name, theme) => {
    await workbench.setTheme(theme);
    const frame = workbench.panelFrame();
    await frame.locator('[data-key="step:I14"]').click();
    await workbench.screenshot(`panel-path-${name}`);
    await workbench.page.setViewportSize({ width: 1400, height: 1500 });
    await workbench.screenshot(`panel-path-${name}-tall`);
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkbench, type Workbench } from './workbench.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterAll(() => workbench?.close());

test('the palette finds Net: Snapshot Host', async () => {
  const { page, screenshot } = workbench;
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill('>snapshot host');
  await page.getByRole('option', { name: 'Net: Snapshot Host' }).waitFor();
  await screenshot('palette');
  await page.keyboard.press('Escape');
});

test('the Network container shows its three views', async () => {
  const { page, screenshot, showNetwork } = workbench;
  await showNetwork();
  for (const view of ['Hosts', 'Findings', 'Captures']) {
    await page.getByRole('button', { name: `${view} Section` }).waitFor();
  }
  expect(await page.locator('.sidebar .title-label').textContent()).toMatch(/^network/i);
  await screenshot('network-views');
});

test('themes change the workbench', async () => {
  for (const theme of ['Default Light Modern', 'Default High Contrast', 'Default Dark Modern'] as const) {
    await workbench.setTheme(theme);
  }
});

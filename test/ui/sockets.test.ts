import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeWait, type HeldSockets } from '../hosts/realSockets.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let workbench: Workbench;
let sockets: HeldSockets;
beforeAll(async () => {
  sockets = await closeWait(40);
  workbench = await openWorkbench();
  await workbench.showNetwork();
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(async () => {
  await workbench?.close();
  sockets?.close();
});

async function choose(name: string | RegExp): Promise<void> {
  await workbench.page.locator('.quick-input-widget').getByRole('option', { name }).first().click();
}

test('one TCP state is looked at from the palette, and shown on the TCP tab', async () => {
  // This machine is the only host: it is not asked for.
  await workbench.runCommand('Net: Look at One TCP State...');
  await choose('CLOSE_WAIT');
  const answer = workbench.panelFrame().locator('[data-key="answer.state"]');
  await answer.getByText('CLOSE_WAIT in depth').waitFor();
  await answer
    .locator('tr', { hasText: String(sockets.port) })
    .filter({ hasText: '40' })
    .first()
    .waitFor();
  await workbench.screenshot('tcp-state');
});

test('the tab asks for listeners', async () => {
  const frame = workbench.panelFrame();
  await frame.getByRole('button', { name: 'Listeners in depth' }).click();
  const answer = frame.locator('[data-key="answer.listeners"]');
  await answer.locator('tr', { hasText: `127.0.0.1:${sockets.port}` }).waitFor();
});

test('where packets arrive is asked only after it was said how', async () => {
  const frame = workbench.panelFrame();
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await frame.getByRole('button', { name: 'Where do packets arrive?' }).click();
  await dialog.getByText(/pidfd_getfd/).waitFor();
  await workbench.screenshot('arrivals-modal');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await frame.locator('[data-key="answer.arrivals"]').count()).toBe(0);
  await frame.getByRole('button', { name: 'Where do packets arrive?' }).click();
  await dialog.getByRole('button', { name: 'Look' }).click();
  const answer = frame.locator('[data-key="answer.arrivals"]');
  await answer
    .locator('tr', { hasText: `127.0.0.1:${sockets.port}` })
    .first()
    .waitFor();
  for (const theme of ['Default Dark Modern', 'Default Light Modern', 'Default High Contrast'] as const) {
    await workbench.setTheme(theme);
    await answer.scrollIntoViewIfNeeded();
    await workbench.screenshot(`arrivals-${theme.split(' ')[1]?.toLowerCase()}`);
  }
});

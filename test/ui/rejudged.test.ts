import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Fault, udpReceiverAsleep } from '../hosts/udpReceiverAsleep.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let fault: Fault | null = null;
let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ settings: { 'packetPath.snapshot.interval': 1 } });
  await workbench.showNetwork();
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(async () => {
  await workbench?.close();
  await fault?.stop();
});

function drops(): Locator {
  return workbench.tree('Findings').filter({ hasText: 'UDP sockets drop' });
}

/** Looks at the host again from its panel, and waits until what is shown is newer. */
async function again(): Promise<void> {
  const frame = workbench.panelFrame();
  const before = (await frame.locator('header .when').textContent()) ?? '';
  await frame.getByRole('button', { name: 'Snapshot again' }).click();
  await expect.poll(() => frame.locator('header .when').textContent(), { timeout: 30_000 }).not.toBe(before);
}

describe('a host whose panel is open', () => {
  test('has no such finding while it is well', async () => {
    const { runCommand, panelFrame } = workbench;
    // The only host: nobody is asked which.
    await runCommand('Net: Snapshot Host');
    await panelFrame().locator('#view-overview .tile').first().waitFor({ timeout: 30_000 });
    expect(await drops().count()).toBe(0);
    expect(await panelFrame().locator('.finding', { hasText: 'UDP sockets drop' }).count()).toBe(0);
  });

  test('that falls ill shows the finding: in the view, on its card, at its step', async () => {
    const frame = workbench.panelFrame();
    fault = await udpReceiverAsleep();
    await again();
    await drops().first().waitFor();
    await frame.locator('.finding', { hasText: 'UDP sockets drop' }).waitFor();
    await frame
      .locator('.tile', { hasText: 'UDP buffer drops' })
      .getByText(/Warning|Critical/)
      .waitFor();
    await frame.locator('#tab-path').click();
    await frame.locator('[data-key="step:I22"].path-losing').waitFor();
    await workbench.screenshot('path-fault-on-this-machine');
  });

  test('that gets well again loses it, and the page stays where it was', async () => {
    const frame = workbench.panelFrame();
    await fault?.stop();
    fault = null;
    await again();
    await expect.poll(() => drops().count(), { timeout: 10_000 }).toBe(0);
    await frame.locator('[data-key="step:I22"]:not(.path-losing)').waitFor();
    await frame.locator('#tab-overview').click();
    await frame.locator('.tile', { hasText: 'UDP buffer drops' }).getByText('OK').waitFor();
    expect(await frame.locator('.finding', { hasText: 'UDP sockets drop' }).count()).toBe(0);
  });
});

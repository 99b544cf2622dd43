import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorkbench, type Theme, type Workbench } from './workbench.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
  await workbench.showNetwork();
  await workbench.openFile('captures/web-1.netsnap');
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

/** The part of the page's body that is used; this file is compiled without the browser's types. */
interface BodyLike {
  readonly dataset: Record<string, string>;
  readonly ownerDocument: {
    addEventListener(type: string, listener: (event: { readonly violatedDirective: string }) => void): void;
  };
}

describe('a capture opened from disk', () => {
  test('shows what was found in it, without a host to snapshot', async () => {
    const frame = workbench.panelFrame();
    await frame
      .getByText(/Softnet drops .* on CPU 1/)
      .first()
      .waitFor();
    expect(await frame.getByRole('button', { name: 'Snapshot again' }).count()).toBe(0);
    await workbench.tree('Findings').filter({ hasText: 'Softnet drops' }).first().waitFor();
  });

  test('violates no content security policy', async () => {
    const frame = workbench.panelFrame();
    const page = frame.locator('body');
    await page.evaluate((element) => {
      const body = element as unknown as BodyLike;
      body.ownerDocument.addEventListener('securitypolicyviolation', (event) => {
        body.dataset['violations'] = `${body.dataset['violations'] ?? ''} ${event.violatedDirective}`;
      });
    });
    for (const tab of ['softnet', 'interrupts', 'nics', 'tcp', 'counters', 'settings', 'raw', 'overview']) {
      await frame.locator(`#tab-${tab}`).click();
      await frame.locator(`#view-${tab} :is(h2, h3)`).first().waitFor();
    }
    const violations = await page.evaluate((element) => (element as unknown as BodyLike).dataset['violations'] ?? '');
    expect(violations).toBe('');
  });

  test('finds a counter by what moves it, and says what the kernel does not count', async () => {
    const frame = workbench.panelFrame();
    await frame.locator('#tab-counters').click();
    const filter = frame.getByRole('searchbox', { name: 'Filter' });
    const rows = frame.locator('#view-counters .tall tbody tr:not(.group)');
    await filter.fill('accept queue full');
    await expect.poll(() => rows.count()).toBeLessThan(20);
    await rows.filter({ hasText: 'TcpExt ListenOverflows' }).waitFor();
    await filter.fill('TCPAOGood');
    await frame.getByText('This kernel does not count it: see below.').waitFor();
    await frame.locator('#view-counters .uncounted tr', { hasText: 'kernel does not count it' }).waitFor();
    await filter.fill('');
    await frame.getByRole('checkbox', { name: 'Only what moved' }).click();
    await frame
      .getByRole('status')
      .filter({ hasText: /^\d+ of \d+ figures/ })
      .waitFor();
    await workbench.screenshot('counters-only-what-moved');
    await frame.getByRole('checkbox', { name: 'Only what moved' }).click();
  });

  test('leads from a finding in the view to its evidence', async () => {
    await workbench.tree('Findings').filter({ hasText: 'Softnet drops' }).first().click();
    await workbench.panelFrame().locator('#view-softnet .target', { hasText: 'Softnet drops' }).waitFor();
  });

  test('leads there from another file as well, while the panel is hidden', async () => {
    await workbench.openFile('sysctl.conf');
    await workbench.tree('Findings').filter({ hasText: 'UDP sockets drop' }).first().click();
    await workbench.panelFrame().locator('#view-tcp .target', { hasText: 'UDP sockets drop' }).waitFor();
  });

  test.each(themes)('can be read in %s', async (name, theme) => {
    await workbench.setTheme(theme);
    const frame = workbench.panelFrame();
    for (const tab of ['overview', 'softnet', 'interrupts', 'nics', 'tcp', 'counters', 'settings']) {
      await frame.locator(`#tab-${tab}`).click();
      await frame.locator(`#view-${tab} :is(h2, h3)`).first().waitFor();
      await workbench.screenshot(`panel-${tab}-${name}`);
    }
    await frame.locator('#tab-softnet').click();
    await frame.locator('#view-softnet th[data-explain="softnet:dropped"]').first().hover();
    await frame.locator('.explanation', { hasText: 'enqueue_to_backlog' }).waitFor();
    await workbench.screenshot(`explanation-${name}`);
    await workbench.page.mouse.move(2, 2);
  });

  test('writes the fix into a file from the panel', async () => {
    const frame = workbench.panelFrame();
    await frame.locator('#tab-overview').click();
    await frame.getByRole('button', { name: 'Insert tuning' }).first().click();
    await workbench.page
      .locator('.quick-input-widget')
      .getByRole('option', { name: /sysctl\.conf/ })
      .first()
      .click();
    await workbench.page
      .locator('.view-line')
      .filter({ hasText: 'net.core.netdev_max_backlog = 2000' })
      .first()
      .waitFor();
    await workbench.screenshot('insert-tuning');
  });
});

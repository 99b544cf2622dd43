import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../scripts/chromium.mts';
import { root } from '../../scripts/paths.mts';
import { observe } from '../../src/capture/observation.ts';
import { explanationView } from '../../src/ui/panel/explanationView.ts';
import { type FromPanel, tabIds } from '../../webview/protocol.ts';
import { openPanel } from './panelPage.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

function captureText(name: string): string {
  const bytes = readFileSync(join(root, 'test/fixtures/captures', name));
  return name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
}

/** What of the page is used here; this file is compiled without the browser's types. */
interface ElementLike {
  readonly textContent: string;
  value: string;
  click(): void;
  getAttribute(name: string): string | null;
  querySelector(selector: string): ElementLike | null;
  querySelectorAll(selector: string): Iterable<ElementLike>;
  closest(selector: string): ElementLike | null;
  dispatchEvent(event: Event): boolean;
}

interface Named {
  readonly text: string;
  readonly table: string;
  /** Null: nothing explains it. */
  readonly id: string | null;
}

/** Every heading, row, fact, tile, step and knob that a tab can show, with the id of its explanation. Runs in the page. */
function namesIn(element: unknown): Named[] {
  const view = element as ElementLike;
  const found: Named[] = [];
  const named = ':is(thead th, tbody th[scope="row"], dt, .tile, .path-step, .path-figure, figcaption h3)';
  const all = (selector: string): ElementLike[] => [...view.querySelectorAll(selector)];
  const collect = (): void => {
    for (const each of all(named)) {
      const inside = each.querySelector('[data-explain]');
      const table = each.closest('[role="region"]')?.getAttribute('aria-label') ?? '';
      const id = each.getAttribute('data-explain') ?? inside?.getAttribute('data-explain') ?? null;
      found.push({ text: each.textContent.trim(), table, id });
    }
  };
  const choose = (selector: string, value: string): void => {
    for (const list of all(selector)) {
      list.value = value;
      list.dispatchEvent(new Event('change', { bubbles: true }));
    }
  };
  collect();
  // Charts as tables, folds, what is hidden at first; each step of the path, each interface.
  for (const button of all('figure button.quiet, vscode-checkbox, details:not([open]) > summary')) button.click();
  choose('.settings-controls vscode-dropdown', 'all');
  collect();
  for (const step of all('.path-step')) {
    step.click();
    collect();
  }
  for (const button of all('[data-key="path:table"]')) button.click();
  collect();
  for (const option of all('.nic-picker vscode-option')) {
    choose('.nic-picker vscode-dropdown', option.getAttribute('value') ?? '');
    choose('.nic vscode-dropdown', 'all');
    collect();
  }
  return found;
}

describe.each(['vm-8cpu.netsnap', 'four-drivers.netsnap.gz', 'busybox.netsnap.gz', 'namespace-nobody.netsnap.gz'])(
  'on %s',
  (name) => {
    const text = captureText(name);
    const observation = observe(text);
    let page: Page;
    beforeAll(async () => {
      page = await openPanel(browser, text, name);
    });
    afterAll(() => page?.close());

    test.each(tabIds)('everything named on the tab %s is explained', async (tab) => {
      await page.locator(`#tab-${tab}`).click();
      await page.locator(`#view-${tab} :is(h2, h3, thead)`).first().waitFor();
      const names = await page.locator(`#view-${tab}`).evaluate(namesIn);
      expect(names.length).toBeGreaterThan(3);
      const ids = [...new Set(names.flatMap(({ id }) => id ?? []))];
      const known = new Set(ids.filter((id) => explanationView(observation, id) !== null));
      const missing = names.filter(({ id }) => id === null || !known.has(id));
      expect([...new Set(missing.map((one) => `${one.table}: ${one.text} (${one.id})`))]).toEqual([]);
    });
  },
);

describe('an explanation', () => {
  const text = readFileSync(join(root, 'media/sample.netsnap'), 'utf8');
  let page: Page;
  beforeAll(async () => {
    page = await openPanel(browser, text, 'web-1');
  });
  afterAll(() => page?.close());
  const box = () => page.locator('.explanation:visible');

  test('comes to what is pointed at, and goes with the pointer', async () => {
    await page.locator('#tab-softnet').click();
    const heading = page.locator('#view-softnet thead th[data-explain="softnet:dropped"]').first();
    await heading.hover();
    await box().getByText('enqueue_to_backlog').waitFor();
    expect(await box().getAttribute('role')).toBe('tooltip');
    // Into it, to follow a link there: it stays.
    await box().hover();
    await page.waitForTimeout(400);
    expect(await box().count()).toBe(1);
    await page.mouse.move(2, 2);
    await box().waitFor({ state: 'hidden' });
  });

  test('is opened and left by keyboard alone, name by name', async () => {
    await page.locator('#tab-tcp').click();
    const names = page.locator('#view-tcp .pair-wide > .table-scroll .explained');
    expect(await page.locator('#view-tcp .pair-wide > .table-scroll .explained[tabindex="0"]').count()).toBe(1);
    await names.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const second = (await names.nth(1).textContent()) ?? '';
    await page.getByRole('dialog', { name: `${second}, explained` }).waitFor();
    expect(await box().locator('h2:focus').count()).toBe(1);
    await page.keyboard.press('Escape');
    await box().waitFor({ state: 'hidden' });
    expect(await names.nth(1).evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    // A row of the map of interrupts, which is drawn, by the cell that the keyboard is at.
    await page.locator('#tab-interrupts').click();
    await page.locator('#view-interrupts .heatmap').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('/proc/interrupts').first().waitFor();
    await page.keyboard.press('Escape');
    await box().waitFor({ state: 'hidden' });
    await page.locator('#tab-tcp').click();
    // A heading sorts by Enter: it is explained by the question mark.
    await page.locator('#view-tcp thead button:visible').first().focus();
    await page.keyboard.press('?');
    await box().waitFor();
    await page.keyboard.press('Escape');
    await box().waitFor({ state: 'hidden' });
  });

  test('leads to what a rule found, and to the rule that found nothing', async () => {
    await page.locator('#tab-settings').click();
    await page.locator('[data-explain="sysctl:net.core.netdev_max_backlog"]').first().click();
    await box().getByRole('button', { name: 'R01 Softnet backlog drops' }).click();
    await page.locator('#view-overview .finding.target[open]', { hasText: 'Softnet drops' }).waitFor();
    await page.locator('#tab-nics').click();
    await page.locator('#view-nics [data-explain="nicfact:MTU"]').click();
    await box().getByRole('button', { name: /R50/ }).click();
    await page.locator('#view-overview [data-key="rule:R50"].target').waitFor();
  });
});

describe('a change of a finding', () => {
  const messages: FromPanel[] = [];
  let page: Page;
  beforeAll(async () => {
    const text = readFileSync(join(root, 'media/sample.netsnap'), 'utf8');
    page = await openPanel(browser, text, 'web-1', (message) => void messages.push(message));
  });
  afterAll(() => page?.close());

  test('is copied as it stands there, in the form that was chosen', async () => {
    const change = page.locator('.finding[open] .change').first();
    const copied = (): string[] => messages.flatMap((message) => (message.type === 'copy' ? [message.text] : []));
    await change.getByRole('button', { name: 'Copy' }).first().click();
    await expect.poll(() => copied().at(-1)).toContain('net.core.netdev_max_backlog = 2000');
    await change.getByText('Copied').waitFor();
    await change.locator('vscode-dropdown').click();
    await change.getByRole('option', { name: 'Ansible playbook' }).click();
    await change.getByText('ansible.builtin', { exact: false }).first().waitFor();
    await change.getByRole('button', { name: 'Copy' }).first().click();
    await expect.poll(() => copied().at(-1)).toContain('net.core.netdev_max_backlog = 2000');
    expect(copied().at(-1)).toMatch(/^---\n/);
    // What undoes it is there before anything was written.
    await change.getByText("sysctl -w net.core.netdev_max_backlog='16'").waitFor();
  });

  test('is shown only for the step that was chosen', async () => {
    const list = page.locator('#view-overview .finding-filters vscode-dropdown');
    await list.click();
    await list.getByRole('option', { name: /^I20/ }).click();
    await page.getByRole('status').filter({ hasText: '1 of 4 findings' }).waitFor();
    expect(await page.locator('#view-overview .finding').count()).toBe(1);
    // Asked for by name from another tab, one that is not shown comes back.
    await page.locator('#tab-softnet').click();
    await page.locator('#view-softnet .strip button').first().click();
    await page.locator('#view-overview .finding.target[open]', { hasText: 'Softnet drops' }).waitFor();
  });
});

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import { openWorkbench, type Theme, type Workbench } from './workbench.ts';

/** Before all that this machine may have: rows that are out of sight are not there. */
const namespace = `a-packet-path-ui-${process.pid}`;
const isRoot = process.getuid?.() === 0;

/** The machine may be busy. */
const patiently = { timeout: 15_000 };

let sshd: Sshd;
/** Has no way to agree on keys that ssh2 knows. */
let modern: Sshd;
let workbench: Workbench;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'packet-path-home-'));
  if (isRoot) execFileSync('ip', ['netns', 'add', namespace]);
  sshd = await startSshd();
  modern = await startSshd({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] });
  mkdirSync(join(home, '.ssh', 'conf.d'), { recursive: true, mode: 0o700 });
  const config = readFileSync(sshd.configFile, 'utf8');
  const known = config.replace('Host sshd-test', 'Host web-1 web-2 db-1');
  // Its key is on no record; nothing listens where the other one is.
  const shy = config.replace('sshd-test', 'shy').replace(/UserKnownHostsFile .*/, 'UserKnownHostsFile none');
  const vault = readFileSync(modern.configFile, 'utf8').replace('sshd-test', 'vault');
  const gate = 'Host gate\n  HostName 127.0.0.1\n  Port 1\n';
  writeFileSync(join(home, '.ssh', 'config'), ['Include conf.d/*', known, shy, vault, gate].join('\n'));
  workbench = await openWorkbench({
    env: { HOME: home },
    settings: {
      'packetPath.snapshot.interval': 1,
      'packetPath.hosts': [
        'web-2',
        'vault',
        'shy',
        { host: 'gate', client: 'system' },
        { name: 'box', command: ['env', 'PACKET_PATH=1'] },
        { name: 'no command', command: 'docker exec' },
      ],
    },
  });
  await workbench.showNetwork();
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(async () => {
  await workbench?.close();
  await sshd?.stop();
  await modern?.stop();
  if (isRoot) execFileSync('ip', ['netns', 'del', namespace]);
  rmSync(home, { recursive: true, force: true });
});

function row(text: string | RegExp): Locator {
  return workbench.tree('Hosts').filter({ hasText: text }).first();
}

/** What one of a row's buttons does. */
async function act(text: string | RegExp, button: string): Promise<void> {
  await row(text).hover();
  await row(text).getByRole('button', { name: button }).first().click();
}

async function open(text: string | RegExp): Promise<void> {
  if ((await row(text).getAttribute('aria-expanded')) === 'false')
    await row(text).locator('.monaco-tl-twistie').click();
}

function isOpen(text: string | RegExp): Locator {
  return row(text).and(workbench.page.locator('[aria-expanded=true]'));
}

function ownSettings(): unknown {
  return JSON.parse(readFileSync(join(workbench.dataDir, 'data', 'Machine', 'settings.json'), 'utf8'))[
    'packetPath.hosts'
  ];
}

describe('the Hosts view', () => {
  test('shows the hosts of the settings, and what is wrong with an entry that is none', async () => {
    for (const name of ['This machine', 'web-2', 'shy', 'gate', 'box']) await row(name).waitFor();
    await row(/no command.*not a list of texts/).waitFor();
    expect(await row('gate').getAttribute('aria-label')).toContain('system ssh');
  });

  test('shows the other hosts of ~/.ssh/config in a group, which follows its edits', async () => {
    await row(/\.ssh\/config\s*2 more hosts/).waitFor();
    await open('.ssh/config');
    await row('db-1').waitFor();
    appendFileSync(join(home, '.ssh', 'config'), '\nHost cache-1\n');
    await row('cache-1').waitFor();
    // A file that no one has read yet.
    writeFileSync(join(home, '.ssh', 'conf.d', 'work'), 'Host build-1\n');
    await row('build-1').waitFor();
    rmSync(join(home, '.ssh', 'conf.d', 'work'));
    await row('build-1').waitFor({ state: 'detached' });
  });

  test('takes a snapshot of a host of ~/.ssh/config as it is', async () => {
    await act('web-1', 'Snapshot Host');
    await workbench.page.getByRole('tab', { name: 'web-1: Network' }).waitFor();
    await row('CPUs').waitFor();
    expect(sshd.log()).toContain('Accepted publickey');
    expect(JSON.stringify(ownSettings())).not.toContain('web-1');
  });

  test('brings its panel back after the window is reloaded', async () => {
    // A page that has not been drawn yet has nothing to come back with.
    await workbench.panelFrame().locator('#tab-tcp').click();
    await workbench.panelFrame().locator('#view-tcp').getByText('LISTEN').first().waitFor();
    await workbench.runCommand('Developer: Reload Window');
    await workbench.page.getByRole('tab', { name: 'web-1: Network' }).waitFor({ timeout: 60_000 });
    await workbench.panelFrame().locator('#view-tcp').getByText('LISTEN').first().waitFor({ timeout: 60_000 });
    await workbench.showNetwork();
    await open('.ssh/config');
  });

  test('adds it to the settings on demand', async () => {
    await act('db-1', 'Add to Hosts');
    await expect.poll(ownSettings, patiently).toContain('db-1');
    await expect.poll(() => row('.ssh/config').textContent(), patiently).toContain('2 more hosts');
  });

  test('are what the palette offers, with how each is reached, those not added after the others', async () => {
    const { page } = workbench;
    const choices = page.locator('.quick-input-widget').getByRole('option');
    await workbench.runCommand('Net: Snapshot Host');
    await choices.filter({ hasText: /^web-1\s*SSH/ }).waitFor();
    const offered = (await choices.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim()).join('\n');
    expect(offered).toMatch(/gate ?system ssh.*box ?env.*cache-1 ?SSH.*Add Host/s);
    await workbench.screenshot('hosts-pick');
    await page.keyboard.press('Escape');
    await workbench.runCommand("Net: Use the System's ssh");
    await choices.filter({ hasText: /^web-1\s*SSH/ }).waitFor();
    expect(await choices.filter({ hasText: /^(This machine|box)/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  test('takes a snapshot through a command', async () => {
    await act('box', 'Snapshot Host');
    await workbench.page.getByRole('tab', { name: 'box: Network' }).waitFor();
    await isOpen('box').waitFor();
  });

  test('changes the SSH client of a host from its menu', async () => {
    const entry = workbench.page.getByRole('menuitem', { name: "Use the System's ssh" });
    // Rows that move under the mouse are no reason to give up.
    const asked = async (): Promise<boolean> => {
      await workbench.page.keyboard.press('Escape');
      await row('db-1').click({ button: 'right' });
      return entry.isVisible();
    };
    await expect.poll(asked, { ...patiently, interval: 500 }).toBe(true);
    await entry.click();
    await expect.poll(ownSettings, patiently).toContainEqual({ host: 'db-1', client: 'system' });
    await row(/db-1\s*system ssh/).waitFor();
  });

  test('offers the system’s ssh by name for what ssh2 cannot do, and the host is reached by it then', async () => {
    await act('vault', 'Snapshot Host');
    const error = workbench.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: 'vault' });
    await error.getByText('no algorithm in common').waitFor();
    await workbench.screenshot('offer-system-ssh');
    await error.getByRole('button', { name: 'Use System ssh' }).click();
    await workbench.page.getByRole('tab', { name: 'vault: Network' }).waitFor();
    await expect.poll(ownSettings, patiently).toContainEqual({ host: 'vault', client: 'system' });
    expect(modern.log()).toContain('Accepted publickey');
  });

  test.runIf(isRoot)('lists the network namespaces of a host and looks at one', async () => {
    await act(/^This machine/, 'Snapshot Host');
    await workbench.page.getByRole('tab', { name: 'This machine: Network' }).waitFor();
    const namespaces = workbench.page.getByRole('treeitem', { name: 'Network namespaces of This machine' });
    await namespaces.click();
    await row(namespace).waitFor();
    await act(namespace, 'Snapshot Host');
    await workbench.page.getByRole('tab', { name: new RegExp(`${namespace}: Network`) }).waitFor();
    await isOpen(namespace).waitFor();
  });

  test('marks hosts that need the user, who answers from their row', async () => {
    const { page } = workbench;
    await workbench.runCommand('Net: Snapshot All Hosts');
    await page.locator('.quick-input-widget').getByRole('option', { name: /shy/ }).first().waitFor({ timeout: 60_000 });
    await page.keyboard.press('Escape');
    // Rows that are out of sight are not there.
    await page.getByRole('button', { name: 'Hosts Section' }).hover();
    await page.getByRole('button', { name: 'Collapse All' }).first().click();
    await row(/shy.*needs you: .*not on record/).waitFor();
    await row(/gate.*refused/).waitFor();
    await workbench.screenshot('hosts-needs-you');
    await act('shy', 'Connect and Answer');
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Trust and Connect' }).click();
    await page.getByRole('tab', { name: 'shy: Network' }).waitFor();
  });

  const themes: readonly [string, Theme][] = [
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
    ['high-contrast', 'Default High Contrast'],
  ];
  test.each(themes)('can be read in %s', async (name, theme) => {
    await workbench.setTheme(theme);
    await workbench.screenshot(`hosts-${name}`);
  });
});

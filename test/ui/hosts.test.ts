import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import { openWorkbench, type Theme, type Workbench } from './workbench.ts';

const namespace = `pp-ui-${process.pid}`;
const isRoot = process.getuid?.() === 0;

let sshd: Sshd;
let workbench: Workbench;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'packet-path-home-'));
  if (isRoot) execFileSync('ip', ['netns', 'add', namespace]);
  sshd = await startSshd();
  mkdirSync(join(home, '.ssh', 'conf.d'), { recursive: true, mode: 0o700 });
  const config = readFileSync(sshd.configFile, 'utf8').replace('Host sshd-test', 'Host web-1 web-2 db-1');
  writeFileSync(join(home, '.ssh', 'config'), `Include conf.d/*\n${config}`);
  workbench = await openWorkbench({
    env: { HOME: home },
    settings: {
      'packetPath.snapshot.interval': 1,
      'packetPath.hosts': [
        'web-2',
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

function ownSettings(): unknown {
  return JSON.parse(readFileSync(join(workbench.dataDir, 'data', 'Machine', 'settings.json'), 'utf8'))[
    'packetPath.hosts'
  ];
}

describe('the Hosts view', () => {
  test('shows the hosts of the settings, and what is wrong with an entry that is none', async () => {
    for (const name of ['This machine', 'web-2', 'gate', 'box']) await row(name).waitFor();
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
    await workbench.runCommand('Developer: Reload Window');
    await workbench.page.getByRole('tab', { name: 'web-1: Network' }).waitFor({ timeout: 60_000 });
    await workbench.panelFrame().locator('#tab-overview').waitFor({ timeout: 60_000 });
    await workbench.showNetwork();
    await open('.ssh/config');
  });

  test('adds it to the settings on demand', async () => {
    await act('db-1', 'Add to Hosts');
    await expect.poll(ownSettings).toContain('db-1');
    await expect.poll(() => row('.ssh/config').textContent()).toContain('2 more hosts');
  });

  test('takes a snapshot through a command', async () => {
    await act('box', 'Snapshot Host');
    await workbench.page.getByRole('tab', { name: 'box: Network' }).waitFor();
  });

  test('changes the SSH client of a host from its menu', async () => {
    await row('db-1').click({ button: 'right' });
    await workbench.page.getByRole('menuitem', { name: "Use the System's ssh" }).click();
    await expect.poll(ownSettings).toContainEqual({ host: 'db-1', client: 'system' });
    await row(/db-1\s*system ssh/).waitFor();
  });

  test.runIf(isRoot)('lists the network namespaces of a host and looks at one', async () => {
    await act(/^This machine/, 'Snapshot Host');
    await workbench.page.getByRole('tab', { name: 'This machine: Network' }).waitFor();
    const namespaces = workbench.page.getByRole('treeitem', { name: 'Network namespaces of This machine' });
    await namespaces.click();
    await row(namespace).waitFor();
    await act(namespace, 'Snapshot Host');
    await workbench.page.getByRole('tab', { name: new RegExp(`${namespace}: Network`) }).waitFor();
    await row(namespace).and(workbench.page.locator('[aria-expanded=true]')).waitFor();
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

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fingerprintOf, makeKey, type Sshd, startSshd } from '../hosts/sshd.ts';
import { type Fault, udpReceiverAsleep } from '../hosts/udpReceiverAsleep.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** Twice what this machine has, at least 4 MiB: what R44 asks for. */
const wanted = Math.max(2 * Number(readFileSync('/proc/sys/net/core/rmem_max', 'utf8')), 4_194_304);

let sshd: Sshd;
let fault: Fault;
let workbench: Workbench;

beforeAll(async () => {
  sshd = await startSshd({ hostKeyTypes: ['ed25519'] });
  fault = await udpReceiverAsleep();
  workbench = await openWorkbench({ settings: { 'packetPath.hosts': ['web-1', 'web-old'] } });
  mkdirSync(join(workbench.home, '.ssh'), { recursive: true, mode: 0o700 });
  const config = readFileSync(sshd.configFile, 'utf8');
  // A host whose key nobody knows yet, and one that has another key than known_hosts says.
  const unknown = config.replace('sshd-test', 'web-1').replace(/UserKnownHostsFile .*/, 'UserKnownHostsFile none');
  const otherKey = makeKey(join(sshd.dir, 'other_host_key'), 'ed25519');
  const stale = join(sshd.dir, 'stale_known_hosts');
  const [type, blob] = readFileSync(`${otherKey}.pub`, 'utf8').split(' ');
  writeFileSync(stale, `[127.0.0.1]:${sshd.port} ${type} ${blob}\n`);
  const changed = config
    .replace('sshd-test', 'web-old')
    .replace(/UserKnownHostsFile .*/, `UserKnownHostsFile ${stale}`);
  writeFileSync(join(workbench.home, '.ssh', 'config'), `${unknown}\n${changed}\n`);
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(async () => {
  await workbench?.close();
  await fault?.stop();
  await sshd?.stop();
});

function dialog(): Locator {
  return workbench.page.locator('.monaco-dialog-box');
}

function notification(text: string | RegExp): Locator {
  return workbench.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
}

async function snapshotOf(host: string): Promise<void> {
  const { page, runCommand } = workbench;
  const choice = page.locator('.quick-input-widget').getByRole('option', { name: host }).first();
  // A notification that goes takes the focus, and with it the list: then it is asked for again, as a person would.
  for (let tries = 1; ; tries++) {
    await runCommand('Net: Snapshot Host');
    try {
      await choice.click({ timeout: 5000 });
      return;
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

/** The part of a canvas that is looked at; this file is compiled without the browser's types. */
interface CanvasLike {
  readonly width: number;
  readonly height: number;
  getContext(
    kind: '2d',
  ): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } | null;
}

/** How many different colours a canvas shows; 1 is an empty one. */
async function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height, getContext } = element as unknown as CanvasLike;
    const { data } = getContext.call(element as unknown as CanvasLike, '2d')?.getImageData(0, 0, width, height) ?? {
      data: new Uint8ClampedArray(),
    };
    return new Set(new Uint32Array(data.buffer)).size;
  });
}

describe('a host over SSH', () => {
  test('whose key is unknown is asked about by its fingerprint, and refusing connects nothing', async () => {
    await workbench.showNetwork();
    await snapshotOf('web-1');
    await dialog().waitFor();
    expect(await dialog().textContent()).toContain(sshd.hostKeyFingerprints['ssh-ed25519']);
    await workbench.screenshot('host-key-unknown');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await notification(/was not trusted/).waitFor();
    expect(sshd.log()).not.toContain('Accepted');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  test('is looked at once the key is trusted', async () => {
    await snapshotOf('web-1');
    await dialog().getByRole('button', { name: 'Trust and Connect' }).click();
    const frame = workbench.panelFrame();
    await frame
      .getByText(/UDP sockets drop/)
      .first()
      .waitFor();
    expect(sshd.log()).toContain('Accepted publickey');
    await workbench.screenshot('overview-after-snapshot');
  });

  test('shows its NICs, CPUs and TCP in the tree, and its findings worst first', async () => {
    const rows = workbench.tree('Hosts');
    await rows.filter({ hasText: 'lo' }).first().waitFor();
    for (const row of ['CPUs', 'TCP']) await rows.filter({ hasText: row }).first().waitFor();
    await workbench.tree('Findings').filter({ hasText: 'UDP sockets drop' }).first().waitFor();
    await workbench.page.getByRole('button', { name: 'Captures Section' }).click();
    await workbench.tree('Captures').filter({ hasText: 'web-1' }).first().waitFor();
  });

  test.each([
    ['softnet', 'canvas'],
    ['interrupts', 'canvas'],
    ['tcp', 'canvas'],
  ])('draws the %s charts', async (tab) => {
    const frame = workbench.panelFrame();
    await frame.locator(`#tab-${tab}`).click();
    const canvas = frame.locator(`#view-${tab} canvas:not(.swatch)`).first();
    await canvas.waitFor();
    await expect.poll(() => coloursOf(canvas), { timeout: 10_000 }).toBeGreaterThan(2);
  });

  test('comes back after the window is reloaded, with the tab that was shown', async () => {
    // The page that goes still shows the tab; what is asked of it now would go with it.
    const loaded = workbench.page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await loaded;
    const frame = workbench.panelFrame();
    await frame.locator('#view-tcp').getByText('LISTEN').first().waitFor({ timeout: 60_000 });
  });

  test('is looked at again without a question', async () => {
    await snapshotOf('web-1');
    await expect.poll(() => sshd.log().split('Accepted publickey').length - 1, { timeout: 20_000 }).toBe(2);
  });

  test('is given up by Cancel, and nothing of ours runs on', async () => {
    workbench.setSettings({ 'packetPath.snapshot.interval': 59 });
    const running = (): string =>
      execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => /^sh -s -- 59 |^sleep 59$/.test(line))
        .join('\n');
    await expect
      .poll(
        async () => {
          await snapshotOf('web-1');
          await new Promise((resolve) => setTimeout(resolve, 2000));
          return running();
        },
        { timeout: 60_000 },
      )
      .not.toBe('');
    const toast = notification('Snapshot of web-1');
    await toast.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(running, { timeout: 10_000 }).toBe('');
    await toast.waitFor({ state: 'detached' });
    workbench.setSettings({ 'packetPath.snapshot.interval': 2 });
  });

  test('whose key has changed is refused, and accepting it is not offered', async () => {
    const before = sshd.log().split('Accepted').length;
    await snapshotOf('web-old');
    const toast = notification(/SHA256/);
    await toast.waitFor();
    const text = await toast.textContent();
    expect(text).toContain(sshd.hostKeyFingerprints['ssh-ed25519']);
    expect(text).toContain(fingerprintOf(join(sshd.dir, 'other_host_key.pub')));
    expect(text).toContain('stale_known_hosts');
    expect(await dialog().count()).toBe(0);
    expect(await toast.getByRole('button', { name: /trust|accept/i }).count()).toBe(0);
    expect(sshd.log().split('Accepted').length).toBe(before);
    await workbench.screenshot('host-key-changed');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });
});

describe('a quick-fix', () => {
  test('is offered by the light bulb, written with its reason, and undone with one Ctrl+Z', async () => {
    const { page, openFile } = workbench;
    await openFile('sysctl.conf');
    const line = page.locator('.view-line').filter({ hasText: 'net.core.rmem_max' }).first();
    await line.click();
    await page.keyboard.press('Control+.');
    const menu = page.locator('.action-widget');
    await menu.getByText(`Set net.core.rmem_max to ${wanted}`).first().waitFor();
    await workbench.screenshot('quick-fix');
    await menu.getByText(`Set net.core.rmem_max to ${wanted}`).first().click();
    await page.locator('.view-line').filter({ hasText: '# Packet Path' }).first().waitFor();
    await page
      .locator('.view-line')
      .filter({ hasText: `net.core.rmem_max = ${wanted}` })
      .waitFor();
    await workbench.screenshot('quick-fix-applied');
    await page.keyboard.press('Control+Z');
    await page.locator('.view-line').filter({ hasText: 'net.core.rmem_max = 212992' }).waitFor();
    expect(await page.locator('.view-line').filter({ hasText: '# Packet Path' }).count()).toBe(0);
  });
});

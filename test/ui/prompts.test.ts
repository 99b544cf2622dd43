import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRoot, type PamHost, startPamHost } from '../hosts/pamHost.ts';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const skipped = isRoot ? '' : ' (skipped: accounts of its own take root)';

describe.skipIf(!isRoot)(`a host that asks for a password${skipped}`, () => {
  let pam: PamHost;
  let behind: Sshd;
  let workbench: Workbench;

  beforeAll(async () => {
    const asks = ['PasswordAuthentication yes', 'PubkeyAuthentication no'];
    pam = await startPamHost([
      { name: 'pat', config: asks },
      {
        name: 'otto',
        code: true,
        config: ['AuthenticationMethods keyboard-interactive', 'KbdInteractiveAuthentication yes'],
      },
    ]);
    behind = await startSshd();
    workbench = await openWorkbench({
      settings: { 'packetPath.hosts': ['mail', 'vault', 'inside'], 'packetPath.snapshot.interval': 1 },
    });
    // ssh_config goes by the first value it finds.
    const alias = (name: string, sshd: Sshd, own: string): string =>
      readFileSync(sshd.configFile, 'utf8').replace('Host sshd-test', `Host ${name}\n  ${own}`);
    mkdirSync(join(workbench.home, '.ssh'), { recursive: true, mode: 0o700 });
    const config = [
      alias('mail', pam, 'User pat'),
      alias('vault', pam, 'User otto'),
      alias('inside', behind, 'ProxyJump mail'),
    ].join('\n');
    writeFileSync(join(workbench.home, '.ssh', 'config'), config);
    await workbench.showNetwork();
    // All that could be said is to be looked through.
    await choose('Developer: Set Log Level', 'Packet Path');
    await row('Trace').click();
  });
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
  });
  afterAll(async () => {
    await workbench?.close();
    await pam?.stop();
    await behind?.stop();
  });

  const box = (): Locator => workbench.page.locator('.quick-input-widget');
  const logins = (): number => pam.log().split(/Accepted (?:password|keyboard)/).length - 1;

  const row = (text: string): Locator => box().locator('.monaco-list-row').filter({ hasText: text }).first();

  /** Until it works: a panel that opens just then takes the focus, and with it a list. */
  async function insist(attempt: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (tries === 3) throw error;
      }
    }
  }

  async function choose(command: string, entry: string): Promise<void> {
    await insist(async () => {
      await workbench.runCommand(command);
      await row(entry).click({ timeout: 5000 });
    });
  }

  const snapshotOf = (host: string): Promise<void> => choose('Net: Snapshot Host', host);
  const disconnect = (entry: string): Promise<void> => choose('Net: Disconnect Host', entry);

  async function question(title: string | RegExp): Promise<void> {
    await box().locator('.quick-input-title').filter({ hasText: title }).waitFor();
  }

  async function type(text: string): Promise<void> {
    await box().locator('input').first().fill(text);
    await workbench.page.keyboard.press('Enter');
  }

  async function opened(host: string): Promise<void> {
    await workbench.page.getByRole('tab', { name: `${host}: Network` }).waitFor();
  }

  test('says whose it is, shows nothing of it, and keeps it only when told', async () => {
    await snapshotOf('mail');
    await question(`Password for pat@127.0.0.1:${pam.port} (mail)`);
    expect(await box().locator('input').first().getAttribute('type')).toBe('password');
    await box().getByText('What you type is not stored.').waitFor();
    await type('not this one');
    await question('(try 2)');
    await box().getByText('The last one was refused.').waitFor();
    await box().getByRole('button', { name: 'Remember' }).click();
    await box().getByText('kept in VS Code’s secret storage').waitFor();
    await box().locator('input').first().fill(pam.password);
    await workbench.screenshot('password-remember');
    await workbench.page.keyboard.press('Enter');
    await opened('mail');
    expect(logins()).toBe(1);
  });

  test('is not asked again where it was remembered', async () => {
    await disconnect('mail');
    await snapshotOf('mail');
    await expect.poll(logins, { timeout: 20_000 }).toBe(2);
    expect(await box().isVisible()).toBe(false);
  });

  test('for a password and a one-time code is asked for both; the code shows, and is never remembered', async () => {
    await snapshotOf('vault');
    await question(`Password for otto@127.0.0.1:${pam.port} (vault)`);
    await box().getByRole('button', { name: 'Remember' }).click();
    await type(pam.password);
    await question(`Answer for otto@127.0.0.1:${pam.port} (vault)`);
    await box().getByText('The host asks: Verification code:').waitFor();
    expect(await box().getByRole('button', { name: 'Remember' }).count()).toBe(0);
    expect(await box().locator('input').first().getAttribute('type')).toBe('text');
    await workbench.screenshot('one-time-code');
    await type(pam.code());
    await opened('vault');
  });

  test('wrote nothing of it into settings, storage, logs and captures', async () => {
    const files = [workbench.dataDir, workbench.home, workbench.workspace].flatMap(filesBelow);
    expect(files.filter((file) => file.endsWith('.netsnap.gz')).length).toBeGreaterThan(1);
    const log = files
      .filter((file) => file.endsWith('Packet Path.log'))
      .map((file) => readFileSync(file, 'utf8'))
      .join();
    expect(log).toMatch(/\[debug\] mail: connecting to pat@127\.0\.0\.1/);
    expect(log).toMatch(/\[info\] mail: you are asked for the password .*, try 2: answered, to be remembered, after/);
    expect(log).toMatch(/\[info\] mail: command 1: sh -s -- 1 /);
    expect(log).toMatch(/\[info\] mail: command 1 ended after [\d.]+ s: exit status 0/);
    expect(log).toMatch(/\[info\] mail: snapshot: \d+ bytes sent, \d+ received/);
    const holding = files.filter((file) => {
      const bytes = readFileSync(file);
      return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes(pam.password);
    });
    expect(holding).toEqual([]);
  });

  test('as a jump host says what is behind it, and Escape ends the attempt without a complaint', async () => {
    await insist(async () => {
      await workbench.runCommand('Net: Forget Remembered Secrets');
      await row(`Password of pat@127.0.0.1:${pam.port} (mail)`).waitFor({ timeout: 5000 });
    });
    await workbench.screenshot('forget-secrets');
    for (const row of await box().locator('.monaco-list-row').all()) await row.click();
    await box().getByRole('button', { name: 'OK' }).click();
    await disconnect('All hosts');
    await snapshotOf('inside');
    await question(`Password for pat@127.0.0.1:${pam.port} (mail), jump host on the way to inside`);
    await workbench.screenshot('password-jump');
    await workbench.page.keyboard.press('Escape');
    await box().waitFor({ state: 'hidden' });
    await workbench.page.locator('.notifications-toasts').getByText('Snapshot of inside').waitFor({ state: 'hidden' });
    expect(await workbench.page.locator('.notifications-toasts .codicon-error').count()).toBe(0);
  });
});

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

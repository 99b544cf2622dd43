import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorkbench, type Workbench } from './workbench.ts';

let workbench: Workbench;

const rules = `# Rings and queues of web-1, as somebody wrote them.
SUBSYSTEM!="net", GOTO="net_end"
ACTION=="add|change", KERNEL=="enp1s0", RUN+="ethtool -G %k rx 8192"
ACTION=="add", NAME=="eth1", RUN+="/usr/sbin/ethtool -C $name rx-usec 50", ATTR{tx_queuelen}="5000"
ACTION="add", NAME=="eth1", RUN+="/bin/echo f > /sys/class/net/eth1/queues/rx-0/rps_cpus"
ACTION=="add", NAME=="eth2", ATTR{queues/rx-*/rps_cpus}="f"
LABEL="net_end"
`;
const link = `# Bigger rings.
[Match]
OriginalName=eth1

[Link]
RxBufferSize=8192 # as much as it takes
RxCoalesceSec=8
GenericReceiveOfload=yes
ReceivePacketSteeringCPUMask=ff
`;

beforeAll(async () => {
  workbench = await openWorkbench();
  for (const [path, text] of [
    ['etc/udev/rules.d/91-web.rules', rules],
    ['etc/systemd/network/10-web.link', link],
  ] as const) {
    mkdirSync(dirname(join(workbench.workspace, path)), { recursive: true });
    writeFileSync(join(workbench.workspace, path), text);
  }
  await workbench.openFile('captures/web-1.netsnap');
});
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});
afterAll(() => workbench?.close());

describe('files for udev in the editor', () => {
  test('rules with what is wrong with them', async () => {
    const { page, openFile, runCommand, screenshot } = workbench;
    await openFile('etc/udev/rules.d/91-web.rules');
    await runCommand('Problems: Focus on Problems View');
    await page
      .getByText(/udev does not find ethtool: without a path/)
      .first()
      .waitFor();
    await expect.poll(() => page.locator('.squiggly-error').count()).toBeGreaterThan(0);
    await screenshot('rules-problems');
  });

  test('a .link file with what is wrong with it', async () => {
    const { page, openFile, screenshot } = workbench;
    await openFile('etc/systemd/network/10-web.link');
    await page
      .getByText(/RxBufferSize takes a number from 1 on, or max/)
      .first()
      .waitFor();
    await screenshot('link-problems');
  });

  test('a hover with what the host has', async () => {
    const { page, screenshot } = workbench;
    await page.locator('.view-line').getByText('RxBufferSize').first().hover();
    await page.getByText('RX ring: descriptors that wait for frames').first().waitFor();
    await screenshot('link-hover');
  });
});

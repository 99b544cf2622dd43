import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import type { Change } from '../../../src/tuning/change.ts';
import { changeView } from '../../../src/ui/panel/changeViews.ts';

const { snapshot, diagnosis } = observe(
  readFileSync(new URL('../../../media/sample.netsnap', import.meta.url), 'utf8'),
);

describe('a change of a finding', () => {
  it('is shown in every form that can hold it, the lasting one first, with its inverse', () => {
    const [change] = diagnosis.findings.find(({ rule }) => rule === 'R01')?.changes ?? [];
    const view = changeView(change as Change, snapshot);
    expect(view.subject).toBe('net.core.netdev_max_backlog: 16 -> 2000');
    expect(view.forms[0]).toMatchObject({ id: 'sysctl', file: '/etc/sysctl.d/90-packet-path.conf' });
    expect(view.forms[0]?.text).toContain('net.core.netdev_max_backlog = 2000');
    expect(view.forms.map(({ id }) => id)).toContain('ansible');
    expect(view.refused.find(({ title }) => title.includes('.link'))?.reason).toMatch(/\w/);
    expect([view.command, view.undo]).toEqual([
      "sysctl -w net.core.netdev_max_backlog='2000'",
      "sysctl -w net.core.netdev_max_backlog='16'",
    ]);
  });

  it('of a NIC is a udev rule first, and a .link file where that has an option for it', () => {
    const ring = {
      kind: 'ethtool',
      nic: 'eth0',
      set: 'ring',
      name: 'rx',
      value: '4096',
      current: '256',
      atLeast: true,
    };
    const view = changeView(ring as Change, snapshot);
    expect(view.forms.slice(0, 2).map(({ id }) => id)).toEqual(['udev', 'link']);
    expect(view.forms[0]?.text).toContain('-G');
    expect(view.forms[1]?.text).toContain('RxBufferSize=4096');
  });

  it('whose interface has a name that no shell should see is refused, not written', () => {
    const name = 'eth0"; reboot #';
    const bad = { kind: 'ethtool', nic: name, set: 'ring', name: 'rx', value: '1', current: null, atLeast: true };
    const view = changeView(bad as Change, snapshot);
    expect(view.undo).toBeNull();
    for (const { text } of view.forms) expect(text).not.toContain(name);
  });
});

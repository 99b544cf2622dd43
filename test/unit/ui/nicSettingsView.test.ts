import { describe, expect, it } from 'vitest';
import { parseEthtoolCoalesce } from '../../../src/kernel/ethtool/coalesce.ts';
import { parseFlowRules } from '../../../src/kernel/ethtool/flowRules.ts';
import { parseEthtoolModule } from '../../../src/kernel/ethtool/module.ts';
import { parseEthtoolRing } from '../../../src/kernel/ethtool/ring.ts';
import { parseEthtoolRss } from '../../../src/kernel/ethtool/rss.ts';
import { parseEthtoolSettings } from '../../../src/kernel/ethtool/settings.ts';
import { missing } from '../../../src/model/reading.ts';
import type { Nic } from '../../../src/model/snapshot.ts';
import { nicSettingsView } from '../../../src/ui/panel/nicSettingsView.ts';
import type { NicSettingView } from '../../../webview/nicSettingViews.ts';
import { have, nicOf, snapshotOf } from '../diagnosis/build.ts';
import { fixture } from '../kernel/fixture.ts';

const viewOf = (parts: Partial<Nic>) => nicSettingsView(snapshotOf({ after: {} }), nicOf('eth0', parts));

function rowOf(rows: readonly NicSettingView[], group: string, name: string): Pick<NicSettingView, 'value' | 'note'> {
  const row = rows.find((candidate) => candidate.group.startsWith(group) && candidate.name === name);
  if (row === undefined) throw new Error(`no row ${name} under ${group}`);
  return { value: row.value, note: row.note };
}

/** The first device of a text, as a reading. */
function first<T>(parsed: { readonly value: ReadonlyMap<string, T> }) {
  const [value] = parsed.value.values();
  if (value === undefined) throw new Error('no device in the text');
  return have(value);
}

describe('how an interface is set', () => {
  it('stands beside what it could be', () => {
    const { settings } = viewOf({
      link: first(parseEthtoolSettings(fixture('ethtool.e1000e.txt'))),
      ring: first(parseEthtoolRing(fixture('ethtool-g.all.txt'))),
      coalesce: first(parseEthtoolCoalesce('Coalesce parameters for eth0:\nrx-usecs: 0\nrx-frames: 1\n')),
    });
    expect(rowOf(settings, 'Rings', 'RX')).toEqual({ value: '256', note: 'of at most 256' });
    expect(rowOf(settings, 'Link', 'Speed')).toMatchObject({
      value: '1000 Mbit/s',
      note: expect.stringContaining('100baseT/Full, 1000baseT/Full'),
    });
    expect(rowOf(settings, 'Link', 'Wake-on')).toEqual({ value: 'g', note: 'supported: pumbg' });
    expect(rowOf(settings, 'Interrupt coalescing', 'rx-usecs').note).toContain('prints 0');
    expect(rowOf(settings, 'Interrupt coalescing', 'rx-frames')).toEqual({ value: '1', note: '' });
  });

  it('is not known for a reason that is shown', () => {
    const { settings, offloads } = viewOf({ ring: missing('ethtool -g eth0', 'failed', 'netlink error: no') });
    expect(rowOf(settings, 'Rings', 'Rings')).toEqual({ value: null, note: 'netlink error: no' });
    expect(offloads).toMatchObject([{ value: null }]);
  });

  it('is one row where nothing was read for one reason', () => {
    const { settings, offloads, arfs } = viewOf({});
    expect(settings).toHaveLength(1);
    expect(settings[0]?.value).toBeNull();
    expect(offloads).toEqual([]);
    expect(arfs).toHaveLength(5);
  });

  it('marks what cannot be changed and what is asked for', () => {
    const feature = { active: false, fixed: false, requested: null };
    const { offloads } = viewOf({
      features: have([
        { ...feature, name: 'lro', fixed: true },
        { ...feature, name: 'gro', requested: true },
      ]),
    });
    expect(offloads.map(({ note }) => note)).toEqual(['[fixed]', 'asked for: on']);
  });

  it.each([
    ['    0:      0     1     2     0\n', '1 or 2 for each of 3 queues'],
    ['    0:      5     5\n', 'all to queue 5'],
    ['    0:      0     0     0     1\n', 'queue 0: 3, queue 1: 1'],
  ])('tells how the table %j spreads', (rows, note) => {
    const text = `RX flow hash indirection table for eth0 with 3 RX ring(s):\n${rows}`;
    expect(rowOf(viewOf({ rss: first(parseEthtoolRss(text)) }).settings, 'Receive side', 'Indirection table')).toEqual({
      value: expect.stringContaining('entries'),
      note,
    });
  });

  it('lists what a rule asks of a packet, and leaves out what it does not', () => {
    const text =
      'Total 1 rules\n\nFilter: 3\n\tRule Type: TCP over IPv4\n\tSrc IP addr: 0.0.0.0 mask: 255.255.255.255\n' +
      '\tDest IP addr: 192.0.2.0 mask: 0.0.0.255\n\tTOS: 0x0 mask: 0xff\n\tSrc port: 0 mask: 0xffff\n' +
      '\tDest port: 443 mask: 0x0\n\tVLAN: 0x0 mask: 0xffff\n\tUser-defined: 0x0 mask: 0xffffffffffffffff\n' +
      '\tAction: Direct to queue 5\n';
    expect(viewOf({ flowRules: have(parseFlowRules(text).value) }).rules).toEqual([
      {
        location: 3,
        matches: 'TCP over IPv4, Dest IP addr 192.0.2.0 (but for the bits 0.0.0.255), Dest port 443',
        action: 'Direct to queue 5',
      },
    ]);
  });

  it('has what a module measures before its labels', () => {
    const text =
      'Vendor name : FS\nLaser output power : 0.6367 mW / -1.96 dBm\nLaser output power low alarm : On\n' +
      'Laser output power low alarm threshold : 0.7 mW / -1.5 dBm\n';
    const rows = viewOf({ module: have(parseEthtoolModule(text).value) }).settings.filter(({ group }) =>
      group.startsWith('Module'),
    );
    expect(rows).toMatchObject([
      {
        name: 'Laser output power',
        value: '0.6367 mW / -1.96 dBm',
        note: expect.stringContaining('raised: low alarm'),
      },
      { name: 'Vendor name', value: 'FS' },
    ]);
  });
});

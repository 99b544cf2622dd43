import { describe, expect, it } from 'vitest';
import { parseEthtoolChannels } from '../../../src/kernel/ethtool/channels.ts';
import { parseEthtoolCoalesce } from '../../../src/kernel/ethtool/coalesce.ts';
import { parseEthtoolFeatures } from '../../../src/kernel/ethtool/features.ts';
import { parseEthtoolFec } from '../../../src/kernel/ethtool/fec.ts';
import { parseEthtoolPause } from '../../../src/kernel/ethtool/pause.ts';
import { parseEthtoolRing } from '../../../src/kernel/ethtool/ring.ts';
import { parseEthtoolRss } from '../../../src/kernel/ethtool/rss.ts';
import { parseEthtoolSettings } from '../../../src/kernel/ethtool/settings.ts';
import { fixture } from './fixture.ts';

/** Without the `n/a` of a text: the JSON leaves out what the device does not have. */
function known(entries: ReadonlyMap<string, unknown>): Record<string, unknown> {
  return Object.fromEntries([...entries].filter(([, value]) => value !== null && value !== 'n/a'));
}

describe('ethtool --json says what the text of the same device says', () => {
  it('-g', () => {
    const [text, json] = ['txt', 'json'].map((kind) => {
      const ring = parseEthtoolRing(fixture(`ethtool-g.e1000e.${kind}`)).value.get('enp1s0');
      return { ...ring, other: known(ring?.other ?? new Map()) };
    });
    expect(json).toMatchObject({ maximum: { rx: 4096 } });
    expect(json).toEqual(text);
  });

  it('-c', () => {
    const [text, json] = ['txt', 'json'].map((kind) => {
      const coalesce = parseEthtoolCoalesce(fixture(`ethtool-c.e1000e.${kind}`)).value.get('enp1s0');
      return { ...coalesce, values: known(coalesce?.values ?? new Map()), other: known(coalesce?.other ?? new Map()) };
    });
    expect(json).toMatchObject({ values: { 'rx-usecs': 3 } });
    expect(json).toEqual(text);
  });

  it('-k', () => {
    const [text, json] = ['txt', 'json'].map((kind) => parseEthtoolFeatures(fixture(`ethtool-k.e1000e.${kind}`)));
    expect(json?.value.get('enp1s0')?.length).toBeGreaterThan(50);
    expect(json).toEqual(text);
  });

  it('-a', () => {
    expect(parseEthtoolPause(fixture('ethtool-a.e1000e.json'))).toEqual(
      parseEthtoolPause(fixture('ethtool-a.noble.txt')),
    );
  });

  it.each(['igb', 'virtio'])('of the link of %s', (driver) => {
    const json = parseEthtoolSettings(fixture(`ethtool.${driver}.json`)).value.get('eth0');
    const text = parseEthtoolSettings(fixture(`ethtool.${driver}.txt`)).value.get('eth0');
    expect(json?.port).not.toBeNull();
    // What is kept as printed has other names in each.
    expect({ ...json, other: null }).toEqual({ ...text, other: null });
  });

  it('-x with weights', () => {
    const json = parseEthtoolRss(fixture('ethtool-x.igb.json')).value.get('eth0');
    const text = parseEthtoolRss(fixture('ethtool-x.igb.txt')).value.get('eth0');
    expect(json?.table?.filter((queue) => queue === 0)).toHaveLength(96);
    expect(json).toEqual({ ...text, rings: null, hashFunctions: new Map([['toeplitz', true]]) });
    expect([...(text?.inputTransformations ?? [])]).toEqual([['symmetric-xor', false]]);
  });

  it('-x, but for the rings and the functions not in use', () => {
    const json = parseEthtoolRss(fixture('ethtool-x.vmxnet3.json')).value.get('enp2s0');
    const text = parseEthtoolRss(fixture('ethtool-x.vmxnet3.txt')).value.get('enp2s0');
    expect(json).toEqual({ ...text, rings: null, hashFunctions: new Map([['toeplitz', true]]) });
  });
});

describe('ethtool --json', () => {
  it('reads channels, keys and counts of lanes', () => {
    const channels = '[{"ifname":"eth0","combined-max":8,"combined":4,"other-max":1,"other":1}]';
    expect(parseEthtoolChannels(channels).value.get('eth0')).toEqual({
      maximum: { rx: null, tx: null, other: 1, combined: 8 },
      current: { rx: null, tx: null, other: 1, combined: 4 },
    });
    const key = '[{"ifname":"eth0","rss-indirection-table":[0,1],"rss-hash-key":[109,90,0]}]';
    expect(parseEthtoolRss(key).value.get('eth0')).toMatchObject({ table: [0, 1], hashKey: '6d:5a:00' });
    const xfrm =
      '[{"ifname":"eth0","rss-hash-function":"toeplitz","rss-input-transformation":{"symmetric-xor":false}}]';
    expect(parseEthtoolRss(xfrm).value.get('eth0')?.inputTransformations).toEqual(new Map([['symmetric-xor', false]]));
    const fec =
      '[{"ifname":"eth0","config":["RS"],"active":["RS"],"statistics":{"corrected_blocks":{"total":3,"lanes":[1,2]}}}]';
    expect(parseEthtoolFec(fec).value.get('eth0')).toEqual({
      configured: ['RS'],
      active: ['RS'],
      statistics: new Map([['corrected_blocks', 3]]),
    });
    const asked = '[{"ifname":"eth0","gro":{"active":false,"fixed":false,"requested":true},"odd":7}]';
    expect(parseEthtoolFeatures(asked)).toMatchObject({
      value: new Map([['eth0', [{ name: 'gro', active: false, fixed: false, requested: true }]]]),
      warnings: [{ message: 'odd is neither on nor off' }],
    });
  });

  it('has nothing of a device that does not support it, and says what is no JSON', () => {
    expect(parseEthtoolRing('[ ]\n')).toEqual({ value: new Map(), warnings: [] });
    expect(parseEthtoolRing('[ { } ]\n')).toEqual({ value: new Map(), warnings: [] });
    expect(parseEthtoolRing('[ {"rx":1} ]\n').warnings).toHaveLength(1);
    expect(parseEthtoolRing('[ {"ifname":\n')).toMatchObject({ value: new Map(), warnings: [{ line: 1 }] });
  });
});

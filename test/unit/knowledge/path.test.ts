import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../../src/knowledge/counters.ts';
import { linkStatistic } from '../../../src/knowledge/linkStatistics.ts';
import { nicKnobs } from '../../../src/knowledge/nicKnobs.ts';
import { type Measure, pathMeasures } from '../../../src/knowledge/pathMeasures.ts';
import { wayBack, wayIn, wayOut } from '../../../src/knowledge/pathOrder.ts';
import { steps } from '../../../src/knowledge/steps.ts';
import { sysctlFacts } from '../../../src/knowledge/sysctlKeys.ts';
import { virtualWay } from '../../../src/knowledge/virtualWays.ts';

const rows = Object.entries(pathMeasures);
const measuresOf = (row: (typeof pathMeasures)['I1']): readonly Measure[] =>
  (['pass', 'loss', 'part', 'discard', 'delay', 'stands'] as const).flatMap((role) => row[role] ?? []);

describe('the data of the path', () => {
  it('draws every step once', () => {
    const drawn = [...wayIn, ...wayOut, ...wayBack].map(({ id }) => id);
    expect(drawn.toSorted()).toEqual(steps.map(({ id }) => id).toSorted());
  });

  it.each(rows)('%s counts its losses, or says why not; never both', (_, row) => {
    const said = [row.lossless, row.uncounted].filter((text) => text !== undefined);
    expect(said).toHaveLength(row.loss === undefined ? 1 : 0);
    if (row.part !== undefined) expect(row.loss).toBeDefined();
  });

  it.each(rows)('%s names counters and keys that are known', (_, row) => {
    for (const measure of measuresOf(row)) {
      const [where = '', section = '', ...name] = measure.split(' ');
      if (where === 'counter') expect(meaningOf(section, name.join(' ')), measure).not.toBeNull();
      if (where === 'nic') expect(linkStatistic(section), measure).not.toBeNull();
      if (where === 'softnet') expect(meaningOf('softnet', section), measure).not.toBeNull();
    }
    for (const knob of row.knobs ?? []) {
      const known = knob.startsWith('sysctl ')
        ? sysctlFacts(knob.slice('sysctl '.length)) !== undefined
        : knob in nicKnobs;
      expect(known, knob).toBe(true);
    }
  });

  it('adds no loss twice: a counter is a loss at one step', () => {
    const losses = rows.flatMap(([, row]) => row.loss ?? []);
    expect(new Set(losses).size).toBe(losses.length);
  });

  it('finds what sets a ring in a udev rule, and nothing else', () => {
    const { words } = nicKnobs['ring rx'];
    expect(words.test('RUN /usr/sbin/ethtool -G $name rx 4096')).toBe(true);
    expect(words.test('RUN /usr/sbin/ethtool -g $name')).toBe(false);
    expect(nicKnobs['feature generic-receive-offload'].words.test('RUN /sbin/ethtool -K eth0 gro off')).toBe(true);
  });
});

describe('the way of an interface without hardware', () => {
  it('depends on its kind', () => {
    expect(virtualWay('lo', null).exit).toContain('I12');
    expect(virtualWay('br0', 'bridge').from).toBe('I13');
    expect(virtualWay('wg0', 'wireguard').from).toBe('I11');
    expect(virtualWay('x0', 'somethingnew').from).toBe('I12');
  });
});

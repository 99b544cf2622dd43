import { describe, expect, it } from 'vitest';
import { parseInterrupts } from '../../../src/kernel/interrupts.ts';
import { parseSoftnetStat } from '../../../src/kernel/softnet.ts';
import { read } from '../../../src/model/reading.ts';
import { type PeerCase, peerCases } from './cases.ts';
import { onlineIn, ratesBetween, sampleParts, sarCpuFigures, sarFigure, sarNicFigure } from './sarRates.ts';

const cases = peerCases();
const ofKind = (pattern: RegExp): readonly PeerCase[] => cases.filter(({ kind }) => pattern.test(kind));

type Row = Readonly<Record<string, number>>;

/** sar prints two decimals. */
const printed = (value: number | undefined): string | undefined => value?.toFixed(2);

describe.skipIf(cases.length === 0)('what sar makes of two samples', () => {
  it.each(ofKind(/^rates\./))('$name', ({ name, kind, input, files, expected }) => {
    const [from, to] = name.split('.').at(-1)?.split('-') ?? [];
    const before = sampleParts(kind, input, onlineIn.get(from ?? '') ?? null);
    const after = sampleParts(kind, files.get('input-b.txt') ?? '', onlineIn.get(to ?? '') ?? null);
    const rates = ratesBetween(before, after, Number(expected['elapsed_s']));
    for (const [key, value] of Object.entries(expected['values'] as Record<string, number | Row>)) {
      if (typeof value === 'number') {
        expect.soft(printed(sarFigure(key, rates, after)), key).toBe(value.toFixed(2));
        continue;
      }
      if (kind === 'rates.softnet_stat') {
        const figures = sarCpuFigures(key, rates, after);
        // sar takes a CPU that was offline for one that did nothing; here it has no rate.
        if (figures === undefined) expect.soft(rates.notes.join(), key).toContain(`CPU ${key} came online`);
        for (const [name, figure] of Object.entries(figures === undefined ? {} : value)) {
          expect.soft(printed(figures?.[name]), `CPU ${key} ${name}`).toBe(figure.toFixed(2));
        }
        continue;
      }
      // sar counts from 0 for a NIC that was not there before; here it has no rate.
      if (!rates.netDev.has(key)) expect.soft(rates.notes.join(), key).toContain(`NIC ${key} appeared`);
      for (const [name, figure] of rates.netDev.has(key) ? Object.entries(value) : []) {
        if (name === '%ifutil') continue;
        const own = sarNicFigure(key, name, rates);
        // A NIC that was made anew counts from 0 again: sar takes the new count for the change, here it has no rate.
        if (own === undefined)
          expect.soft(rates.notes.join(), `${key} ${name}`).toMatch(new RegExp(`${key}: .* went backwards`));
        else expect.soft(printed(own), `${key} ${name}`).toBe(figure.toFixed(2));
      }
    }
  });
});

describe.skipIf(cases.length === 0)('what changes between consecutive samples', () => {
  /** `input.txt` is the first, `input-2.txt` or `input-b.txt` the next. */
  const texts = ({ files }: PeerCase): readonly string[] =>
    [...files]
      .map(([name, text]) => ({ text, order: /-(\w+)/.exec(name)?.[1] ?? '' }))
      .toSorted((a, b) => (a.order < b.order ? -1 : 1))
      .map(({ text }) => text);

  it.each(ofKind(/^(series|delta)\.softnet_stat$/))('$name', (peerCase) => {
    const all = texts(peerCase);
    const samples = all.map((text) => {
      const online = text
        .trim()
        .split('\n')
        .map((_, index) => index);
      return { softnet: read('softnet_stat', parseSoftnetStat(text, online)) };
    });
    for (const [index, after] of samples.entries()) {
      const before = samples[index - 1];
      if (before === undefined) continue;
      const { softnet, notes } = ratesBetween(before, after, 1);
      const column = (text: string | undefined, row: number, at: number): number =>
        Number.parseInt(text?.trim().split('\n')[row]?.split(' ')[at] ?? '', 16);
      for (const [cpu, rates] of softnet) {
        const change = (at: number): number => {
          const difference = column(all[index], cpu, at) - column(all[index - 1], cpu, at);
          return difference < 0 ? difference + 2 ** 32 : difference;
        };
        const own = [rates.processed, rates.dropped, rates.time_squeeze, rates.received_rps].map((each) => each?.delta);
        expect.soft(own, `${index}: CPU ${cpu}`).toEqual([0, 1, 2, 9].map(change));
      }
      expect.soft(notes).toEqual([]);
    }
    for (const [cpu, row] of Object.entries((peerCase.expected['rows'] ?? {}) as Record<string, Row>)) {
      expect.soft(changeOf(samples, row['cpu'] ?? Number(cpu)), `CPU ${cpu}`).toMatchObject(known(row));
    }
  });

  it.each(ofKind(/^series\.interrupts$/))('$name', (peerCase) => {
    const samples = texts(peerCase).map((text) => ({ interrupts: read('interrupts', parseInterrupts(text)) }));
    for (const [index, after] of samples.entries()) {
      const before = samples[index - 1];
      if (before === undefined || !after.interrupts.ok || !before.interrupts.ok) continue;
      const { interrupts } = ratesBetween(before, after, 1);
      const earlier = new Map(before.interrupts.value.rows.map((row) => [row.irq, row]));
      for (const row of after.interrupts.value.rows) {
        const old = earlier.get(row.irq);
        if (old === undefined || old.description !== row.description) continue;
        const changes = [...row.counts].map((count, column) => {
          const difference = count - (old.counts[column] ?? Number.NaN);
          return difference < 0 && difference + 2 ** 32 < 2 ** 31 ? difference + 2 ** 32 : difference;
        });
        const expectedChanges = changes.map((change) => (change < 0 ? Number.NaN : change));
        expect.soft([...(interrupts.rows.get(row.irq) ?? [])], `${index}: ${row.irq}`).toEqual(expectedChanges);
      }
    }
  });

  const names = {
    processed: 'processed',
    total: 'processed',
    dropped: 'dropped',
    time_squeeze: 'time_squeeze',
  } as const;

  function known(row: Row): Row {
    const entries = Object.entries(names).flatMap(([peers, own]) =>
      row[peers] === undefined ? [] : [[own, row[peers]]],
    );
    return Object.fromEntries(entries);
  }

  function changeOf(samples: readonly Parameters<typeof ratesBetween>[0][], cpu: number): Row {
    const rates = ratesBetween(samples.at(-2) ?? {}, samples.at(-1) ?? {}, 1).softnet.get(cpu);
    return {
      processed: rates?.processed?.delta ?? Number.NaN,
      dropped: rates?.dropped?.delta ?? Number.NaN,
      time_squeeze: rates?.time_squeeze?.delta ?? Number.NaN,
    };
  }
});

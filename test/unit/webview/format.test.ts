import { describe, expect, it } from 'vitest';
import { byName, clock, count, hostTime, percent, plural, rate, sentence, si } from '../../../webview/panel/format.ts';

describe('si', () => {
  it.each([
    [0, '0'],
    [0.004, '<0.01'],
    [0.5, '0.5'],
    [4.444, '4.44'],
    [42, '42'],
    [45.84, '45.8'],
    [999.6, '1000'],
    [1234, '1,234'],
    [9999.4, '9,999'],
    [9999.6, '10 k'],
    [12_345, '12.3 k'],
    [412_345.5, '412 k'],
    [4_500_000, '4.5 M'],
    [7.5e9, '7.5 G'],
    [2e12, '2 T'],
  ])('%d is %s', (value, text) => expect(si(value)).toBe(text));
});

describe('rate, count, percent', () => {
  it('carries the unit', () => {
    expect(rate(12_345)).toBe('12.3 k/s');
    expect(rate(120, 'drops')).toBe('120 drops/s');
  });
  it('groups a counter in full', () => expect(count(4_294_967_295)).toBe('4,294,967,295'));
  it.each([
    [0, '0 %'],
    [0.0002, '<0.1 %'],
    [0.061, '6.1 %'],
    [0.934, '93 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, text) => expect(percent(share)).toBe(text));
});

describe('hostTime', () => {
  it.each([
    ['2026-11-23T05:22:10.123Z', '2026-11-23 05:22:10 UTC'],
    ['2026-11-23T05:22:10+01:00', '2026-11-23 05:22:10 +01:00'],
    ['2026-11-23 05:22:10', '2026-11-23 05:22:10'],
  ])('%s', (iso, text) => expect(hostTime(iso)).toBe(text));
  it('shows what it does not know as it came', () => expect(hostTime('yesterday')).toBe('yesterday'));
});

describe('words', () => {
  it('counts one and many', () => {
    expect(plural(1, 'CPU')).toBe('1 CPU');
    expect(plural(1024, 'row')).toBe('1,024 rows');
  });
  it('ends a sentence once', () => {
    expect(sentence('one sample')).toBe('one sample.');
    expect(sentence('one sample.')).toBe('one sample.');
  });
  it('says the time of day', () => expect(clock(Date.UTC(2026, 10, 23, 5, 22, 10))).toBe('05:22:10'));
  it('puts eth2 before eth10', () => expect(['eth10', 'eth2'].sort(byName)).toEqual(['eth2', 'eth10']));
});

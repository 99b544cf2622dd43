import { describe, expect, it } from 'vitest';
import { luminance, mix, parseColour } from '../../../webview/panel/colour.ts';
import {
  largestCell,
  legendSteps,
  makePalette,
  paintRows,
  toLevels,
  unknownLevel,
} from '../../../webview/panel/heatmapPixels.ts';

const palette = makePalette(
  [1, 2, 3],
  [
    [0, 0, 0],
    [255, 255, 255],
  ],
  [9, 9, 9],
);

describe('toLevels', () => {
  const cells = Float64Array.of(0, Number.NaN, 1e-9, 1, 10, 100_000);
  const levels = toLevels(cells, largestCell(cells));

  it('tells zero, not read and almost nothing apart', () => {
    expect([...levels.slice(0, 3)]).toEqual([0, unknownLevel, 1]);
  });
  it('rises with the value to the top', () => {
    expect(levels[3]).toBeGreaterThan(1);
    expect(levels[4]).toBeGreaterThan(levels[3] ?? 255);
    expect(levels[5]).toBe(254);
  });
  it('has nothing above zero when all is zero or not read', () => {
    expect([...toLevels(Float64Array.of(0, Number.NaN), 0)]).toEqual([0, unknownLevel]);
  });
});

describe('palette', () => {
  it('holds the bytes red, green, blue, alpha in memory order', () => {
    expect([...new Uint8Array(palette.pixels.buffer, 0, 4)]).toEqual([1, 2, 3, 255]);
  });
  it('keeps zero and not read out of the ramp', () => {
    expect(palette.css(0)).toBe('rgb(1 2 3)');
    expect(palette.css(unknownLevel)).toBe('rgb(9 9 9)');
    expect(palette.css(1)).toBe('rgb(0 0 0)');
    expect(palette.css(254)).toBe('rgb(255 255 255)');
  });
  it('asks for dark text on bright levels only', () => {
    expect(palette.darkText[10]).toBe(false);
    expect(palette.darkText[250]).toBe(true);
  });
});

describe('paintRows', () => {
  it('paints rows in the order shown, not in the order of the matrix', () => {
    const levels = Uint8Array.of(0, 1, 254, unknownLevel);
    const pixels = new Uint32Array(4);
    paintRows(levels, 2, [1, 0], palette.pixels, pixels);
    expect([...pixels]).toEqual([254, unknownLevel, 0, 1].map((level) => palette.pixels[level]));
  });
});

describe('legendSteps', () => {
  it('names powers of ten and the largest', () => {
    expect(legendSteps(85_700).map(({ value }) => value)).toEqual([1, 10, 100, 1000, 10_000, 85_700]);
  });
  it('stays short for large numbers', () => expect(legendSteps(5e15).length).toBeLessThan(9));
  it('is empty without values', () => expect(legendSteps(0)).toEqual([]));
});

describe('colours', () => {
  it.each([
    ['#1f1f1f', [31, 31, 31]],
    ['#fff', [255, 255, 255]],
    ['#cccccc80', [204, 204, 204]],
    ['rgba(1, 2, 3, 0.5)', [1, 2, 3]],
    ['rgb(1 2 3 / 50%)', [1, 2, 3]],
    ['rgb(a, b, c)', null],
    ['red', null],
    ['#12345', null],
  ])('%s', (text, rgb) => expect(parseColour(text)).toEqual(rgb));
  it('mixes', () => expect(mix([0, 0, 0], [255, 100, 50], 0.5)).toEqual([128, 50, 25]));
  it('knows black from white', () => {
    expect(luminance([0, 0, 0])).toBe(0);
    expect(luminance([255, 255, 255])).toBeCloseTo(1);
  });
});

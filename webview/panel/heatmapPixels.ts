import { cssColour, luminance, mix, type Rgb } from './colour.ts';

/** Level of a cell that was not read. 0 is a zero that was read, 1..254 the logarithm of the value. */
export const unknownLevel = 255;
const topLevel = 254;

/** Largest number in the cells; 0 when there is none above zero. */
export function largestCell(cells: Float64Array): number {
  let largest = 0;
  // A NaN is never greater than anything, so it drops out by itself.
  for (const value of cells) if (value > largest) largest = value;
  return largest;
}

/**
 * One level a cell, on a logarithmic scale: the step from 1/s to 10/s is as visible as that from 10,000/s to
 * 100,000/s. Any value above zero is at least level 1, so that it cannot be mistaken for a zero.
 */
export function toLevels(cells: Float64Array, largest: number): Uint8Array {
  const levels = new Uint8Array(cells.length);
  const scale = largest > 0 ? topLevel / Math.log(1 + largest) : 0;
  for (let index = 0; index < cells.length; index++) {
    const value = cells[index] ?? Number.NaN;
    // Not log1p: it is slower by a third, and more exact only where one level covers it all.
    if (value > 0) levels[index] = Math.max(1, Math.round(Math.log(1 + value) * scale));
    else if (Number.isNaN(value)) levels[index] = unknownLevel;
  }
  return levels;
}

/** Values for a legend, with their levels: each power of ten below the largest, then the largest itself. */
export function legendSteps(largest: number): readonly { readonly value: number; readonly level: number }[] {
  if (largest <= 0) return [];
  const decades = Math.max(0, Math.ceil(Math.log10(largest)));
  // More chips than this say no more: of many powers every second or third is enough.
  const stride = Math.ceil(decades / 6);
  const values = Array.from({ length: decades }, (_, power) => 10 ** power).filter((_, power) => power % stride === 0);
  return [...values.filter((value) => value < largest), largest].map((value) => ({
    value,
    level: toLevels(Float64Array.of(value), largest)[0] ?? topLevel,
  }));
}

export interface Palette {
  /** One colour a level as the bytes of ImageData read as a little-endian word. */
  readonly pixels: Uint32Array<ArrayBuffer>;
  /** Levels on which dark text is easier to read than light text. */
  readonly darkText: readonly boolean[];
  readonly css: (level: number) => string;
}

/** Zero has a colour of its own; above it the ramp runs through the given stops at even steps. */
export function makePalette(zero: Rgb, stops: readonly Rgb[], unknownColour: Rgb): Palette {
  const colours = Array.from({ length: 256 }, (_, level): Rgb => {
    if (level === 0) return zero;
    return level === unknownLevel ? unknownColour : alongRamp(stops, (level - 1) / (topLevel - 1));
  });
  return {
    pixels: Uint32Array.from(colours, ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0),
    // Contrast with black beats contrast with white above this luminance (WCAG: (L + 0.05)^2 = 1.05 * 0.05).
    darkText: colours.map((colour) => luminance(colour) > 0.179),
    css: (level) => cssColour(colours[level] ?? unknownColour),
  };
}

function alongRamp(stops: readonly Rgb[], share: number): Rgb {
  const place = share * (stops.length - 1);
  const before = Math.min(Math.floor(place), stops.length - 2);
  const a = stops[before];
  const b = stops[before + 1];
  if (!a || !b) throw new Error('A colour ramp needs two stops.');
  return mix(a, b, place - before);
}

/** Levels of the rows in `order`, one after the other, as pixels. `into` holds order.length x columns of them. */
export function paintRows(
  levels: Uint8Array,
  columns: number,
  order: readonly number[],
  palette: Uint32Array,
  into: Uint32Array,
): void {
  let at = 0;
  for (const row of order) {
    const end = (row + 1) * columns;
    for (let cell = row * columns; cell < end; cell++) into[at++] = palette[levels[cell] ?? unknownLevel] ?? 0;
  }
}

/** Red, green, blue, each 0..255. */
export type Rgb = readonly [number, number, number];

/**
 * `#rgb`, `#rrggbb`, `#rrggbbaa` or `rgb(...)`, the forms VS Code writes its colours in; null for anything else.
 * Alpha is left out: the callers mix colours themselves.
 */
export function parseColour(text: string): Rgb | null {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text.trim())?.[1];
  if (hex !== undefined) return parseHex(hex);
  const parts = /^rgba?\(([^)]*)\)$/i
    .exec(text.trim())?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  const [red, green, blue] = parts ?? [];
  return red !== undefined && green !== undefined && blue !== undefined && ![red, green, blue].some(Number.isNaN)
    ? [red, green, blue]
    : null;
}

function parseHex(hex: string): Rgb | null {
  const wide = hex.length <= 4 ? Array.from(hex, (digit) => digit + digit).join('') : hex;
  if (wide.length !== 6 && wide.length !== 8) return null;
  const at = (index: number): number => Number.parseInt(wide.slice(index, index + 2), 16);
  return [at(0), at(2), at(4)];
}

/** `share` 0 gives `a`, 1 gives `b`. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2): number => Math.round(a[index] + (b[index] - a[index]) * share);
  return [at(0), at(1), at(2)];
}

/** WCAG relative luminance, 0 black .. 1 white. */
export function luminance(colour: Rgb): number {
  const linear = (channel: number): number => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/** `rgb(1 2 3)` */
export function cssColour(colour: Rgb): string {
  return `rgb(${colour.join(' ')})`;
}

import type { Series } from './series.ts';
import type { SeriesColour, Theme } from './theme.ts';

const dashes = [[], [6, 3], [2, 2], [9, 3, 2, 3]] as const;
const shapes = ['circle', 'rect', 'triangle', 'rectRot'] as const;

/** Lines of the n-th series: solid, or in high contrast dashed so that they differ without their colour. */
export function lineDash(theme: Theme, index: number): number[] {
  return theme.highContrast ? [...(dashes[index % dashes.length] ?? [])] : [];
}

/** Points of the n-th series: circles, or in high contrast a shape of its own. */
export function pointShape(theme: Theme, index: number): (typeof shapes)[number] {
  return theme.highContrast ? (shapes[index % shapes.length] ?? 'circle') : 'circle';
}

/** Bars of the n-th series: a flat colour, or in high contrast a pattern of its own. */
export function barFill(theme: Theme, colour: SeriesColour, index: number): string | CanvasPattern {
  const flat = theme.series[colour];
  return theme.highContrast && index % 3 > 0 ? (stripes(flat, theme.background, index) ?? flat) : flat;
}

/** Diagonal stripes, leaning one way for odd and the other for even numbers; null when the canvas has no context. */
export function stripes(colour: string, ground: string, index: number): CanvasPattern | null {
  const tile = document.createElement('canvas');
  tile.width = 6;
  tile.height = 6;
  const context = tile.getContext('2d');
  if (!context) return null;
  context.fillStyle = ground;
  context.fillRect(0, 0, 6, 6);
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  // Three strokes a tile, so that they meet those of the next tile.
  for (const from of [-6, 0, 6]) {
    context.moveTo(index % 2 === 1 ? from : from + 6, 0);
    context.lineTo(index % 2 === 1 ? from + 6 : from, 6);
  }
  context.stroke();
  return context.createPattern(tile, 'repeat');
}

/** The series' mark in a legend, drawn as the chart draws it. */
export function drawSwatch(
  canvas: HTMLCanvasElement,
  kind: 'bar' | 'line',
  theme: Theme,
  series: Series<SeriesColour>,
  index: number,
): void {
  const scale = devicePixelRatio;
  canvas.width = 14 * scale;
  canvas.height = 10 * scale;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(scale, scale);
  context.strokeStyle = theme.series[series.colour];
  if (kind === 'line') {
    context.lineWidth = 2;
    context.setLineDash(lineDash(theme, index));
    context.beginPath();
    context.moveTo(0, 5);
    context.lineTo(14, 5);
    context.stroke();
    return;
  }
  context.fillStyle = barFill(theme, series.colour, index);
  context.fillRect(2, 0, 10, 10);
  if (theme.highContrast) context.strokeRect(2.5, 0.5, 9, 9);
}

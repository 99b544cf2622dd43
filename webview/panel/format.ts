/** Stands where a figure was not read. Never a zero. */
export const unknown = '–';

const siSteps = [
  { from: 1e12, by: 1e12, prefix: 'T' },
  { from: 1e9, by: 1e9, prefix: 'G' },
  { from: 1e6, by: 1e6, prefix: 'M' },
  { from: 1e4, by: 1e3, prefix: 'k' },
] as const;

/** Three significant digits with an SI prefix from 10,000 on: `0.5`, `42`, `1,234`, `12.3 k`, `4.5 M`. */
export function si(value: number): string {
  const size = Math.abs(value);
  // 9,999.6 would print as 10,000 in one step and as 10.0 k in the next: round before choosing the step.
  const step = siSteps.find((each) => Math.round(size) >= each.from);
  if (step) return `${digits(value / step.by)} ${step.prefix}`;
  return size >= 1000 ? count(Math.round(value)) : digits(value);
}

/** A rate with its unit: `12.3 k/s`, `0.5 drops/s`. */
export function rate(value: number, what = ''): string {
  return what === '' ? `${si(value)}/s` : `${si(value)} ${what}/s`;
}

/** `806 B`, `11.4 kB` */
export function bytes(value: number): string {
  const figure = si(value);
  return figure.includes(' ') ? `${figure}B` : `${figure} B`;
}

/** A counter in full, grouped by thousands: `1,234,567`. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** A share of 0..1 as percent: `0.061` is `6.1 %`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.05) return '<0.1 %';
  return `${value !== 0 && Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}

/** `2.0 s` */
export function interval(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

/** `1 CPU`, `8 CPUs` */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/** Host time as the host gave it, without the seconds' fraction: `2026-11-23 05:22:10 +01:00`. UTC is said. */
export function hostTime(iso: string): string {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(iso);
  if (!match) return iso;
  const zone = match[3] === 'Z' ? 'UTC' : match[3];
  return [match[1], match[2], zone].filter((part) => part !== undefined).join(' ');
}

/** Time of day in UTC of ms since the epoch: `05:22:10`. */
export function clock(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}

/** The text with one full stop, whether or not it came with one. */
export function sentence(text: string): string {
  return `${text.replace(/[.\s]+$/, '')}.`;
}

/** Names in the order people read them: eth2 before eth10. */
export const byName = new Intl.Collator('en', { numeric: true }).compare;

function digits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return trim(value.toFixed(1));
  if (size >= 0.01) return trim(value.toFixed(2));
  return '<0.01';
}

function trim(text: string): string {
  return text.replace(/\.?0+$/, '');
}

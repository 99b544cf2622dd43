import { tokens } from '../scan.ts';

/** `on` and `off` as ethtool prints them; anything else (`n/a`, nothing) is null. */
export function onOff(value: string | null): boolean | null {
  return value === 'on' ? true : value === 'off' ? false : null;
}

/** `Yes`, `yes`, `No`, `no`; anything else is null. */
export function yesNo(value: string | null): boolean | null {
  const lower = value?.toLowerCase();
  return lower === 'yes' ? true : lower === 'no' ? false : null;
}

/** The blank-separated words of a list; null stays null. */
export function words(value: string | null): readonly string[] | null {
  return value === null ? null : tokens(value, 0, value.length);
}

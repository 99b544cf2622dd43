import type { NicSettingView } from '../../../webview/nicSettingViews.ts';
import type { Reading } from '../../model/reading.ts';

/** A row before it has its heading. */
export type Setting = Omit<NicSettingView, 'group'>;

/** `value` null: not told, and `note` says why. */
export function setting(name: string, value: string | null, note = ''): Setting {
  return { name, value, note };
}

/** The rows of one thing under its heading; one row with the reason where it was not read. */
export function rowsOf<T>(
  title: string,
  command: string,
  reading: Reading<T>,
  turn: (value: T) => readonly Setting[],
): NicSettingView[] {
  const group = `${title} (${command})`;
  if (!reading.ok) return [{ group, ...setting(title, null, reading.reason) }];
  const rows = turn(reading.value).map((row) => ({ group, ...row }));
  return rows.length > 0 ? rows : [{ group, ...setting(title, null, 'the driver says nothing of it') }];
}

/** A row where the host says something, else none. */
export function told(name: string, value: string | number | null, note = ''): Setting[] {
  return value === null ? [] : [setting(name, String(value), note)];
}

/** As `told`, of what is on or off. */
export function toldOnOff(name: string, on: boolean | null, note = ''): Setting[] {
  return told(name, on === null ? null : on ? 'on' : 'off', note);
}

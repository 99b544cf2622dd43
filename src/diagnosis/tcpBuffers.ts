import type { Snapshot } from '../model/snapshot.ts';
import type { SysctlChange } from '../tuning/change.ts';
import { settingOf } from './settings.ts';

/** The kernel's default maximum of tcp_rmem since 6.18; more is not proposed. */
const ceiling = 33_554_432;
/** What the kernel itself sets on machines of a gigabyte and more, up to 6.17. */
const usual: Readonly<Record<string, number>> = { 'net.ipv4.tcp_rmem': 6_291_456, 'net.ipv4.tcp_wmem': 4_194_304 };

/** The three numbers of net.ipv4.tcp_rmem or tcp_wmem, bytes. */
export interface BufferSizes {
  readonly text: string;
  readonly least: number;
  readonly initial: number;
  readonly most: number;
}

/** Null where the key cannot be read or is not three numbers. */
export function bufferSizes(snapshot: Snapshot, key: string): BufferSizes | null {
  const text = settingOf(snapshot, key);
  const [least, initial, most] = text.ok ? text.value.split(/\s+/).map(Number) : [];
  if (!text.ok || least === undefined || initial === undefined || most === undefined) return null;
  return Number.isSafeInteger(most) && most > 0 ? { text: text.value, least, initial, most } : null;
}

export interface Maximum {
  /** The third number: how far autotuning lets a buffer grow. */
  readonly value: number;
  /** Twice as much, from the usual default to the newest; none where it is as large already. */
  readonly larger: readonly SysctlChange[];
}

export function maximumOf(snapshot: Snapshot, key: string): Maximum | null {
  const sizes = bufferSizes(snapshot, key);
  if (sizes === null) return null;
  const { text, least, initial, most } = sizes;
  if (most >= ceiling) return { value: most, larger: [] };
  const value = `${least} ${initial} ${Math.min(ceiling, Math.max(usual[key] ?? 0, most * 2))}`;
  return { value: most, larger: [{ kind: 'sysctl', key, value, current: text, atLeast: false }] };
}

import { sysctlFacts } from '../../knowledge/sysctlKeys.ts';
import type { SettingRow } from '../../model/bootConfig.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** Every sysctl key of the network path that runs on the host or that a file sets, by name. */
export function settingRows({ sysctl, bootConfig }: Pick<Snapshot, 'sysctl' | 'bootConfig'>): SettingRow[] {
  const running: ReadonlyMap<string, string> = sysctl.ok ? sysctl.value : new Map();
  const boot = bootConfig.sysctl.ok ? bootConfig.sysctl.value.keys : new Map();
  // Files set keys of all kinds; beyond net.* only those that matter to packets.
  const set = [...boot.keys()].filter((key) => key.startsWith('net.') || sysctlFacts(key) !== undefined);
  return [...new Set([...running.keys(), ...set])].sort().map((key) => {
    const facts = sysctlFacts(key);
    const found = boot.get(key) ?? null;
    return {
      key,
      running: running.get(key) ?? null,
      unread: running.has(key) ? '' : unreadWhy(found, sysctl),
      boot: found,
      unit: facts?.unit ?? '',
      defaultText: facts?.defaultText ?? '',
      governs: facts?.governs ?? '',
    };
  });
}

/** Whether the value at boot is known not to be the one that runs. */
export function differs({ boot }: SettingRow): boolean {
  return boot?.verdict.kind === 'differs';
}

function unreadWhy(boot: SettingRow['boot'], sysctl: Snapshot['sysctl']): string {
  if (!sysctl.ok) return sysctl.reason;
  return boot?.verdict.kind === 'unknown'
    ? boot.verdict.why
    : 'the host has no such key now, or the capture does not read it';
}

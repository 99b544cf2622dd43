import type { Part, SettingsView } from '../../../webview/protocol.ts';
import { configGroups } from '../../languages/boot/configGroups.ts';
import { settingRows } from '../../languages/boot/settingRows.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** The Settings tab: what runs, what sets it at boot, and what else the host's files set. */
export function settingsView(snapshot: Pick<Snapshot, 'sysctl' | 'bootConfig'>): Part<SettingsView> {
  const { sysctl, bootConfig } = snapshot;
  const { init, notes } = bootConfig;
  const boot = bootConfig.sysctl;
  if (!sysctl.ok && !boot.ok) return { ok: false, reason: sysctl.reason, source: sysctl.source };
  return {
    ok: true,
    value: {
      boot: boot.ok ? initText(init) : `What is set at boot is not known: ${boot.reason}.`,
      bootKnown: boot.ok && init.reader !== null,
      rows: settingRows(snapshot),
      files: boot.ok ? boot.value.files : [],
      faults: boot.ok ? boot.value.faults : [],
      notes: sysctl.ok ? notes : [`running values were not read: ${sysctl.reason}`, ...notes],
      groups: configGroups(bootConfig),
    },
    source: '/proc/sys, /etc/sysctl.d',
    warnings: 0,
  };
}

function initText({ reader, why }: Snapshot['bootConfig']['init']): string {
  if (reader !== null) return `${reader} applies sysctl files at boot: ${why}.`;
  return `It is not known what applies sysctl files at boot: ${why}. Lines shown are those that sysctl --system would apply.`;
}

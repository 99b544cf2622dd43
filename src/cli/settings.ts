import { readSnapshot } from '../capture/readSnapshot.ts';
import { configGroups } from '../languages/boot/configGroups.ts';
import { differs, settingRows } from '../languages/boot/settingRows.ts';
import { place } from '../languages/sysctl/sysctlWrites.ts';
import type { SettingRow, SysctlBoot } from '../model/bootConfig.ts';
import { captureText } from './captureText.ts';
import type { ChosenHost } from './chosenHost.ts';
import { type ExitStatus, exit } from './exit.ts';
import { printJson, printLine } from './output.ts';
import type { SnapshotOptions } from './snapshot.ts';

/**
 * `settings`: every sysctl of the network path with what sets it at boot, and what else the host's files set; with
 * `onlyDiffering` only keys whose value at boot is not the one that runs. Status 1 when there is such a key, 2 when
 * neither values nor files could be read.
 */
export async function settings(
  target: ChosenHost,
  { json, onlyDiffering }: { readonly json: boolean; readonly onlyDiffering: boolean },
  options: SnapshotOptions,
): Promise<ExitStatus> {
  const { text, problem } = await captureText(target, options);
  const snapshot = readSnapshot(text);
  const { bootConfig, sysctl, host } = snapshot;
  const rows = settingRows(snapshot);
  const shown = onlyDiffering ? rows.filter(differs) : rows;
  const groups = configGroups(bootConfig);
  const boot = bootConfig.sysctl;
  if (json) {
    const files = boot.ok ? { files: boot.value.files, faults: boot.value.faults } : { reason: boot.reason };
    printJson({ host, init: bootConfig.init, ...files, notes: bootConfig.notes, keys: shown, groups });
  } else {
    printLine(initLine(bootConfig.init));
    if (boot.ok) printFiles(boot.value);
    else printLine(`what is set at boot is not known: ${boot.reason}`);
    for (const note of bootConfig.notes) printLine(`note: ${note}`);
    if (!sysctl.ok) printLine(`running values are not known: ${sysctl.reason}`);
    for (const row of shown) printRow(row);
    if (onlyDiffering && shown.length === 0) printLine('no key is known to differ');
    if (!onlyDiffering) for (const group of groups) printGroup(group);
  }
  if (problem !== null) throw problem;
  if (rows.some(differs)) return exit.findings;
  return sysctl.ok || boot.ok ? exit.clean : exit.failed;
}

function initLine({ name, reader, why }: { name: string | null; reader: string | null; why: string }): string {
  if (reader === null) return `not known what applies sysctl files at boot: ${why}; what sysctl --system would do:`;
  return `${reader} applies sysctl files at boot${name === null ? '' : ` (${name})`}: ${why}`;
}

function printFiles({ files, faults }: SysctlBoot): void {
  for (const { path, target, state, why } of files) {
    printLine(`  ${state.padEnd(10)} ${path}${target === null ? '' : ` -> ${target}`}${why === '' ? '' : `: ${why}`}`);
  }
  for (const { message, text, ...at } of faults) printLine(`  look at ${place(at)}: ${text.trim()}: ${message}`);
}

function printRow({ key, running, unread, boot }: SettingRow): void {
  printLine(running === null ? `${key}: not read: ${unread}` : `${key} = ${running}`);
  if (boot === null) return;
  const { setting, verdict, losers, others } = boot;
  if (setting !== null) {
    const why = verdict.kind === 'differs' || verdict.kind === 'unknown' ? `: ${verdict.why}` : '';
    printLine(`    at boot ${setting.value} (${place(setting)}): ${verdict.kind}${why}`);
  }
  for (const { value, why, ...at } of losers) printLine(`    not ${value} (${place(at)}): ${why}`);
  for (const { who, value, at, why } of others) {
    printLine(`    ${who}${value === null ? '' : ` ${value}`}${at === null ? '' : ` (${place(at)})`}: ${why}`);
  }
}

function printGroup({ title, reason, facts, entries }: ReturnType<typeof configGroups>[number]): void {
  if (reason !== null) {
    printLine(`${title}: not read: ${reason}`);
    return;
  }
  printLine(`${title}: ${facts.join('; ') || (entries.length === 0 ? 'nothing' : '')}`);
  for (const { what, value, at, concerns } of entries) {
    printLine(
      `    ${what === '' ? '' : `${what} = `}${value} (${place(at)})${concerns === '' ? '' : ` for ${concerns}`}`,
    );
  }
}

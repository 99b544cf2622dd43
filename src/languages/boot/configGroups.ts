import { formatCpuList } from '../../kernel/cpuList.ts';
import type {
  BootConfig,
  ConfigEntry,
  ConfigGroup,
  ConfigLine,
  IrqbalanceConfig,
  NicMatch,
  TunedConfig,
  UdevSetting,
  UnitFile,
} from '../../model/bootConfig.ts';
import type { Reading } from '../../model/reading.ts';

/** What the files of a host set beside sysctls, kind by kind; what could not be read says so. */
export function configGroups(boot: BootConfig): ConfigGroup[] {
  return [
    group('irqbalance', boot.irqbalance, irqbalanceFacts, ({ lines }) => lines.map(plainEntry)),
    group('tuned', boot.tuned, tunedFacts, tunedEntries),
    group('udev rules', boot.udev, noFacts, (settings) => settings.map(udevEntry)),
    group('.link files', boot.links, unitFacts, unitEntries),
    group('networkd .network files', boot.networks, unitFacts, unitEntries),
    group('Kernel modules', boot.modules, noFacts, (lines) => lines.map(plainEntry)),
    group('Scripts and units', boot.scripts, scriptFacts, (lines) => lines.map(plainEntry)),
  ];
}

function group<T>(
  title: string,
  reading: Reading<T>,
  facts: (value: T) => readonly string[],
  entries: (value: T) => readonly ConfigEntry[],
): ConfigGroup {
  const common = { title, source: reading.source };
  if (!reading.ok) return { ...common, reason: reading.reason, facts: [], entries: [] };
  return { ...common, reason: null, facts: facts(reading.value), entries: entries(reading.value) };
}

function noFacts(): readonly string[] {
  return [];
}

function irqbalanceFacts(config: IrqbalanceConfig): string[] {
  const cpus = config.bannedCpus;
  return [
    runs('irqbalance', config.running),
    ...(config.enabled === null ? [] : [config.enabled ? 'enabled by file' : 'disabled by file']),
    ...(config.oneshot ? ['balances once, then ends'] : []),
    ...(cpus === null ? ['its banned CPUs could not be read'] : []),
    ...(cpus !== null && cpus.length > 0 ? [`leaves CPUs ${formatCpuList(cpus)} alone`] : []),
    ...(config.bannedIrqs.length > 0 ? [`leaves IRQs ${config.bannedIrqs.join(', ')} alone`] : []),
    ...(config.policyScript === null ? [] : [`asks ${config.policyScript} about each IRQ`]),
  ];
}

function tunedFacts(config: TunedConfig): string[] {
  if (config.active.length === 0) return [runs('tuned', config.running), 'no active profile'];
  return [
    runs('tuned', config.running),
    `active profile: ${config.active.join(', ')}`,
    ...(config.files.length > 0 ? [`merged from ${config.files.join(', then ')}`] : []),
    ...config.notFound.map((name) => `the profile ${name} was not found, so what it sets is not known`),
    config.reapplySysctl
      ? 'sysctl files are applied again after the profile (reapply_sysctl)'
      : 'the profile wins over sysctl files (reapply_sysctl is off)',
  ];
}

function tunedEntries({ sysctl, others }: TunedConfig): ConfigEntry[] {
  return [...sysctl.values(), ...others].map((value) => ({
    what: `[${value.section}] ${value.key}`,
    value: value.conditional ? `${value.value} (on some machines only)` : value.value,
    at: lineOf(value),
    concerns: '',
  }));
}

function udevEntry(setting: UdevSetting): ConfigEntry {
  return { what: setting.what, value: setting.value, at: lineOf(setting), concerns: concernsOf(setting.matches) };
}

function unitFacts(files: readonly UnitFile[]): string[] {
  return files.filter(({ state }) => state !== 'applied').map(({ path, state, why }) => `${path} is ${state}: ${why}`);
}

function unitEntries(files: readonly UnitFile[]): ConfigEntry[] {
  return files
    .filter(({ state }) => state === 'applied')
    .flatMap(({ settings, matches }) =>
      settings.map((setting) => ({
        what: `[${setting.section}] ${setting.key}`,
        value: setting.value,
        at: lineOf(setting),
        concerns: concernsOf(matches),
      })),
    );
}

function scriptFacts(lines: readonly ConfigLine[]): string[] {
  return lines.length === 0 ? [] : ['run at boot, or when an interface comes up: in which order is not known'];
}

function plainEntry(line: ConfigLine): ConfigEntry {
  return { what: '', value: line.text.trim(), at: lineOf(line), concerns: '' };
}

function lineOf({ path, line, text }: ConfigLine): ConfigLine {
  return { path, line, text };
}

/** `eth0, eth1; perhaps eth2 (the driver of this NIC is not known)` */
function concernsOf(matches: readonly NicMatch[] | null): string {
  if (matches === null) return '';
  const sure = matches.filter(({ matches: holds }) => holds === true).map(({ nic }) => nic);
  const doubts = new Map<string, string[]>();
  for (const { nic, matches: holds, why } of matches) {
    if (holds === null) doubts.set(why, [...(doubts.get(why) ?? []), nic]);
  }
  const perhaps = [...doubts].map(([why, nics]) => `perhaps ${listed(nics)} (${why})`);
  const parts = [...(sure.length > 0 ? [listed(sure)] : []), ...perhaps];
  return parts.length === 0 ? 'no NIC of this snapshot' : parts.join('; ');
}

function listed(nics: readonly string[]): string {
  const shown = nics.slice(0, 8).join(', ');
  return nics.length > 8 ? `${shown} and ${nics.length - 8} more` : shown;
}

function runs(name: string, running: boolean | null): string {
  if (running === null) return `whether ${name} runs is not known`;
  return running ? `${name} runs` : `${name} does not run`;
}

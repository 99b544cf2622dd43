import { splitGrep } from '../kernel/multiFile.ts';
import { type ConfigText, configDirectories, placeFiles } from '../languages/boot/configFiles.ts';
import { envAssignment } from '../languages/boot/envFile.ts';
import { irqbalanceConfig } from '../languages/boot/irqbalance.ts';
import {
  commandLineSetters,
  type KeySetter,
  programSetters,
  scriptSetters,
  tunedSetters,
  udevSetters,
  ufwSetters,
} from '../languages/boot/otherSetters.ts';
import { sysctlBoot } from '../languages/boot/sysctlBoot.ts';
import { tunedConfig } from '../languages/boot/tunedProfile.ts';
import { unitFiles } from '../languages/link/unitFiles.ts';
import { udevSettings } from '../languages/udev/udevNics.ts';
import type { BootConfig, ConfigLine, UnitFile } from '../model/bootConfig.ts';
import { mapReading, type Reading, read } from '../model/reading.ts';
import type { HostFacts, Nic, Snapshot } from '../model/snapshot.ts';
import { absentKey } from './absentKey.ts';
import { type BootFiles, readBootFiles, readNumberedLines } from './bootFiles.ts';
import { bootInit } from './bootInit.ts';
import type { Sections } from './sections.ts';

/** The collector's limit for each of these sections. */
const sectionLimit = 262_144;
/** Each rule and file is held against this many NICs, physical ones first. */
const mostNics = 256;

interface Facts {
  readonly host: HostFacts;
  readonly nics: readonly Nic[];
  readonly sysctl: Snapshot['sysctl'];
}

/** The `boot-files`, `sysctl-files`, `udev-rules`, `boot-settings`, `daemons` sections: what the files of the host set at boot. */
export function readBootConfig(sections: Sections, { host, nics, sysctl }: Facts): BootConfig {
  const listed = listOfFiles(sections, 'the configuration files under /etc, /run and /usr/lib');
  const list = listed.ok ? readBootFiles(listed.value) : null;
  const files = list?.files ?? new Map();
  const texts = (name: string, source: string): Reading<ReadonlyMap<string, ConfigText>> =>
    !listed.ok ? { ...listed, source } : textsOf(sections, name, source, files);
  const sysctlTexts = texts('sysctl-files', '/etc/sysctl.d, /etc/sysctl.conf');
  const udevTexts = texts('udev-rules', '/etc/udev/rules.d');
  const settingTexts = texts('boot-settings', '/etc');
  const asked = nics.slice(0, mostNics);
  const programs = runningPrograms(sections);

  const udev = mapReading(udevTexts, (found) => {
    const placed = placeFiles(
      inAny(found, configDirectories('udev/rules.d')),
      configDirectories('udev/rules.d'),
      '.rules',
    );
    return udevSettings(
      placed.filter(({ state }) => state === 'applied').map(({ file }) => file),
      asked,
    );
  });
  const tuned = mapReading(settingTexts, (found) =>
    tunedConfig({ running: programs?.has('tuned') ?? null, files: found }),
  );
  const scripts = mapReading(settingTexts, (found) => linesOf(found, isScript));
  const others: KeySetter[] = [
    ...(sysctlTexts.ok ? commandLineSetters(linesOf(sysctlTexts.value, (path) => path === '/proc/cmdline')) : []),
    ...(tuned.ok ? tunedSetters(tuned.value) : []),
    ...(udev.ok ? udevSetters(udev.value) : []),
    ...(scripts.ok ? scriptSetters(scripts.value) : []),
    ...(sysctlTexts.ok && settingTexts.ok ? ufwOf(sysctlTexts.value, settingTexts.value) : []),
    ...programSetters(programs ?? new Set()),
  ];
  const init = bootInit(sections, list);
  return {
    init,
    sysctl: mapReading(sysctlTexts, (found) =>
      sysctlBoot({
        reader: init.reader,
        files: [...found.values()].filter(
          ({ path }) => /\/sysctl\.(?:d\/|conf$)/.test(path) && !path.startsWith('/etc/ufw/'),
        ),
        running: sysctl.ok ? sysctl.value : null,
        absent: absentKey(host, sysctl),
        others,
      }),
    ),
    irqbalance: mapReading(settingTexts, (found) =>
      irqbalanceConfig(
        linesOf(found, (path) => path.includes('irqbalance')),
        {
          running: programs?.has('irqbalance') ?? null,
          masked: files.get('/etc/systemd/system/irqbalance.service')?.target === '/dev/null',
        },
      ),
    ),
    tuned,
    udev,
    links: mapReading(settingTexts, (found) => filesOfNetworkd(found, asked, 'link')),
    networks: mapReading(settingTexts, (found) =>
      filesOfNetworkd(found, asked, 'network').filter(({ settings }) => settings.length > 0),
    ),
    modules: mapReading(settingTexts, (found) => linesOf(found, (path) => /\/modprobe\.d\/|\/modules/.test(path))),
    scripts,
    notes: list === null ? [] : notesOf(sections, list, nics.length),
  };
}

/** An empty list is one as well: a host may have none of the files that were looked for. */
function listOfFiles(sections: Sections, source: string): Reading<string> {
  const section = sections.get('boot-files');
  if (section?.status === 0 && section.stdout === '') return read(source, { value: '', warnings: [] });
  return sections.files('boot-files', source);
}

/** The files of a list with the lines a section has of them. A file of which it has none is there all the same. */
function textsOf(
  sections: Sections,
  name: string,
  source: string,
  files: BootFiles['files'],
): Reading<ReadonlyMap<string, ConfigText>> {
  const text = sections.tool(name, source, (value) => ({ value, warnings: [] }));
  return mapReading(text, (printed) => {
    const lines = readNumberedLines(printed, files);
    const texts = new Map<string, ConfigText>();
    for (const [path, { target, readable }] of files)
      texts.set(path, { path, target, readable, lines: lines.get(path) ?? [] });
    for (const [path, found] of lines)
      if (!texts.has(path)) texts.set(path, { path, target: null, readable: true, lines: found });
    return texts;
  });
}

function inAny(texts: ReadonlyMap<string, ConfigText>, directories: readonly string[]): ConfigText[] {
  return [...texts.values()].filter(({ path }) => directories.some((directory) => path.startsWith(`${directory}/`)));
}

function filesOfNetworkd(
  texts: ReadonlyMap<string, ConfigText>,
  nics: readonly Nic[],
  kind: 'link' | 'network',
): UnitFile[] {
  const directories = configDirectories('systemd/network');
  return unitFiles(placeFiles(inAny(texts, directories), directories, `.${kind}`), nics, kind);
}

function linesOf(texts: ReadonlyMap<string, ConfigText>, wanted: (path: string) => boolean): ConfigLine[] {
  return [...texts.values()]
    .filter(({ path }) => wanted(path))
    .flatMap(({ path, lines }) => lines.map(({ line, text }) => ({ path, line, text })));
}

function isScript(path: string): boolean {
  return /^\/etc\/(?:rc|local\.d\/|network\/|NetworkManager\/dispatcher|networkd-dispatcher\/|sysconfig\/network|systemd\/system\/)/.test(
    path,
  );
}

function ufwOf(sysctl: ReadonlyMap<string, ConfigText>, settings: ReadonlyMap<string, ConfigText>): KeySetter[] {
  const value = (path: string, key: string): string | undefined =>
    settings
      .get(path)
      ?.lines.map(({ text }) => envAssignment(text))
      .findLast((one) => one?.key === key)?.value;
  if (!/^yes$/i.test(value('/etc/ufw/ufw.conf', 'ENABLED') ?? '')) return [];
  const file = sysctl.get(value('/etc/default/ufw', 'IPT_SYSCTL') ?? '/etc/ufw/sysctl.conf');
  return file === undefined ? [] : ufwSetters(file);
}

/** Names of programs that run, of those the collector looks for; null when it could not look. */
function runningPrograms(sections: Sections): ReadonlySet<string> | null {
  const section = sections.get('daemons');
  if (section === undefined || section.status === null || section.status > 1) return null;
  return new Set(splitGrep(section.stdout).map(({ text }) => text));
}

function notesOf(sections: Sections, list: BootFiles, nics: number): string[] {
  const full = ['sysctl-files', 'udev-rules', 'boot-settings'].filter(
    (name) => (sections.get(name)?.stdout.length ?? 0) >= sectionLimit,
  );
  const secret = [...list.files]
    .filter(([, { readable, target }]) => !readable && target === null)
    .map(([path]) => path);
  return [
    ...full.map((name) => `more than ${sectionLimit / 1024} KiB of lines: what follows is not in the section ${name}`),
    ...list.capped.map((path) => `too many files: from ${path} on they were not read`),
    ...(secret.length > 0 ? [`this login may not read ${secret.join(', ')}: what they set is not known`] : []),
    ...(nics > mostNics ? [`rules and files were held against the first ${mostNics} of ${nics} NICs`] : []),
  ];
}

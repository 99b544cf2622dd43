import { notInReport } from '../sections.ts';
import { bootParts } from './bootParts.ts';
import { fileSections, globPattern } from './collectorFiles.ts';
import { concludedFiles, dateOf, devicesOf, nicsIn, type ReportFiles } from './conclusions.ts';
import { commandSection, isComplaint, listenersIn, mangled } from './reportCommands.ts';
import { hostPath } from './reportPaths.ts';

/** What is kept of a report, by path inside it. */
export interface SosReport {
  readonly files: ReportFiles;
  /** Links with their targets: known, never followed out of the report. */
  readonly links: ReadonlyMap<string, string>;
}

const absent = `${notInReport}\n`;

/** Sections that readers look for, and a report may not hold. */
const askedOfHosts = [
  'qdisc@A',
  'listeners@A',
  'listener-owners',
  'ss-summary',
  'tcp@A',
  'udp@A',
  'ip-link@A',
  'ethtool-version',
  'pagesize',
];

interface MadeSection {
  readonly name: string;
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The files of a sosreport as the text of a capture, read by what reads every capture. Of its single sample there are no
 * rates. What the collector would have asked and the report does not hold says so; what is concluded from another file
 * names that on its section's stderr. `nonce` must stand in no text of the report.
 */
export function sosCapture({ files, links }: SosReport, nonce: string, label: string): string {
  const boot = bootParts({ files, links }).map((part) => ({ ...part, status: part.stderr === absent ? -1 : 0 }));
  const sections = [...fileParts(files), ...commandParts(files), ...boot, ...others(files)];
  const version = (files.get('version.txt') ?? '').split('\n')[0] ?? '';
  const about: MadeSection = { name: 'sosreport', status: 0, stdout: `${label}\n${version}\n`, stderr: '' };
  const made = new Set(sections.map(({ name }) => name));
  const missing = askedOfHosts
    .filter((name) => !made.has(name))
    .map((name): MadeSection => ({ name, status: -1, stdout: '', stderr: absent }));
  const end: MadeSection = { name: 'end', status: 0, stdout: '', stderr: '' };
  return `@@${nonce} packet-path 1\n${[about, ...sections, ...missing, end].map((part) => framed(part, nonce)).join('')}`;
}

function framed({ name, status, stdout, stderr }: MadeSection, nonce: string): string {
  const errors = stderr === '' ? '' : `\n@@${nonce} !\n${stderr}`;
  return `\n@@${nonce} < ${name}\n${stdout}${errors}\n@@${nonce} > ${status} - - ${name}\n`;
}

/**
 * The vectors of virtio NICs, whose interrupts are named after the device (`virtio2-input.0`) and not after the NIC. They
 * hang on the PCI function above it.
 */
function msiPart(known: ReadonlyMap<string, HostFile>, devices: ReadonlyMap<string, string>): MadeSection[] {
  const lines = [...devices].flatMap(([name, device]) => {
    const virtio = /\/(virtio\d+)$/.exec(device)?.[1];
    if (virtio === undefined) return [];
    const irqs = [...known].flatMap(([path, { text }]) => {
      const irq = /^\/sys\/kernel\/irq\/(\d+)\/actions$/.exec(path)?.[1];
      return irq !== undefined && text.startsWith(`${virtio}-`) ? [irq] : [];
    });
    return irqs.length === 0 ? [] : [`/sys/class/net/${name}/device/../msi_irqs ${irqs.join(' ')}\n`];
  });
  const stderr = 'concluded from the names of the interrupts\n';
  return lines.length === 0 ? [] : [{ name: 'msi', status: 0, stdout: lines.join(''), stderr }];
}

/** A file of the host, and the other file that it was concluded from, if any. */
interface HostFile {
  readonly text: string;
  readonly from: string | null;
}

/** The host's files by the paths that the collector knows them by; what was copied counts before what is concluded. */
function hostFiles(files: ReportFiles, devices: ReadonlyMap<string, string>): ReadonlyMap<string, HostFile> {
  const found = new Map<string, HostFile>();
  const add = (path: string, text: string, from: string | null): void => {
    if (!found.has(path)) found.set(path, { text, from });
  };
  for (const [path, text] of files) if (hostPath(path) === `/${path}`) add(`/${path}`, text, null);
  for (const [path, text] of files) add(hostPath(path), text, null);
  for (const [name, device] of devices) {
    for (const [path, text] of files) {
      const [folder, file] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)];
      if (folder === device) add(`/sys/class/net/${name}/device/${file}`, text, null);
      if (folder === device.slice(0, device.lastIndexOf('/')))
        add(`/sys/class/net/${name}/device/../${file}`, text, null);
    }
  }
  for (const { path, text, from } of concludedFiles(files)) add(path, text, from);
  return found;
}

const byNumber = new Intl.Collator('en', { numeric: true }).compare;

/** The sections that print files: `tail` each under its path, `grep` each line with it. */
function fileParts(files: ReportFiles): MadeSection[] {
  const devices = devicesOf(files);
  const known = hostFiles(files, devices);
  const paths = [...known.keys()].sort(byNumber);
  const parts = fileSections.map(({ name, command, globs }): MadeSection => {
    const printed: string[] = [];
    const notes = new Set<string>();
    for (const glob of globs) {
      const pattern = new RegExp(`^${globPattern(glob)}$`);
      const matching = glob.includes('*') ? paths.filter((path) => pattern.test(path)) : [glob];
      for (const path of matching) {
        const file = known.get(path);
        if (file === undefined) {
          if (command === 'tail') notes.add(`${path}: ${notInReport}`);
          continue;
        }
        if (file.from !== null) notes.add(`${path}: concluded from ${file.from}`);
        printed.push(command === 'tail' ? `==> ${path} <==\n${file.text}` : withPath(path, file.text));
      }
    }
    if (printed.length === 0 && command === 'grep') notes.add(notInReport);
    const stderr = [...notes].map((note) => `${note}\n`).join('');
    return {
      name,
      status: printed.length === 0 ? -1 : 0,
      stdout: printed.join(command === 'tail' ? '\n' : ''),
      stderr,
    };
  });
  return [...parts, ...socketParts(known), ...msiPart(known, devices)];
}

/** `grep -sH ^`: each line with its path; a line end at the end begins no line. */
function withPath(path: string, text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${path}:${line}\n`)
    .join('');
}

/** Sockets, as the collector sends them from a host without awk. */
function socketParts(known: ReadonlyMap<string, HostFile>): MadeSection[] {
  return ['tcp', 'udp'].flatMap((protocol) => {
    const texts = [`/proc/net/${protocol}`, `/proc/net/${protocol}6`].flatMap((path) => {
      const file = known.get(path);
      return file === undefined ? [] : [`==> ${path} <==\n${file.text}`];
    });
    return texts.length === 0 ? [] : [{ name: `${protocol}@A`, status: 0, stdout: texts.join('\n'), stderr: '' }];
  });
}

function commandParts(files: ReportFiles): MadeSection[] {
  const nics = new Map(nicsIn(files).map((name) => [mangled(name), name]));
  return [...files].flatMap(([path, text]): MadeSection[] => {
    const found = commandSection(path);
    if (found === null) return [];
    const name = found.nic === null ? found.section : found.section.replace('NIC', nics.get(found.nic) ?? found.nic);
    const { without } = found;
    const taken =
      without === null
        ? text
        : text
            .split('\n')
            .filter((line) => !without.test(line))
            .join('\n');
    if (isComplaint(taken)) return [{ name, status: 1, stdout: '', stderr: taken }];
    if (name !== 'listeners@A') return [{ name, status: 0, stdout: taken, stderr: '' }];
    const listening = { status: 0, stdout: listenersIn(taken), stderr: '' };
    return [
      { name, ...listening },
      { name: 'listener-owners', ...listening },
    ];
  });
}

function others(files: ReportFiles): MadeSection[] {
  const date = dateOf(files);
  const uname = files.get('sos_commands/kernel/uname_-a') ?? '';
  return [
    ...(date === null ? [] : [{ name: 'date', status: 0, stdout: date.text, stderr: `concluded from ${date.from}\n` }]),
    // The machine's name stands last but one, or three times over.
    ...[/ (\S+) GNU\/Linux\s*$/.exec(uname)?.[1] ?? []]
      .flat()
      .map((machine) => ({ name: 'machine', status: 0, stdout: `${machine}\n`, stderr: '' })),
    // The one size there; other architectures may have been built for several.
    ...(/ x86_64 /.test(uname)
      ? [{ name: 'pagesize', status: 0, stdout: '4096\n', stderr: 'concluded from the architecture, x86_64\n' }]
      : []),
  ];
}

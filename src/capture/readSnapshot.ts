import { parseCpuList } from '../kernel/cpuList.ts';
import { parseKernelConfig } from '../kernel/kernelConfig.ts';
import { splitGrep } from '../kernel/multiFile.ts';
import { printable } from '../kernel/printable.ts';
import { mapReading, type Reading, read } from '../model/reading.ts';
import type { CpuFacts, HostFacts, Sample, SectionStatus, Snapshot } from '../model/snapshot.ts';
import { readCpuPower } from './cpuPower.ts';
import { parseCapture, type Section } from './frame.ts';
import { readBootConfig } from './readBootConfig.ts';
import { readLinkDetails, readLinks } from './readLinks.ts';
import { physicalNics, readNicAttributes, readNics } from './readNics.ts';
import { readSample } from './readSample.ts';
import { readMachine, readSocketFacts } from './readSockets.ts';
import { readTcpRepair } from './readTcpRepair.ts';
import { Sections } from './sections.ts';

/** HOST_NAME_MAX is 64; a PRETTY_NAME may be longer. Whatever shows these shows them as they are here. */
const hostWordLimit = 200;
/** The range of a JavaScript Date (ECMA-262, time values). */
const latestDate = 8.64e15;
/** The kernel's largest MAX_NUMNODES; each may name every CPU. */
const mostNodes = 1024;

/** Everything a capture says, read. Never throws on content; what is wrong with it stands in `problems`. */
export function readSnapshot(text: string): Snapshot {
  const capture = parseCapture(text);
  const sections = new Sections(capture.sections);
  const cpus = readCpus(sections);
  const attributes = readNicAttributes(sections);
  const physical = physicalNics(attributes);
  const links = { A: readLinks(sections, 'A'), B: readLinks(sections, 'B') };
  const samples = (['A', 'B'] as const)
    .map((sample) => readSample(sections, sample, physical, cpus.online, links[sample]))
    .filter((sample): sample is Sample => sample !== null);
  const sysctl = readSysctl(sections);
  const host = readHost(sections, sysctl);
  const nics = readNics(sections, attributes, readLinkDetails(sections, links.A));
  const kernelConfig = readKernelConfig(sections);
  return {
    host,
    cpus,
    samples,
    nics,
    kernelConfig,
    sysctl,
    bootConfig: readBootConfig(sections, { host, nics, sysctl }),
    ...readSocketFacts(sections),
    tcpRepair: readTcpRepair(sections, kernelConfig),
    sections: capture.sections.filter((section) => section.name !== 'end').map(statusOf),
    problems: [
      ...capture.problems,
      ...(sections.get('sosreport') === undefined
        ? []
        : [`made of a sosreport: one sample, no rates, and only what the report holds`]),
      ...undecodable([...attributes.keys()]),
    ],
  };
}

/** A name is any bytes to the kernel; those that are no UTF-8 all look alike here (U+FFFD). */
function undecodable(nics: readonly string[]): string[] {
  const names = nics.filter((nic) => nic.includes('\ufffd')).map((nic) => printable(nic, 20));
  if (names.length === 0) return [];
  return [
    `interface names that are not UTF-8 (${printable(names.join(', '))}): those that differ only there are read as one`,
  ];
}

function statusOf(section: Section): SectionStatus {
  const { name, status, stderr, stdout, startedAt, endedAt } = section;
  return {
    name,
    status,
    stderr,
    bytes: stdout.length,
    durationMs: startedAt === null || endedAt === null ? null : Math.round((endedAt - startedAt) * 1000),
  };
}

function readHost(sections: Sections, sysctl: Snapshot['sysctl']): HostFacts {
  const files = linesByPath(sections, 'ident');
  const first = (path: string): string | null => files.get(path)?.[0]?.trim() ?? null;
  const name = files.get('/etc/os-release')?.find((line) => line.startsWith('PRETTY_NAME='));
  const ownWord = (text: string | null | undefined): string | null => printable(text ?? '', hostWordLimit) || null;
  return {
    hostname: ownWord(first('/proc/sys/kernel/hostname')),
    kernel: ownWord(first('/proc/sys/kernel/osrelease')),
    os: ownWord(name?.slice('PRETTY_NAME='.length).replace(/^"(.*)"$/, '$1')),
    takenAt: readDate(sections.get('date')?.stdout ?? ''),
    // The kernel registers this key in the initial network namespace only.
    initialNetns: sysctl.ok ? sysctl.value.has('net.core.netdev_max_backlog') : null,
    pageSize: readPageSize(sections.get('pagesize')?.stdout ?? ''),
    machine: ownWord(readMachine(sections).machine),
  };
}

/** Bytes as `getconf PAGESIZE` prints them, or the `KernelPageSize` in kB of /proc/self/smaps. */
function readPageSize(text: string): number | null {
  const [, bytes, kilobytes] = /^(?:(\d{1,9})|KernelPageSize: +(\d{1,6}) kB)\s*$/.exec(text) ?? [];
  return Number(bytes) || Number(kilobytes) * 1024 || null;
}

/** `date -u +%s` in ms; null for what is no date that a `Date` can hold. */
function readDate(text: string): number | null {
  const epochMs = Number(text.trim() || Number.NaN) * 1000;
  return Number.isSafeInteger(epochMs) && Math.abs(epochMs) <= latestDate ? epochMs : null;
}

function readCpus(sections: Sections): CpuFacts {
  const files = linesByPath(sections, 'cpu');
  const list = (path: string): readonly number[] | null => {
    const text = files.get(`/sys/devices/system/cpu/${path}`)?.[0];
    return text === undefined ? null : parseCpuList(text.trim());
  };
  const nodes = new Map<number, readonly number[]>();
  for (const [path, lines] of files) {
    const node = /^\/sys\/devices\/system\/node\/node(\d+)\/cpulist$/.exec(path)?.[1];
    if (node === undefined || Number(node) >= mostNodes) continue;
    const cpus = parseCpuList(lines[0]?.trim() ?? '');
    if (cpus !== null) nodes.set(Number(node), cpus);
  }
  const power = readCpuPower(files);
  const smt = files.get('/sys/devices/system/cpu/smt/active')?.[0]?.trim();
  return {
    online: list('online'),
    possible: list('possible'),
    isolated: list('isolated'),
    smt: smt === undefined ? null : smt === '1',
    nodes,
    power,
  };
}

/** Of the build options only those the collector looks for. */
function readKernelConfig(sections: Sections): Snapshot['kernelConfig'] {
  const source = '/boot/config-RELEASE, /proc/config.gz';
  const text = sections.files('kernel-config', source);
  if (text.ok) return read(source, parseKernelConfig(text.value));
  return text.kind === 'no-file' && sections.get('kernel-config')?.stderr === ''
    ? { ...text, reason: 'this kernel keeps its configuration where nobody can read it' }
    : text;
}

/** `/proc/sys/net/core/somaxconn` is `net.core.somaxconn`; a dot inside a name (`eth0.100`) becomes a slash, as sysctl(8) has it. */
function readSysctl(sections: Sections): Reading<ReadonlyMap<string, string>> {
  return mapReading(sections.files('sysctl', '/proc/sys'), (text) => {
    const values = new Map<string, string>();
    for (const line of splitGrep(text)) {
      if (!line.path.startsWith('/proc/sys/')) continue;
      const key = line.path.slice('/proc/sys/'.length).replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/'));
      if (!values.has(key)) values.set(key, line.text.trim().replace(/\s+/g, ' '));
    }
    return values;
  });
}

function linesByPath(sections: Sections, name: string): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const { path, text } of splitGrep(sections.get(name)?.stdout ?? '')) {
    const lines = files.get(path);
    if (lines === undefined) files.set(path, [text]);
    else lines.push(text);
  }
  return files;
}

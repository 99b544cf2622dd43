import { parseCpuMask } from '../kernel/cpuList.ts';
import type { IpLink } from '../kernel/ipLink.ts';
import { splitGrep } from '../kernel/multiFile.ts';
import { missing, type Reading } from '../model/reading.ts';
import type { Nic } from '../model/snapshot.ts';
import { cpuReader } from './cpuReader.ts';
import { namedByPort, nicIrqs } from './nicIrqs.ts';
import { readPciLink } from './pciLink.ts';
import { nicSettingsReader } from './readNicSettings.ts';
import { readQueues } from './readQueues.ts';
import type { Sections } from './sections.ts';
import { toNumber } from './toNumber.ts';

/** The NICs the collector asked ethtool about: those with a device behind them. */
export function physicalNics(attributes: NicAttributes): string[] {
  return [...attributes].filter(([, files]) => isPhysical(files)).map(([name]) => name);
}

/** NIC name to file below `/sys/class/net/NAME/` to its lines. */
export type NicAttributes = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** The `netdev` and `queues` sections: what sysfs says of each NIC. */
export function readNicAttributes(sections: Sections): NicAttributes {
  const nics = new Map<string, Map<string, string[]>>();
  for (const section of ['netdev', 'queues']) {
    for (const { path, text } of splitGrep(sections.wholeText(section))) {
      const [name = '', ...rest] = path.slice('/sys/class/net/'.length).split('/');
      const files = nics.get(name) ?? new Map<string, string[]>();
      const file = rest.join('/');
      const lines = files.get(file);
      if (lines === undefined) files.set(file, [text]);
      else lines.push(text);
      nics.set(name, files);
    }
  }
  return nics;
}

const byNumber = new Intl.Collator('en', { numeric: true });

/** All NICs of the network namespace, physical ones first, then by name. */
export function readNics(sections: Sections, attributes: NicAttributes, links: Reading<readonly IpLink[]>): Nic[] {
  const linkByName = new Map(links.ok ? links.value.map((link) => [link.name, link]) : []);
  const settingsOf = nicSettingsReader(sections);
  const maskCpus = cpuReader(parseCpuMask);
  const named = namedByPort(
    sections,
    [...attributes].map(([name, files]) => ({ name, address: ueventLine(files, 'PCI_SLOT_NAME') })),
  );
  const nics = [...attributes].map(([name, files]): Nic => {
    const text = (file: string): string | null => files.get(file)?.[0]?.trim() ?? null;
    const number = (file: string): number | null => toNumber(text(file));
    const settings = settingsOf(name, isPhysical(files));
    const driver = (settings.driverInfo.ok ? settings.driverInfo.value.driver : null) ?? ueventLine(files, 'DRIVER');
    const speed = number('speed');
    const node = number('device/numa_node') ?? number('device/../numa_node');
    return {
      name,
      operstate: text('operstate'),
      carrier: text('carrier') === null ? null : text('carrier') === '1',
      // -1, or the unsigned -1 of some drivers: no link, or a device that knows no speed.
      speed: speed === null || speed <= 0 || speed >= 4294967295 ? null : speed,
      duplex: text('duplex'),
      mtu: number('mtu'),
      txQueueLen: number('tx_queue_len'),
      address: text('address'),
      numaNode: node === null || node < 0 ? null : node,
      physical: isPhysical(files),
      driver,
      queues: readQueues(files, maskCpus),
      irqs: nicIrqs(sections, named, {
        name,
        driver,
        legacyIrq: number('device/irq'),
        address: ueventLine(files, 'PCI_SLOT_NAME'),
      }),
      napiDeferHardIrqs: number('napi_defer_hard_irqs'),
      groFlushTimeout: number('gro_flush_timeout'),
      threaded: text('threaded') === null ? null : text('threaded') !== '0',
      pciLink: readPciLink(text),
      ipLink: linkOf(links, linkByName.get(name)),
      ...settings,
    };
  });
  return nics.sort((x, y) => Number(y.physical) - Number(x.physical) || byNumber.compare(x.name, y.name));
}

function linkOf(links: Reading<readonly IpLink[]>, link: IpLink | undefined): Reading<IpLink> {
  if (!links.ok) return links;
  return link === undefined ? missing(links.source, 'unparsed', 'ip does not show it') : { ...links, value: link };
}

function isPhysical(files: ReadonlyMap<string, readonly string[]>): boolean {
  return files.has('device/uevent');
}

function ueventLine(files: ReadonlyMap<string, readonly string[]>, key: string): string | null {
  const line = files.get('device/uevent')?.find((entry) => entry.startsWith(`${key}=`));
  return line?.slice(key.length + 1) ?? null;
}

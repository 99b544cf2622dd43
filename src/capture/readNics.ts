import { parseCpuMask } from '../kernel/cpuList.ts';
import { splitGrep } from '../kernel/multiFile.ts';
import type { Nic, NicQueue } from '../model/snapshot.ts';
import { type CpuReader, cpuReader } from './cpuReader.ts';
import { nicIrqs } from './nicIrqs.ts';
import { nicSettingsReader } from './readNicSettings.ts';
import type { Sections } from './sections.ts';

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
export function readNics(sections: Sections, attributes: NicAttributes): Nic[] {
  const settingsOf = nicSettingsReader(sections);
  const maskCpus = cpuReader(parseCpuMask);
  const nics = [...attributes].map(([name, files]): Nic => {
    const text = (file: string): string | null => files.get(file)?.[0]?.trim() ?? null;
    const number = (file: string): number | null => toNumber(text(file));
    const settings = settingsOf(name, isPhysical(files));
    const driver = (settings.driverInfo.ok ? settings.driverInfo.value.driver : null) ?? ueventDriver(files);
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
      irqs: nicIrqs(sections, { name, driver, legacyIrq: number('device/irq') }),
      ...settings,
    };
  });
  return nics.sort((x, y) => Number(y.physical) - Number(x.physical) || byNumber.compare(x.name, y.name));
}

function isPhysical(files: ReadonlyMap<string, readonly string[]>): boolean {
  return files.has('device/uevent');
}

function ueventDriver(files: ReadonlyMap<string, readonly string[]>): string | null {
  const line = files.get('device/uevent')?.find((entry) => entry.startsWith('DRIVER='));
  return line?.slice('DRIVER='.length) ?? null;
}

function readQueues(files: ReadonlyMap<string, readonly string[]>, maskCpus: CpuReader): NicQueue[] {
  const queues: NicQueue[] = [];
  for (const path of files.keys()) {
    // rps_cpus exists for every receive queue, tx_maxrate for every transmit queue.
    const found = /^queues\/(?:(rx)-(\d+)\/rps_cpus|(tx)-(\d+)\/tx_maxrate)$/.exec(path);
    const number = found?.[2] ?? found?.[4];
    // The kernel writes no leading zeros: another spelling would be the same queue twice.
    if (number === undefined || String(Number(number)) !== number) continue;
    const direction = found?.[1] === 'rx' ? 'rx' : 'tx';
    const base = `queues/${direction}-${number}`;
    const mask = files.get(`${base}/${direction === 'rx' ? 'rps_cpus' : 'xps_cpus'}`)?.[0];
    queues.push({
      direction,
      index: Number(number),
      cpus: maskCpus(mask?.trim()),
      flowCount: toNumber(files.get(`${base}/rps_flow_cnt`)?.[0] ?? null),
    });
  }
  return queues.sort((x, y) => x.direction.localeCompare(y.direction) || x.index - y.index);
}

function toNumber(text: string | null): number | null {
  if (text === null || text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

import { setsAtBoot } from './bootParts.ts';
import { fileSections, globPattern } from './collectorFiles.ts';
import { commandSection } from './reportCommands.ts';

const isCollected = new RegExp(`^(?:${fileSections.flatMap(({ globs }) => globs.map(globPattern)).join('|')})$`);

/** Lists of sockets, which the collector counts on the host. */
const isSocketList = /^\/proc\/net\/(?:tcp|udp)6?$/;

/** What the collector reads of a device itself: `numa_node`, `local_cpulist`. */
const ofDevices = new Set(
  fileSections.flatMap(({ globs }) =>
    globs.flatMap((glob) => /^\/sys\/class\/net\/\*\/device\/(?:\.\.\/)?([\w]+)$/.exec(glob)?.[1] ?? []),
  ),
);

/** Files of a report that others are concluded from, or that say what it is. */
const others =
  /^(?:version\.txt|usr\/lib\/os-release|sos_commands\/(?:date\/date(?:_--utc)?|general\/date|systemd\/timedatectl|(?:host|general)\/hostname|kernel\/(?:uname_-a|sysctl_-a)|networking\/ip_-s(?:_-s)?_-d_link|processor\/lscpu|hardware\/lscpu))$/;

const root = /^(?:\.\/)*(?:[^/]+\/)??((?:proc|sys|etc|usr|run|lib|boot|sos_commands)\/.+|version\.txt)$/;

/**
 * The path inside the report, whatever folder it was packed in: `sosreport-web-1-2026/proc/stat` is `proc/stat`. Null for
 * what is no path of a report, one that climbs out of it among them.
 */
export function reportPath(path: string): string | null {
  return /(?:^|\/)\.\.(?:\/|$)/.test(path) ? null : (root.exec(path)?.[1] ?? null);
}

/** True for the files that something is made of; a report has thousands more. */
export function isWanted(path: string): boolean {
  if (others.test(path) || setsAtBoot(path) || commandSection(path) !== null) return true;
  if (/^sys\/devices\/.+\/([^/]+)$/.test(path) && ofDevices.has(path.slice(path.lastIndexOf('/') + 1))) return true;
  return isCollected.test(hostPath(path)) || isSocketList.test(hostPath(path));
}

/**
 * Where the host has it: sos copies what a link leads to, so `/proc/net` comes as `proc/2812/net`, and a NIC as
 * `sys/devices/pci0000:00/0000:00:03.0/net/eth0`.
 */
export function hostPath(path: string): string {
  const ofNet = /^proc\/(?:\d+|self)\/net\/(.+)$/.exec(path)?.[1];
  if (ofNet !== undefined) return `/proc/net/${ofNet}`;
  const nic = nicPath(path);
  if (nic !== null) return `/sys/class/net/${nic.name}/${nic.file}`;
  return path === 'usr/lib/os-release' ? '/etc/os-release' : `/${path}`;
}

/** A file of a NIC by way of its device: `device` is empty for those without one (`sys/devices/virtual/net/lo`). */
export function nicPath(path: string): { device: string; name: string; file: string } | null {
  const [, device = '', name, file] = /^sys\/devices\/(.+)\/net\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (name === undefined || file === undefined) return null;
  return { device: device === 'virtual' ? '' : `sys/devices/${device}`, name, file };
}

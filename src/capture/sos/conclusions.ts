import { parseInterrupts } from '../../kernel/interrupts.ts';
import { mangled } from './reportCommands.ts';
import { nicPath } from './reportPaths.ts';

/** Path in the report to its text. */
export type ReportFiles = ReadonlyMap<string, string>;

/** What a host's file would say, concluded from another file of the report. */
export interface Concluded {
  readonly path: string;
  readonly text: string;
  /** The file of the report. */
  readonly from: string;
}

/** Everything that other files of the report tell of the host's own files; the first of two for one path is the better. */
export function concludedFiles(files: ReportFiles): Concluded[] {
  return [
    ...sysctlFiles(files),
    ...identity(files),
    ...linkFiles(files),
    ...settingsFiles(files),
    ...irqActions(files),
  ];
}

/** `net.ipv4.conf.eth0/100.rp_filter = 1` is `/proc/sys/net/ipv4/conf/eth0.100/rp_filter`. */
function sysctlFiles(files: ReportFiles): Concluded[] {
  const from = 'sos_commands/kernel/sysctl_-a';
  return linesOf(files, from).flatMap((line) => {
    const [, key, text] = /^([\w./:@-]+) = (.*)$/.exec(line) ?? [];
    if (key === undefined || text === undefined) return [];
    const path = key.replace(/[./]/g, (separator) => (separator === '.' ? '/' : '.'));
    return [{ path: `/proc/sys/${path}`, text: `${text}\n`, from }];
  });
}

function identity(files: ReportFiles): Concluded[] {
  const concluded: Concluded[] = [];
  const add = (path: string, from: string, text: string | undefined): void => {
    if (text !== undefined && text.trim() !== '') concluded.push({ path, text: `${text.trim()}\n`, from });
  };
  for (const from of ['sos_commands/host/hostname', 'sos_commands/general/hostname'])
    add('/proc/sys/kernel/hostname', from, files.get(from)?.split('\n')[0]);
  const uname = 'sos_commands/kernel/uname_-a';
  add('/proc/sys/kernel/osrelease', uname, files.get(uname)?.split(' ')[2]);
  for (const from of ['sos_commands/processor/lscpu', 'sos_commands/hardware/lscpu'])
    add('/sys/devices/system/cpu/online', from, /^On-line CPU\(s\) list:\s*(\S+)/m.exec(files.get(from) ?? '')?.[1]);
  return concluded;
}

/** `2: eth0: <BROADCAST,UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000`, its address on the next line. */
function linkFiles(files: ReportFiles): Concluded[] {
  const from = ['sos_commands/networking/ip_-s_-d_link', 'sos_commands/networking/ip_-s_-s_-d_link'].find((path) =>
    files.has(path),
  );
  if (from === undefined) return [];
  const concluded: Concluded[] = [];
  let nic = '';
  const add = (file: string, text: string | undefined): void => {
    if (text !== undefined) concluded.push({ path: `/sys/class/net/${nic}/${file}`, text: `${text}\n`, from });
  };
  for (const line of linesOf(files, from)) {
    const [, index, name] = /^(\d+): ([^\s:@/]+)(?:@\S+)?: </.exec(line) ?? [];
    if (name !== undefined) {
      nic = name;
      add('ifindex', index);
      add('mtu', / mtu (\d+)/.exec(line)?.[1]);
      add('operstate', / state (\S+)/.exec(line)?.[1]?.toLowerCase());
      add('tx_queue_len', / qlen (\d+)/.exec(line)?.[1]);
      add('carrier', /<[^>]*\bLOWER_UP\b/.test(line) ? '1' : /[<,]UP\b/.test(line) ? '0' : undefined);
    } else if (nic !== '') add('address', /^\s+link\/\S+ ([0-9a-f]{2}(?::[0-9a-f]{2})+)/.exec(line)?.[1]);
  }
  return concluded;
}

/** What `ethtool NIC` says of speed and duplex, where it knows, and the driver as the NIC's device would name it. */
function settingsFiles(files: ReportFiles): Concluded[] {
  const concluded: Concluded[] = [];
  const devices = devicesOf(files);
  for (const nic of nicsIn(files)) {
    const settings = `sos_commands/networking/ethtool_${mangled(nic)}`;
    const text = files.get(settings) ?? '';
    const add = (file: string, from: string, value: string | undefined): void => {
      if (value !== undefined) concluded.push({ path: `/sys/class/net/${nic}/${file}`, text: `${value}\n`, from });
    };
    add('speed', settings, /^\s*Speed: (\d+)Mb\/s/m.exec(text)?.[1]);
    add('duplex', settings, /^\s*Duplex: (Full|Half)/m.exec(text)?.[1]?.toLowerCase());
    const info = `sos_commands/networking/ethtool_-i_${mangled(nic)}`;
    const driver = /^driver: (\S+)/m.exec(files.get(info) ?? '')?.[1];
    const bus = /^bus-info: (\S+)/m.exec(files.get(info) ?? '')?.[1];
    // A device on a bus is one; of a tunnel or bridge the driver says so, or says nothing.
    const from = devices.get(nic) ?? (bus !== undefined && /^[\w-]+:|^\d+-\d/.test(bus) ? info : undefined);
    if (from !== undefined) add('device/uevent', from, driver === undefined ? '' : `DRIVER=${driver}`);
  }
  return concluded;
}

/** The actions of each interrupt, which end its line in /proc/interrupts. */
function irqActions(files: ReportFiles): Concluded[] {
  const from = 'proc/interrupts';
  return parseInterrupts(files.get(from) ?? '').value.rows.flatMap(({ irq, actions }) =>
    actions.length === 0 ? [] : [{ path: `/sys/kernel/irq/${irq}/actions`, text: `${actions.join(',')}\n`, from }],
  );
}

/** NIC to the path of its device in the report, of those that have one. */
export function devicesOf(files: ReportFiles): Map<string, string> {
  const devices = new Map<string, string>();
  for (const path of files.keys()) {
    const nic = nicPath(path);
    if (nic !== null && nic.device !== '') devices.set(nic.name, nic.device);
  }
  return devices;
}

/** The NICs that `/proc/net/dev` or sysfs name: file names of commands do not tell a name for certain. */
export function nicsIn(files: ReportFiles): string[] {
  const names = new Set<string>();
  for (const [path, text] of files) {
    const nic = nicPath(path)?.name ?? /^sys\/class\/net\/([^/]+)\//.exec(path)?.[1];
    if (nic !== undefined) names.add(nic);
    if (!/^proc\/(?:(?:\d+|self)\/)?net\/dev$/.test(path)) continue;
    for (const line of text.split('\n').slice(2)) {
      const name = line.slice(0, line.lastIndexOf(':')).trim();
      if (name !== '') names.add(name);
    }
  }
  return [...names];
}

/** `date -u +%s` by what the report says in UTC; null where it names no zone that is known. */
export function dateOf(files: ReportFiles): { text: string; from: string } | null {
  const places = ['date/date_--utc', 'date/date', 'general/date', 'systemd/timedatectl'];
  for (const from of places.map((place) => `sos_commands/${place}`)) {
    const text = files.get(from) ?? '';
    const [, month, day, time, year] =
      /^\w{3} (\w{3}) +(\d+) (\d\d:\d\d:\d\d) (?:[AP]M )?UTC (\d{4})/m.exec(text) ?? [];
    const universal = /Universal time: \w{3} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/.exec(text);
    const ms =
      universal === null
        ? Date.parse(`${day} ${month} ${year} ${time} UTC`)
        : Date.parse(`${universal[1]}T${universal[2]}Z`);
    if (Number.isFinite(ms)) return { text: `${ms / 1000}\n`, from };
  }
  return null;
}

function linesOf(files: ReportFiles, path: string): string[] {
  return (files.get(path) ?? '').split('\n');
}

import { linkStatistic } from '../linkStatistics.ts';
import { nicCounterMeaning } from '../nicCounterMeanings.ts';
import { nicCounterKind } from '../nicCounters.ts';
import { type NicKnobId, nicKnobs } from '../nicKnobs.ts';
import { type Explanation, explanation, type NamesHere, named } from './explanation.ts';
import { interruptNames, vector } from './interrupts.ts';
import { driverKinds, linkPlaces } from './links.ts';
import { nicSettingNames, offloadNames } from './nicSettings.ts';

/** A statistic of the kernel's, by its file in sysfs or its column of /proc/net/dev. */
export function link(name: string): Explanation | null {
  const own = name.slice(name.lastIndexOf('/') + 1);
  const known = linkStatistic(name);
  const place = linkPlaces.get(own);
  const what = known?.meaning ?? (place?.what || nicCounterMeaning(name));
  if (what === null || what === undefined) return null;
  const isDev = place !== undefined && place.what !== '';
  return explanation({
    title: name,
    kind: 'counter',
    what,
    where: place?.where ?? '',
    source: isDev
      ? '/proc/net/dev'
      : own === name
        ? `/sys/class/net/NIC/statistics/${name}`
        : `/sys/class/net/NIC/queues/${name}`,
    step: place?.step ?? null,
    unit: /bytes$/.test(name) ? 'bytes' : '',
    scope: 'this interface',
    named: place !== undefined && place.named.length > 0 ? place.named : [[own]],
  });
}

/** `NIC COUNTER`: what a driver counts, by what it is known to be, or by what its name is like. */
export function driver(full: string, here: NamesHere): Explanation | null {
  const space = full.indexOf(' ');
  const [nic, name] = [full.slice(0, space), full.slice(space + 1)];
  const by = here.driverOf(nic);
  const kind = nicCounterKind(by, name);
  const row = driverKinds.get(kind);
  if (row === undefined) return null;
  const meaning = nicCounterMeaning(name);
  const isRx = /(?:^|[_.\s])rx/i.test(name);
  return explanation({
    title: name,
    kind: 'counter of a driver',
    what: meaning ?? row.what,
    where: by === null ? 'its driver' : `the driver ${by}, or its NIC`,
    source: `ethtool -S ${nic}`,
    step:
      kind === 'pause' || kind === 'info' || kind === 'error'
        ? isRx
          ? row.step
          : /tx/i.test(name)
            ? 'E16'
            : row.step
        : row.step,
    scope: 'this interface',
    named: [...row.named, [name]],
  });
}

/** A row of /proc/interrupts, by its number or short name. */
export function irq(name: string, here: NamesHere): Explanation | null {
  const known = interruptNames.get(name);
  if (known !== undefined) return named(interruptNames, name, 'interrupt', name, '/proc/interrupts');
  const isNic = here.isNicVector(name);
  return explanation({
    title: name,
    kind: 'interrupt',
    what: isNic ? vector.nic : vector.other,
    where: isNic ? 'handle_edge_irq, then the driver' : 'handle_irq_event',
    source: '/proc/interrupts',
    step: isNic ? 'I5' : null,
    named: isNic ? [['/proc/interrupts'], ['smp_affinity_list']] : [],
  });
}

/** `rx-0`, `tx-3` */
export function queue(name: string): Explanation {
  const isRx = name.startsWith('rx');
  return explanation({
    title: name,
    kind: isRx ? 'receive queue' : 'transmit queue',
    what: isRx
      ? 'A receive queue of the NIC: a ring of descriptors, a vector, and the CPU that the vector interrupts. The hash of a packet chooses it, so that all packets of a flow come by one queue.'
      : 'A transmit queue of the NIC, with the qdisc that feeds it. XPS chooses it by the CPU that sends, else the hash of the flow.',
    where: isRx ? 'get_rps_cpu' : 'netdev_core_pick_tx',
    source: `/sys/class/net/NIC/queues/${name}`,
    step: isRx ? 'I5' : 'E10',
    named: isRx ? [['receive queue'], ['receive queues'], ['receive vector']] : [['transmit queues']],
  });
}

/** `HEADING (COMMAND)/NAME` */
export function nicSetting(full: string): Explanation | null {
  const slash = full.indexOf('/');
  const [heading, name] = [full.slice(0, slash), full.slice(slash + 1)];
  const group = heading.replace(/ \(.*$/, '');
  const found = named(nicSettingNames, `${group}/${name}`, 'setting of an interface', name);
  const command = /\((.*)\)/.exec(heading)?.[1] ?? '';
  // Where nothing was read the row has the name of its heading.
  if (found === null) {
    const [first] = [...nicSettingNames.values()].filter(({ id }) => id.startsWith(`${group}/`));
    return first === undefined
      ? null
      : explanation({
          title: group,
          kind: 'settings of an interface',
          what: `What \`${command}\` tells: here it told nothing.`,
          source: command,
          step: first.step,
        });
  }
  return { ...found, source: command, set: found.source === command ? '' : found.source, where: '' };
}

/** A switch of `ethtool -k`, by its long name. */
export function offload(name: string): Explanation {
  const known = named(offloadNames, name, 'offload', name, 'ethtool -k');
  if (known !== null) return { ...known, source: 'ethtool -k', set: known.source };
  return explanation({
    title: name,
    kind: 'offload',
    what: 'Work that the NIC may do instead of the kernel; this one is newer than these words.',
    source: 'ethtool -k',
    set: `ethtool -K NIC ${name}`,
  });
}

/** A setting of an interface as the Path tab has it. */
export function knob(id: string): Explanation | null {
  const { [id as NicKnobId]: found } = nicKnobs;
  if (found === undefined) return null;
  const [part = '', name = ''] = id.split(' ');
  const headings: Readonly<Record<string, string>> = {
    ring: 'Rings',
    channels: 'Queues',
    coalesce: 'Interrupt coalescing',
    pause: 'Pause frames',
  };
  const upper =
    part === 'coalesce' ? name : part === 'channels' && name === 'combined' ? 'Combined' : name.toUpperCase();
  const longer = part === 'feature' ? offloadNames.get(name) : nicSettingNames.get(`${headings[part] ?? ''}/${upper}`);
  return explanation({
    title: found.label,
    kind: 'setting of an interface',
    what: longer?.what ?? `${found.governs}.`,
    set: longer?.where ?? '',
    usual: found.defaultText,
    step: longer?.step ?? null,
    scope: 'this interface',
    named: [
      ...(longer?.named ?? []),
      [name === '' ? id : name].filter((word) => /[_-]/.test(word) || word === 'txqueuelen' || word === 'mtu'),
    ].filter((words) => words.length > 0),
  });
}

import { ethtoolCommands } from '../../knowledge/ethtoolOptions.ts';
import { netAttribute } from '../../knowledge/netAttributes.ts';
import { udevActions, udevBuiltins, udevOptions, udevSubstitutions } from '../../knowledge/udevKeys.ts';
import { featureNames } from '../../tuning/featureNames.ts';
import type { Completion, DocumentContext } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { mostOf } from './checkEthtool.ts';
import { attributeNow, ethtoolNow, nicsGiven } from './hostValues.ts';
import { type Given, subsystemOf } from './ruleFlow.ts';
import { parseUdevRules, type UdevRule } from './udevRules.ts';

/** Something that may be written; `from`: where it begins in what has been typed of the value. */
export interface Offer extends Pick<Completion, 'label' | 'kind' | 'detail' | 'words' | 'rank'> {
  readonly documentation: string;
  /** What is written, when it is not the label. */
  readonly insert?: string;
  readonly from?: number;
}

export function offer(label: string, detail = '', rest: Partial<Offer> = {}): Offer {
  return { label, kind: 'value', detail, documentation: '', words: '', rank: 10, ...rest };
}

export interface ValuePlace {
  readonly key: string;
  readonly attribute: string | null;
  readonly operator: string;
  /** Between the quote and the cursor. */
  readonly typed: string;
  readonly given: readonly Given[];
  readonly text: string;
  readonly rule: UdevRule;
  readonly context: DocumentContext;
}

/** What may stand in a value. */
export function valueOffers(place: ValuePlace): Offer[] {
  const { key, attribute, operator, typed, context } = place;
  const assigned = operator !== '==' && operator !== '!=';
  const sign = /[$%][a-z]*$/.exec(typed);
  if (sign !== null && assigned) return substitutionOffers(sign.index, sign[0].charAt(0));
  if (key === 'RUN' || key === 'PROGRAM' || (key === 'IMPORT' && attribute === 'program'))
    return attribute === 'builtin' ? builtins() : commandOffers(place);
  switch (key) {
    case 'ACTION':
      return [
        offer('add|change', 'when it appears, and on udevadm trigger', { rank: 0 }),
        ...udevActions.map((action) => offer(action)),
      ];
    case 'SUBSYSTEM':
    case 'SUBSYSTEMS':
      return [
        offer('net', 'network interfaces', { rank: 0 }),
        offer('queues', 'each queue of an interface', { rank: 1 }),
        ...['pci', 'usb', 'virtio', 'module', 'block'].map((name) => offer(name)),
      ];
    case 'IMPORT':
      return attribute === 'builtin' ? builtins() : [];
    case 'OPTIONS':
      return [...udevOptions].map(([option, meaning]) => offer(option, '', { documentation: meaning }));
    case 'CONST':
      return attribute === 'virt'
        ? ['kvm', 'qemu', 'vmware', 'microsoft', 'xen', 'docker', 'lxc', 'none'].map((name) => offer(name))
        : ['x86-64', 'arm64', 'ppc64-le', 's390x'].map((name) => offer(name));
    case 'TAG':
      return [offer('systemd', 'a unit of systemd for the device')];
    case 'GOTO':
      return labelsBelow(place);
    default:
      return context.host === null ? queueNames(place) : [...queueNames(place), ...hostOffers(place, context.host)];
  }
}

function builtins(): Offer[] {
  return [...udevBuiltins].map(([name, meaning]) => offer(name, '', { documentation: meaning }));
}

function substitutionOffers(from: number, sign: string): Offer[] {
  return udevSubstitutions
    .filter(({ name }) => name !== 'tempnode' && name !== 'sysfs')
    .map(({ name, letter, argument, meaning }, rank) => {
      const written = sign === '$' ? `$${name}` : `%${letter}`;
      return offer(argument === 'required' ? `${written}{}` : written, sign === '$' ? `%${letter}` : `$${name}`, {
        insert: argument === 'required' ? `${written}{` : written,
        documentation: meaning,
        rank: name === 'name' ? 0 : rank + 1,
        from,
      });
    });
}

function labelsBelow({ text, rule }: ValuePlace): Offer[] {
  return parseUdevRules(text)
    .filter(({ start }) => start > rule.start)
    .flatMap(({ tokens }) => tokens.filter(({ key }) => key === 'LABEL').map(({ value }) => offer(value)));
}

function queueNames({ key, given }: ValuePlace): Offer[] {
  if (key !== 'KERNEL' || subsystemOf(given) !== 'queues') return [];
  return [offer('rx-*', 'receive queues', { rank: 0 }), offer('tx-*', 'transmit queues', { rank: 0 })];
}

/** Names and values of the linked host. */
function hostOffers({ key, attribute, operator, given }: ValuePlace, host: LinkedHost): Offer[] {
  const subsystem = subsystemOf(given);
  const of = host.label;
  const each = (text: (nic: LinkedHost['nics'][number]) => string | null): Offer[] => {
    const seen = new Map<string, string[]>();
    for (const nic of host.nics) {
      const value = text(nic);
      if (value !== null && value !== '') seen.set(value, [...(seen.get(value) ?? []), nic.name]);
    }
    return [...seen].map(([value, names]) =>
      offer(value, `${names.slice(0, 3).join(', ')} of ${of}`, { kind: 'name', rank: 1 }),
    );
  };
  const matches = operator === '==' || operator === '!=';
  if (
    matches &&
    (key === 'NAME' ||
      (key === 'KERNEL' && subsystem !== 'queues') ||
      (key === 'ENV' && (attribute === 'INTERFACE' || attribute === 'ID_NET_NAME')))
  )
    return each(({ name }) => name).map((one) => ({ ...one, detail: nicDetail(one.label, host) }));
  if (key === 'KERNELS' && subsystem === 'queues') return each(({ name }) => name);
  if (key === 'KERNELS') return each((nic) => (nic.driverInfo.ok ? nic.driverInfo.value.busInfo : null));
  if (key === 'DRIVERS' || (key === 'ENV' && attribute === 'ID_NET_DRIVER')) return each(({ driver }) => driver);
  if (key === 'DEVPATH') return each(({ name }) => (subsystem === 'queues' ? `*/net/${name}/*` : `*/net/${name}`));
  if (key === 'SYSCTL') {
    const now = host.sysctl.ok ? host.sysctl.value.get((attribute ?? '').replaceAll('/', '.')) : undefined;
    return now === undefined ? [] : [offer(now, `now on ${of}`, { rank: 0 })];
  }
  if (key !== 'ATTR') return [];
  const found = netAttribute(attribute ?? '', subsystem === 'queues' ? 'queues' : 'net');
  if (found === null) return [];
  if (matches && found.facts.name === 'address') return each(({ address }) => address);
  return nicsGiven(given, host).flatMap((nic) => {
    const now = attributeNow(found.facts.name, nic, found.queue);
    return now === null || /[ :]/.test(now) ? [] : [offer(now, `now on ${nic.name} of ${of}`, { rank: 0 })];
  });
}

function nicDetail(name: string, host: LinkedHost): string {
  const nic = host.nics.find((one) => one.name === name);
  return [nic?.driver ?? null, nic?.operstate ?? null, host.label].filter((part) => part !== null).join(', ');
}

/** Programs, and for ethtool its options, names and values. */
function commandOffers({ typed, given, context: { host } }: ValuePlace): Offer[] {
  const from = typed.search(/\S*$/);
  const words = typed
    .slice(0, from)
    .split(/\s+/)
    .filter((word) => word !== '');
  const at = words.findIndex((word) => /(?:^|\/|')ethtool$/.test(word));
  if (at < 0) {
    if (words.length > 0) return [];
    return [
      offer('/usr/sbin/ethtool ', 'settings of a NIC', { rank: 0, from: 0 }),
      offer("/bin/sh -c ''", 'a command with >, | and so on', { from: 0 }),
      offer('/usr/sbin/tc ', 'queue disciplines', { from: 0 }),
      offer('/usr/sbin/ip ', 'links, addresses, routes', { from: 0 }),
      offer('/usr/bin/systemctl --no-block start ', 'a unit', { from: 0 }),
    ];
  }
  const [option, target, ...args] = words.slice(at + 1);
  if (option === undefined) {
    return ethtoolCommands.map(({ options, meaning }, rank) =>
      offer(options[0] ?? '', options[1] ?? '', {
        kind: 'option',
        documentation: meaning,
        insert: `${options[0]} $name `,
        rank,
        from,
        words: meaning,
      }),
    );
  }
  if (target === undefined)
    return [
      offer('$name', 'the interface of the rule', { rank: 0, from }),
      ...(host?.nics ?? []).map(({ name }) => offer(name, host?.label ?? '', { kind: 'name', from })),
    ];
  const command = ethtoolCommands.find(({ options }) => options.includes(option));
  if (command === undefined) return [];
  const nics = host === null ? [] : nicsGiven(given, host);
  const [nic] = nics;
  if (args.length % 2 === 0) {
    const names = command.set !== 'features' ? command.names : featureNamesOf(nic);
    return names
      .filter((name) => !args.includes(name))
      .map((name, rank) =>
        offer(name, nic === undefined ? '' : (ethtoolNow(command.set, name, nic) ?? ''), {
          kind: 'option',
          rank,
          from,
        }),
      );
  }
  const name = args.at(-1) ?? '';
  const switches = command.value === 'on-off' || name.startsWith('adaptive-') || name.startsWith('cqe-mode');
  if (switches) return [offer('on', '', { from }), offer('off', '', { from })];
  const most = nic === undefined ? null : mostOf(command, name, nic);
  const now = nic === undefined ? null : /^\d+/.exec(ethtoolNow(command.set, name, nic) ?? '')?.[0];
  return [
    ...(most === null || nic === undefined
      ? []
      : [offer(String(most), `the most ${nic.name} takes`, { rank: 0, from })]),
    ...(now == null || nic === undefined || now === String(most)
      ? []
      : [offer(now, `now on ${nic.name}`, { rank: 1, from })]),
  ];
}

function featureNamesOf(nic: LinkedHost['nics'][number] | undefined): string[] {
  if (nic === undefined || !nic.features.ok) return [...featureNames.keys()];
  const changeable = new Set(nic.features.value.filter(({ fixed }) => !fixed).map(({ name }) => name));
  const short = [...featureNames].filter(([, long]) => changeable.has(long)).map(([name]) => name);
  return [...short, ...[...changeable].filter((name) => ![...featureNames.values()].includes(name))];
}

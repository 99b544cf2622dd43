import { formatCpuList, parseCpuMask } from '../../kernel/cpuList.ts';
import { printable } from '../../kernel/printable.ts';
import { systemdOf } from '../../knowledge/systemdVersions.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Change, NicChange, QueueChange } from '../change.ts';
import { nicNameFault, nicValueFault } from '../names.ts';
import { type Rendered, refused, rendered } from '../rendered.ts';
import { type Form, nicsOf } from './form.ts';
import { type LinkOption, linkOptionOf } from './linkOptions.ts';

/** `.link` files of systemd (systemd.link(5)), one a NIC, applied when it appears. */
export const linkForm: Form = {
  id: 'link',
  title: 'systemd .link file',
  language: 'systemd-link',
  render: renderLink,
  fileFor: (change) => `/etc/systemd/network/10-${nicsOf([change])[0] ?? 'host'}.link`,
  open: opening,
  activate: (_, changes) => [
    'udevadm control --reload',
    ...nicsOf(changes).map((nic) => `udevadm trigger --action=add /sys/class/net/${nic}`),
    'udevadm settle',
  ],
};

function renderLink(change: Change, host: Snapshot | null): Rendered {
  switch (change.kind) {
    case 'sysctl':
      return refused('a .link file sets interfaces, no sysctls');
    case 'irqbalance':
      return refused('irqbalance reads its own file');
    case 'irq':
      return refused('IRQAffinity= (systemd 260) is for all interrupts of a NIC together, not for one');
    case 'qdisc':
      return refused(
        'a .link file knows no queueing disciplines; [QDisc] of a .network file does, where networkd runs',
      );
    case 'filter':
      return refused('a .link file knows no receive rules');
  }
  const fault = nicNameFault(change.nic) ?? nicValueFault(change);
  if (fault !== null) return refused(fault);
  const option = linkOptionOf(change);
  if (option === null) return refused(whyNot(change));
  const os = host?.host.os ?? null;
  const version = systemdOf(os);
  if (version !== null && version < option.since)
    return refused(`${option.name}= came with systemd ${option.since}; ${printable(os ?? '', 60)} has ${version}`);
  return rendered(`${option.name}=${valueFor(change, option)}`);
}

function whyNot(change: NicChange): string {
  if (change.kind === 'queue')
    return change.attribute === 'rps_cpus'
      ? 'ReceivePacketSteeringCPUMask= is for all queues'
      : `systemd.link has no option for ${change.attribute}`;
  if (change.kind === 'ethtool' && change.name === 'tso')
    return 'TCPSegmentationOffload= is one of the features that ethtool calls tso together; the others would stay';
  if (change.kind === 'ethtool' && (change.set === 'rxfh' || change.set === 'rx-flow-hash'))
    return 'systemd.link has no option for receive side scaling';
  const name =
    change.kind === 'ethtool'
      ? `${change.set} ${change.name}`
      : change.kind === 'device'
        ? change.attribute
        : change.kind;
  return `systemd.link has no option for ${name}`;
}

function valueFor(change: NicChange, { unit }: LinkOption): string {
  switch (unit) {
    case 'boolean':
      return change.value === 'on' ? 'yes' : 'no';
    case 'usec':
      return `${change.value}us`;
    case 'bytes-or-count':
      return change.value;
    case 'cpus':
      return cpusOf(change as QueueChange);
  }
}

function cpusOf({ value }: QueueChange): string {
  const cpus = parseCpuMask(value) ?? [];
  return cpus.length === 0 ? 'disable' : formatCpuList(cpus);
}

/**
 * The file takes the place of 99-default.link for this NIC, so its policies are said again. A NIC with hardware is matched by
 * the address it was made with: at that moment its name is still the kernel's.
 */
function opening(changes: readonly Change[], host: Snapshot | null): readonly string[] {
  const [name = ''] = nicsOf(changes);
  const nic = host?.nics.find((one) => one.name === name);
  const address =
    nic?.physical === true && /^[\da-f]{2}(?::[\da-f]{2}){5}$/i.test(nic.address ?? '') ? nic.address : null;
  const since = Math.max(
    ...changes.map((change) => ('nic' in change && change.kind !== 'irq' ? (linkOptionOf(change)?.since ?? 0) : 0)),
  );
  return [
    `# Needs systemd ${address === null ? since : Math.max(since, 245)} or newer; an older one leaves out what it does not know.`,
    ...(address === null
      ? []
      : [`# The address is that of ${name} now; of a member of a bond see permaddr in ip -d link.`]),
    '[Match]',
    address === null ? `OriginalName=${name}` : `PermanentMACAddress=${address}`,
    '',
    '[Link]',
    ...(nic?.physical === true
      ? [
          `NamePolicy=${policyOf(name)}`,
          'AlternativeNamesPolicy=database onboard slot path mac',
          'MACAddressPolicy=persistent',
        ]
      : []),
  ];
}

/** A name that the kernel gave is there because nothing names interfaces on that host: it stays. */
function policyOf(name: string): string {
  return /^(?:eth|wlan|usb)\d+$/.test(name) ? 'keep kernel' : 'keep kernel database onboard slot path';
}

import type { NicFactView } from '../../../webview/nicViews.ts';
import type { Nic } from '../../model/snapshot.ts';

/** `25 Gbit/s`, `down`, `up`; empty when the host does not say. */
export function linkOf(nic: Nic): string {
  if (nic.carrier === false || nic.operstate === 'down') return 'down';
  const speed = nic.speed === null ? '' : nic.speed >= 1000 ? `${nic.speed / 1000} Gbit/s` : `${nic.speed} Mbit/s`;
  // Devices without a link of their own (lo, tun) are in the state `unknown` while they work.
  const state = nic.operstate === 'unknown' && nic.carrier === true ? 'up' : (nic.operstate ?? '');
  return speed === '' ? state : speed;
}

/** What an interface is and how it is set up. What most have none of (a bond above it, XDP) is left out where there is none. */
export function factsOf(nic: Nic): NicFactView[] {
  const info = nic.driverInfo.ok ? nic.driverInfo.value : null;
  const link = nic.ipLink.ok ? nic.ipLink.value : null;
  const where = info?.busInfo ?? link?.parent ?? null;
  return [
    fact('Link', linkOf(nic) || null),
    fact('Driver', nic.driver === null ? (link?.kind ?? null) : `${nic.driver} ${info?.version ?? ''}`.trimEnd()),
    ...some('Firmware', info?.firmwareVersion),
    ...some('Bus', where),
    ...some('PCI Express', pciText(nic)),
    ...some('NUMA node', nic.numaNode),
    fact('MTU', mtuText(nic)),
    fact('txqueuelen', nic.txQueueLen),
    ...some('Queueing discipline', link?.qdisc),
    ...some('Part of', link?.master),
    ...some('On top of', link?.lower),
    ...some('XDP program', link?.xdp),
    ...(link?.promiscuity ? [fact('Takes every frame', `asked by ${link.promiscuity}`)] : []),
    ...some('GSO at most', link?.gsoMaxSize),
    ...some('GRO at most', link?.groMaxSize),
    ...some('TSO at most', link?.tsoMaxSize),
    ...napiFacts(nic),
    fact('Address', nic.address),
  ];
}

/** `8 GT/s x 8 (at most 16 GT/s x 16)` */
function pciText({ pciLink }: Nic): string | null {
  if (pciLink === null) return null;
  const { speed, width, maxSpeed, maxWidth } = pciLink;
  const most = maxSpeed === null || maxWidth === null ? '' : ` (at most ${maxSpeed} GT/s x ${maxWidth})`;
  return `${speed} GT/s x ${width}${most}`;
}

/** `1500 (68 to 9000)`; 0 as the largest is no limit of the driver. */
function mtuText({ mtu, ipLink }: Nic): string | null {
  if (mtu === null) return null;
  const { minMtu, maxMtu } = ipLink.ok ? ipLink.value : { minMtu: null, maxMtu: null };
  if (maxMtu === null || maxMtu === 0) return String(mtu);
  return minMtu === null ? `${mtu} (at most ${maxMtu})` : `${mtu} (${minMtu} to ${maxMtu})`;
}

function napiFacts({ threaded, napiDeferHardIrqs, groFlushTimeout }: Nic): NicFactView[] {
  const deferred = (napiDeferHardIrqs ?? 0) > 0 || (groFlushTimeout ?? 0) > 0;
  return [
    ...(threaded === true ? [fact('NAPI', 'in threads')] : []),
    ...(deferred ? [fact('Interrupts deferred', `${napiDeferHardIrqs ?? 0} polls, ${groFlushTimeout ?? 0} ns`)] : []),
  ];
}

function fact(label: string, value: string | number | null): NicFactView {
  return { label, value: value === null ? null : String(value) };
}

function some(label: string, value: string | number | null | undefined): NicFactView[] {
  return value === null || value === undefined || value === '' ? [] : [fact(label, value)];
}

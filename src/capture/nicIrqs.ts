import type { NicIrq } from '../model/snapshot.ts';
import { type IrqFacts, interruptsOf } from './irqSections.ts';
import type { Sections } from './sections.ts';

export interface NicIdentity {
  readonly name: string;
  readonly driver: string | null;
  /** `/sys/class/net/X/device/irq`: the legacy line of a PCI function; 0 when it has none. */
  readonly legacyIrq: number | null;
  /** PCI address of its device, `0000:01:00.0`; null for others. */
  readonly address: string | null;
}

/** PCI address to the interrupts that call themselves by one of the NICs at it. */
export type NamedByPort = ReadonlyMap<string, ReadonlySet<string>>;

/** Two ports of one PCI function (mlx4, some cxgb4) list the same vectors: which of them are a port's own. */
export function namedByPort(sections: Sections, nics: Iterable<Pick<NicIdentity, 'name' | 'address'>>): NamedByPort {
  const { byName } = interruptsOf(sections);
  const named = new Map<string, Set<string>>();
  for (const { name, address } of nics) {
    if (address === null) continue;
    const irqs = named.get(address) ?? new Set<string>();
    for (const irq of byName.get(name) ?? []) irqs.add(irq);
    named.set(address, irqs);
  }
  return named;
}

/**
 * The interrupt vectors of a NIC that someone has requested: its MSI vectors by file name; else the one legacy line of its
 * device; else those whose action carries its name; else those whose action carries its bus address (mlx5, ena name no
 * interface). The device of a virtio NIC is the virtio device, and the vectors hang on the PCI function above it; above
 * any other NIC stands a port or bridge, whose vectors are its own. Vectors that name another port of the same function are
 * that port's; those that name none serve both.
 */
export function nicIrqs(sections: Sections, named: NamedByPort, nic: NicIdentity): NicIrq[] {
  const interrupts = interruptsOf(sections);
  const device = `/sys/class/net/${nic.name}/device`;
  const candidates = [
    interrupts.msi.get(`${device}/msi_irqs`) ?? [],
    nic.driver === 'virtio_net' ? (interrupts.msi.get(`${device}/../msi_irqs`) ?? []) : [],
    nic.legacyIrq === null || nic.legacyIrq <= 0 ? [] : [String(nic.legacyIrq)],
    interrupts.byName.get(nic.name) ?? [],
    nic.address === null ? [] : (interrupts.byAddress.get(nic.address) ?? []),
  ];
  const mine = new Set(interrupts.byName.get(nic.name));
  const ofPorts = named.get(nic.address ?? '') ?? mine;
  for (const irqs of candidates) {
    const requested = irqs.flatMap((irq) => interrupts.byNumber.get(irq) ?? []).filter((facts) => facts.actions !== '');
    const ofOthers = (irq: string): boolean => !mine.has(irq) && ofPorts.has(irq);
    const own = requested.filter(({ irq }) => !ofOthers(irq));
    if (own.length > 0) return own.map((facts) => describe(facts, nic.name)).sort(byNumber);
  }
  return [];
}

function byNumber(x: NicIrq, y: NicIrq): number {
  return Number(x.irq) - Number(y.irq);
}

function describe({ irq, actions: action, cpus, requested, hint, node }: IrqFacts, nic: string): NicIrq {
  const role = roleOf(action, nic);
  const queue = queueIn(plainName(action));
  return { irq, action, role, queue: role === 'other' ? null : queue, cpus, requested, hint, node };
}

/** `eth0-TxRx-3`, `eth0-q3-tx`, `eth0 (queue 3)` */
function queueIn(name: string): number | null {
  const found = /\d{1,6}$|(?<=-q)\d{1,6}(?=-[rt]x$)|(?<=\(queue )\d{1,6}(?=\)$)/.exec(name)?.[0];
  return found === undefined ? null : Number(found);
}

/** The name without the bus address that some drivers add; its end, which is all that tells, if it is longer than any. */
function plainName(action: string): string {
  const at = action.indexOf('@');
  return (at < 0 ? action : action.slice(0, at)).slice(-200);
}

/**
 * From the driver's own naming: `eth0-TxRx-3` (Intel), `eth0-Tx-Rx-3` (ena), `eth0-rx-1` (tg3, igb), `eth0-fp-3` (bnx2x,
 * qede), `eth0-3` (mlx4, bnx2, atlantic, sfc), `eth0-q3` (be2net), `mlx5_comp4@pci:...`, `virtio0-input.2`, `eth0-rxtx-3`
 * (vmxnet3, nfp), `gve-ntfy-blk3@pci:...`, `mana_q3`, `eth0-q3-rx` (Xen).
 */
function roleOf(action: string, nic: string): NicIrq['role'] {
  const name = plainName(action).toLowerCase();
  if (/txrx|tx-rx|rxtx|comp\d+$|-fp-\d+$|ntfy-blk\.?\d+$|ntfy-block\.?\d+$|[-_]q\d+$|\(queue \d+\)$/.test(name))
    return 'rxtx';
  if (/(input|[-_]rx)[-.]?\d+$|-q\d+-rx$/.test(name)) return 'rx';
  if (/(output|[-_]tx)[-.]?\d+$|-q\d+-tx$/.test(name)) return 'tx';
  return /^-\d+$/.test(name.startsWith(nic.toLowerCase()) ? name.slice(nic.length) : '') ? 'rxtx' : 'other';
}

import { parseCpuList } from '../kernel/cpuList.ts';
import { splitGrep } from '../kernel/multiFile.ts';
import type { NicIrq } from '../model/snapshot.ts';
import { cpuReader } from './cpuReader.ts';
import type { Sections } from './sections.ts';

interface IrqFacts {
  readonly irq: string;
  /** Empty: nobody has requested it. */
  readonly actions: string;
  readonly cpus: readonly number[] | null;
}

/** What a capture says of all interrupts, so that one NIC costs one look. */
interface Interrupts {
  readonly byNumber: ReadonlyMap<string, IrqFacts>;
  /** NIC name to the interrupts that call themselves by it: `eth0`, or `eth0-` and more. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** `/sys/class/net/eth0/device/msi_irqs` to the names of its files. */
  readonly msi: ReadonlyMap<string, readonly string[]>;
}

export interface NicIdentity {
  readonly name: string;
  readonly driver: string | null;
  /** `/sys/class/net/X/device/irq`: the legacy line of a PCI function; 0 when it has none. */
  readonly legacyIrq: number | null;
}

const cache = new WeakMap<Sections, Interrupts>();

/**
 * The interrupt vectors of a NIC that someone has requested: its MSI vectors by file name; else the one legacy line of its
 * device; else those whose action carries its name. The device of a virtio NIC is the virtio device, and the vectors hang
 * on the PCI function above it; above any other NIC stands a port or bridge, whose vectors are its own.
 */
export function nicIrqs(sections: Sections, nic: NicIdentity): NicIrq[] {
  const interrupts = cache.get(sections) ?? readInterrupts(sections);
  cache.set(sections, interrupts);
  const device = `/sys/class/net/${nic.name}/device`;
  const candidates = [
    interrupts.msi.get(`${device}/msi_irqs`) ?? [],
    nic.driver === 'virtio_net' ? (interrupts.msi.get(`${device}/../msi_irqs`) ?? []) : [],
    nic.legacyIrq === null || nic.legacyIrq <= 0 ? [] : [String(nic.legacyIrq)],
    interrupts.byName.get(nic.name) ?? [],
  ];
  for (const irqs of candidates) {
    const requested = irqs.flatMap((irq) => interrupts.byNumber.get(irq) ?? []).filter((facts) => facts.actions !== '');
    if (requested.length > 0) return requested.map(describe).sort((x, y) => Number(x.irq) - Number(y.irq));
  }
  return [];
}

function readInterrupts(sections: Sections): Interrupts {
  const texts = new Map<string, { actions: string; requested: string; effective: string }>();
  for (const { path, text } of splitGrep(sections.wholeText('irq'))) {
    const irq = path.split('/').at(-2) ?? '';
    const entry = texts.get(irq) ?? { actions: '', requested: '', effective: '' };
    if (path.endsWith('/actions')) entry.actions = text.trim();
    else if (path.endsWith('/smp_affinity_list')) entry.requested = text.trim();
    else if (path.endsWith('/effective_affinity_list')) entry.effective = text.trim();
    texts.set(irq, entry);
  }
  const cpusOf = cpuReader(parseCpuList);
  const byNumber = new Map<string, IrqFacts>();
  const byName = new Map<string, string[]>();
  for (const [irq, { actions, requested, effective }] of texts) {
    byNumber.set(irq, { irq, actions, cpus: cpusOf(effective || requested || undefined) });
    for (const name of namesIn(actions)) {
      const irqs = byName.get(name);
      if (irqs === undefined) byName.set(name, [irq]);
      else irqs.push(irq);
    }
  }
  return { byNumber, byName, msi: readMsi(sections) };
}

/** IFNAMSIZ without its zero byte. */
const longestName = 15;

/** The NIC names an action may begin with: `eth0-rx-0` is of `eth0`, `eth0-rx` or `eth0-rx-0`. */
function namesIn(actions: string): Set<string> {
  const names = new Set<string>();
  for (const action of actions.split(',')) {
    if (action.length <= longestName) names.add(action);
    for (let dash = action.indexOf('-'); dash > 0 && dash <= longestName; dash = action.indexOf('-', dash + 1)) {
      names.add(action.slice(0, dash));
    }
  }
  return names;
}

/** Lines of the `msi` section: `/sys/class/net/eth0/device/msi_irqs 24 25 26` */
function readMsi(sections: Sections): Map<string, string[]> {
  const vectors = new Map<string, string[]>();
  for (const line of sections.wholeText('msi').split('\n')) {
    const [path = '', ...irqs] = line.trim().split(' ');
    if (!vectors.has(path)) vectors.set(path, irqs);
  }
  return vectors;
}

function describe({ irq, actions: action, cpus }: IrqFacts): NicIrq {
  const role = roleOf(action);
  const queue = /\d{1,6}$/.exec(plainName(action))?.[0];
  return {
    irq,
    action,
    role,
    queue: role === 'other' || queue === undefined ? null : Number(queue),
    cpus,
  };
}

/** The name without the bus address that some drivers add; its end, which is all that tells, if it is longer than any. */
function plainName(action: string): string {
  const at = action.indexOf('@');
  return (at < 0 ? action : action.slice(0, at)).slice(-200);
}

/** From the driver's own naming (DOMAIN: `eth0-TxRx-3`, `virtio0-input.2`, `mlx5_comp4@pci:...`, `iavf-eth0-TxRx-0`). */
function roleOf(action: string): NicIrq['role'] {
  const name = plainName(action).toLowerCase();
  if (/txrx|tx-rx|rxtx|comp\d+$|-fp-\d+$|ntfy-blk\.?\d+$|_q\d+$/.test(name)) return 'rxtx';
  if (/(input|[-_]rx)[-.]?\d+$|-q\d+-rx$/.test(name)) return 'rx';
  if (/(output|[-_]tx)[-.]?\d+$|-q\d+-tx$/.test(name)) return 'tx';
  return 'other';
}

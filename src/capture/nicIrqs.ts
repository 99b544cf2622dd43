import { parseCpuList } from '../kernel/cpuList.ts';
import { splitGrep } from '../kernel/multiFile.ts';
import type { NicIrq } from '../model/snapshot.ts';
import type { Sections } from './sections.ts';

interface IrqFacts {
  readonly actions: string;
  readonly requested: string | null;
  readonly effective: string | null;
}

const cache = new WeakMap<Sections, ReadonlyMap<string, IrqFacts>>();

/**
 * The interrupt vectors of a NIC: its MSI vectors by file name (of virtio NICs they hang on the parent device), else the
 * one legacy line its device names, else those whose action carries its name. Only vectors that someone has requested.
 */
export function nicIrqs(sections: Sections, nic: string): NicIrq[] {
  const facts = cache.get(sections) ?? readIrqFacts(sections);
  cache.set(sections, facts);
  const vectors = msiVectors(sections, nic);
  const candidates = vectors.length > 0 ? vectors : [...facts.keys()].filter((irq) => namesNic(facts.get(irq), nic));
  return candidates
    .flatMap((irq) => {
      const known = facts.get(irq);
      return known === undefined || known.actions === '' ? [] : [describe(irq, known)];
    })
    .sort((x, y) => Number(x.irq) - Number(y.irq));
}

function readIrqFacts(sections: Sections): Map<string, IrqFacts> {
  const facts = new Map<string, { actions: string; requested: string | null; effective: string | null }>();
  for (const { path, text } of splitGrep(sections.get('irq')?.stdout ?? '')) {
    const parts = path.split('/');
    const irq = parts.at(-2) ?? '';
    const entry = facts.get(irq) ?? { actions: '', requested: null, effective: null };
    if (path.endsWith('/actions')) entry.actions = text.trim();
    else if (path.endsWith('/smp_affinity_list')) entry.requested = text.trim();
    else if (path.endsWith('/effective_affinity_list')) entry.effective = text.trim();
    facts.set(irq, entry);
  }
  return facts;
}

/** Lines of the `msi` section: `/sys/class/net/eth0/device/msi_irqs 24 25 26` */
function msiVectors(sections: Sections, nic: string): string[] {
  const wanted = [`/sys/class/net/${nic}/device/msi_irqs `, `/sys/class/net/${nic}/device/../msi_irqs `];
  const lines = (sections.get('msi')?.stdout ?? '').split('\n');
  for (const prefix of wanted) {
    const line = lines.find((candidate) => candidate.startsWith(prefix));
    if (line !== undefined) return line.slice(prefix.length).trim().split(' ');
  }
  return [];
}

function namesNic(facts: IrqFacts | undefined, nic: string): boolean {
  return facts?.actions.split(',').some((action) => action === nic || action.startsWith(`${nic}-`)) ?? false;
}

function describe(irq: string, facts: IrqFacts): NicIrq {
  const action = facts.actions;
  const role = roleOf(action);
  const queue = /(\d+)(?:@.*)?$/.exec(action)?.[1];
  const cpus = facts.effective === null || facts.effective === '' ? facts.requested : facts.effective;
  return {
    irq,
    action,
    role,
    queue: role === 'other' || queue === undefined ? null : Number(queue),
    cpus: cpus === null ? null : parseCpuList(cpus),
  };
}

/** From the driver's own naming (DOMAIN: `eth0-TxRx-3`, `virtio0-input.2`, `mlx5_comp4@pci:...`, `iavf-eth0-TxRx-0`). */
function roleOf(action: string): NicIrq['role'] {
  const name = action.replace(/@.*$/, '').toLowerCase();
  if (/txrx|tx-rx|rxtx|comp\d+$|-fp-\d+$|ntfy-blk\.?\d+$|_q\d+$/.test(name)) return 'rxtx';
  if (/(input|[-_]rx)[-.]?\d+$|-q\d+-rx$/.test(name)) return 'rx';
  if (/(output|[-_]tx)[-.]?\d+$|-q\d+-tx$/.test(name)) return 'tx';
  return 'other';
}

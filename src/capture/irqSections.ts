import { parseCpuList, parseCpuMask } from '../kernel/cpuList.ts';
import { parseInterrupts } from '../kernel/interrupts.ts';
import { splitGrep } from '../kernel/multiFile.ts';
import { cpuReader } from './cpuReader.ts';
import { type Sections, TailFiles } from './sections.ts';
import { toNumber } from './toNumber.ts';

export interface IrqFacts {
  readonly irq: string;
  /** Empty: nobody has requested it. */
  readonly actions: string;
  readonly cpus: readonly number[] | null;
  readonly requested: readonly number[] | null;
  readonly hint: readonly number[] | null;
  readonly node: number | null;
}

/** What a capture says of all interrupts, so that one NIC costs one look. */
export interface Interrupts {
  readonly byNumber: ReadonlyMap<string, IrqFacts>;
  /** NIC name to the interrupts that call themselves by it: `eth0`, or `eth0-` and more. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** PCI address to the interrupts that call themselves by it: `mlx5_comp0@pci:0000:01:00.0` */
  readonly byAddress: ReadonlyMap<string, readonly string[]>;
  /** `/sys/class/net/eth0/device/msi_irqs` to the names of its files. */
  readonly msi: ReadonlyMap<string, readonly string[]>;
}

const cache = new WeakMap<Sections, Interrupts>();

/** The `irq` and `msi` sections, read once. */
export function interruptsOf(sections: Sections): Interrupts {
  const interrupts = cache.get(sections) ?? readInterrupts(sections);
  cache.set(sections, interrupts);
  return interrupts;
}

function readInterrupts(sections: Sections): Interrupts {
  const texts = new Map<string, Map<string, string>>();
  for (const { path, text } of splitGrep(sections.wholeText('irq'))) {
    const slash = path.lastIndexOf('/');
    const irq = path.slice(path.lastIndexOf('/', slash - 1) + 1, slash);
    const files = texts.get(irq) ?? new Map<string, string>();
    files.set(path.slice(slash + 1), text.trim());
    texts.set(irq, files);
  }
  if (![...texts.values()].some((files) => files.has('actions'))) addActions(texts, sections);
  const cpusOf = cpuReader(parseCpuList);
  const maskCpus = cpuReader(parseCpuMask);
  const byNumber = new Map<string, IrqFacts>();
  const byName = new Map<string, string[]>();
  const byAddress = new Map<string, string[]>();
  for (const [irq, files] of texts) {
    const actions = files.get('actions') ?? '';
    const requested = files.get('smp_affinity_list');
    const effective = files.get('effective_affinity_list');
    const node = toNumber(files.get('node') ?? null);
    byNumber.set(irq, {
      irq,
      actions,
      cpus: cpusOf(effective || requested || undefined),
      requested: cpusOf(requested || undefined),
      hint: maskCpus(files.get('affinity_hint')),
      node: node === null || node < 0 ? null : node,
    });
    for (const name of namesIn(actions)) add(byName, name, irq);
    for (const [address] of actions.matchAll(/(?<=@pci:)[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]/g)) {
      add(byAddress, address, irq);
    }
  }
  return { byNumber, byName, byAddress, msi: readMsi(sections) };
}

/** `/sys/kernel/irq` is not there before 4.9; /proc/interrupts ends its lines with the actions: `PCI-MSI-edge  eth0-rx-0, usb1` */
function addActions(texts: Map<string, Map<string, string>>, sections: Sections): void {
  const table = new TailFiles(sections.get('counters@A')).text('/proc/interrupts');
  if (table === null) return;
  for (const { irq, description } of parseInterrupts(table).value.rows) {
    const [first = '', ...others] = description.split(', ');
    const own = first.slice(first.lastIndexOf(' ') + 1);
    if (!/^\d+$/.test(irq) || own === '') continue;
    const files = texts.get(irq) ?? new Map<string, string>();
    texts.set(irq, files.set('actions', [own, ...others].join(',')));
  }
}

function add(map: Map<string, string[]>, key: string, irq: string): void {
  const irqs = map.get(key);
  if (irqs === undefined) map.set(key, [irq]);
  else irqs.push(irq);
}

/** IFNAMSIZ without its zero byte. */
const longestName = 15;

/** The NIC names an action may begin with: `eth0-rx-0` is of `eth0`, `eth0-rx` or `eth0-rx-0`; `i40e-eth0-TxRx-0` of `eth0`. */
function namesIn(actions: string): Set<string> {
  const names = new Set<string>();
  for (const action of actions.split(',')) {
    addNames(names, action);
    const driver = /^(?:i40e|iavf|i40evf|ice|idpf|nfp|hns3|fm10k)-/.exec(action)?.[0];
    if (driver !== undefined) addNames(names, action.slice(driver.length));
  }
  return names;
}

function addNames(names: Set<string>, action: string): void {
  if (action.length <= longestName) names.add(action);
  for (let dash = action.indexOf('-'); dash > 0 && dash <= longestName; dash = action.indexOf('-', dash + 1)) {
    names.add(action.slice(0, dash));
  }
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

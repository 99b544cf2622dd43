import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import type { NicIrq } from '../../../src/model/snapshot.ts';
import { captureText, grepOf, tailOf } from '../capture/captureText.ts';
import { type PeerCase, peerCases } from './cases.ts';
import { normalForms } from './normalForms.ts';
import { comparable } from './peersWays.ts';

const cases = peerCases();

/** Cases in which the peer is wrong, or in which its input is no text of a kernel or tool. */
const peerIsWrong: ReadonlyMap<string, string> = new Map([
  ['node_exporter/ethtool_S.bond0', 'the input is the peer’s own note of an errno, not what ethtool prints'],
]);

/** Kinds that no parser of src/kernel reads: another room of the house does, or nobody. */
const otherKinds: readonly RegExp[] = [
  /^(netstat|snmp|sockstat|interrupts)\.insights$/,
  /^(conntrack_S|diagnosis|irq_affinity_plan|cpu_mask|delta\.softnet_stat|ring_recommendation)$/,
  /^input\.nstat_-zas$/,
];

/** `rates.net_dev`, `series.interrupts` and `input.softnet-stat` are texts of the kind after the dot. */
function kindOfTexts(kind: string): string {
  return kind.replace(/^(?:rates|series|input)\./, '').replace('softnet-stat', 'softnet_stat');
}

const readable = cases.filter(({ kind, name }) => normalForms.has(kind) && !peerIsWrong.has(name));
const onlyTexts = cases.filter(({ kind }) => !normalForms.has(kind) && normalForms.has(kindOfTexts(kind)));

describe.skipIf(cases.length === 0)('what other projects expect of the same texts', () => {
  it.each(readable)('$name', (peerCase) => {
    const form = normalFormOf(peerCase.kind, peerCase.input);
    if (peerCase.scope === 'error') {
      expect(form.warnings).not.toEqual([]);
      return;
    }
    for (const [key, value] of Object.entries(comparable(peerCase))) {
      const full = peerCase.scope === 'full';
      expect.soft(form.value[key], key).toEqual(matcher(value, full));
    }
  });

  it.each(onlyTexts)('reads the texts of $name', ({ kind, files }) => {
    for (const text of files.values()) {
      const { warnings } = normalFormOf(kindOfTexts(kind), text);
      expect(warnings.filter(({ message }) => !message.includes('online CPUs'))).toEqual([]);
    }
  });

  it('leaves out no kind unknowingly', () => {
    const compared = new Set([...readable, ...onlyTexts]);
    const left = cases.filter((peerCase) => !compared.has(peerCase) && !peerIsWrong.has(peerCase.name));
    const kinds = left.map(({ kind }) => kind).filter((kind) => !otherKinds.some((pattern) => pattern.test(kind)));
    expect([...new Set(kinds)]).toEqual(['nic_inventory']);
  });

  const inventories = cases.filter(({ kind }) => kind === 'nic_inventory');
  it.each(inventories)('$name', (peerCase) => {
    checkInventory(peerCase);
  });
});

const plans = cases.filter(({ kind }) => kind === 'irq_affinity_plan');
describe.skipIf(plans.length === 0)('the vectors that netutils-linux spreads', () => {
  it.each(plans)('$name', ({ expected, input }) => {
    const plan = expected['plan'] as readonly { readonly queue: string; readonly irq: number }[];
    const [nic = ''] = String(expected['params']).split(' ');
    const queues = vectorsOf(nic, input).filter(({ queue }) => queue !== null);
    expect(queues.map(({ action, irq }) => ({ queue: action, irq: Number(irq) }))).toEqual(
      plan.map(({ queue, irq }) => ({ queue, irq })),
    );
  });
});

/** What we find of a NIC, named or by its bus address, when nothing but /proc/interrupts is there. */
function vectorsOf(nic: string, interrupts: string): readonly NicIrq[] {
  const address = nic.startsWith('pci:') ? nic.slice('pci:'.length) : null;
  const name = address === null ? nic : 'enp1s0';
  const uevent = address === null ? '' : `\nPCI_SLOT_NAME=${address}`;
  const text = captureText([
    {
      name: 'counters@A',
      stdout: tailOf({ '/proc/uptime': '1 1\n', '/proc/interrupts': interrupts, '/proc/loadavg': '' }),
    },
    { name: 'netdev', stdout: grepOf({ [`/sys/class/net/${name}/device/uevent`]: `DRIVER=x${uevent}` }) },
  ]);
  return readSnapshot(text).nics.find((each) => each.name === name)?.irqs ?? [];
}

function normalFormOf(kind: string, text: string) {
  const form = normalForms.get(kind)?.(text);
  if (form === undefined) throw new Error(`no parser for ${kind}`);
  return form;
}

/**
 * Objects may have more fields on our side, lists more elements where the peer gives only a selection. A counter
 * that is null there does not exist in that text.
 */
function matcher(value: unknown, full: boolean): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => matcher(item, full));
    return full ? items : expect.arrayContaining(items);
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, field]) => [key, matcher(field, full)]);
  return expect.objectContaining(Object.fromEntries(fields));
}

interface PeerNic {
  readonly driver?: string;
  readonly driver_version?: string | number;
  readonly ring_rx?: { readonly cur: number; readonly max: number };
  readonly irq_names?: Readonly<Record<string, readonly string[]>>;
}

/** netutils-linux: rings, drivers and vector names of whole hosts. */
function checkInventory({ expected, input, files }: PeerCase): void {
  const { rows } = normalFormOf('interrupts', input).value as { rows: readonly { desc: string }[] };
  const words = new Set(rows.flatMap((row) => row.desc.split(/[ ,]+/)));
  for (const [nic, peers] of Object.entries(expected['nics'] as Record<string, PeerNic>)) {
    const driver = normalFormOf('ethtool_i', files.get(`ethtool_i.${nic}.txt`) ?? '').value;
    const ring = normalFormOf('ethtool_g', files.get(`ethtool_g.${nic}.txt`) ?? '').value;
    if (peers.driver !== undefined) expect.soft(driver['driver'], nic).toBe(peers.driver);
    // The peer turns 3.137 into a number.
    if (peers.driver_version !== undefined) expect.soft(driver['version']).toContain(String(peers.driver_version));
    if (peers.ring_rx?.cur !== undefined) {
      expect.soft(ring, nic).toMatchObject({ max: { rx: peers.ring_rx.max }, current: { rx: peers.ring_rx.cur } });
    }
    const found = new Map(vectorsOf(nic, input).map(({ action, role }) => [action, role]));
    for (const [role, names] of Object.entries(peers.irq_names ?? {})) {
      for (const name of names) {
        expect.soft(words, nic).toContain(name);
        // The peer does not know i40e's names; a vector of its own (`eth1`) is of no queue.
        const expected = role === 'unknown' ? 'rxtx' : role === 'own' ? 'other' : role;
        expect.soft(found.get(name), name).toBe(expected);
      }
    }
  }
}

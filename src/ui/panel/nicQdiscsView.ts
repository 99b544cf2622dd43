import type { NicQdiscView } from '../../../webview/nicViews.ts';
import type { Part } from '../../../webview/protocol.ts';
import type { Qdisc, QdiscCounter } from '../../kernel/qdisc.ts';
import { qdiscKey } from '../../model/qdiscRates.ts';
import type { Rates } from '../../model/rates.ts';
import type { NicSources } from './nicSources.ts';

/** The queueing disciplines of one interface, in the order of `tc`. */
export function qdiscsPart(nic: string, { sample, rates, qdiscs }: NicSources): Part<readonly NicQdiscView[]> {
  const reading = sample?.qdiscs;
  if (reading === undefined) return { ok: false, reason: 'the capture holds no sample', source: 'tc -s qdisc show' };
  if (!reading.ok) return { ok: false, reason: reading.reason, source: reading.source };
  const own = qdiscs.get(nic) ?? [];
  const mq = new Set(own.filter(({ kind }) => kind === 'mq').map(({ handle }) => handle));
  const rows = own.map((qdisc) => qdiscView(qdisc, mq, rates)).sort((a, b) => (a.queue ?? -1) - (b.queue ?? -1));
  return { ok: true, value: rows, source: reading.source, warnings: reading.warnings.length };
}

function qdiscView(qdisc: Qdisc, mq: ReadonlySet<string>, rates: Rates | null): NicQdiscView {
  const deltas = rates?.qdiscs.get(qdiscKey(qdisc));
  const figure = (counter: Exclude<QdiscCounter, 'backlog' | 'qlen'>) => ({
    value: qdisc[counter],
    perSecond: deltas?.get(counter)?.perSecond ?? null,
  });
  return {
    key: qdiscKey(qdisc),
    kind: qdisc.kind,
    parent: qdisc.parent,
    queue: mqQueue(qdisc.parent, mq),
    options: qdisc.options,
    packets: figure('packets'),
    bytes: figure('bytes'),
    drops: figure('drops'),
    overlimits: figure('overlimits'),
    requeues: figure('requeues'),
    backlog: qdisc.backlog,
    qlen: qdisc.qlen,
    details: [...qdisc.details].map(([name, value]) => ({
      name,
      value,
      perSecond: deltas?.get(name)?.perSecond ?? null,
    })),
  };
}

/** The class `HANDLE:N` of mq is TX queue N - 1, in hex; a handle of 0 is left out (`:1`). Null: not a leaf of mq. */
function mqQueue(parent: string, mq: ReadonlySet<string>): number | null {
  const found = /^([0-9a-f]*):([0-9a-f]{1,4})$/.exec(parent);
  if (found === null || !mq.has(`${found[1] || '0'}:`)) return null;
  return Number.parseInt(found[2] ?? '', 16) - 1;
}

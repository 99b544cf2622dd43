import type { Observation } from '../capture/observation.ts';
import { formatCount, formatRate } from '../diagnosis/figures.ts';
import type { Rates } from '../model/rates.ts';
import type { Nic, Snapshot } from '../model/snapshot.ts';
import { type Bar, barChart } from './barChart.ts';
import { type HeatRow, heatmap } from './heatmap.ts';
import { type Html, html } from './html.ts';

/** Beyond, a chart is no picture any more; what is left out is said, and stands in the capture. */
const mostBars = 64;
const mostRows = 16;
const mostColumns = 64;

/** The charts of a report: what there are data of, and of the others why not. */
export function charts({ snapshot, rates }: Observation): Html[] {
  return [
    figure('softnet', 'Packets into the stack by CPU', softnetChart(snapshot, rates.ok ? rates.value : rates.reason)),
    figure('interrupts', 'Interrupts by CPU', interruptsChart(snapshot, rates.ok ? rates.value : null)),
    figure('tcp-states', 'TCP sockets by state', statesChart(snapshot)),
  ];
}

interface Chart {
  readonly source: string;
  /** What there is to see, or why there is nothing. */
  readonly headline: string;
  readonly drawing: Html | null;
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

const noTable = { head: [], rows: [] };

function figure(id: string, title: string, { source, headline, drawing, table }: Chart): Html {
  return html`<figure class="chart" id="${id}">
<figcaption><h3>${title}</h3><p>${headline} <span class="source">${source}</span></p></figcaption>
${drawing}${table.rows.length === 0 ? null : html`<details><summary>The same as a table</summary>${tableOf(table)}</details>`}
</figure>`;
}

/** A table whose first column names the row. */
export function tableOf({ head, rows }: Chart['table']): Html {
  const line = ([first = '', ...cells]: readonly string[]): Html =>
    html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
  return html`<div class="scroll"><table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>
${rows.map(line)}</tbody></table></div>`;
}

function nothing(source: string, headline: string): Chart {
  return { source, headline, drawing: null, table: noTable };
}

function softnetChart(snapshot: Snapshot, rates: Rates | string): Chart {
  const source = '/proc/net/softnet_stat';
  const reading = snapshot.samples.at(-1)?.softnet;
  if (reading?.ok === false) return nothing(source, `Not read: ${reading.reason}.`);
  if (typeof rates === 'string') return nothing(source, `No rates: ${rates}.`);
  const cpus = [...rates.softnet].map(([cpu, { processed, dropped, time_squeeze }]) => ({
    cpu,
    packets: processed?.perSecond ?? null,
    drops: dropped?.perSecond ?? null,
    squeezes: time_squeeze?.perSecond ?? null,
  }));
  const shown = busiest(cpus, ({ packets }) => packets ?? 0, mostBars).sort((a, b) => a.cpu - b.cpu);
  const rate = (value: number | null): string => (value === null ? 'not known' : formatRate(value));
  const bars = shown.map(
    ({ cpu, packets, drops, squeezes }): Bar => ({
      label: `CPU ${cpu}`,
      value: packets,
      text: [
        rate(packets),
        ...(drops !== null && drops > 0 ? [`${formatRate(drops, 'dropped')}`] : []),
        ...(squeezes !== null && squeezes > 0 ? [`${formatRate(squeezes, 'squeezes')}`] : []),
      ].join(', '),
      tone: (drops ?? 0) > 0 ? 'bad' : (squeezes ?? 0) > 0 ? 'fair' : 'plain',
    }),
  );
  const total = cpus.reduce((sum, { packets }) => sum + (packets ?? 0), 0);
  const headline = `${formatRate(total, 'packets')} on ${cpus.length} CPUs, over ${formatCount(rates.seconds)} s${leftOut(cpus.length, shown.length, 'CPUs')}.`;
  return {
    source,
    headline,
    drawing: barChart(headline, bars),
    table: {
      head: ['CPU', 'packets/s', 'dropped/s', 'time_squeeze/s'],
      rows: cpus.map(({ cpu, packets, drops, squeezes }) => [String(cpu), ...[packets, drops, squeezes].map(rate)]),
    },
  };
}

function interruptsChart(snapshot: Snapshot, rates: Rates | null): Chart {
  const source = '/proc/interrupts';
  const reading = snapshot.samples.at(-1)?.interrupts;
  if (reading === undefined) return nothing(source, 'The capture holds no sample.');
  if (!reading.ok) return nothing(source, `Not read: ${reading.reason}.`);
  const { cpus, rows } = reading.value;
  const perCpu = rows
    .filter((row) => !row.total)
    .map(({ irq, description, counts }) => {
      const change = rates === null ? counts : rates.interrupts.rows.get(irq);
      const values = cpus.map((_, column) => (change?.[column] ?? Number.NaN) / (rates?.seconds ?? 1));
      return { irq, description, values, total: sumOf(values) };
    });
  const top = busiest(perCpu, ({ total }) => total, mostRows)
    .filter(({ total }) => total > 0)
    .map((row) => ({ ...row, label: labelOf(row.irq, row.description, snapshot.nics) }));
  const unit = rates === null ? 'since boot' : 'a second';
  if (top.length === 0) return nothing(source, `No interrupt was counted ${rates === null ? unit : 'in that time'}.`);
  const load = cpus.map((cpu, column) => ({ cpu, column, total: sumOf(top.map(({ values }) => values[column] ?? 0)) }));
  const columns = busiest(load, ({ total }) => total, mostColumns).sort((a, b) => a.cpu - b.cpu);
  const heatRows = top.map(
    ({ label, values, total }): HeatRow => ({
      label,
      values: columns.map(({ column }) => values[column] ?? Number.NaN),
      text: rates === null ? formatCount(total) : formatRate(total),
    }),
  );
  const headline = `The busiest ${top.length} of ${perCpu.length} interrupts, ${unit}${leftOut(cpus.length, columns.length, 'CPUs')}.`;
  return {
    source,
    headline,
    drawing: heatmap(
      headline,
      columns.map(({ cpu }) => String(cpu)),
      heatRows,
      (value) => (rates === null ? formatCount(value) : formatRate(value)),
    ),
    table: {
      head: ['Interrupt', unit === 'a second' ? 'all CPUs, /s' : 'all CPUs', 'most on'],
      rows: top.map(({ label, values, total }) => [label, formatCount(Math.round(total)), mostOn(cpus, values)]),
    },
  };
}

function statesChart(snapshot: Snapshot): Chart {
  const reading = snapshot.samples.at(-1)?.tcpSockets;
  const source = reading?.source ?? '/proc/net/tcp';
  if (reading === undefined) return nothing(source, 'The capture holds no sample.');
  if (!reading.ok) return nothing(source, `Not counted: ${reading.reason}.`);
  const states = [...reading.value.states]
    .map(([state, { v4, v6 }]) => ({ state, v4, v6 }))
    .sort((a, b) => b.v4 + b.v6 - a.v4 - a.v6);
  const total = states.reduce((sum, { v4, v6 }) => sum + v4 + v6, 0);
  const headline = `${formatCount(total)} sockets.`;
  const bars = states.map(
    ({ state, v4, v6 }): Bar => ({ label: state, value: v4 + v6, text: formatCount(v4 + v6), tone: 'plain' }),
  );
  return {
    source,
    headline,
    drawing: states.length === 0 ? null : barChart(headline, bars.slice(0, mostBars)),
    table: {
      head: ['State', 'IPv4', 'IPv6'],
      rows: states.map(({ state, v4, v6 }) => [state, formatCount(v4), formatCount(v6)]),
    },
  };
}

/** The `most` of them with the largest figures, largest first. */
function busiest<T>(all: readonly T[], figureOf: (one: T) => number, most: number): T[] {
  return [...all].sort((a, b) => figureOf(b) - figureOf(a)).slice(0, most);
}

function leftOut(all: number, shown: number, what: string): string {
  return shown < all ? `; drawn are the busiest ${shown} of ${all} ${what}` : '';
}

/** NaN is not known. */
function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
}

function labelOf(irq: string, description: string, nics: readonly Nic[]): string {
  const nic = nics.find(({ irqs }) => irqs.some((vector) => vector.irq === irq));
  const action = nic?.irqs.find((vector) => vector.irq === irq)?.action ?? description;
  return nic === undefined || action.includes(nic.name) ? `${irq} ${action}` : `${irq} ${nic.name} ${action}`;
}

function mostOn(cpus: readonly number[], values: readonly number[]): string {
  const most = values.reduce((best, value, column) => (value > (values[best] ?? 0) ? column : best), 0);
  const total = sumOf(values);
  const share = total === 0 ? 0 : (values[most] ?? 0) / total;
  return `CPU ${cpus[most] ?? '?'} (${Math.round(share * 100)} %)`;
}

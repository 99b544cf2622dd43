import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import type { Rates } from '../../src/model/rates.ts';
import { ratesOf } from '../../src/model/ratesOf.ts';
import type { Agreement } from './compare.ts';

/** sar's column to ours, by the section and counter of /proc/net/snmp. */
const protocolColumns = {
  'irec/s': ['Ip', 'InReceives'],
  'idel/s': ['Ip', 'InDelivers'],
  'orq/s': ['Ip', 'OutRequests'],
  'active/s': ['Tcp', 'ActiveOpens'],
  'passive/s': ['Tcp', 'PassiveOpens'],
  'iseg/s': ['Tcp', 'InSegs'],
  'oseg/s': ['Tcp', 'OutSegs'],
  'atmptf/s': ['Tcp', 'AttemptFails'],
  'estres/s': ['Tcp', 'EstabResets'],
  'retrans/s': ['Tcp', 'RetransSegs'],
  'isegerr/s': ['Tcp', 'InErrs'],
  'orsts/s': ['Tcp', 'OutRsts'],
  'idgm/s': ['Udp', 'InDatagrams'],
  'odgm/s': ['Udp', 'OutDatagrams'],
  'noport/s': ['Udp', 'NoPorts'],
  'idgmerr/s': ['Udp', 'InErrors'],
} as const;

const nicColumns = {
  'rxpck/s': 'rx_packets',
  'txpck/s': 'tx_packets',
  'rxkB/s': 'rx_bytes',
  'txkB/s': 'tx_bytes',
} as const;
const softnetColumns = { 'total/s': 'processed', 'dropd/s': 'dropped', 'squeezd/s': 'time_squeeze' } as const;

/**
 * Our rates against those of `sar` (sysstat) over the same seconds, on a host with a steady load: the two windows do not
 * begin at the same moment, so they may differ by `tolerance` of the rate, or by two a second.
 */
export async function agreementWithSar(
  inside: readonly string[],
  seconds: number,
  tolerance: number,
): Promise<Agreement> {
  const [said, captured] = await Promise.all([
    output([...inside, 'sar', '-n', 'DEV,IP,TCP,ETCP,UDP,SOFT', String(seconds), '1'], ''),
    output([...inside, 'sh', '-s', '--', String(seconds)], collectorScript),
  ]);
  const rates = ratesOf(readSnapshot(captured));
  if (!rates.ok) throw new Error(rates.reason);
  let agree = 0;
  const differ: string[] = [];
  const lacking: string[] = [];
  for (const { name, column, value } of averages(said)) {
    const own = ownRate(rates.value, name, column);
    if (own === undefined) continue;
    if (own === null) lacking.push(`${name} ${column}`);
    else if (Math.abs(own - value) <= Math.max(2, tolerance * value)) agree++;
    else differ.push(`${name} ${column}: ${own.toFixed(2)}, sar said ${value}`);
  }
  return { tool: 'sar', agree, differ, lacking };
}

/** Undefined for a column that is not compared, null for one without a rate of ours. */
function ownRate(rates: Rates, name: string, column: string): number | null | undefined {
  const of = <T extends object>(table: T): T[keyof T] | undefined =>
    Object.hasOwn(table, column) ? table[column as keyof T] : undefined;
  const protocol = of(protocolColumns);
  if (protocol !== undefined) return rates.protocols.get(protocol[0])?.get(protocol[1])?.perSecond ?? null;
  const nic = of(nicColumns);
  if (nic !== undefined) {
    const delta = rates.netDev.get(name)?.get(nic);
    return delta === undefined ? null : delta.perSecond / (column.includes('kB') ? 1024 : 1);
  }
  const softnet = of(softnetColumns);
  if (softnet === undefined || name !== 'all') return undefined;
  return [...rates.softnet.values()].reduce((sum, cpu) => sum + (cpu[softnet]?.perSecond ?? Number.NaN), 0);
}

/** The `Average:` lines: a heading with the columns, then a line for each NIC or CPU, or one for the host. */
function averages(said: string): { name: string; column: string; value: number }[] {
  const figures: { name: string; column: string; value: number }[] = [];
  let columns: readonly string[] = [];
  for (const line of said.split('\n')) {
    if (!line.startsWith('Average:')) continue;
    const words = line.trim().split(/\s+/).slice(1);
    if (words.some((word) => word.endsWith('/s'))) {
      columns = words;
      continue;
    }
    const name = columns[0]?.endsWith('/s') ? '' : (words[0] ?? '');
    for (const [at, column] of columns.entries()) figures.push({ name, column, value: Number(words[at]) });
  }
  return figures.filter(({ value }) => Number.isFinite(value));
}

async function output([program = 'sh', ...args]: readonly string[], input: string): Promise<string> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'C' } });
  child.stdin.end(input);
  return await text(child.stdout);
}

import type { RatesResult } from '../model/rates.ts';
import { receivedFrames } from '../model/receivedFrames.ts';
import type { Nic, Sample, Snapshot } from '../model/snapshot.ts';
import { type Term, type TuningHost, term } from './tuning.ts';

/** A number worked out from a host with what went into it, or why there is none. */
export type Figure =
  | { readonly ok: true; readonly value: number; readonly terms: readonly Term[] }
  | { readonly ok: false; readonly reason: string };

/** Preamble, frame check sequence and the gap that each frame costs on Ethernet beside its bytes (IEEE 802.3). */
const wireBytes = 24;
/** Of fewer frames the mean is that of ARP and the login. */
const fewFrames = 10_000;

/** Frames a second that a link brings when it is full of frames as large as those it has brought until now. */
export function fullLinkFrames(nic: Nic, { snapshot, rates }: TuningHost): Figure {
  const mean = meanFrame(nic, snapshot);
  if (nic.speed !== null && mean !== null) {
    return {
      ok: true,
      value: Math.round((nic.speed * 1e6) / ((mean + wireBytes) * 8)),
      terms: [
        term('speed of the link in Mbit/s', nic.speed, `/sys/class/net/${nic.name}/speed`),
        term('mean received frame in bytes', mean, `rx_bytes / rx_packets of ${nic.name} since it appeared`),
      ],
    };
  }
  const measured = rates.ok ? (receivedFrames(nic, rates.value)?.perSecond ?? null) : null;
  if (nic.speed === null && measured !== null && measured > 0) {
    return {
      ok: true,
      value: Math.round(measured * 2),
      terms: [
        term(
          'twice the frames received a second, since the link tells no speed',
          Math.round(measured * 2),
          `rx_packets of ${nic.name}`,
        ),
      ],
    };
  }
  return {
    ok: false,
    reason:
      nic.speed === null
        ? 'the link tells no speed and no traffic was seen'
        : `it has received fewer than ${fewFrames} frames: how large they are is not known`,
  };
}

function meanFrame({ name }: Nic, { samples }: Snapshot): number | null {
  const sample = samples.at(-1);
  const counters = sample?.nicStatistics.ok === true ? sample.nicStatistics.value.get(name) : undefined;
  const row = sample?.netDev.ok === true ? sample.netDev.value.find((one) => one.name === name)?.counters : undefined;
  const bytes = counters?.get('rx_bytes') ?? row?.rx_bytes;
  const packets = counters?.get('rx_packets') ?? row?.rx_packets;
  return bytes === undefined || packets === undefined || packets < fewFrames ? null : Math.round(bytes / packets);
}

/** Connections that are open now: TCP sockets in use as sockstat counts them, IPv4 and IPv6. */
export function openConnections({ samples }: Snapshot): Figure {
  const sample = samples.at(-1);
  if (sample === undefined) return { ok: false, reason: 'the capture has no sample' };
  if (!sample.sockstat.ok) return { ok: false, reason: sample.sockstat.reason };
  const four = sample.sockstat.value.get('TCP')?.get('inuse');
  const six = sample.sockstat6.ok ? sample.sockstat6.value.get('TCP6')?.get('inuse') : undefined;
  if (four === undefined) return { ok: false, reason: '/proc/net/sockstat tells no TCP sockets in use' };
  const value = four + (six ?? 0);
  return { ok: true, value, terms: [term('TCP sockets in use', value, '/proc/net/sockstat, sockstat6: inuse')] };
}

/** Packets that the busiest CPU took through the softnet layer a second. */
export function busiestCpu(rates: RatesResult): Figure {
  if (!rates.ok) return { ok: false, reason: rates.reason };
  let best: { cpu: number; perSecond: number } | null = null;
  for (const [cpu, { processed }] of rates.value.softnet) {
    if (processed !== null && processed.perSecond > (best?.perSecond ?? -1))
      best = { cpu, perSecond: processed.perSecond };
  }
  if (best === null) return { ok: false, reason: 'no CPU has its softnet counters in both samples' };
  const value = Math.round(best.perSecond);
  return {
    ok: true,
    value,
    terms: [term(`packets a second on CPU ${best.cpu}, the busiest`, value, '/proc/net/softnet_stat processed')],
  };
}

/** A counter of the protocols a second. */
export function counterPerSecond(rates: RatesResult, section: string, counter: string): Figure {
  if (!rates.ok) return { ok: false, reason: rates.reason };
  const delta = rates.value.protocols.get(section)?.get(counter);
  if (delta === undefined) return { ok: false, reason: `${section} ${counter} is not in both samples` };
  const value = Math.round(delta.perSecond * 100) / 100;
  return { ok: true, value, terms: [term(`${counter} a second`, value, `${section} of /proc/net/snmp or netstat`)] };
}

/** A counter of the protocols since boot; null where it was not read. */
export function counterNow(sample: Sample | undefined, section: string, counter: string): number | null {
  for (const reading of [sample?.snmp, sample?.netstat]) {
    const value = reading?.ok === true ? reading.value.get(section)?.get(counter) : undefined;
    if (value !== undefined) return value;
  }
  return null;
}

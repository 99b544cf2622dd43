import type { NicQueue, QueueLimits } from '../model/snapshot.ts';
import type { CpuReader } from './cpuReader.ts';
import { toNumber } from './toNumber.ts';

type Files = ReadonlyMap<string, readonly string[]>;

/** The queues of one interface by the files below `/sys/class/net/X/`, receive first. */
export function readQueues(files: Files, maskCpus: CpuReader): NicQueue[] {
  const queues: NicQueue[] = [];
  for (const path of files.keys()) {
    // rps_cpus exists for every receive queue, tx_maxrate for every transmit queue.
    const found = /^queues\/(?:(rx)-(\d+)\/rps_cpus|(tx)-(\d+)\/tx_maxrate)$/.exec(path);
    const number = found?.[2] ?? found?.[4];
    // The kernel writes no leading zeros: another spelling would be the same queue twice.
    if (number === undefined || String(Number(number)) !== number) continue;
    const direction = found?.[1] === 'rx' ? 'rx' : 'tx';
    const text = (file: string): string | null =>
      files.get(`queues/${direction}-${number}/${file}`)?.[0]?.trim() ?? null;
    const mask = (file: string): readonly number[] | null => maskCpus(text(file) ?? undefined);
    const rx = direction === 'rx';
    queues.push({
      direction,
      index: Number(number),
      cpus: mask(rx ? 'rps_cpus' : 'xps_cpus'),
      flowCount: toNumber(text('rps_flow_cnt')),
      rxQueues: rx ? null : mask('xps_rxqs'),
      maxRate: rx ? null : toNumber(text('tx_maxrate')),
      trafficClass: rx ? null : text('traffic_class'),
      limits: rx ? null : limitsOf((file) => toNumber(text(`byte_queue_limits/${file}`))),
    });
  }
  return queues.sort((x, y) => x.direction.localeCompare(y.direction) || x.index - y.index);
}

/** Null: no such directory, since the driver does not report what it has sent (or the kernel is older than 3.3). */
function limitsOf(number: (file: string) => number | null): QueueLimits | null {
  const limit = number('limit');
  if (limit === null) return null;
  return {
    limit,
    limitMin: number('limit_min'),
    limitMax: number('limit_max'),
    inflight: number('inflight'),
    holdTimeMs: number('hold_time'),
    stallThresholdMs: number('stall_thrs'),
    stallCount: number('stall_cnt'),
    stallMaxMs: number('stall_max'),
  };
}

import { hashFields, receiveRules, rssTable } from './plans/hashing.ts';
import { affinity, coalescing } from './plans/interrupts.ts';
import { napiBudget } from './plans/napi.ts';
import { queueCount, ringSize } from './plans/queues.ts';
import { earlyDemux, flowLimit, merging, timestamps } from './plans/receive.ts';
import { backlogs, tcpBuffers, timeWait } from './plans/sockets.ts';
import { acceleratedSteering, flowSteering, packetSteering } from './plans/steering.ts';
import { transmitQueue } from './plans/transmit.ts';
import type { Tuning } from './tuning.ts';

/** Everything that is tuned on the packet's way, T1 to T19; T20 and T21 are readings. */
export const allTunings: readonly Tuning[] = [
  queueCount,
  ringSize,
  rssTable,
  hashFields,
  receiveRules,
  coalescing,
  affinity,
  napiBudget,
  merging,
  packetSteering,
  flowSteering,
  acceleratedSteering,
  timestamps,
  flowLimit,
  earlyDemux,
  tcpBuffers,
  backlogs,
  transmitQueue,
  timeWait,
];

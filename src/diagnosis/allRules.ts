import type { Rule } from './rule.ts';
import { acceptQueueHigh } from './rules/acceptQueue.ts';
import { receiveImbalance, softirqSaturation, stolenTime } from './rules/cpuLoad.ts';
import { ephemeralPorts } from './rules/ephemeralPorts.ts';
import { reassemblyFails, reversePathFilter } from './rules/ipLayer.ts';
import { listenOverflow } from './rules/listenOverflow.ts';
import { retransmitRate, spuriousRetransmits, synRetransmits, timeoutHeavy } from './rules/retransmits.ts';
import { ringExhausted } from './rules/ringExhausted.ts';
import { busyPollOn, tcpOptionsOff } from './rules/settingsOff.ts';
import { softnetDrop } from './rules/softnetDrop.ts';
import { listenDropsOther, syncookiesDisabled, synQueueFull } from './rules/synQueue.ts';
import { conntrackClash, conntrackFull, neighbourOverflow } from './rules/tables.ts';
import { orphans, tcpMemoryPressure } from './rules/tcpMemory.ts';
import { receiveBufferPruned, socketBacklogDrop, udpSendBuffer, zeroWindow } from './rules/tcpReceive.ts';
import { timeSqueeze } from './rules/timeSqueeze.ts';
import { timeWaitOverflow } from './rules/timeWaitOverflow.ts';
import { udpReceiveBuffer } from './rules/udpReceiveBuffer.ts';

/** Every rule, in the order of the packet's way: what is lost first explains what is lost later. */
export const allRules: readonly Rule[] = [
  stolenTime,
  ringExhausted,
  softirqSaturation,
  timeSqueeze,
  receiveImbalance,
  softnetDrop,
  conntrackFull,
  conntrackClash,
  reversePathFilter,
  reassemblyFails,
  listenOverflow,
  listenDropsOther,
  synQueueFull,
  syncookiesDisabled,
  acceptQueueHigh,
  timeWaitOverflow,
  tcpMemoryPressure,
  socketBacklogDrop,
  receiveBufferPruned,
  udpReceiveBuffer,
  zeroWindow,
  spuriousRetransmits,
  tcpOptionsOff,
  busyPollOn,
  udpSendBuffer,
  orphans,
  retransmitRate,
  timeoutHeavy,
  synRetransmits,
  ephemeralPorts,
  neighbourOverflow,
];

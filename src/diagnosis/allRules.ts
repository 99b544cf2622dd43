import type { Rule } from './rule.ts';
import { acceptQueueHigh } from './rules/acceptQueue.ts';
import { sysctlDrift, sysctlFileNotRead } from './rules/bootSettings.ts';
import { bufferBelowPath, sendBufferLimited } from './rules/connectionLimits.ts';
import { receiveImbalance, softirqSaturation, stolenTime } from './rules/cpuLoad.ts';
import { ephemeralPorts } from './rules/ephemeralPorts.ts';
import { mtuMismatch, narrowPcie, powerSaving } from './rules/hardware.ts';
import { reassemblyFails, reversePathFilter } from './rules/ipLayer.ts';
import { listenOverflow } from './rules/listenOverflow.ts';
import { allOnOneCpu, coalescingLong, coalescingOff, hotQueue, stackedAffinity } from './rules/nicInterrupts.ts';
import { cloudAllowance, damagedFrames, linkFlap, pauseFrames } from './rules/nicLink.ts';
import { fewQueues, numaMismatch, rfsHalf } from './rules/nicQueues.ts';
import { groOff, lroForwarding } from './rules/offloads.ts';
import { qdiscDrops, qdiscRequeues, txQueueLength } from './rules/qdiscs.ts';
import { receiveSteering } from './rules/receiveSteering.ts';
import { retransmitRate, spuriousRetransmits, synRetransmits, timeoutHeavy } from './rules/retransmits.ts';
import { ringExhausted } from './rules/ringExhausted.ts';
import { busyPollOn, tcpOptionsOff } from './rules/settingsOff.ts';
import { closeWait, finWait, openFiles } from './rules/socketStates.ts';
import { flowLimit, softnetDrop } from './rules/softnetDrop.ts';
import { listenDropsOther, syncookiesDisabled, synQueueFull } from './rules/synQueue.ts';
import { conntrackClash, conntrackFull, neighbourOverflow } from './rules/tables.ts';
import { orphans, tcpMemoryPressure } from './rules/tcpMemory.ts';
import { receiveBufferPruned, socketBacklogDrop, udpSendBuffer, zeroWindow } from './rules/tcpReceive.ts';
import { timeSqueeze } from './rules/timeSqueeze.ts';
import { timeWaitOverflow } from './rules/timeWaitOverflow.ts';
import { txRingFull, txTimeout } from './rules/txRing.ts';
import { udpMemory } from './rules/udpMemory.ts';
import { udpReceiveBuffer } from './rules/udpReceiveBuffer.ts';

/** Every rule, in the order of the packet's way: what is lost first explains what is lost later. */
export const allRules: readonly Rule[] = [
  stolenTime,
  linkFlap,
  damagedFrames,
  pauseFrames,
  cloudAllowance,
  narrowPcie,
  ringExhausted,
  coalescingOff,
  coalescingLong,
  allOnOneCpu,
  stackedAffinity,
  hotQueue,
  fewQueues,
  numaMismatch,
  softirqSaturation,
  timeSqueeze,
  receiveImbalance,
  groOff,
  lroForwarding,
  receiveSteering,
  rfsHalf,
  flowLimit,
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
  bufferBelowPath,
  udpReceiveBuffer,
  udpMemory,
  zeroWindow,
  spuriousRetransmits,
  tcpOptionsOff,
  busyPollOn,
  powerSaving,
  closeWait,
  finWait,
  openFiles,
  udpSendBuffer,
  sendBufferLimited,
  orphans,
  retransmitRate,
  timeoutHeavy,
  synRetransmits,
  ephemeralPorts,
  mtuMismatch,
  neighbourOverflow,
  qdiscDrops,
  qdiscRequeues,
  txQueueLength,
  txRingFull,
  txTimeout,
  sysctlDrift,
  sysctlFileNotRead,
];

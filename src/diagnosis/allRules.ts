import type { Rule } from './rule.ts';
import { ephemeralPorts } from './rules/ephemeralPorts.ts';
import { listenOverflow } from './rules/listenOverflow.ts';
import { ringExhausted } from './rules/ringExhausted.ts';
import { softnetDrop } from './rules/softnetDrop.ts';
import { timeSqueeze } from './rules/timeSqueeze.ts';
import { timeWaitOverflow } from './rules/timeWaitOverflow.ts';
import { udpReceiveBuffer } from './rules/udpReceiveBuffer.ts';

/** Every rule, in the order of the packet's way: what is lost first explains what is lost later. */
export const allRules: readonly Rule[] = [
  ringExhausted,
  timeSqueeze,
  softnetDrop,
  listenOverflow,
  timeWaitOverflow,
  udpReceiveBuffer,
  ephemeralPorts,
];

import {
  askArrivals,
  askableStates,
  askConnections,
  askListeners,
  askRepair,
  askState,
} from '../capture/questions/questions.ts';
import { errorName } from '../capture/questions/readArrivalAnswer.ts';
import { connectionKeyOf } from '../capture/questions/readListenerAnswer.ts';
import { printable } from '../kernel/printable.ts';
import { tcpInfoOf } from '../kernel/sockets/tcpInfo.ts';
import {
  type Answer,
  type ArrivalAnswer,
  type ConnectionsAnswer,
  connectionKeys,
  type ListenerInDepth,
  type StateAnswer,
  type Tally,
} from '../model/socketAnswers.ts';
import type { Transport } from '../transport/shell.ts';
import type { ChosenHost } from './chosenHost.ts';
import { type ExitStatus, exit, UsageError } from './exit.ts';
import { onHost } from './onHost.ts';
import { printJson, printLine } from './output.ts';

/** What of the sockets is asked: the options of the command line, of which exactly one is given. */
export interface SocketQuestion {
  readonly state?: string;
  readonly worst?: string;
  readonly listeners: boolean;
  readonly arrivals: boolean;
  readonly repair: boolean;
}

/** `sockets HOST --state time-wait | --listeners | --worst rtt | --arrivals | --repair`. Status 2 when it cannot be told. */
export function sockets(host: ChosenHost, question: SocketQuestion, json: boolean): Promise<ExitStatus> {
  const { state, worst, listeners, arrivals, repair } = question;
  const given = [state !== undefined, worst !== undefined, listeners, arrivals, repair].filter(Boolean).length;
  if (given !== 1) throw new UsageError('ask one of --state STATE, --listeners, --worst KEY, --arrivals, --repair');
  if (state !== undefined) {
    if (!askableStates.has(state))
      throw new UsageError(`--state must be one of ${[...askableStates.keys()].join(', ')}`);
    return show(host, json, (transport, signal) => askState(transport, state, signal), printState);
  }
  if (worst !== undefined) {
    const key = connectionKeyOf(worst);
    if (key === null) throw new UsageError(`--worst must be one of ${connectionKeys.join(', ')}`);
    return show(host, json, (transport, signal) => askConnections(transport, key, signal), printConnections);
  }
  if (listeners) return show(host, json, askListeners, printListeners);
  if (arrivals) return show(host, json, askArrivals, printArrivals);
  return show(host, json, askRepair, ({ errno }) =>
    printLine(errno === 0 ? 'TCP_REPAIR can be used by this login' : `TCP_REPAIR is refused: ${errorName(errno)}`),
  );
}

async function show<T>(
  host: ChosenHost,
  json: boolean,
  ask: (transport: Transport, signal: AbortSignal) => Promise<Answer<T>>,
  print: (value: T) => void,
): Promise<ExitStatus> {
  const answer = await onHost(host, ask);
  const { value } = answer;
  if (json) printJson(answer);
  else if (value.ok) print(value.value);
  else process.stderr.write(`packet-path: not read: ${printable(value.reason)} (${value.source})\n`);
  return value.ok ? exit.clean : exit.failed;
}

function printState(answer: StateAnswer): void {
  const { state, total, unread, unacknowledged, retransmitting, orphans, owners, timers } = answer;
  printLine(`${total} sockets in ${state}, ${orphans} of them held by no process`);
  printLine(`  unread: ${unread.bytes} bytes in ${unread.sockets} sockets`);
  printLine(`  unacknowledged: ${unacknowledged.bytes} bytes in ${unacknowledged.sockets} sockets`);
  printLine(`  retransmitting: ${retransmitting.sockets} sockets, at most ${retransmitting.most} times`);
  for (const { name, sockets: count, soonestMs, latestMs } of timers) {
    const when = name === 'none' ? '' : `, fires in ${soonestMs / 1000} to ${latestMs / 1000} s`;
    printLine(`  timer ${name}: ${count} sockets${when}`);
  }
  printTally('local port', answer.localPorts);
  printTally('peer', answer.peers);
  printTally('peer and port', answer.services);
  printTally('user', answer.users);
  if (!owners.ok) printLine(`processes: ${owners.reason}`);
  else {
    printLine(`processes: of ${owners.value.sockets} sockets those of ${owners.value.seen} could be seen`);
    for (const { pid, name, sockets: count } of owners.value.processes) printLine(`  ${count} ${name} (${pid})`);
  }
}

const shown = 20;

function printTally(what: string, { kinds, largest }: Tally): void {
  printLine(`by ${what}: ${kinds}${kinds > shown ? `, the largest ${shown}` : ''}`);
  for (const { key, count } of largest.slice(0, shown)) printLine(`  ${String(count).padStart(7)} ${key}`);
}

function printListeners(listeners: readonly ListenerInDepth[]): void {
  for (const { address, port, queued, limit, drops, processes } of listeners) {
    const held = processes.map(({ name, pid }) => `${name} (${pid})`).join(', ');
    const dropped = drops === null ? '' : `, ${drops} dropped`;
    printLine(`${address}:${port} ${queued} waiting, limit ${limit ?? 'not known'}${dropped} ${held}`);
  }
}

function printConnections({ key, total, worst }: ConnectionsAnswer): void {
  printLine(`${worst.length} of ${total} established connections, the worst by ${key} first`);
  for (const { local, peer, recvQ, sendQ, values, flags } of worst) {
    const { rtt, cwnd, retrans } = tcpInfoOf(values, flags);
    const ends = `${local.address}:${local.port} ${peer.address}:${peer.port}`;
    printLine(
      `${ends} rtt ${rtt ?? '-'} ms, retrans ${retrans?.total ?? 0}, cwnd ${cwnd ?? '-'}, queues ${recvQ}/${sendQ}`,
    );
  }
}

function printArrivals(answer: ArrivalAnswer): void {
  const { sockets: all, looked, hidden, late, longestMicroseconds, rows } = answer;
  printLine(`${looked} of ${all} sockets looked at, none held longer than ${longestMicroseconds} us`);
  if (hidden > 0) printLine(`${hidden} processes belong to others and were not looked into`);
  if (late > 0) printLine(`${late} processes were left out: time was up`);
  for (const { local, remote, name, pid, incomingCpu, ranOn } of rows) {
    const here = incomingCpu === null ? 'no packet yet' : `packets on CPU ${incomingCpu}`;
    printLine(`${local} ${remote} ${name} (${pid}): ${here}, last ran on CPU ${ranOn.join(', ')}`);
  }
}

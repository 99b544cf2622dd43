import type { Reading } from '../../model/reading.ts';
import type {
  Answer,
  ArrivalAnswer,
  ConnectionKey,
  ConnectionsAnswer,
  ListenerInDepth,
  RepairAnswer,
  StateAnswer,
} from '../../model/socketAnswers.ts';
import type { Transport } from '../../transport/shell.ts';
import type { Sections } from '../sections.ts';
import { askHost } from './askHost.ts';
import { readArrivalAnswer, readRepairAnswer } from './readArrivalAnswer.ts';
import { readConnectionsAnswer, readListenerAnswer } from './readListenerAnswer.ts';
import { readStateAnswer } from './readStateAnswer.ts';

/** How long each list may be. */
const most = '100';
/** Sockets looked at, and seconds taken, where packets arrive: a sample is enough. */
const sampled = '2000';
const sampleSeconds = '4';

/** States that can be asked for: the name `ss` has for it to its code in /proc/net/tcp. */
export const askableStates: ReadonlyMap<string, string> = new Map([
  ['established', '01'],
  ['syn-sent', '02'],
  ['syn-recv', '03'],
  ['fin-wait-1', '04'],
  ['fin-wait-2', '05'],
  ['time-wait', '06'],
  ['close-wait', '08'],
  ['last-ack', '09'],
  ['closing', '0B'],
]);

/** One TCP state in depth. `state` is a key of `askableStates`. Each of these rejects as `askHost` does. */
export async function askState(transport: Transport, state: string, signal: AbortSignal): Promise<Answer<StateAnswer>> {
  const code = askableStates.get(state);
  if (code === undefined) throw new RangeError(`no TCP state "${state}"`);
  const sections = await askHost(transport, 'sockets', [most, 'state', state, code], signal);
  return answer(sections, readStateAnswer(sections, code));
}

/** Listeners with queue, limit, drops and owners. */
export async function askListeners(
  transport: Transport,
  signal: AbortSignal,
): Promise<Answer<readonly ListenerInDepth[]>> {
  const sections = await askHost(transport, 'sockets', ['1000', 'listeners'], signal);
  return answer(sections, readListenerAnswer(sections));
}

/** The established connections that are worst in something. */
export async function askConnections(
  transport: Transport,
  key: ConnectionKey,
  signal: AbortSignal,
): Promise<Answer<ConnectionsAnswer>> {
  const sections = await askHost(transport, 'sockets', [most, 'connections', key], signal);
  return answer(sections, readConnectionsAnswer(sections, key));
}

/** Where packets arrive: takes over descriptors of other processes for microseconds, so it is asked for by itself. */
export async function askArrivals(transport: Transport, signal: AbortSignal): Promise<Answer<ArrivalAnswer>> {
  const sections = await askHost(transport, 'incomingCpu', [sampled, sampleSeconds, 'arrive'], signal);
  return answer(sections, readArrivalAnswer(sections));
}

/** Whether TCP_REPAIR may be used, tried on a socket that is connected to nothing. */
export async function askRepair(transport: Transport, signal: AbortSignal): Promise<Answer<RepairAnswer>> {
  const sections = await askHost(transport, 'incomingCpu', [sampled, sampleSeconds, 'repair'], signal);
  return answer(sections, readRepairAnswer(sections));
}

function answer<T>(sections: Sections, value: Reading<T>): Answer<T> {
  const seconds = sections.wholeText('date').trim();
  return { takenAt: /^\d{1,11}$/.test(seconds) ? Number(seconds) * 1000 : null, value };
}

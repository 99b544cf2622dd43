import type { CounterView, ListenerView, TcpStateView } from '../../../webview/protocol.ts';
import type { SnmpSections } from '../../kernel/snmp.ts';
import type { SocketUser } from '../../kernel/sockets/ssDetails.ts';
import type { Listener } from '../../kernel/ss.ts';
import { meaningOf } from '../../knowledge/counters.ts';
import { tcpStateMeanings } from '../../knowledge/tcpStates.ts';
import { tcpTopics } from '../../knowledge/tcpTopics.ts';
import type { Rates } from '../../model/rates.ts';
import { listenerKey } from '../../model/ratesOf.ts';
import type { Reading } from '../../model/reading.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TcpSockets } from '../../model/tcpSockets.ts';

/** States the kernel has and prints as another one (SYN_RECV, CLOSE): shown only if that changes. */
const rare: ReadonlySet<string> = new Set(['NEW_SYN_RECV', 'BOUND_INACTIVE']);

/** TCP sockets by state, in the order of a connection's life. */
export function stateViews(sockets: TcpSockets): TcpStateView[] {
  const known = [...tcpStateMeanings]
    .map(([state, meaning]) => ({ state, meaning }))
    .filter(({ state }) => sockets.states.has(state) || !rare.has(state));
  const others = [...sockets.states.keys()]
    .filter((state) => !tcpStateMeanings.has(state))
    .map((state) => ({ state, meaning: '' }));
  return [...known, ...others].map(({ state, meaning }) => {
    const count = sockets.states.get(state);
    return { state, v4: count?.v4 ?? 0, v6: count?.v6 ?? 0, meaning };
  });
}

/** A table of more rows nobody reads, and the message would be of megabytes. */
const mostListeners = 1000;

/** How many listeners `listenerViews` leaves out. */
export function listenersLeftOut(listeners: readonly Listener[]): number {
  return Math.max(0, listeners.length - mostListeners);
}

/** Listeners, the fullest accept queue first; of very many those that drop, and the fullest. */
export function listenerViews(
  listeners: readonly Listener[],
  rates: Rates | null,
  owners: Snapshot['listenerOwners'],
): ListenerView[] {
  const views = listeners.map((listener) => ({
    address: listener.address,
    port: listener.port,
    queued: listener.recvQ,
    limit: listener.sendQ,
    drops: listener.skmem?.get('d') ?? null,
    dropsPerSecond: rates?.listenerDrops.get(listenerKey(listener))?.perSecond ?? null,
    processes: owners.ok ? processesText(owners.value.get(listenerKey(listener))) : null,
  }));
  const fullness = (view: ListenerView): number => (view.limit === null ? view.queued : view.queued / (view.limit + 1));
  const byFullness = (x: ListenerView, y: ListenerView): number => fullness(y) - fullness(x) || x.port - y.port;
  if (views.length <= mostListeners) return views.sort(byFullness);
  const drops = (view: ListenerView): number => view.dropsPerSecond ?? 0;
  return views
    .sort((x, y) => drops(y) - drops(x) || byFullness(x, y))
    .slice(0, mostListeners)
    .sort(byFullness);
}

/** An ordinary user sees its own only: of others there is nothing to say. */
function processesText(users: readonly SocketUser[] | undefined): string | null {
  const names = new Set(users?.map(({ name, pid }) => `${name} (${pid})`));
  const [first, second, third, ...more] = names;
  const shown = [first, second, third].filter((name) => name !== undefined).join(', ');
  return shown === '' ? null : more.length > 0 ? `${shown} and ${more.length} more` : shown;
}

/** The counters that tell of TCP's health. One that this kernel does not have is left out, never shown as 0. */
export function counterViews(
  netstat: SnmpSections,
  snmp: Reading<SnmpSections> | undefined,
  rates: Rates | null,
): CounterView[] {
  return tcpTopics.flatMap(({ section, name, topic }) => {
    const value =
      netstat.get(section)?.get(name) ?? (snmp?.ok === true ? snmp.value.get(section)?.get(name) : undefined);
    if (value === undefined) return [];
    const delta = rates?.protocols.get(section)?.get(name);
    return [
      {
        name: `${section} ${name}`,
        group: topic,
        meaning: meaningOf(section, name)?.meaning ?? '',
        sinceBoot: value,
        delta: delta?.delta ?? null,
        perSecond: delta?.perSecond ?? null,
      },
    ];
  });
}

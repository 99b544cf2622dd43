import type { Listener } from '../kernel/ss.ts';
import type { Sample } from '../model/snapshot.ts';

/** Why no accept queue can be said to be full or nearly so; null when it can. */
export function noLimits(listeners: Sample['listeners']): string | null {
  if (!listeners.ok) return listeners.reason;
  const isTold = listeners.value.length === 0 || listeners.value.some(({ sendQ }) => sendQ !== null);
  return isTold ? null : 'the limit of an accept queue is told by ss only, which this host lacks';
}

/**
 * Listeners whose queue is as long as net.core.somaxconn allows: a longer backlog of theirs would be cut to it
 * (`__sys_listen()` in net/socket.c).
 */
export function cappedBy(somaxconn: number, listeners: Sample['listeners']): Listener[] {
  return listeners.ok ? listeners.value.filter(({ sendQ }) => sendQ === somaxconn) : [];
}

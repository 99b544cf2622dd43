import { connect, type Socket } from 'node:net';

/** A TCP connection. Rejects with Node's error, or the signal's reason; the name look-up itself cannot be cut short. */
export function dial(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    // Where a name has several addresses Node gives each 250 ms unless told otherwise: too little for a far host.
    const socket = connect({ host, port, autoSelectFamilyAttemptTimeout: 1000 });
    const settle = (finish: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
      finish();
    };
    const onAbort = (): void => {
      // A look-up still under way reports to the destroyed socket later.
      socket.on('error', () => {});
      socket.destroy();
      settle(() => reject(signal.reason));
    };
    const onError = (error: Error): void => settle(() => reject(error));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', onError);
    socket.once('connect', () => {
      // Without this each answer waits 40 ms for a delayed ACK: ssh2 writes in small pieces.
      socket.setNoDelay(true);
      settle(() => resolve(socket));
    });
  });
}

/** A LISTEN row of `ss -Hltnm`. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  /** Connections waiting in the accept queue (Recv-Q). */
  readonly recvQ: number;
  /** The backlog limit (Send-Q). The queue is full when recvQ > sendQ. */
  readonly sendQ: number;
  /** `skmem:(...)` by its letters (`r`, `rb`, `d` ...); null without -m or on an old `ss`. `d` is this listener's own drops. */
  readonly skmem: ReadonlyMap<string, number> | null;
}

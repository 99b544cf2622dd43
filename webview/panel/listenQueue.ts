/** An accept queue as `ss` prints it: Recv-Q and Send-Q of a listening socket. */
interface AcceptQueue {
  readonly queued: number;
  /** Null where it is not known. */
  readonly limit: number | null;
}

/** The kernel refuses when more than the limit wait (sk_acceptq_is_full), so one more than the limit fits. */
export function isFull({ queued, limit }: AcceptQueue): boolean {
  return limit !== null && queued > limit;
}

/** 1 when full; null where the limit is not known. */
export function queueShare({ queued, limit }: AcceptQueue): number | null {
  return limit === null ? null : Math.min(1, queued / (limit + 1));
}

export function queueText({ queued, limit }: AcceptQueue): string {
  return limit === null ? `${queued} waiting, room not known` : `${queued} waiting, room for ${limit}+1`;
}

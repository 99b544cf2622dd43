/** An accept queue as `ss` prints it: Recv-Q and Send-Q of a listening socket. */
interface AcceptQueue {
  readonly queued: number;
  readonly limit: number;
}

/** The kernel refuses when more than the limit wait (sk_acceptq_is_full), so one more than the limit fits. */
export function isFull({ queued, limit }: AcceptQueue): boolean {
  return queued > limit;
}

/** 1 when full. */
export function queueShare({ queued, limit }: AcceptQueue): number {
  return Math.min(1, queued / (limit + 1));
}

export function queueText({ queued, limit }: AcceptQueue): string {
  return `${queued} waiting, room for ${limit}+1`;
}

/** One queueing discipline of `tc -s qdisc show` (text or JSON). */
export interface Qdisc {
  readonly dev: string;
  readonly kind: string;
  /** `8001:` or `0:` */
  readonly handle: string;
  /** `root`, `:1`, `8001:2`; `ingress` and `clsact` say so themselves. */
  readonly parent: string;
  /** null: the line was not printed (no -s). */
  readonly bytes: number | null;
  readonly packets: number | null;
  readonly drops: number | null;
  readonly overlimits: number | null;
  readonly requeues: number | null;
  /** Bytes and packets waiting now. */
  readonly backlog: number | null;
  readonly qlen: number | null;
}

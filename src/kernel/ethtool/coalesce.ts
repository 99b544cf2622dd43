/** `ethtool -c`. */
export interface EthtoolCoalesce {
  readonly adaptiveRx: boolean | null;
  readonly adaptiveTx: boolean | null;
  /** `rx-usecs`, `rx-frames`, `tx-usecs-irq` ... to value; null for `n/a`. `CQE mode RX` and other on/off lines are not numbers and stand in `other`. */
  readonly values: ReadonlyMap<string, number | null>;
  readonly other: ReadonlyMap<string, string>;
}

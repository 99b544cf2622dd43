/** One line of `ethtool -S`, with the driver's own name, in the driver's order (names can repeat). */
export interface EthtoolStat {
  readonly name: string;
  readonly value: number;
}

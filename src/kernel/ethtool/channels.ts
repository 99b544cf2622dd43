/** `ethtool -l`: queues. null: `n/a`, or the 0 that ethtool before 5.9 prints for a maximum of 0. */
export interface EthtoolChannels {
  readonly maximum: ChannelCounts;
  readonly current: ChannelCounts;
}

export interface ChannelCounts {
  readonly rx: number | null;
  readonly tx: number | null;
  readonly other: number | null;
  readonly combined: number | null;
}

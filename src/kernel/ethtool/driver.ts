/** `ethtool -i DEV`; a line that is empty or N/A is null. */
export interface EthtoolDriver {
  readonly driver: string | null;
  readonly version: string | null;
  readonly firmwareVersion: string | null;
  readonly busInfo: string | null;
}

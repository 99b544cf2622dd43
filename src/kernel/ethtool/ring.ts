/** `ethtool -g`: descriptors. null: `n/a`, or the 0 that ethtool before 5.9 prints for it. */
export interface EthtoolRing {
  readonly maximum: RingSizes;
  readonly current: RingSizes;
  /** Lines that are not one of the four sizes (`RX Buf Len`, `TX Push` ...), current block, as printed. */
  readonly other: ReadonlyMap<string, string>;
}

export interface RingSizes {
  readonly rx: number | null;
  readonly rxMini: number | null;
  readonly rxJumbo: number | null;
  readonly tx: number | null;
}

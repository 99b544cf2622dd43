/** One line of `ethtool -k`. */
export interface EthtoolFeature {
  readonly name: string;
  readonly active: boolean;
  /** Cannot be changed on this device. */
  readonly fixed: boolean;
  /** Asked for and not (yet) in effect, where it differs from `active`; else null. */
  readonly requested: boolean | null;
}

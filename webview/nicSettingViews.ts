/*
 * What the extension tells the panel of how one interface is set.
 */

/** Everything `ethtool` says is set, and what accelerated RFS would need. */
export interface NicSettingsView {
  readonly settings: readonly NicSettingView[];
  readonly offloads: readonly NicSettingView[];
  readonly rules: readonly NicRuleView[];
  /** Empty for an interface without a device. */
  readonly arfs: readonly NicConditionView[];
}

export interface NicSettingView {
  /** Heading it stands under: the thing and where it is from, `Rings (ethtool -g)`. */
  readonly group: string;
  readonly name: string;
  /** As set now; null when it was not read, and then `note` says why. */
  readonly value: string | null;
  /** The maximum, the choice, `[fixed]`, or why there is no value; empty when there is nothing to say. */
  readonly note: string;
}

/** A receive rule the NIC follows. */
export interface NicRuleView {
  readonly location: number;
  readonly matches: string;
  readonly action: string;
}

export interface NicConditionView {
  readonly title: string;
  readonly state: 'met' | 'unmet' | 'unknown';
  readonly found: string;
  /** The command that makes it hold until the next boot; null where nothing is to be set, or nothing can be. */
  readonly command: string | null;
}

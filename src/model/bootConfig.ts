import type { Reading } from './reading.ts';

/** What the files of a host will set at its next boot, and what they set at the last one if nobody changed them since. */
export interface BootConfig {
  readonly init: BootInit;
  /** What sysctl files set, key by key; missing when the files could not be read. */
  readonly sysctl: Reading<SysctlBoot>;
  readonly irqbalance: Reading<IrqbalanceConfig>;
  readonly tuned: Reading<TunedConfig>;
  /** udev rules that set something of a NIC or a queue, in the order udev runs them. */
  readonly udev: Reading<readonly UdevSetting[]>;
  /** `.link` files in the order udev looks at them; the first that matches a NIC is the only one it gets. */
  readonly links: Reading<readonly UnitFile[]>;
  /** networkd's `.network` files that set a queue discipline or an MTU. */
  readonly networks: Reading<readonly UnitFile[]>;
  /** modprobe.d options and modules-load.d names that concern the network path. */
  readonly modules: Reading<readonly ConfigLine[]>;
  /** Lines of scripts and units that set sysctls, ethtool settings or affinities when they are run. */
  readonly scripts: Reading<readonly ConfigLine[]>;
  /** What limits the above: files that could not be read or were left out. */
  readonly notes: readonly string[];
}

/** Who starts the system, and with that, who reads sysctl files. */
export interface BootInit {
  readonly name: 'systemd' | 'openrc' | 'upstart' | 'sysvinit' | null;
  /** Null: not known, and then no file is known to be read at boot. */
  readonly reader: SysctlReader | null;
  /** How that is known, or why it is not. */
  readonly why: string;
}

/**
 * A program that applies sysctl files at boot. They differ: systemd-sysctl (sysctl.d(5)) does not read
 * /etc/sysctl.conf; procps' `sysctl --system` (sysctl(8)) reads it last; Ubuntu 14.04's upstart job reads /etc alone.
 */
export type SysctlReader = 'systemd-sysctl' | 'procps' | 'upstart-procps';

/** One line of a file, as it stands there. Lines count from 1. */
export interface ConfigLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

export interface SysctlBoot {
  readonly reader: SysctlReader | null;
  /** Every file that was found, in the order in which they are applied; those that are not applied come last. */
  readonly files: readonly SysctlFile[];
  /** By key, as `Snapshot.sysctl` spells it. */
  readonly keys: ReadonlyMap<string, BootKey>;
  /** Lines that set nothing, or not what they seem to. */
  readonly faults: readonly SysctlFault[];
}

export interface SysctlFile {
  readonly path: string;
  /** Where it leads, of a symbolic link. */
  readonly target: string | null;
  readonly state: 'applied' | 'masked' | 'shadowed' | 'not-read' | 'unreadable';
  /** Why it is not applied; empty for one that is. */
  readonly why: string;
}

export interface SysctlFault extends ConfigLine {
  readonly message: string;
}

/** A line that sets a key: by its name, or by a pattern (`net.ipv4.conf.*.rp_filter`). */
export interface SysctlSetting extends ConfigLine {
  readonly value: string;
  readonly pattern: string | null;
}

/** A line that would set a key, and why it is not the one that does. */
export interface LosingSetting extends SysctlSetting {
  readonly why: string;
}

/** Something that sets the key beside the sysctl files. */
export interface OtherSetter {
  readonly who:
    | 'kernel command line'
    | 'tuned'
    | 'ufw'
    | 'udev'
    | 'script'
    | 'kube-proxy'
    | 'container runtime'
    | 'libvirt';
  /** Null: it is known to set the key, not to what. */
  readonly value: string | null;
  /** The line that says so; null for what a program is known to do. */
  readonly at: ConfigLine | null;
  readonly why: string;
}

export interface BootKey {
  readonly key: string;
  /** What sets it at boot; null when nothing that is read at boot does. */
  readonly setting: SysctlSetting | null;
  readonly losers: readonly LosingSetting[];
  readonly others: readonly OtherSetter[];
  readonly verdict: BootVerdict;
}

/** The value that is set at boot against the one that runs. */
export type BootVerdict =
  | { readonly kind: 'same' }
  /** `boot` is the value as the kernel would print it. */
  | { readonly kind: 'differs'; readonly boot: string; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'not-set' };

/** irqbalance's environment file (irqbalance(1), irqbalance.service). */
export interface IrqbalanceConfig {
  /** Null: neither a file nor a unit says so. */
  readonly enabled: boolean | null;
  readonly oneshot: boolean;
  readonly running: boolean | null;
  readonly bannedCpus: readonly number[] | null;
  readonly bannedIrqs: readonly number[];
  readonly policyScript: string | null;
  /** `OPTIONS`, `IRQBALANCE_ARGS` as written. */
  readonly args: string;
  readonly lines: readonly ConfigLine[];
}

export interface TunedConfig {
  readonly running: boolean | null;
  /** Names of the active profiles, as in /etc/tuned/active_profile. */
  readonly active: readonly string[];
  /** Files of those and of what they include, in the order in which their settings are merged: later ones win. */
  readonly files: readonly string[];
  /** [sysctl] of the merged profile. */
  readonly sysctl: ReadonlyMap<string, TunedValue>;
  /** Other sections that concern the network path: `net.ring`, `net.channels`. */
  readonly others: readonly TunedValue[];
  /** tuned-main.conf: sysctl files are applied again after the profile. */
  readonly reapplySysctl: boolean;
  /** Profiles named and not found. */
  readonly notFound: readonly string[];
}

export interface TunedValue extends ConfigLine {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** The section applies to some machines only (`uname_regex`, `cpuinfo_regex` ...), and whether to this one is not known. */
  readonly conditional: boolean;
}

/** One thing a udev rule sets of a NIC, its queues, or a sysctl. */
export interface UdevSetting extends ConfigLine {
  /** `ATTR{tx_queue_len}`, `RUN`, `SYSCTL{net/ipv4/tcp_retries2}` */
  readonly what: string;
  readonly value: string;
  /** The NICs it is for or may be for; null for a rule about no network device. */
  readonly matches: readonly NicMatch[] | null;
}

/** Whether a rule or file is for a NIC of the snapshot. Null: it cannot be told, and `why` says what it depends on. */
export interface NicMatch {
  readonly nic: string;
  readonly matches: boolean | null;
  readonly why: string;
}

/** A `.link` or `.network` file (systemd.link(5), systemd.network(5)). */
export interface UnitFile {
  readonly path: string;
  readonly state: 'applied' | 'masked' | 'shadowed' | 'unreadable';
  readonly why: string;
  readonly settings: readonly UnitSetting[];
  readonly matches: readonly NicMatch[];
}

export interface UnitSetting extends ConfigLine {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** A sysctl key of the network path with all that is known of it. */
export interface SettingRow {
  readonly key: string;
  /** As the kernel prints it, blanks single; null where it was not read, and then `unread` says why. */
  readonly running: string | null;
  readonly unread: string;
  /** What files and programs say of it; null when none does. */
  readonly boot: BootKey | null;
  readonly unit: string;
  /** The kernel's default in words; empty when it is not known. */
  readonly defaultText: string;
  readonly governs: string;
}

/** Files of one kind and what they set, beside sysctls. */
export interface ConfigGroup {
  readonly title: string;
  readonly source: string;
  /** Why nothing is known of them; null when they were read. */
  readonly reason: string | null;
  /** Facts about the whole: `does not run now`. */
  readonly facts: readonly string[];
  readonly entries: readonly ConfigEntry[];
}

export interface ConfigEntry {
  readonly what: string;
  readonly value: string;
  readonly at: ConfigLine;
  /** The NICs it is for, those it may be for and why that is not known; empty for what is for no NIC. */
  readonly concerns: string;
}

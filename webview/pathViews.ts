import type { TabId } from './protocol.ts';

/** A packet's way through the host by one interface, in, out, and back from the NIC when it has sent. */
export interface PathView {
  readonly nic: string;
  /** `25 Gbit/s, mlx5_core`, `no hardware behind it: veth` */
  readonly kind: string;
  /** What lies beyond the interface: the wire, or what becomes of a packet without one. */
  readonly end: string;
  /** Every interface there is, physical ones first, the first of them chosen when nobody asked for another. */
  readonly nics: readonly string[];
  /** Interfaces beyond those. */
  readonly moreNics: number;
  /** Steps in the order a packet takes them. */
  readonly ways: Readonly<Record<PathWayId, readonly PathStepView[]>>;
  /** Drawn zones, what is nearest to the application first. */
  readonly zones: readonly { readonly id: PathZoneId; readonly name: string }[];
}

export type PathWayId = 'in' | 'out' | 'back';
export type PathZoneId = 'nic' | 'driver' | 'ip' | 'transport' | 'socket';

/**
 * `losing`: packets are lost here now. `clear`: what can be lost is counted, and nothing was. `partly`: so far as it could
 * be read. `lossless`: nothing can be lost. `unread`: it is counted, and could not be read. `uncounted`: nobody counts
 * it. `absent`: packets of this interface do not come by here.
 */
export type PathState = 'losing' | 'clear' | 'partly' | 'lossless' | 'unread' | 'uncounted' | 'absent';

export interface PathStepView {
  /** `I14` */
  readonly id: string;
  readonly name: string;
  readonly zone: PathZoneId;
  /** Why only some packets come by; null for a step on the way of all. */
  readonly aside: string | null;
  readonly meaning: string;
  readonly functions: readonly string[];
  readonly state: PathState;
  /** Why it is in that state, in a sentence. */
  readonly why: string;
  /** What is lost in a second; null where it is not known or nothing can be. */
  readonly lost: number | null;
  /** What passes, `12,300/s` with its unit; null where it is not known, and then `noFlow` says why: nothing where nobody counts it. */
  readonly flow: PathFlowView | null;
  readonly noFlow: string;
  readonly figures: readonly PathFigureView[];
  readonly knobs: readonly PathKnobView[];
  /** Keys of `SnapshotView.findings` that stand at this step. */
  readonly findings: readonly string[];
}

export interface PathFlowView {
  readonly value: number;
  /** `packets/s`, `interrupts/s`, `packets an interrupt` */
  readonly unit: string;
}

export type PathRole = 'pass' | 'loss' | 'part' | 'discard' | 'delay' | 'stands';

/** One counter or gauge of a step. */
export interface PathFigureView {
  readonly role: PathRole;
  /** Id of what explains it. */
  readonly explain: string;
  readonly name: string;
  /** File or command it is from. */
  readonly source: string;
  readonly unit: string;
  /** Per second of a counter; null when there is no rate, and `reason` says why. */
  readonly perSecond: number | null;
  readonly delta: number | null;
  /** Since boot of a counter, now of a gauge; null when it was not read. */
  readonly value: number | null;
  /** Of a gauge: in words, with its limit. */
  readonly text: string | null;
  readonly reason: string | null;
  readonly meaning: string;
  /** The kernel's function that counts it; empty where that is the driver's own. */
  readonly where: string;
  readonly scope: 'interface' | 'namespace' | 'machine';
  /** Where the figure is shown with others, and the `data-key` there. */
  readonly tab: TabId;
  readonly focus: string | null;
}

export interface PathKnobView {
  /** Id of what explains it. */
  readonly explain: string;
  /** Where it is shown with others, and the `data-key` there; null where it is shown nowhere else. */
  readonly at: { readonly tab: TabId; readonly focus: string } | null;
  /** `net.core.netdev_max_backlog`, `RX ring` */
  readonly name: string;
  /** Null when it was not read, and `reason` says why. */
  readonly value: string | null;
  readonly reason: string | null;
  readonly default: string;
  /** Null: not known, or the default depends on the machine or the driver. */
  readonly isDefault: boolean | null;
  /** What sets it at boot, `/etc/sysctl.d/90-net.conf:3 to 2000`; or that nothing known does. */
  readonly boot: string;
  /** The value of the next boot is another one. */
  readonly differs: boolean;
  readonly governs: string;
}

import type { ConfigGroup, SettingRow, SysctlFault, SysctlFile } from '../src/model/bootConfig.ts';
import type { Severity } from '../src/model/severity.ts';
import type { CountersView } from './counterViews.ts';
import type { ExplanationView } from './explainViews.ts';
import type { NicsView } from './nicViews.ts';
import type { PathView } from './pathViews.ts';
import type { RawReply, RawRequest } from './rawProtocol.ts';
import type { QuestionId, SocketsView } from './socketViews.ts';

/**
 * What the extension and the panel say to each other. The extension owns the data; the panel is a projection that
 * can be thrown away: it says `ready`, gets the whole `state`, and gets the whole state again whenever it changes or
 * the panel becomes visible.
 */
export type ToPanel =
  | { readonly type: 'state'; readonly state: PanelState }
  /** Only the progress of a snapshot has changed: large views are not sent for that. */
  | { readonly type: 'busy'; readonly busy: string | null }
  | { readonly type: 'show'; readonly tab: TabId; readonly focus: string | null }
  | { readonly type: 'raw'; readonly id: number; readonly reply: RawReply }
  /** Null: there is no such interface any more, or no snapshot. */
  | { readonly type: 'path'; readonly id: number; readonly path: PathView | null }
  /** Null: there is no snapshot, or nothing is known of it. */
  | { readonly type: 'explain'; readonly id: number; readonly explanation: ExplanationView | null };

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'tab'; readonly tab: TabId }
  | { readonly type: 'snapshot' }
  | { readonly type: 'insertTuning'; readonly finding: string }
  /** Puts a finding on the clipboard as Markdown, or a text as it is. */
  | { readonly type: 'copyFinding'; readonly finding: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'openRaw' }
  | { readonly type: 'saveReport' }
  | { readonly type: 'raw'; readonly id: number; readonly request: RawRequest }
  /** The path by this interface; null: by the first. */
  | { readonly type: 'path'; readonly id: number; readonly nic: string | null }
  /** What is meant by `of`, as it stands in this snapshot. */
  | { readonly type: 'explain'; readonly id: number; readonly of: string }
  /** A text of the capture, or what is made of it, in an editor; at a line (from 0). */
  | { readonly type: 'openRawEntry'; readonly entry: string; readonly line: number; readonly parsed: boolean }
  | { readonly type: 'ask'; readonly question: QuestionId };

export const tabIds = [
  'overview',
  'path',
  'softnet',
  'interrupts',
  'nics',
  'tcp',
  'counters',
  'settings',
  'raw',
] as const;
export type TabId = (typeof tabIds)[number];

/** A part of the panel that has its data, or says why it has not. */
export type Part<T> =
  | { readonly ok: true; readonly value: T; readonly source: string; readonly warnings: number }
  | { readonly ok: false; readonly reason: string; readonly source: string };

export interface PanelState {
  /** What the webview stores with setState, so that a reload of the window brings the same panel back. */
  readonly identity: { readonly host: string; readonly capture: string | null };
  readonly title: string;
  readonly tab: TabId;
  /** A capture file opened from disk has no host to snapshot again. */
  readonly canSnapshot: boolean;
  /** Non-null while a snapshot is running. */
  readonly busy: string | null;
  /** Null before the first snapshot. */
  readonly view: SnapshotView | null;
  /** Shown when there is no view: why, and what to do. */
  readonly emptyReason: string | null;
}

export interface SnapshotView {
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Host clock, ISO 8601; null when the host has no `date`. */
  readonly takenAt: string | null;
  /** Seconds between the two samples; null when there are no rates, and then `noRates` says why. */
  readonly seconds: number | null;
  readonly noRates: string | null;
  readonly tiles: readonly Tile[];
  readonly findings: readonly FindingView[];
  /** What is said when rules ran and none found anything: whether anything was lost, in how long, at how many packets. */
  readonly noFault: string | null;
  /** `R01 Softnet backlog drops` */
  readonly checked: readonly string[];
  readonly notChecked: readonly { readonly rule: string; readonly title: string; readonly reason: string }[];
  /** Sections the host could not give, and what the reader should know about rates (resets, CPUs that came or went). */
  readonly missing: readonly { readonly source: string; readonly reason: string }[];
  readonly notes: readonly string[];
  readonly softnet: Part<SoftnetView>;
  readonly interrupts: Part<InterruptsView>;
  readonly nics: Part<NicsView>;
  readonly tcpStates: Part<readonly TcpStateView[]>;
  readonly listeners: Part<readonly ListenerView[]>;
  /** How many more there are, with shorter queues and fewer drops than these. */
  readonly listenersLeftOut: number;
  readonly sockets: SocketsView;
  readonly tcpCounters: Part<readonly CounterView[]>;
  readonly sockstat: Part<readonly SockstatView[]>;
  readonly counters: Part<CountersView>;
  readonly settings: Part<SettingsView>;
  /** Totals of earlier snapshots of this host in this session, oldest first. */
  readonly history: readonly HistoryPoint[];
}

/** A headline figure; one that could not be read is null and `reason` says why. */
export interface Tile {
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  readonly reason: string | null;
  /** Null: no rule judges this figure, or the one that does could not be checked. */
  readonly severity: Severity | 'ok' | null;
  readonly tab: TabId;
}

export interface FindingView {
  readonly key: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly step: string;
  /** NICs it is about. */
  readonly nics: readonly string[];
  readonly title: string;
  readonly why: string;
  /** The finding that explains this one, and how; null for one to act on. */
  readonly explainedBy: { readonly key: string; readonly title: string; readonly because: string } | null;
  readonly threshold: string;
  readonly evidence: readonly {
    readonly source: string;
    readonly field: string;
    readonly before: string;
    readonly after: string;
    readonly figure: string;
  }[];
  readonly changes: readonly ChangeView[];
  readonly advice: readonly string[];
  readonly sideEffects: string;
  /** What else would look the same. */
  readonly lookalikes: string;
  readonly verify: string;
  readonly tab: TabId;
}

/** A change in every form that can hold it. */
export interface ChangeView {
  /** `net.core.netdev_max_backlog: 1000 -> 2000` */
  readonly subject: string;
  /** The form that makes it last where nothing else is known of the host comes first. */
  readonly forms: readonly ChangeFormView[];
  /** Forms that cannot hold it, and why. */
  readonly refused: readonly { readonly title: string; readonly reason: string }[];
  /** The command that makes it until the next boot, and the one that undoes that; null where what was there is not known. */
  readonly command: string | null;
  readonly undo: string | null;
}

/** The text that a file of this form would hold. */
export interface ChangeFormView {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly text: string;
  /** Commands that make the file count without a reboot. */
  readonly activate: readonly string[];
}

export interface SoftnetView {
  readonly rows: readonly SoftnetRowView[];
  /** Names of the columns this kernel prints, for the plain table. */
  readonly columns: readonly string[];
}

export interface SoftnetRowView {
  readonly cpu: string;
  /** Per second; null when there is no rate for this CPU. */
  readonly processed: number | null;
  readonly dropped: number | null;
  readonly time_squeeze: number | null;
  readonly received_rps: number | null;
  /** Time in softirq, 0..1; null when unknown. */
  readonly softirqShare: number | null;
  /** The counters as they stand, in the order of `columns`; null where the row has no such column. */
  readonly counters: readonly (number | null)[];
}

export interface InterruptsView {
  readonly cpus: readonly number[];
  readonly rows: readonly InterruptRowView[];
  /** Float64, rows x cpus, row by row: interrupts per second, or since boot when `perSecond` is false. NaN = not known. */
  readonly cells: ArrayBuffer;
  readonly perSecond: boolean;
}

export interface InterruptRowView {
  readonly irq: string;
  readonly description: string;
  /** The NIC this vector belongs to, and which of its queues. */
  readonly nic: string | null;
  readonly queue: string | null;
  /** Requested or effective CPUs, `0-3`. */
  readonly affinity: string | null;
}

export interface TcpStateView {
  readonly state: string;
  readonly v4: number;
  readonly v6: number;
  /** What a large number here means. */
  readonly meaning: string;
}

export interface ListenerView {
  readonly address: string;
  readonly port: number;
  /** Connections waiting in the accept queue, and its limit. */
  readonly queued: number;
  /** Null where only the kernel's files could be read: the limit is not in them. */
  readonly limit: number | null;
  /** Drops of this listener; null where the kernel or `ss` does not say. */
  readonly drops: number | null;
  readonly dropsPerSecond: number | null;
  /** Who holds it; null where that could not be seen. */
  readonly processes: string | null;
}

export interface CounterView {
  /** `TcpExt ListenOverflows` */
  readonly name: string;
  readonly perSecond: number | null;
  readonly delta: number | null;
  readonly sinceBoot: number;
  readonly meaning: string;
  readonly group: 'retransmit' | 'listen' | 'memory' | 'time-wait' | 'udp';
}

export interface SockstatView {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** As the kernel counts it, where `value` is turned into bytes. */
  readonly pages: number | null;
  /** In `unit`: from there on the kernel saves memory. */
  readonly pressure: number | null;
  /** The limit it is measured against, with its sysctl key; null when there is none or it could not be read. */
  readonly limit: { readonly value: number; readonly key: string } | null;
  /** Why a limit that there should be is not known. */
  readonly noLimit: string | null;
  /** Of this network namespace, or of the whole machine. */
  readonly scope: 'namespace' | 'machine';
  readonly meaning: string;
}

export interface SettingsView {
  /** What applies sysctl files at boot and how that is known, or that it is not. */
  readonly boot: string;
  /** False: which line sets a key at boot is what `sysctl --system` would make of the files. */
  readonly bootKnown: boolean;
  readonly rows: readonly SettingRow[];
  readonly files: readonly SysctlFile[];
  readonly faults: readonly SysctlFault[];
  readonly notes: readonly string[];
  /** irqbalance, tuned, udev rules, `.link` files ... */
  readonly groups: readonly ConfigGroup[];
}

export interface HistoryPoint {
  /** Host clock, ms since the epoch. */
  readonly at: number;
  readonly processed: number | null;
  readonly dropped: number | null;
  readonly time_squeeze: number | null;
  readonly retransmits: number | null;
  readonly listenOverflows: number | null;
}

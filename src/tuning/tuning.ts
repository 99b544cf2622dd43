import type { RatesResult } from '../model/rates.ts';
import type { Nic, Snapshot } from '../model/snapshot.ts';
import type { Change } from './change.ts';
import { type Current, currentOf, type Subject } from './current.ts';
import { subjectOf } from './describe.ts';
import { isSame } from './isSame.ts';

/** One thing that can be tuned on the packet's way, and how its value is worked out from a host. */
export interface Tuning {
  /** `T1` ... */
  readonly id: string;
  readonly title: string;
  /** How the value is computed, in words. */
  readonly computed: string;
  readonly why: string;
  readonly risk: string;
  readonly sideEffects: string;
  /** Changes of the kinds it makes, to tell the forms that can hold it. */
  readonly samples: readonly Change[];
  readonly plan: (host: TuningHost) => readonly Outcome[];
}

/** What tunings are worked out from. */
export interface TuningHost {
  readonly snapshot: Snapshot;
  readonly rates: RatesResult;
  /** The one interface it is about; null: all with hardware, and in a namespace without any all but the loopback. */
  readonly nic: string | null;
  /** Round trip to the peers that matter; no capture has it. */
  readonly rttMs: number | null;
  /** Services that get a receive rule of their own. */
  readonly services: readonly Service[];
}

export interface Service {
  readonly flow: 'tcp4' | 'udp4' | 'tcp6' | 'udp6';
  readonly port: number;
}

/** A number that went into a value. */
export interface Term {
  readonly name: string;
  readonly value: string;
  /** Where it is from: a file, a command, the kernel's sources. */
  readonly source: string;
}

/** How a value came about: `min(8, 4) = 4` with its terms. */
export interface Arithmetic {
  readonly terms: readonly Term[];
  readonly formula: string;
}

export type Outcome =
  | { readonly state: 'change'; readonly change: Change; readonly arithmetic: Arithmetic }
  /** It is set so already, or to more than is needed. */
  | { readonly state: 'kept'; readonly subject: string; readonly value: string; readonly arithmetic: Arithmetic }
  | { readonly state: 'missing'; readonly subject: string; readonly reason: string };

export function term(name: string, value: string | number, source: string): Term {
  return { name, value: String(value), source };
}

export function missingOutcome(subject: string, reason: string): Outcome {
  return { state: 'missing', subject, reason };
}

export interface Wanted extends Arithmetic {
  readonly value: string;
  /** More is fine as well. */
  readonly atLeast?: boolean;
}

/** What becomes of a setting that should have this value: a change, nothing, or not known for want of what it is now. */
export function outcomeOf(
  { snapshot }: TuningHost,
  subject: Subject,
  { value, atLeast = false, ...arithmetic }: Wanted,
): Outcome {
  return outcomeFrom(subject, currentOf(subject, snapshot), { value, atLeast, ...arithmetic });
}

/** The same where what it is now has been read otherwise. */
export function outcomeFrom(
  subject: Subject,
  current: Current,
  { value, atLeast = false, terms, formula }: Wanted,
): Outcome {
  const change = { ...subject, value, current: current.ok ? current.value : null, atLeast } as Change;
  if (!current.ok) return missingOutcome(subjectOf(change), current.reason);
  const arithmetic = { terms, formula };
  if (isSame(change, current.value) || (atLeast && Number(current.value) >= Number(value)))
    return { state: 'kept', subject: subjectOf(change), value: current.value, arithmetic };
  return { state: 'change', change, arithmetic };
}

/** The interfaces a tuning is for. */
export function nicsFor({ snapshot, nic: name }: TuningHost): readonly Nic[] {
  if (name !== null) return snapshot.nics.filter((nic) => nic.name === name);
  const physical = snapshot.nics.filter(({ physical }) => physical);
  return physical.length > 0 ? physical : snapshot.nics.filter((nic) => nic.name !== 'lo' && nic.carrier === true);
}

/** A plan made for each interface, or the one reason why there is none. */
export function eachNic(host: TuningHost, plan: (nic: Nic) => readonly Outcome[]): readonly Outcome[] {
  const nics = nicsFor(host);
  return nics.length === 0
    ? [missingOutcome(host.nic ?? 'interfaces', 'the capture has no such interface')]
    : nics.flatMap(plan);
}

import type { Observation } from '../capture/observation.ts';

/** One host or capture that a report tells of. */
export interface Reported {
  /** As the user calls it. */
  readonly name: string;
  readonly observation: Observation;
}

/** One that could not be looked at. */
export interface Failed {
  readonly name: string;
  readonly problem: string;
}

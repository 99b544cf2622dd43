import { egressSteps } from './egress.ts';
import { ingressSteps } from './ingress.ts';

/** One step of a packet's way through the host. */
export interface Step {
  readonly id: StepId;
  readonly name: string;
  /** One line: what happens there, and how packets get lost or late. */
  readonly meaning: string;
  /** Kernel functions, for those who read the source; empty where the NIC acts alone. */
  readonly functions: readonly string[];
}

/** `I1` to `I25` on the way in, `E1` to `E20` on the way out. */
export type StepId = (typeof ingressSteps)[number]['id'] | (typeof egressSteps)[number]['id'];

/** Every step in the order a packet meets it, the way in before the way out. */
export const steps: readonly Step[] = [...ingressSteps, ...egressSteps];

const byId: ReadonlyMap<StepId, Step> = new Map(steps.map((step) => [step.id, step]));

/** `I9 Poll loop`: how a step is called where there is room for a few words. */
export function stepLabel(id: StepId): string {
  const step = byId.get(id);
  return step === undefined ? id : `${id} ${step.name}`;
}

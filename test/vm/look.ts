import { collectorScript } from '../../src/capture/collectorScript.ts';
import { type Observation, observe } from '../../src/capture/observation.ts';
import type { Vm } from './vm.ts';

/** A snapshot of the VM, over so many seconds. */
export function look(vm: Vm, seconds: number): Observation {
  return observe(vm.run(`sh -s -- ${seconds}`, collectorScript));
}

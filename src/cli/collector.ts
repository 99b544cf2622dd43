import { collectorByHand } from '../capture/collectorScript.ts';
import { type ExitStatus, exit } from './exit.ts';

/** `collector`: the script, for a host that cannot be reached from here. */
export function collector(): ExitStatus {
  process.stdout.write(collectorByHand);
  return exit.clean;
}

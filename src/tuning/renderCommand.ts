import type { Change } from './change.ts';
import { nicNameFault, ringSizeFault, sysctlKeyFault, sysctlValueFault } from './names.ts';
import { type Rendered, refused, rendered } from './rendered.ts';

/** A command for a POSIX shell that makes the change once, until the next boot. Needs root; we never run it. */
export function renderCommand(change: Change): Rendered {
  if (change.kind === 'sysctl') {
    const fault = sysctlKeyFault(change.key) ?? sysctlValueFault(change.value);
    return fault === null ? rendered(`sysctl -w ${quote(`${change.key}=${change.value}`)}`) : refused(fault);
  }
  const fault = nicNameFault(change.nic) ?? ringSizeFault(change.size);
  return fault === null
    ? rendered(`ethtool -G ${quote(change.nic)} ${change.direction} ${change.size}`)
    : refused(fault);
}

/** A word of sh: bare when no character of it means anything to the shell, else in single quotes. */
function quote(word: string): string {
  return /^[A-Za-z0-9_.,:+/=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

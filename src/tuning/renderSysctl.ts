import type { SysctlChange } from './change.ts';
import { sysctlKeyFault, sysctlValueFault } from './names.ts';
import { type Rendered, refused, rendered } from './rendered.ts';

/** `net.core.netdev_max_backlog = 2000`: a line of sysctl.conf (sysctl.d(5)), without its end. */
export function renderSysctl(change: SysctlChange): Rendered {
  const fault = sysctlKeyFault(change.key) ?? sysctlValueFault(change.value);
  return fault === null ? rendered(`${change.key} = ${change.value}`) : refused(fault);
}

import type { Change } from './change.ts';
import { nicNameFault, nicValueFault, sysctlKeyFault, sysctlValueFault } from './names.ts';
import { nicCommand } from './nicCommand.ts';
import { queueGlob } from './queueGlob.ts';
import { type Rendered, refused, rendered } from './rendered.ts';

/** The shell command that makes the change at once and until the next boot, to be run as root on the host. */
export function renderCommand(change: Change): Rendered {
  const fault = faultOf(change);
  return fault === null ? rendered(commandOf(change)) : refused(fault);
}

function faultOf(change: Change): string | null {
  return change.kind === 'sysctl'
    ? (sysctlKeyFault(change.key) ?? sysctlValueFault(change.value))
    : (nicNameFault(change.nic) ?? nicValueFault(change));
}

function commandOf(change: Change): string {
  switch (change.kind) {
    case 'sysctl':
      return `sysctl -w ${change.key}='${change.value}'`;
    case 'device':
      return `echo ${change.value} > /sys/class/net/${change.nic}/${change.attribute}`;
    case 'queue': {
      const queues = `/sys/class/net/${change.nic}/queues/${queueGlob(change.attribute)}`;
      return `for queue in ${queues}; do echo ${change.value} > "$queue/${change.attribute}"; done`;
    }
    case 'ethtool':
    case 'qdisc':
      return nicCommand(change, change.nic);
  }
}

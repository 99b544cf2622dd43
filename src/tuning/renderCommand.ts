import type { Change, IrqbalanceChange, IrqChange } from './change.ts';
import { faultOf } from './names.ts';
import { nicCommand } from './nicCommand.ts';
import { queueGlob } from './queueGlob.ts';
import { type Rendered, refused, rendered } from './rendered.ts';

/** The shell command that makes the change at once and until the next boot, to be run as root on the host. */
export function renderCommand(change: Change): Rendered {
  if (change.kind === 'irqbalance') return refused('irqbalance reads its settings when it starts: from its file');
  const fault = faultOf(change);
  return fault === null ? rendered(commandOf(change)) : refused(fault);
}

/**
 * The vector is found by the name of its handler, a directory below its number: the number is another one after a reboot or
 * a reload of the driver.
 */
function irqCommand({ action, value }: IrqChange): string {
  return `for irq in /proc/irq/*/${action}; do echo ${value} > "\${irq%/*}/smp_affinity_list"; done`;
}

function commandOf(change: Exclude<Change, IrqbalanceChange>): string {
  switch (change.kind) {
    case 'sysctl':
      // Tables of the flow limit are made, with the length of then, only where a bit is set that was not.
      return change.key === 'net.core.flow_limit_cpu_bitmap'
        ? `sysctl -w ${change.key}=0 ${change.key}='${change.value}'`
        : `sysctl -w ${change.key}='${change.value}'`;
    case 'irq':
      return irqCommand(change);
    case 'device':
      return `echo ${change.value} > /sys/class/net/${change.nic}/${change.attribute}`;
    case 'queue': {
      const queues = `/sys/class/net/${change.nic}/queues/${queueGlob(change)}`;
      if (change.queue !== undefined) return `echo ${change.value} > ${queues}/${change.attribute}`;
      return `for queue in ${queues}; do echo ${change.value} > "$queue/${change.attribute}"; done`;
    }
    case 'ethtool':
    case 'qdisc':
    case 'filter':
      return nicCommand(change, change.nic);
  }
}

import type { NicChange, QueueChange } from './change.ts';
import { nicNameFault, nicValueFault } from './names.ts';
import { nicCommand } from './nicCommand.ts';
import { queueGlob } from './queueGlob.ts';
import { type Rendered, refused, rendered } from './rendered.ts';

/**
 * A udev rule (udev(7)) that makes the change when the NIC appears, without its line end. It matches NAME, not KERNEL:
 * on `add` KERNEL is still the name before a rename, and NAME is known because the file's number is above 80. udev runs
 * nothing without an absolute path.
 */
export function renderUdev(change: NicChange): Rendered {
  const fault = nicNameFault(change.nic) ?? nicValueFault(change);
  if (fault !== null) return refused(fault);
  if (change.kind === 'queue') return rendered(queueRule(change));
  if (change.kind === 'filter' && change.value === 'none')
    return refused('a NIC starts without receive rules: the line that adds this one is to be taken out');
  const match = `ACTION=="add|change", SUBSYSTEM=="net", NAME=="${change.nic}"`;
  if (change.kind === 'device') return rendered(`${match}, ATTR{${change.attribute}}="${change.value}"`);
  return rendered(`${match}, RUN+="/usr/sbin/${nicCommand(change, '$name')}"`);
}

/**
 * The kernel announces each queue by itself, also those that `ethtool -L` adds later; a rule of the NIC would write one
 * queue only. The path of a queue holds the NIC's name as it is then.
 */
function queueRule(change: QueueChange): string {
  const { nic, attribute, value } = change;
  const match = `ACTION=="add|change", SUBSYSTEM=="queues", KERNEL=="${queueGlob(change)}", DEVPATH=="*/net/${nic}/*"`;
  return `${match}, ATTR{${attribute}}="${value}"`;
}

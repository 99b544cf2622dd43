import type { NicChange } from './change.ts';
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
  if (change.kind === 'filter' && change.value === 'none')
    return refused('a NIC starts without receive rules: the line that adds this one is to be taken out');
  const match = `ACTION=="add|change", SUBSYSTEM=="net", NAME=="${change.nic}"`;
  if (change.kind === 'device') return rendered(`${match}, ATTR{${change.attribute}}="${change.value}"`);
  if (change.kind === 'queue')
    return rendered(`${match}, ${queueCommand(queueGlob(change), change.attribute, change.value)}`);
  return rendered(`${match}, RUN+="/usr/sbin/${nicCommand(change, '$name')}"`);
}

/**
 * A command of a NIC's rule that writes a file of each of its queues, by the name the NIC has when udev is done with it. A rule
 * of the queues themselves (SUBSYSTEM=="queues") comes too late for a NIC that udev renames: they are announced below the name the
 * kernel gave it, and when udev comes to them that path is gone (6.1 with udev 252). `$$` is a dollar sign for the shell.
 */
export function queueCommand(queues: string, attribute: string, value: string): string {
  const loop = `for queue in /sys/class/net/$name/queues/${queues}; do echo ${value} > $$queue/${attribute}; done`;
  return `RUN+="/bin/sh -c '${loop}'"`;
}

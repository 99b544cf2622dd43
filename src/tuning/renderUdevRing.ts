import type { RingChange } from './change.ts';
import { nicNameFault, ringSizeFault } from './names.ts';
import { type Rendered, refused, rendered } from './rendered.ts';

/**
 * A udev rule (udev(7)) that sets the ring when the NIC appears, without its line end. It matches NAME, not KERNEL: on
 * `add` KERNEL is still the name before a rename, and NAME is known because the file's number is above 80. udev runs
 * nothing without an absolute path.
 */
export function renderUdevRing(change: RingChange): Rendered {
  const fault = nicNameFault(change.nic) ?? ringSizeFault(change.size);
  if (fault !== null) return refused(fault);
  const match = `ACTION=="add|change", SUBSYSTEM=="net", NAME=="${change.nic}"`;
  return rendered(`${match}, RUN+="/usr/sbin/ethtool -G $name ${change.direction} ${change.size}"`);
}

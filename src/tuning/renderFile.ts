import { lastingForm } from './allForms.ts';
import type { Change } from './change.ts';
import type { Rendered } from './rendered.ts';

/** The line that makes the change at every boot, in the form of the file it belongs in (see `fileFor`). */
export function renderLine(change: Change): Rendered {
  return lastingForm(change).render(change, null);
}

/**
 * The file on the host that the line belongs in. Not /etc/sysctl.conf: systemd does not read it at boot. The number puts
 * us after most vendor files and, for udev, after the rules that name the interface.
 */
export function fileFor(change: Change): string {
  return lastingForm(change).fileFor(change, null);
}

import type { Change } from '../change.ts';
import { renderCommand } from '../renderCommand.ts';
import { type Rendered, refused, rendered } from '../rendered.ts';
import { type Form, nicsOf } from './form.ts';

/**
 * A unit (systemd.service(5)) that comes with its NIC and runs commands when drivers have asked for their interrupts: what has
 * no other file (affinity), and whatever else is a command. What a driver refuses (`-`) does not keep the rest from being done.
 */
export const systemdForm: Form = {
  id: 'systemd',
  title: 'systemd unit bound to the interface',
  language: 'ini',
  render: renderExec,
  fileFor: (change) => `/etc/systemd/system/packet-path-${nicsOf([change])[0] ?? 'host'}.service`,
  open: (changes) => {
    const [nic = ''] = nicsOf(changes);
    return [
      '[Unit]',
      `Description=Packet Path settings of ${nic}`,
      `BindsTo=${deviceOf(nic)}`,
      // Addresses are set when the interface is up: then the vectors are there.
      `After=${deviceOf(nic)} network-online.target irqbalance.service`,
      'Wants=network-online.target',
      '',
      '[Service]',
      'Type=oneshot',
      'RemainAfterExit=yes',
    ];
  },
  close: (changes) => ['', '[Install]', `WantedBy=${deviceOf(nicsOf(changes)[0] ?? '')}`],
  activate: (path) => {
    const unit = path.slice(path.lastIndexOf('/') + 1);
    return ['systemctl daemon-reload', `systemctl enable ${unit}`, `systemctl restart ${unit}`];
  },
};

function renderExec(change: Change): Rendered {
  if (change.kind === 'sysctl') return refused('a sysctl belongs in sysctl.d, which is applied earlier');
  const command = renderCommand(change);
  return command.ok ? rendered(`ExecStart=-/bin/sh -c "${quoted(command.text)}"`) : command;
}

/** In double quotes systemd reads backslashes, `%` as specifiers and `$` as variables of its own. */
function quoted(command: string): string {
  return command.replace(/[\\"]/g, '\\$&').replace(/[%$]/g, '$&$&');
}

/** As systemd-escape(1) writes the path /sys/subsystem/net/devices/NIC: names that we take have letters, digits, `_`, `.` and `-`. */
function deviceOf(nic: string): string {
  return `sys-subsystem-net-devices-${nic.replaceAll('-', '\\x2d')}.device`;
}

import type { Change } from './change.ts';
import { ansibleForm } from './forms/ansible.ts';
import { commandsForm } from './forms/commands.ts';
import type { Form, FormId } from './forms/form.ts';
import { irqbalanceForm } from './forms/irqbalance.ts';
import { linkForm } from './forms/link.ts';
import { networkManagerForm } from './forms/networkManager.ts';
import { sysctlForm } from './forms/sysctl.ts';
import { systemdForm } from './forms/systemd.ts';
import { udevForm } from './forms/udev.ts';

/** Every way to write changes down. */
export const allForms: readonly Form[] = [
  sysctlForm,
  udevForm,
  linkForm,
  commandsForm,
  networkManagerForm,
  ansibleForm,
  systemdForm,
  irqbalanceForm,
];

/** The form by its name, as `--form` takes it; null for none of ours. */
export function formNamed(id: string): Form | null {
  return allForms.find((form) => form.id === id) ?? null;
}

/** The form that makes a change last where nothing else is known of the host. */
export function lastingForm(change: Change): Form {
  const id: Readonly<Record<Change['kind'], FormId>> = {
    sysctl: 'sysctl',
    ethtool: 'udev',
    device: 'udev',
    queue: 'udev',
    qdisc: 'udev',
    filter: 'udev',
    irq: 'systemd',
    irqbalance: 'irqbalance',
  };
  return formNamed(id[change.kind]) ?? udevForm;
}

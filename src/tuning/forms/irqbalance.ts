import type { Snapshot } from '../../model/snapshot.ts';
import { faultOf } from '../names.ts';
import { refused, rendered } from '../rendered.ts';
import type { Form } from './form.ts';

/** The environment file of irqbalance.service (irqbalance(1)). */
export const irqbalanceForm: Form = {
  id: 'irqbalance',
  title: 'irqbalance environment file',
  language: 'ini',
  render: (change) => {
    if (change.kind !== 'irqbalance') return refused('it is nothing that irqbalance can be told');
    const fault = faultOf(change);
    return fault === null ? rendered(`${change.variable}="${change.value}"`) : refused(fault);
  },
  fileFor: (_, host) => irqbalanceFile(host),
  activate: () => ['systemctl try-restart irqbalance'],
};

/** Where the host has it, else where its distribution reads it from. */
export function irqbalanceFile(host: Snapshot | null): string {
  const irqbalance = host?.bootConfig.irqbalance;
  const known = ['/etc/default/irqbalance', '/etc/sysconfig/irqbalance'] as const;
  const found = irqbalance?.ok === true ? irqbalance.value.lines.map(({ path }) => path) : [];
  const redHat = /red ?hat|centos|fedora|rocky|alma|oracle|amazon|suse/i.test(host?.host.os ?? '');
  return known.find((path) => found.includes(path)) ?? (redHat ? known[1] : known[0]);
}

import { refused } from '../rendered.ts';
import { renderUdev } from '../renderUdev.ts';
import { type Form, nicsOf } from './form.ts';

/** udev rules (udev(7)), run whenever a NIC or one of its queues appears. */
export const udevForm: Form = {
  id: 'udev',
  title: 'udev rules',
  language: 'udev-rules',
  render: (change) => {
    switch (change.kind) {
      case 'sysctl':
        return refused('a sysctl of the whole host belongs in sysctl.d: a rule would set it again with each interface');
      case 'irq':
        return refused('udev runs before drivers ask for their interrupts: a unit that starts later can do it');
      case 'irqbalance':
        return refused('irqbalance reads its own file');
      default:
        return renderUdev(change);
    }
  },
  fileFor: () => '/etc/udev/rules.d/90-packet-path.rules',
  activate: (_, changes) => [
    'udevadm control --reload',
    ...nicsOf(changes).map((nic) => `udevadm trigger --action=change /sys/class/net/${nic}`),
    'udevadm settle',
  ],
};

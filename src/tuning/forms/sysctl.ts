import { refused } from '../rendered.ts';
import { renderSysctl } from '../renderSysctl.ts';
import type { Form } from './form.ts';

/** Lines of a file below /etc/sysctl.d (sysctl.d(5)). Their order is kept: of the flow limit it decides. */
export const sysctlForm: Form = {
  id: 'sysctl',
  title: 'sysctl.d file',
  language: 'sysctl',
  render: (change) =>
    change.kind === 'sysctl' ? renderSysctl(change) : refused('it is no sysctl: no key below /proc/sys sets it'),
  fileFor: () => '/etc/sysctl.d/90-packet-path.conf',
  activate: (path) => [`sysctl -p ${path}`],
};

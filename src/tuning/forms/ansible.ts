import { printable } from '../../kernel/printable.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Change } from '../change.ts';
import { describe } from '../describe.ts';
import { renderCommand } from '../renderCommand.ts';
import { type Rendered, refused, rendered } from '../rendered.ts';
import type { Form } from './form.ts';
import { irqbalanceForm } from './irqbalance.ts';
import { sysctlForm } from './sysctl.ts';
import { udevForm } from './udev.ts';

/**
 * A playbook of ansible-core's own modules. Each change is a line of the file that makes it at boot, and the command that
 * makes it now, where the line is new; `--check` says what would change and runs nothing.
 */
export const ansibleForm: Form = {
  id: 'ansible',
  title: 'Ansible playbook',
  language: 'yaml',
  render: renderTasks,
  fileFor: () => 'packet-path.yml',
  open: (_, host) => [
    '---',
    `- name: ${label(`Packet Path tuning of ${host?.host.hostname ?? 'a host'}`)}`,
    '  hosts: all',
    '  become: true',
    '  gather_facts: false',
    '  tasks:',
  ],
  activate: (path) => [`ansible-playbook --check --diff -i HOST, ${path}`, `ansible-playbook -i HOST, ${path}`],
};

function renderTasks(change: Change, host: Snapshot | null): Rendered {
  if (change.kind === 'irq')
    return refused('it takes a unit of its own: write that of the systemd form, and copy it with ansible.builtin.copy');
  const form = change.kind === 'sysctl' ? sysctlForm : change.kind === 'irqbalance' ? irqbalanceForm : udevForm;
  const line = form.render(change, host);
  if (!line.ok) return line;
  const command = change.kind === 'irqbalance' ? rendered('systemctl try-restart irqbalance') : renderCommand(change);
  if (!command.ok) return command;
  const name = describe(change);
  return rendered(
    [
      `- name: ${label(name)}`,
      '  ansible.builtin.lineinfile:',
      `    path: ${text(form.fileFor(change, host))}`,
      '    create: true',
      '    mode: "0644"',
      `    regexp: ${text(patternOf(change, line.text))}`,
      `    line: ${text(line.text)}`,
      '  register: packet_path_line',
      `- name: ${label(`${name}, now`)}`,
      `  ansible.builtin.shell: ${text(command.text)}`,
      '  when: packet_path_line is changed',
    ]
      .map((one) => `    ${one}`)
      .join('\n'),
  );
}

/** A line that sets the same to something else: our own one, or of a sysctl anybody's. */
function patternOf(change: Change, line: string): string {
  if (change.kind === 'sysctl') return `^\\s*-?${escaped(change.key)}\\s*=`;
  if (change.kind === 'irqbalance') return `^#?\\s*${change.variable}=`;
  const at = line.lastIndexOf(change.value);
  return `^${escaped(line.slice(0, at))}[^"]+${escaped(line.slice(at + change.value.length))}$`;
}

const escaped = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A double-quoted scalar of YAML, of which JSON's strings are some. */
const text = (plain: string): string => JSON.stringify(printable(plain, 4096));

/** Names are templates to Ansible, which braces open; a host may be called anything. */
const label = (name: string): string => text(printable(name, 200).replace(/[{}]/g, ''));

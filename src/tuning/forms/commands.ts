import { renderCommand } from '../renderCommand.ts';
import type { Form } from './form.ts';

/** Commands for a root shell on the host: at once, until the next boot. */
export const commandsForm: Form = {
  id: 'commands',
  title: 'shell commands, until the next boot',
  language: 'shellscript',
  render: renderCommand,
  fileFor: () => 'packet-path.sh',
  open: () => ['#!/bin/sh'],
  activate: (path) => [`sh ${path}`],
};

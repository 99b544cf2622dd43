import { randomBytes } from 'node:crypto';

/**
 * Marks a shell on a host through its environment, which all that it starts inherits, so that what is left of it can be
 * found and killed. SSH has signals, but sshd refuses them for root and before OpenSSH 7.9, and dropbear signals the
 * shell only.
 */
export interface ShellMark {
  /** The command line that starts a shell so marked; `command` must be plain words without quotes. */
  mark(command: string): string;
  /** A POSIX script, for stdin of `sh -s`, that kills what carries the mark. */
  readonly killScript: string;
}

/** A fresh mark. */
export function shellMark(): ShellMark {
  const setting = `PACKET_PATH_SHELL=${randomBytes(12).toString('hex')}`;
  return {
    // Needs no program but sh, and single quotes mean the same to every login shell.
    mark: (command) => `sh -c 'export ${setting}; exec ${command}'`,
    // Some rounds, as a process may start another between being listed and being killed.
    killScript: `for round in 1 2 3; do
  for environ in $(grep -lsF ${setting} /proc/[0-9]*/environ); do
    pid=\${environ%/environ}
    kill -KILL "\${pid#/proc/}"
  done
done 2>/dev/null
exit 0
`,
  };
}

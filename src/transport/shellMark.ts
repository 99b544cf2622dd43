import { randomBytes } from 'node:crypto';

/** The variable by which what belongs to a shell is found: `sudo` passes it on only when told to. */
export const markVariable = 'PACKET_PATH_SHELL';

/**
 * Marks a shell on a host through its environment, which all that it starts inherits, so that what is left of it can be
 * found and killed. SSH has signals, but sshd refuses them for root and before OpenSSH 7.9, and dropbear signals the
 * shell only; a program such as `docker exec` passes none on when it is killed itself.
 */
export interface ShellMark {
  /** What marks a shell that runs already, and all that it starts from then on: plain words. */
  readonly set: string;
  /** The command line that starts a shell so marked; `command` must be without single quotes. */
  mark(command: string): string;
  /** A POSIX script, for stdin of `sh -s`, that kills what carries the mark. */
  readonly killScript: string;
}

/** A fresh mark; `asRoot` where the shell runs as root by sudo, so that only root may kill what is left of it. */
export function shellMark(asRoot = false): ShellMark {
  const setting = `${markVariable}=${randomBytes(12).toString('hex')}`;
  // Some rounds, as a process may start another between being listed and being killed. grep without -F: with it, some
  // busybox see of these files what stands before the first NUL only.
  const kill = `for round in 1 2 3; do
  for environ in $(grep -ls ${setting} /proc/[0-9]*/environ); do
    pid=\${environ%/environ}
    kill -KILL "\${pid#/proc/}"
  done
done 2>/dev/null
exit 0
`;
  return {
    set: `export ${setting}`,
    // Needs no program but sh, and single quotes mean the same to every login shell.
    mark: (command) => `sh -c 'export ${setting}; exec ${command}'`,
    killScript: asRoot ? `sudo -n sh -c '${kill}'\n` : kill,
  };
}

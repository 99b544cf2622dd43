import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { busyboxHost } from './busyboxHost.ts';
import { until } from './sshCase.ts';

/** What a container is: a process in its own network, mount and PID namespace, with a userland of busybox. */
export interface Container {
  /** Of its first process, as this machine counts. */
  readonly pid: number;
  readonly root: string;
  stop(): Promise<void>;
}

const start = `mount --bind "$0" "$0" && cd "$0" && mount -t proc proc proc && mount -t sysfs sysfs sys || exit 1
ip link set lo up; ip link add inside0 type veth peer name inside1 || exit 1
mkdir -p old && pivot_root . old && cd / && exec /bin/sh -c 'umount -l /old 2>/dev/null; exec sleep 86400'`;

/** Starts one; needs root. */
export async function startContainer(): Promise<Container> {
  const userland = busyboxHost();
  const root = dirname(userland.enter);
  const child = spawn('unshare', ['-n', '-m', '-p', '-f', '--kill-child', 'sh', '-c', start, root], {
    stdio: 'inherit',
  });
  await once(child, 'spawn');
  const first = (): number => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'));
  await until(() => first() > 0 && commandOf(first()).startsWith('sleep'), 'the container runs');
  return {
    pid: first(),
    root,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      userland.remove();
    },
  };
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // Between one program and the next, or not there yet.
    return '';
  }
}

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { type Observation, observe } from '../../src/capture/observation.ts';
import type { Place } from './faults/place.ts';

/** A network namespace with a NIC `eth0` of four queues each way, and folders of configuration that are nobody else's. */
export interface TuningPlace extends Place {
  /** One sample of it, read by the collector. */
  look(): Observation;
  /** Puts a file there. */
  write(path: string, text: string): void;
  stop(): Promise<void>;
}

const folders = ['/etc/sysctl.d', '/etc/udev/rules.d', '/etc/systemd/network', '/run/udev'];

/** Made from scratch, and gone with the process that holds it. Its other end stays down, so that nothing is sent. Needs root. */
export async function tuningPlace(): Promise<TuningPlace> {
  const holder = spawn('unshare', ['--mount', '--net', 'sh', '-c', 'echo there; exec sleep 300'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const inside = ['nsenter', '--target', String(holder.pid), '--mount', '--net'];
  const run = (words: readonly string[], input: string): string => {
    const [command = 'sh', ...args] = [...inside, ...words];
    return execFileSync(command, args, { input, encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 26 });
  };
  const place: TuningPlace = {
    inside,
    sh: (script) => run(['sh', '-c', script], ''),
    look: () => observe(run(['sh', '-s', '--', '0'], collectorScript)),
    write: (path, text) => void run(['sh', '-c', `cat > ${path}`], text),
    async stop() {
      const gone = once(holder, 'exit');
      if (holder.exitCode === null && holder.signalCode === null && holder.kill('SIGKILL')) await gone;
    },
  };
  place.sh(`set -e
    mount --make-rprivate /
    mount -t sysfs sysfs /sys
    for folder in ${folders.join(' ')}; do mkdir -p "$folder"; mount -t tmpfs tmpfs "$folder"; done`);
  return place;
}

/** Gives it its NIC; rules of udev see it appear. */
export function addNic(place: Place): void {
  const queues = 'numrxqueues 4 numtxqueues 4';
  place.sh(`ip link add eth0 ${queues} type veth peer name peer0 ${queues} && ip link set eth0 up`);
}

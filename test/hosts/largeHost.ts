import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** This machine with the tables of another: `enter` is a program that gives a shell in which /proc and /sys say so. */
export interface LargeHost {
  readonly enter: string;
  readonly interrupts: string;
  remove(): void;
}

/**
 * A host of so many CPUs and interrupts: its /proc/interrupts, softirqs and its list of online CPUs are
 * mounted over those of this machine, in a mount namespace of their own. Needs root.
 */
export function largeHost(cpus: number, irqs: number): LargeHost {
  const dir = mkdtempSync(join(tmpdir(), 'packet-path-large-'));
  const numbers = Array.from({ length: cpus }, (_, cpu) => cpu);
  const header = `           ${numbers.map((cpu) => `CPU${cpu}`.padEnd(11)).join('')}\n`;
  // Most cells of a large host are 0: a vector interrupts the few CPUs it has been on.
  const row = (label: string, seed: number, text: string): string => {
    const counts = numbers.map((cpu) => (cpu % 48 === seed % 48 ? (cpu + 1) * (seed + 7919) : 0));
    return `${label.padStart(8)}: ${counts.map((count) => String(count).padStart(10)).join(' ')}  ${text}\n`;
  };
  const rows = Array.from({ length: irqs }, (_, irq) =>
    row(`${irq}`, irq, `PCI-MSIX-0000:3b:00.0 ${irq}-edge eth0-TxRx-${irq}`),
  );
  const interrupts = header + rows.join('');
  const files = {
    '/proc/interrupts': interrupts,
    '/proc/softirqs': header + ['NET_TX', 'NET_RX', 'RCU'].map((name, at) => row(name, at, '')).join(''),
    '/sys/devices/system/cpu/online': `0-${cpus - 1}\n`,
  };
  const mounts = Object.entries(files).map(([path, text], at) => {
    const file = join(dir, `${at}`);
    writeFileSync(file, text);
    return `mount --bind ${file} ${path}`;
  });
  const enter = join(dir, 'enter');
  // As a program in front of a shell's command line, or as sshd's ForceCommand.
  writeFileSync(
    enter,
    `#!/bin/sh\n[ $# -gt 0 ] || set -- sh -c "$SSH_ORIGINAL_COMMAND"\nexec unshare -m sh -c '${mounts.join(' && ')} && exec "$@"' sh "$@"\n`,
  );
  chmodSync(enter, 0o755);
  return { enter, interrupts, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

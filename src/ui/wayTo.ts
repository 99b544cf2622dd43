import type { Host } from '../hosts/host.ts';

/** How a host is reached, in a word or two; empty for this machine. */
export function wayTo(host: Host): string {
  switch (host.kind) {
    case 'local':
      return '';
    case 'ssh':
      return host.client === 'system' ? 'system ssh' : 'SSH';
    case 'command':
      return host.command[0] ?? '';
    case 'netns':
      return host.namespace.kind === 'name' ? 'network namespace' : `process ${host.namespace.pid}`;
  }
}

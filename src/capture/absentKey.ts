import { sysctlFacts } from '../knowledge/sysctlKeys.ts';
import type { SysctlBootFacts } from '../languages/boot/sysctlBoot.ts';
import type { HostFacts, Snapshot } from '../model/snapshot.ts';

/** What the collector's `sysctl` section reads, in dotted spelling. */
const collected = [
  /^net\.core\.[^.]+$/,
  /^net\.ipv4\.(?:[^.]+|route\.[^.]+|neigh\.default\.[^.]+|conf\.(?:all|default)\.[^.]+)$/,
  /^net\.ipv6\.(?:[^.]+|route\.[^.]+|neigh\.default\.[^.]+|conf\.(?:all|default)\.[^.]+)$/,
  /^net\.(?:netfilter|unix|bridge)\.[^.]+$/,
  /^net\.nf_conntrack_max$/,
  /^fs\.(?:file-max|file-nr|nr_open)$/,
  /^vm\.min_free_kbytes$/,
];

/** Keys of modules, which are there once the module is loaded. */
const modules: readonly [prefix: string, module: string][] = [
  ['net.netfilter.nf_conntrack_', 'nf_conntrack'],
  ['net.nf_conntrack_max', 'nf_conntrack'],
  ['net.bridge.', 'br_netfilter'],
];

/** Says of a key that has no running value why it has none, and whether the host is known not to have it. */
export function absentKey(host: HostFacts, sysctl: Snapshot['sysctl']): SysctlBootFacts['absent'] {
  const unread = (why: string) => ({ gone: false, why });
  const gone = (why: string) => ({ gone: true, why });
  return (key) => {
    if (!sysctl.ok) return unread(sysctl.reason);
    if (!collected.some((pattern) => pattern.test(key)))
      return unread('this capture does not read the running value of this key');
    const module = modules.find(([prefix]) => key.startsWith(prefix))?.[1];
    if (module !== undefined) return gone(`the module ${module} is not loaded, so the key is not there yet`);
    const facts = sysctlFacts(key);
    if (host.initialNetns === false && facts?.scope === 'init')
      return unread('the key is not there in this network namespace');
    if (facts?.removed !== undefined) return gone(`the key is gone since Linux ${facts.removed}`);
    return gone(
      `this kernel has no such key${facts === undefined || facts.since === '' ? '' : ` (since Linux ${facts.since})`}`,
    );
  };
}

import { coreKeys } from './sysctl/core.ts';
import { hostKeys } from './sysctl/host.ts';
import { interfacesKeys } from './sysctl/interfaces.ts';
import { interfaces6Keys } from './sysctl/interfaces6.ts';
import { ipv4Keys } from './sysctl/ipv4.ts';
import { ipv6Keys } from './sysctl/ipv6.ts';
import { isAtLeast, type KernelVersion, kernelVersion } from './sysctl/kernelVersion.ts';
import { neighboursKeys } from './sysctl/neighbours.ts';
import { netfilterKeys } from './sysctl/netfilter.ts';
import { type Accepted, parseKeys, type SysctlKeyFacts } from './sysctl/record.ts';
import { tcpKeys } from './sysctl/tcp.ts';
import { transportsKeys } from './sysctl/transports.ts';

const tables = [
  coreKeys,
  tcpKeys,
  ipv4Keys,
  interfacesKeys,
  neighboursKeys,
  ipv6Keys,
  interfaces6Keys,
  netfilterKeys,
  transportsKeys,
  hostKeys,
];

/** All that is known, by key; keys of interfaces with `*` in place of the name. */
export const sysctlKeys: ReadonlyMap<string, SysctlKeyFacts> = new Map(
  tables.flatMap(parseKeys).map((facts) => [facts.key, facts]),
);

/** `net.ipv4.conf.eth0/100.rp_filter`: the family `net.ipv4.conf`, the interface and what is set of it. */
const ofInterface = /^(net\.ipv[46]\.(?:conf|neigh))\.([^.]+)\.([^.]+)$/;

/** What is known of a key in dotted spelling, of an interface's as well; undefined for a key that is not known. */
export function sysctlFacts(key: string): SysctlKeyFacts | undefined {
  const exact = sysctlKeys.get(key);
  if (exact !== undefined) return exact;
  const [, family, , name] = ofInterface.exec(key) ?? [];
  return family === undefined ? undefined : sysctlKeys.get(`${family}.*.${name}`);
}

/** The interface that a key is of, `all` and `default` included; null for any other key. */
export function interfaceOf(key: string): string | null {
  return ofInterface.exec(key)?.[2] ?? null;
}

/** What a kernel takes; what the newest does when its version is not known. Null: not known, or no number. */
export function acceptedBy(facts: SysctlKeyFacts, kernel: KernelVersion | null): Accepted | null {
  const holds = facts.accepts.filter(({ since }) => since === null || kernel === null || isAtLeast(kernel, since));
  return holds.at(-1) ?? null;
}

/** The default of a kernel, of the newest when its version is not known; null when it is computed or differs by machine. */
export function defaultIn(facts: SysctlKeyFacts, kernel: KernelVersion | null): string | null {
  const held = facts.defaults.find(({ before }) => before === null || (kernel !== null && !isAtLeast(kernel, before)));
  return held?.value ?? null;
}

/** Whether a kernel has the key, as far as our data says. Null: its version is not known. */
export function isIn(facts: SysctlKeyFacts, release: string | null): boolean | null {
  const kernel = release === null ? null : kernelVersion(release);
  if (kernel === null) return null;
  const [since, removed] = [kernelVersion(facts.since), kernelVersion(facts.removed ?? '')];
  return (since === null || isAtLeast(kernel, since)) && (removed === null || !isAtLeast(kernel, removed));
}

/** Where the kernel documents the keys that begin like this one; null where it does not. */
export function documentationOf(key: string): string | null {
  const found = documents.find(([prefix]) => key.startsWith(prefix));
  return found === undefined ? null : `https://docs.kernel.org/${found[1]}`;
}

const documents: readonly (readonly [prefix: string, page: string])[] = [
  ['net.core.', 'admin-guide/sysctl/net.html'],
  ['net.unix.', 'admin-guide/sysctl/net.html'],
  ['net.netfilter.', 'networking/nf_conntrack-sysctl.html'],
  ['net.nf_conntrack_max', 'networking/nf_conntrack-sysctl.html'],
  ['net.mptcp.', 'networking/mptcp-sysctl.html'],
  ['net.ipv4.vs.', 'networking/ipvs-sysctl.html'],
  ['net.sctp.', 'networking/ip-sysctl.html'],
  ['net.ipv4.', 'networking/ip-sysctl.html'],
  ['net.ipv6.', 'networking/ip-sysctl.html'],
  ['net.bridge.', 'networking/ip-sysctl.html'],
  ['vm.', 'admin-guide/sysctl/vm.html'],
  ['fs.', 'admin-guide/sysctl/fs.html'],
  ['kernel.', 'admin-guide/sysctl/kernel.html'],
];

/** Two names of one variable of the kernel (net/ipv4/devinet.c, nf_conntrack_standalone.c). */
export const oneVariable: ReadonlyMap<string, string> = new Map([
  ['net.ipv4.conf.all.forwarding', 'net.ipv4.ip_forward'],
  ['net.nf_conntrack_max', 'net.netfilter.nf_conntrack_max'],
]);

/** The name by which the variable of a key is known. */
export function variableOf(key: string): string {
  return oneVariable.get(key) ?? key;
}

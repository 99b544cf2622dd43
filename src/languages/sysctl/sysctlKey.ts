/**
 * The one spelling of a sysctl key, names apart by dots (sysctl.d(5)). A key whose first separator is a slash is
 * literal, `net/ipv4/conf/eth0.100/mtu`; in one whose first separator is a dot, dots and slashes swap places,
 * `net.ipv4.conf.eth0/100.mtu`. Both become the second form.
 */
export function normalizeKey(key: string): string {
  const first = /[./]/.exec(key)?.[0];
  return first === '/' ? key.replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/')) : key;
}

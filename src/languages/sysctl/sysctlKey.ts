/**
 * The one spelling of a sysctl key, names apart by dots (sysctl.d(5)). A key whose first separator is a slash is
 * literal, `net/ipv4/conf/eth0.100/mtu`; in one whose first separator is a dot, dots and slashes swap places,
 * `net.ipv4.conf.eth0/100.mtu`. Both become the second form.
 */
export function normalizeKey(key: string): string {
  return firstSeparator(key) === '/' ? swapped(key) : key;
}

/** A key in dotted spelling, apart as another is: with dots, or with slashes. */
export function spelledAs(key: string, example: string): string {
  return firstSeparator(example) === '/' ? swapped(key) : key;
}

/** The same key in the other spelling. */
export function swapped(key: string): string {
  return key.replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/'));
}

function firstSeparator(key: string): string | undefined {
  return /[./]/.exec(key)?.[0];
}

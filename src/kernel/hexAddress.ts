import { hex } from './scan.ts';

/**
 * An address of /proc/net/tcp{,6}: 32-bit words in the host's byte order, printed as hex. `0100007F` is 127.0.0.1 on a
 * little-endian host. IPv6 in its short form (RFC 5952), IPv4-mapped as `::ffff:10.0.0.1`. null: not 8 or 32 hex digits.
 */
export function decodeAddress(digits: string, bigEndian = false): string | null {
  if (digits.length !== 8 && digits.length !== 32) return null;
  const words: number[] = [];
  for (let at = 0; at < digits.length; at += 8) {
    const word = hex(digits, at, at + 8);
    if (Number.isNaN(word)) return null;
    words.push(word);
  }
  return addressOf(words, bigEndian);
}

/** As `decodeAddress`, of the one or four numbers that the hex digits stand for. */
export function addressOf(words: ArrayLike<number>, bigEndian: boolean): string {
  const inOrder = Array.from(words, (word) => (bigEndian ? word : swapped(word)));
  if (inOrder.length === 1) return dotted(inOrder[0] ?? 0);
  return ipv6(inOrder.flatMap((word) => [word >>> 16, word & 0xffff]));
}

/** The word's bytes in the other order: the highest becomes the first of the address. */
function swapped(word: number): number {
  return ((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}

function dotted(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`;
}

function ipv6(groups: readonly number[]): string {
  const zeros = longestZeros(groups);
  if (zeros.from === 0 && zeros.length === 5 && groups[5] === 0xffff) {
    return `::ffff:${dotted(((groups[6] ?? 0) << 16) | (groups[7] ?? 0))}`;
  }
  const text = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return text.join(':');
  return `${text.slice(0, zeros.from).join(':')}::${text.slice(zeros.from + zeros.length).join(':')}`;
}

/** The longest run of zero groups, the first of equals. */
function longestZeros(groups: readonly number[]): { from: number; length: number } {
  let best = { from: 0, length: 0 };
  let run = 0;
  for (const [index, group] of groups.entries()) {
    run = group === 0 ? run + 1 : 0;
    if (run > best.length) best = { from: index - run + 1, length: run };
  }
  return best;
}

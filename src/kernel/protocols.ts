import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLine, signedDecimal, skipBlanks, tokens } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/** One protocol of /proc/net/protocols (`net/core/sock.c`). */
export interface SocketProtocol {
  /** `TCP`, `UDPv6`, `UNIX-STREAM` ... */
  readonly name: string;
  /** Bytes of one socket. */
  readonly size: number;
  /** Sockets of this protocol in this network namespace. */
  readonly sockets: number;
  /** Pages held by all sockets of the protocol on the machine; null for protocols that do not account for memory. */
  readonly memory: number | null;
  /** Whether the protocol is over its pressure mark now; null for protocols that have none. */
  readonly press: boolean | null;
}

/** /proc/net/protocols: names of columns, then one line for each protocol; what follows `press` is left alone. */
export function parseProtocols(text: string): Parsed<readonly SocketProtocol[]> {
  const warnings: Warning[] = [];
  const value: SocketProtocol[] = [];
  eachLine(text, (from, end, line) => {
    if (skipBlanks(text, from, end) === end) return;
    const words = tokens(text, from, end);
    const [name = '', sizeWord = '', socketsWord = '', memoryWord = '', press = ''] = words;
    if (name === 'protocol') return;
    const [size, sockets] = [sizeWord, socketsWord].map((word) => decimal(word, 0, word.length));
    const memory = signedDecimal(memoryWord, 0, memoryWord.length);
    const known = press === 'yes' || press === 'no' || press === 'NI';
    if (size === undefined || sockets === undefined || Number.isNaN(size + sockets + memory) || !known) {
      warn(warnings, line, `not a protocol, or cut short: ${excerpt(text.slice(from, end))}`);
      return;
    }
    // NI: not implemented. Memory is -1 then, and small negative numbers occur where CPUs hold back what they freed.
    const hasPressure = press !== 'NI';
    value.push({
      name,
      size,
      sockets,
      memory: memory < 0 && !hasPressure ? null : Math.max(0, memory),
      press: hasPressure ? press === 'yes' : null,
    });
  });
  return { value, warnings };
}

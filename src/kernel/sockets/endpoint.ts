import { decimal } from '../scan.ts';

/** One end of a socket as `ss` and `netstat` print it. */
export interface Endpoint {
  /** Without brackets and interface; `*` is any. Of a unix socket its path, of a netlink one its family, of a packet one its protocol. */
  readonly address: string;
  /** The device the socket is bound to, or that scopes a link-local address: `fe80::1%eth0`. */
  readonly interface: string | null;
  /** As printed: digits, `*`, a service's name; of a unix socket its inode. Null where none is printed. */
  readonly port: string | null;
  /** Null where the port is no number. */
  readonly portNumber: number | null;
}

/**
 * `10.0.0.1:22`, `*:22`, `[::]:22`, `:::22` (iproute2 4.3, net-tools), `127.0.0.1%lo:53`, `[fe80::1]%eth0:53`,
 * `rtnl:kernel`, `LLDP:eth0`, `*`.
 */
export function endpointOf(text: string): Endpoint {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return endpoint(text, null);
  return endpoint(text.slice(0, colon), text.slice(colon + 1));
}

/** Of an address, with its interface and brackets if any, and a port that was printed apart. */
export function endpoint(printed: string, port: string | null): Endpoint {
  const scope = printed.indexOf('%');
  const bare = scope < 0 ? printed : printed.slice(0, scope);
  const bracketed = bare.startsWith('[') && bare.endsWith(']') && bare.includes(':');
  return {
    address: bracketed ? bare.slice(1, -1) : bare,
    interface: scope < 0 ? null : printed.slice(scope + 1).replace(/\]$/, ''),
    port,
    portNumber: port === null ? null : numberOrNull(port),
  };
}

/** 1 to 20 decimal digits as a number, else null. */
export function numberOrNull(text: string): number | null {
  const number = decimal(text, 0, text.length);
  return Number.isNaN(number) ? null : number;
}

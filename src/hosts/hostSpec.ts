/** What a user types to name a host: an alias of ssh_config or a host name, with a user and a port where given. */
export interface HostSpec {
  readonly host: string;
  readonly user: string | null;
  readonly port: number | null;
}

/** Nothing that a shell, ssh_config's tokens or a message could read differently; as strict as ssh(1) is itself. */
const unfit = /[\s\p{Cc}\p{Cf}'"`$\\;&<>|(){},]/u;

/** Parses `host`, `user@host`, `user@host:port`, `[2001:db8::1]:port`, `ssh://user@host:port`; null when it is none. */
export function parseHostSpec(text: string): HostSpec | null {
  const spec = text.trim().replace(/^ssh:\/\/(.*?)\/?$/, '$1');
  if (spec === '' || unfit.test(spec)) return null;
  const at = spec.lastIndexOf('@');
  const user = at < 0 ? null : spec.slice(0, at);
  const place = splitPort(spec.slice(at + 1));
  if (place === null || user === '' || user?.startsWith('-') === true || place.host.startsWith('-')) return null;
  return { user, ...place };
}

function splitPort(text: string): { host: string; port: number | null } | null {
  const bracketed = /^\[([^[\]]+)\](?::(\d{1,5}))?$/.exec(text);
  // More than one colon and no brackets is an IPv6 address without a port.
  const plain = /^([^[\]:]+)(?::(\d{1,5}))?$/.exec(text) ?? /^([0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[^[\]]*)$/.exec(text);
  const [, host, digits] = bracketed ?? plain ?? [];
  if (host === undefined) return null;
  if (digits === undefined) return { host, port: null };
  const port = Number(digits);
  return port >= 1 && port <= 65_535 ? { host, port } : null;
}

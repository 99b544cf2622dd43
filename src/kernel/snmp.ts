/**
 * /proc/net/snmp and /proc/net/netstat: `Tcp`, `Udp`, `TcpExt` ... to counter name to value. A counter that this kernel
 * does not have is absent, never 0. Values may be negative (`Tcp MaxConn`).
 */
export type SnmpSections = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** What decides whether this login can use TCP_REPAIR on this host. Null: not known. */
export interface TcpRepairFacts {
  /** Linux 3.5 and later have it, whatever they were built with (net/ipv4/tcp.c). */
  readonly kernel: boolean | null;
  /** CAP_NET_ADMIN among the effective capabilities of the login. */
  readonly capNetAdmin: boolean | null;
  /** CONFIG_CHECKPOINT_RESTORE of the kernel's configuration: what a whole dump by CRIU needs, TCP_REPAIR itself does not. */
  readonly checkpointRestore: boolean | null;
  readonly criu: boolean;
  /** Without it the option cannot be tried from here. */
  readonly python3: boolean;
}

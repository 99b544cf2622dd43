/** /proc/net/sockstat(6): `TCP` to `mem` to value. TCP and UDP `mem` are pages, FRAG `memory` is bytes. */
export type Sockstat = ReadonlyMap<string, ReadonlyMap<string, number>>;

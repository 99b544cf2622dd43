import { missing, type Reading, read } from '../model/reading.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { TcpRepairFacts } from '../model/tcpRepair.ts';
import type { Sections } from './sections.ts';

/** CAP_NET_ADMIN, `include/uapi/linux/capability.h`. */
const netAdmin = 12;

/** From the capabilities and the release of `ident`, the kernel's configuration, and the programs there are. */
export function readTcpRepair(sections: Sections, config: Snapshot['kernelConfig']): Reading<TcpRepairFacts> {
  const source = 'TCP_REPAIR';
  const section = sections.get('programs');
  if (section === undefined) return missing(source, 'not-collected', 'this capture has no such section');
  const ident = sections.wholeText('ident');
  const effective = /^\/proc\/self\/status:CapEff:\s*([0-9a-f]{16})$/m.exec(ident)?.[1];
  const [, major, minor] = /^\/proc\/sys\/kernel\/osrelease:(\d+)\.(\d+)/m.exec(ident) ?? [];
  const restore = config.ok ? config.value.get('CONFIG_CHECKPOINT_RESTORE') : undefined;
  const value: TcpRepairFacts = {
    kernel: major === undefined ? null : Number(major) > 3 || (major === '3' && Number(minor) >= 5),
    capNetAdmin: effective === undefined ? null : ((BigInt(`0x${effective}`) >> BigInt(netAdmin)) & 1n) === 1n,
    checkpointRestore: restore === undefined ? null : restore === 'y',
    criu: /^criu$/m.test(section.stdout),
    python3: /^python3$/m.test(section.stdout),
  };
  return read(source, { value, warnings: [] });
}

import { parseNetstatText } from '../kernel/sockets/netstatText.ts';
import type { SocketUser } from '../kernel/sockets/ssDetails.ts';
import { parseSs } from '../kernel/sockets/ssSockets.ts';
import { parseSsSummary } from '../kernel/sockets/ssSummary.ts';
import { type Listener, parseListeners } from '../kernel/ss.ts';
import { listenerKey } from '../model/ratesOf.ts';
import { missing, type Reading } from '../model/reading.ts';
import type { Sample, Snapshot } from '../model/snapshot.ts';
import type { Sections } from './sections.ts';
import { parseTcpSection } from './tcpSummary.ts';
import { parseUdpSection } from './udpSummary.ts';

/** The sockets of one sample. */
export function readSockets(
  sections: Sections,
  sample: 'A' | 'B',
): Pick<Sample, 'listeners' | 'tcpSockets' | 'udpSockets'> {
  const bigEndian = readMachine(sections).bigEndian === true;
  const tcpSockets = sections.walk(`tcp@${sample}`, '/proc/net/tcp', (text) => parseTcpSection(text, bigEndian));
  const listeners = sections.tool(`listeners@${sample}`, 'ss -ltnm', parseListeners);
  return {
    tcpSockets,
    listeners: listeners.ok ? listeners : withoutSs(listeners, tcpSockets),
    udpSockets: sections.walk(`udp@${sample}`, '/proc/net/udp', (text) => parseUdpSection(text, bigEndian)),
  };
}

/** The kernel's files tell who listens and how many wait, not the limit and not the drops. */
function withoutSs(failed: Sample['listeners'], tcpSockets: Sample['tcpSockets']): Sample['listeners'] {
  if (!tcpSockets.ok || tcpSockets.value.listening.length === 0) return failed;
  const value = tcpSockets.value.listening.map(
    ({ address, port, queued }): Listener => ({ address, port, recvQ: queued, sendQ: null, skmem: null }),
  );
  return { ...tcpSockets, value };
}

/** What is read once a snapshot of sockets. */
export function readSocketFacts(sections: Sections): Pick<Snapshot, 'connections' | 'listenerOwners' | 'ssSummary'> {
  return {
    listenerOwners: parseOwnersByListener(sections, 'listener-owners'),
    ssSummary: sections.tool('ss-summary', 'ss -s', parseSsSummary),
    // None of them is one as well.
    connections: sections.tool('connections', 'ss -tnmi', parseSs),
  };
}

/** Processes by the `listenerKey` of what they listen on: a section of `ss -ltnp` or of netstat. */
export function parseOwnersByListener(
  sections: Sections,
  name: string,
): Reading<ReadonlyMap<string, readonly SocketUser[]>> {
  const section = sections.get(name);
  if (section?.status === 127) return missing('ss -ltnp', 'no-tool', 'the host has neither ss nor netstat');
  if (/^Active |^\(/.test(section?.stdout ?? '') || section?.stderr.startsWith('netstat') === true) {
    return sections.tool(name, 'netstat -ltnp', (text) => {
      const { value, warnings } = parseNetstatText(text);
      const held = value.sockets.flatMap(({ local, program }) =>
        program === null || local.portNumber === null
          ? []
          : [[listenerKey({ address: local.address, port: local.portNumber }), [{ ...program, fd: null }]] as const],
      );
      return { value: new Map(held), warnings };
    });
  }
  return sections.tool(name, 'ss -ltnp', (text) => {
    const { value, warnings } = parseSs(text);
    const owners = new Map<string, SocketUser[]>();
    for (const { local, users } of value) {
      if (local.portNumber === null || users.length === 0) continue;
      const address = local.interface === null ? local.address : `${local.address}%${local.interface}`;
      const key = listenerKey({ address, port: local.portNumber });
      owners.set(key, [...(owners.get(key) ?? []), ...users]);
    }
    return { value: owners, warnings };
  });
}

const bigEndianMachines = /^(?:s390x?|ppc(?:64)?|m68k|sparc(?:64)?|parisc(?:64)?|armeb|aarch64_be)$/;

/** `uname -m`, and the byte order that od(1) saw; where it did not, that of the machine's name. Null: not known. */
export function readMachine(sections: Sections): { machine: string | null; bigEndian: boolean | null } {
  const [machine = '', order = ''] = sections
    .wholeText('machine')
    .split('\n')
    .map((line) => line.trim());
  if (machine === '') return { machine: null, bigEndian: null };
  if (order === '1' || order === '256') return { machine, bigEndian: order === '256' };
  // The one name is of both orders.
  return { machine, bigEndian: /^mips/.test(machine) ? null : bigEndianMachines.test(machine) };
}

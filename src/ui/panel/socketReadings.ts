import type { SocketReadingView } from '../../../webview/socketViews.ts';
import type { Rates } from '../../model/rates.ts';
import type { Reading } from '../../model/reading.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TcpRepairFacts } from '../../model/tcpRepair.ts';
import { udpKey } from '../../model/udpDrops.ts';
import { socketTable } from './socketTable.ts';

/** What a snapshot holds of sockets beside states and listeners. */
export function snapshotReadings(snapshot: Snapshot, rates: Rates | null): SocketReadingView[] {
  return [udpReading(snapshot, rates), summaryReading(snapshot), repairReading(snapshot.tcpRepair)];
}

type Shown = Omit<SocketReadingView, 'key' | 'title' | 'source' | 'takenAt' | 'reason'>;

/** A reading as a section of the panel: with what `show` makes of its value, or with the reason why there is none. */
export function readingView<T>(
  key: string,
  title: string,
  reading: Reading<T> | undefined,
  show: (value: T) => Shown,
): SocketReadingView {
  const nothing = { facts: [], notes: [], tables: [] };
  if (reading === undefined) {
    return { key, title, source: '', takenAt: null, reason: 'the capture holds no sample', ...nothing };
  }
  const { source } = reading;
  if (!reading.ok) return { key, title, source, takenAt: null, reason: reading.reason, ...nothing };
  return { key, title, source, takenAt: null, reason: null, ...show(reading.value) };
}

function udpReading({ samples }: Snapshot, rates: Rates | null): SocketReadingView {
  return readingView('tcp.udp', 'UDP sockets', samples.at(-1)?.udpSockets, (udp) => ({
    facts: [
      { label: 'IPv4', value: String(udp.v4) },
      { label: 'IPv6', value: String(udp.v6) },
      { label: 'With drops or a queue', value: String(udp.notable.length + udp.more) },
    ],
    notes: udp.more > 0 ? [`${udp.more} more with drops or a queue are not listed.`] : [],
    tables: [
      socketTable('sockets', 'UDP sockets with drops or a queue', udp.notable, [
        { id: 'local', label: 'Local', of: (socket) => ends(socket.localAddress, socket.localPort) },
        { id: 'remote', label: 'Peer', of: (socket) => ends(socket.remoteAddress, socket.remotePort) },
        { id: 'drops', label: 'Drops', numeric: true, of: ({ drops }) => drops },
        {
          id: 'rate',
          label: 'Drops/s',
          numeric: true,
          of: (socket) => rates?.udpDrops.get(udpKey(socket))?.perSecond ?? null,
        },
        { id: 'rx', label: 'Unread, bytes of memory', numeric: true, of: ({ rxQueue }) => rxQueue },
        { id: 'tx', label: 'Unsent, bytes of memory', numeric: true, of: ({ txQueue }) => txQueue },
        { id: 'uid', label: 'User id', numeric: true, of: ({ uid }) => uid },
      ]),
    ],
  }));
}

function ends(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function summaryReading({ ssSummary }: Snapshot): SocketReadingView {
  return readingView('tcp.summary', 'Sockets in all', ssSummary, ({ total, tcp, transports }) => ({
    facts: [
      ...(total === null ? [] : [{ label: 'All families', value: String(total) }]),
      ...[...tcp].map(([name, count]) => ({ label: name === 'total' ? 'TCP' : `TCP ${name}`, value: String(count) })),
    ],
    notes: [],
    tables: [
      socketTable(
        'transports',
        'Sockets by protocol',
        [...transports],
        [
          { id: 'protocol', label: 'Protocol', of: ([name]) => name },
          { id: 'total', label: 'Total', numeric: true, of: ([, counts]) => counts.total },
          { id: 'ip', label: 'IPv4', numeric: true, of: ([, counts]) => counts.ip },
          { id: 'ipv6', label: 'IPv6', numeric: true, of: ([, counts]) => counts.ipv6 },
        ],
      ),
    ],
  }));
}

/** What TCP_REPAIR is for; LWN 495304, tcp(7), net/ipv4/tcp.c. */
export const repairMeaning =
  'TCP_REPAIR takes a connection over with its sequence numbers and queues, to move it to another process or host (CRIU, live migration). While it is set a socket neither sends nor answers, so it is no tool for looking at live connections: ss -tie shows the same but sequence numbers and payload. Packet Path never sets it on one.';

function repairReading(reading: Reading<TcpRepairFacts>): SocketReadingView {
  return readingView('tcp.repair', 'TCP connection repair', reading, (facts) => ({
    facts: [
      { label: 'Kernel has it', value: told(facts.kernel, 'yes, Linux 3.5 or later', 'no, before Linux 3.5') },
      { label: 'CAP_NET_ADMIN', value: told(facts.capNetAdmin, 'this login has it', 'this login lacks it') },
      {
        label: 'CONFIG_CHECKPOINT_RESTORE',
        value: told(facts.checkpointRestore, 'set: whole dumps by CRIU', 'not set: CRIU cannot dump processes'),
      },
      { label: 'criu', value: facts.criu ? 'installed' : 'not installed' },
      { label: 'In short', value: verdict(facts) },
    ],
    notes: [repairMeaning],
    tables: [],
  }));
}

function told(value: boolean | null, yes: string, no: string): string {
  return value === null ? 'not known' : value ? yes : no;
}

function verdict({ kernel, capNetAdmin }: TcpRepairFacts): string {
  if (kernel === false) return 'this host cannot do it';
  if (capNetAdmin === false) return 'this login may not do it';
  return kernel === null || capNetAdmin === null ? 'not known' : 'this login can do it';
}

import type { QuestionId, SocketReadingView } from '../../../webview/socketViews.ts';
import { errorName } from '../../capture/questions/readArrivalAnswer.ts';
import type { NetstatProgram } from '../../kernel/sockets/netstatSocket.ts';
import type { SsSocket } from '../../kernel/sockets/ssSockets.ts';
import { tcpInfoOf } from '../../kernel/sockets/tcpInfo.ts';
import type {
  Answer,
  Arrival,
  ArrivalAnswer,
  ConnectionKey,
  ConnectionsAnswer,
  ListenerInDepth,
  RepairAnswer,
  StateAnswer,
  StateTimer,
  Tally,
} from '../../model/socketAnswers.ts';
import { readingView, repairMeaning } from './socketReadings.ts';
import { type SocketColumn, socketTable } from './socketTable.ts';

/** The section of the panel that an answer stands in. */
export function answerKey(question: QuestionId): string {
  return `answer.${question}`;
}

function timed<T>(
  question: QuestionId,
  title: string,
  answer: Answer<T>,
  show: Parameters<typeof readingView<T>>[3],
): SocketReadingView {
  const view = readingView(answerKey(question), title, answer.value, show);
  return { ...view, takenAt: answer.takenAt === null ? null : new Date(answer.takenAt).toISOString() };
}

/** One state in depth. `state` is named here because an answer that failed does not. */
export function stateView(state: string, answer: Answer<StateAnswer>): SocketReadingView {
  return timed('state', `${state} in depth`, answer, (value) => ({
    facts: [
      { label: 'Sockets', value: String(value.total) },
      { label: 'Held by no process', value: String(value.orphans) },
      { label: 'Unread', value: `${value.unread.bytes} bytes in ${value.unread.sockets} sockets` },
      {
        label: 'Unacknowledged',
        value: `${value.unacknowledged.bytes} bytes in ${value.unacknowledged.sockets} sockets`,
      },
      {
        label: 'Retransmitting',
        value: `${value.retransmitting.sockets} sockets, at most ${value.retransmitting.most} times`,
      },
      ...value.timers.map((timer) => ({ label: `Timer: ${timer.name}`, value: timerText(timer) })),
    ],
    notes: [
      ...(value.owners.ok
        ? value.owners.value.seen < value.owners.value.sockets
          ? [
              `The processes of ${value.owners.value.sockets - value.owners.value.seen} sockets could not be seen: an ordinary user sees its own.`,
            ]
          : []
        : [`Processes: ${value.owners.reason}.`]),
      ...(value.sockets.ok ? [] : [`Single sockets: ${value.sockets.reason}.`]),
    ],
    tables: [
      tallyTable('ports', 'By local port', 'Local port', value.localPorts),
      tallyTable('peers', 'By peer', 'Peer', value.peers),
      tallyTable('services', 'By peer and port', 'Peer and port', value.services),
      tallyTable('users', 'By user', 'User id', value.users),
      socketTable('processes', 'By process', value.owners.ok ? value.owners.value.processes : [], [
        { id: 'process', label: 'Process', of: processText },
        { id: 'count', label: 'Sockets', numeric: true, of: ({ sockets }) => sockets },
      ]),
      socketTable('sockets', 'Some of them', value.sockets.ok ? value.sockets.value : [], [
        ...endColumns,
        { id: 'timer', label: 'Timer', of: ({ timer }) => timer?.name ?? '' },
        { id: 'ms', label: 'Fires in, ms', numeric: true, of: ({ timer }) => timer?.ms ?? null },
        { id: 'retransmits', label: 'Retransmits', numeric: true, of: ({ timer }) => timer?.retransmits ?? null },
      ]),
    ],
  }));
}

function timerText({ name, sockets, soonestMs, latestMs }: StateTimer): string {
  if (name === 'none') return `${sockets} sockets`;
  return `${sockets} sockets, fires in ${soonestMs / 1000} to ${latestMs / 1000} s`;
}

function tallyTable(id: string, caption: string, label: string, { kinds, largest }: Tally) {
  const cut = kinds > largest.length ? `, the largest ${largest.length} of ${kinds}` : '';
  return socketTable(id, `${caption}${cut}`, largest, [
    { id: 'key', label, of: ({ key }) => key },
    { id: 'count', label: 'Sockets', numeric: true, of: ({ count }) => count },
  ]);
}

const endColumns: readonly SocketColumn<SsSocket>[] = [
  { id: 'local', label: 'Local', of: ({ local }) => endText(local) },
  { id: 'peer', label: 'Peer', of: ({ peer }) => endText(peer) },
  { id: 'rx', label: 'Unread bytes', numeric: true, of: ({ recvQ }) => recvQ },
  { id: 'tx', label: 'Unacknowledged bytes', numeric: true, of: ({ sendQ }) => sendQ },
];

function endText({ address, interface: device, port }: SsSocket['local']): string {
  const bracketed = address.includes(':') ? `[${address}]` : address;
  return `${bracketed}${device === null ? '' : `%${device}`}:${port ?? ''}`;
}

function processText({ name, pid }: NetstatProgram): string {
  return `${name} (${pid})`;
}

/** Listeners in depth. */
export function listenersView(answer: Answer<readonly ListenerInDepth[]>): SocketReadingView {
  return timed('listeners', 'Listeners in depth', answer, (listeners) => ({
    facts: [{ label: 'Listeners', value: String(listeners.length) }],
    notes: listeners.some(({ limit }) => limit === null)
      ? ['The limit of a queue and its drops are told by ss only, which this host lacks.']
      : [],
    tables: [
      socketTable('listeners', 'Listening sockets, the fullest queue first', listeners, [
        { id: 'socket', label: 'Listener', of: ({ address, port }) => `${address}:${port}` },
        { id: 'queued', label: 'Waiting', numeric: true, of: ({ queued }) => queued },
        { id: 'limit', label: 'Limit', numeric: true, of: ({ limit }) => limit },
        { id: 'drops', label: 'Drops', numeric: true, of: ({ drops }) => drops },
        { id: 'process', label: 'Processes', of: ({ processes }) => processes.map(processText).join(', ') },
        { id: 'uid', label: 'User id', numeric: true, of: ({ uid }) => uid },
        { id: 'congestion', label: 'Congestion control', of: ({ congestion }) => congestion },
      ]),
    ],
  }));
}

const worstBy: Readonly<Record<ConnectionKey, string>> = {
  retrans: 'retransmits',
  rtt: 'round trip',
  queue: 'bytes queued',
  limited: 'time limited by the peer’s window or our send buffer',
};

/** The worst connections. */
export function connectionsView(answer: Answer<ConnectionsAnswer>): SocketReadingView {
  const key = answer.value.ok ? answer.value.value.key : null;
  const title = key === null ? 'Worst connections' : `Worst connections by ${worstBy[key]}`;
  return timed('connections', title, answer, ({ total, worst }) => ({
    facts: [
      { label: 'Established', value: String(total) },
      { label: 'Listed', value: String(worst.length) },
    ],
    notes: ['What ss does not print of a connection, such as retransmits where there were none, is a dash.'],
    tables: [
      socketTable('worst', 'Connections, the worst first', worst, [
        ...endColumns,
        { id: 'rtt', label: 'RTT, ms', numeric: true, of: (socket) => info(socket).rtt },
        { id: 'retrans', label: 'Retransmits', numeric: true, of: (socket) => info(socket).retrans?.total ?? null },
        { id: 'cwnd', label: 'cwnd', numeric: true, of: (socket) => info(socket).cwnd },
        { id: 'rwnd', label: 'Limited by peer’s window', of: (socket) => limitedText(socket, 'rwndLimitedMs') },
        { id: 'sndbuf', label: 'Limited by send buffer', of: (socket) => limitedText(socket, 'sndbufLimitedMs') },
        { id: 'drops', label: 'Drops', numeric: true, of: ({ skmem }) => skmem?.get('d') ?? null },
        { id: 'received', label: 'Receive memory', of: ({ skmem }) => memoryText(skmem, 'r', 'rb') },
        { id: 'sent', label: 'Send memory', of: ({ skmem }) => memoryText(skmem, 'w', 'tb') },
        { id: 'congestion', label: 'Congestion control', of: (socket) => info(socket).congestion },
      ]),
    ],
  }));
}

/** What of the socket's buffer is taken, bytes. */
function memoryText(skmem: SsSocket['skmem'], taken: string, size: string): string | null {
  const [used, limit] = [skmem?.get(taken), skmem?.get(size)];
  return used === undefined || limit === undefined ? null : `${used} of ${limit}`;
}

function info({ values, flags }: SsSocket) {
  return tcpInfoOf(values, flags);
}

/** Share of the time in which there was something to send. */
function limitedText(socket: SsSocket, key: 'rwndLimitedMs' | 'sndbufLimitedMs'): string | null {
  const { busyMs, [key]: limited } = info(socket);
  if (limited === null) return null;
  return busyMs === null || busyMs === 0
    ? `${limited} ms`
    : `${Math.round((100 * limited) / busyMs)} % (${limited} ms)`;
}

/** Where packets arrive. */
export function arrivalsView(answer: Answer<ArrivalAnswer>): SocketReadingView {
  return timed('arrivals', 'Where packets arrive', answer, (value) => {
    const known = value.rows.filter(({ incomingCpu, ranOn }) => incomingCpu !== null && ranOn.length > 0);
    const elsewhere = known.filter(isElsewhere);
    return {
      facts: [
        { label: 'Sockets looked at', value: `${value.looked} of ${value.sockets}` },
        { label: 'Arrive on another CPU', value: `${elsewhere.length} of ${known.length} that had packets` },
        { label: 'Longest a descriptor was held', value: `${value.longestMicroseconds} µs` },
      ],
      notes: [
        'SO_INCOMING_CPU is the CPU whose softirq handled the last packet of a socket: what RSS, RPS and RFS chose. A process that runs on another CPU fetches the data across caches.',
        ...(value.hidden > 0 ? [`${value.hidden} processes of others were not looked into: that takes root.`] : []),
        ...(value.late > 0 ? [`${value.late} processes were left out: time was up.`] : []),
        ...value.refused.slice(0, 5).map((process) => `${processText(process)} refused: ${errorName(process.errno)}.`),
      ],
      tables: [
        socketTable('cpus', 'By CPU', byCpu(value.rows), [
          { id: 'cpu', label: 'CPU', of: ({ cpu }) => `CPU ${cpu}` },
          { id: 'arrive', label: 'Sockets whose packets arrive there', numeric: true, of: ({ arrive }) => arrive },
          { id: 'run', label: 'Sockets whose process last ran there', numeric: true, of: ({ run }) => run },
        ]),
        socketTable('sockets', 'Sockets', value.rows, [
          { id: 'local', label: 'Local', of: ({ local }) => local },
          { id: 'remote', label: 'Peer', of: ({ remote }) => remote },
          { id: 'protocol', label: 'Protocol', of: ({ protocol }) => protocol },
          { id: 'state', label: 'State', of: ({ state }) => state },
          { id: 'process', label: 'Process', of: processText },
          { id: 'cpu', label: 'Packets arrive on CPU', numeric: true, of: ({ incomingCpu }) => incomingCpu },
          { id: 'ran', label: 'Process last ran on CPU', of: ({ ranOn }) => ranOn.join(', ') },
          {
            id: 'same',
            label: 'Same',
            of: (row) => (row.incomingCpu === null ? null : isElsewhere(row) ? 'no' : 'yes'),
          },
          { id: 'napi', label: 'NAPI id', numeric: true, of: ({ napiId }) => napiId },
        ]),
      ],
    };
  });
}

function isElsewhere({ incomingCpu, ranOn }: Arrival): boolean {
  return incomingCpu !== null && !ranOn.includes(incomingCpu);
}

function byCpu(rows: readonly Arrival[]): { cpu: number; arrive: number; run: number }[] {
  const cpus = new Set(
    rows.flatMap(({ incomingCpu, ranOn }) => [...ranOn, ...(incomingCpu === null ? [] : [incomingCpu])]),
  );
  return [...cpus]
    .sort((a, b) => a - b)
    .map((cpu) => ({
      cpu,
      arrive: rows.filter(({ incomingCpu }) => incomingCpu === cpu).length,
      run: rows.filter(({ ranOn }) => ranOn.includes(cpu)).length,
    }));
}

/** Whether TCP_REPAIR may be used. */
export function repairView(answer: Answer<RepairAnswer>): SocketReadingView {
  return timed('repair', 'TCP connection repair, tried', answer, ({ errno }) => ({
    facts: [
      {
        label: 'Set and taken back on a socket that is connected to nothing',
        value: errno === 0 ? 'this login can do it' : `refused: ${errorName(errno)}`,
      },
    ],
    notes: [repairMeaning],
    tables: [],
  }));
}

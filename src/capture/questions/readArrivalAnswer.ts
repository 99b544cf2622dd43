import { decodeAddress } from '../../kernel/hexAddress.ts';
import type { Parsed, Warning } from '../../kernel/parsed.ts';
import { eachLine, hex } from '../../kernel/scan.ts';
import { tcpStateNames } from '../../kernel/socketTable.ts';
import { excerpt, warn } from '../../kernel/warnings.ts';
import { type Missing, missing, type Reading } from '../../model/reading.ts';
import type { Arrival, ArrivalAnswer, RepairAnswer } from '../../model/socketAnswers.ts';
import { readMachine } from '../readSockets.ts';
import type { Sections } from '../sections.ts';

const source = 'SO_INCOMING_CPU by pidfd_getfd';
/** errno(3) on Linux, the same on every machine this runs on. */
const errors: Readonly<Record<number, string>> = {
  1: 'EPERM',
  3: 'ESRCH',
  9: 'EBADF',
  13: 'EACCES',
  38: 'ENOSYS',
  92: 'ENOPROTOOPT',
};

/** `EPERM`, or the number. */
export function errorName(errno: number): string {
  return errors[errno] ?? `error ${errno}`;
}

/** What `incomingCpu.sh` found; or why it cannot be found here. */
export function readArrivalAnswer(sections: Sections): Reading<ArrivalAnswer> {
  const bigEndian = readMachine(sections).bigEndian === true;
  const answer = sections.tool('arrive', source, (text) => parseArrivals(text, bigEndian));
  if (!answer.ok) {
    return answer.kind === 'no-tool' ? { ...answer, reason: 'it takes python3, which the host lacks' } : answer;
  }
  const text = sections.wholeText('arrive');
  const refused = /^refused (\w+) (\d+)$/m.exec(text);
  if (refused !== null) return cannot(refused[1] ?? '', Number(refused[2]), sections);
  if (/^cannot ctypes$/m.test(text)) return missing(source, 'no-tool', 'the python3 of the host has no ctypes');
  if (/^cannot machine$/m.test(text)) {
    return missing(source, 'failed', 'the numbers of the system calls are not known for this machine');
  }
  const { looked, refused: processes } = answer.value;
  const [first] = processes;
  if (looked === 0 && first !== undefined) return denied(first.errno, sections);
  return answer;
}

/** Neither call worked on a process of our own. */
function cannot(call: string, errno: number, sections: Sections): Missing {
  const release = /^\/proc\/sys\/kernel\/osrelease:(\S+)/m.exec(sections.wholeText('ident'))?.[1] ?? 'unknown';
  const since = call === 'pidfd_open' ? '5.3' : '5.6';
  if (errno === 38) {
    return missing(
      source,
      'failed',
      `${call} is not there (ENOSYS): it came with Linux ${since}, this is ${release}, or a seccomp filter hides it`,
    );
  }
  return denied(errno, sections);
}

/** Why a process may not take over the descriptors of another: ptrace(2), "Ptrace access mode checking". */
function denied(errno: number, sections: Sections): Missing {
  const ident = sections.wholeText('ident');
  const yama = Number(/ptrace_scope:(\d)/.exec(ident)?.[1] ?? 0);
  const filtered = /Seccomp:\s*2/.test(ident);
  const uid = /Uid:\s*(\d+)/.exec(ident)?.[1];
  const reasons = [
    uid === '0' ? '' : 'processes of other users are out of reach without root',
    yama > 0
      ? `Yama (kernel.yama.ptrace_scope = ${yama}) allows it ${yama === 1 ? 'on one’s own children' : 'to CAP_SYS_PTRACE'} only`
      : '',
    filtered ? 'a seccomp filter, as containers have one, may forbid it' : '',
  ].filter((reason) => reason !== '');
  const because = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return missing(source, 'denied', `pidfd_getfd was refused (${errorName(errno)})${because}`);
}

interface Process {
  readonly errno: number;
  readonly threads: number;
  readonly ranOn: readonly number[];
  readonly name: string;
}

function parseArrivals(text: string, bigEndian: boolean): Parsed<ArrivalAnswer> {
  const warnings: Warning[] = [];
  const sockets: Omit<Arrival, 'name' | 'ranOn' | 'threads'>[] = [];
  const processes = new Map<number, Process>();
  let all = 0;
  let end: Pick<ArrivalAnswer, 'looked' | 'hidden' | 'late' | 'longestMicroseconds'> | null = null;
  eachLine(text, (from, to, line) => {
    const row = text.slice(from, to);
    const words = row.split(' ');
    const [kind] = words;
    const socket = kind === 'socket' ? socketOf(words, bigEndian) : null;
    const [, pid, errno, threads, cpus = '', name = ''] = /^process (\d+) (\d+) (\d+) ([\d,-]*) ?(.*)$/.exec(row) ?? [];
    const [, looked, hidden, late, longest] = /^looked (\d+) hidden (\d+) late (\d+) longest (\d+)$/.exec(row) ?? [];
    if (socket !== null) sockets.push(socket);
    else if (pid !== undefined) {
      const ranOn = cpus
        .split(',')
        .filter((cpu) => /^\d+$/.test(cpu))
        .map(Number);
      processes.set(Number(pid), { errno: Number(errno), threads: Number(threads), ranOn, name });
    } else if (looked !== undefined) {
      const [seen, unseen, left, microseconds] = [looked, hidden, late, longest].map(Number);
      end = { looked: seen ?? 0, hidden: unseen ?? 0, late: left ?? 0, longestMicroseconds: microseconds ?? 0 };
    } else if (/^sockets \d+$/.test(row)) all = Number(words[1]);
    else if (row !== '' && kind !== 'refused' && kind !== 'cannot') warn(warnings, line, excerpt(row));
  });
  const rows = sockets.map((socket): Arrival => {
    const { name = '', ranOn = [], threads = 0 } = processes.get(socket.pid) ?? {};
    return { ...socket, name, ranOn, threads };
  });
  const refused = [...processes].flatMap(([pid, { errno, name }]) => (errno === 0 ? [] : [{ pid, name, errno }]));
  const nothing = { looked: 0, hidden: 0, late: 0, longestMicroseconds: 0 };
  return { value: { sockets: all, ...(end ?? nothing), rows, refused }, warnings };
}

/** `socket PID PROTOCOL LOCAL REMOTE STATE CPU NAPI` */
function socketOf(words: readonly string[], bigEndian: boolean): Omit<Arrival, 'name' | 'ranOn' | 'threads'> | null {
  const [, pid = '', protocol = '', local = '', remote = '', state = '', cpu = '', napi = ''] = words;
  const [here, there] = [endOf(local, bigEndian), endOf(remote, bigEndian)];
  if (words.length !== 8 || !/^\d+$/.test(pid) || here === null || there === null) return null;
  return {
    pid: Number(pid),
    protocol,
    state: protocol.startsWith('udp')
      ? state === '01'
        ? 'connected'
        : 'unconnected'
      : (tcpStateNames.get(state) ?? state),
    local: here,
    remote: there,
    incomingCpu: /^\d+$/.test(cpu) ? Number(cpu) : null,
    napiId: /^[1-9]\d*$/.test(napi) ? Number(napi) : null,
  };
}

function endOf(text: string, bigEndian: boolean): string | null {
  const [digits = '', port = ''] = text.split(':');
  const address = decodeAddress(digits, bigEndian);
  const number = hex(port, 0, port.length);
  if (address === null || Number.isNaN(number)) return null;
  return `${address.includes(':') ? `[${address}]` : address}:${number}`;
}

/** Whether TCP_REPAIR could be set, and taken back, on a socket of our own. */
export function readRepairAnswer(sections: Sections): Reading<RepairAnswer> {
  const answer = sections.tool('repair', 'setsockopt TCP_REPAIR', (text) => {
    const errno = /^repair (\d+)$/m.exec(text)?.[1];
    return { value: errno === undefined ? null : { errno: Number(errno) }, warnings: [] };
  });
  if (!answer.ok) {
    return answer.kind === 'no-tool' ? { ...answer, reason: 'trying it takes python3, which the host lacks' } : answer;
  }
  const { value } = answer;
  return value === null ? missing(answer.source, 'unparsed', 'python3 did not say') : { ...answer, value };
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Where commands run and captures are taken: this machine, or one network namespace. */
export interface Place {
  /** Goes before a command. */
  readonly inside: readonly string[];
  /** Runs a shell script there and gives what it prints; throws with its stderr where it fails. */
  sh(script: string): string;
}

/** Two hosts and the link between them: `eth0` on both sides, with two queues. */
export interface Pair {
  readonly host: Place;
  readonly peer: Place;
  /** IPv4 addresses, and those of a second link where one was asked for. */
  readonly hostIp: string;
  readonly peerIp: string;
  /** Gives both a second link, `eth1`: 198.19.0.1 and 198.19.0.2 of a /24. */
  secondLink(): void;
  remove(): void;
}

/** A program that makes traffic. */
export interface Role {
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('traffic.py', import.meta.url));

export const machine: Place = place([]);

/** Made from scratch; its addresses are of a range that RFC 2544 sets aside for tests. Needs root. */
export function pair(): Pair {
  const tag = `ppf${randomBytes(3).toString('hex')}`;
  const [near, far] = [`${tag}h`, `${tag}p`];
  const queues = 'numtxqueues 2 numrxqueues 2';
  const link = (nic: string, network: string): string => `
    ip link add ${nic} netns ${near} ${queues} type veth peer name ${nic} netns ${far} ${queues}
    ip -n ${near} addr add ${network}.1/24 dev ${nic}
    ip -n ${far} addr add ${network}.2/24 dev ${nic}
    ip -n ${near} link set ${nic} up
    ip -n ${far} link set ${nic} up`;
  machine.sh(`set -e
    ip netns add ${near}
    ip netns add ${far}
    ip -n ${near} link set lo up
    ip -n ${far} link set lo up
    ${link('eth0', '198.18.0')}`);
  const remove = (): void => void machine.sh(`ip netns del ${near}; ip netns del ${far}`);
  return {
    host: place(['ip', 'netns', 'exec', near]),
    peer: place(['ip', 'netns', 'exec', far]),
    hostIp: '198.18.0.1',
    peerIp: '198.18.0.2',
    secondLink: () => void machine.sh(`set -e\n${link('eth1', '198.19.0')}`),
    remove: atLast(remove),
  };
}

/** Starts a role of traffic.py and waits until it is under way. */
export async function play(
  where: Place,
  role: string,
  options: Readonly<Record<string, string | number>>,
): Promise<Role> {
  const words = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const [command = '', ...args] = [...where.inside, '/usr/bin/python3', program, role, ...words];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error(`${role} ended`)))]);
  return { stop: () => stopped(child, ended) };
}

/** Does something at the end, at the latest when this process exits, and once. */
export function atLast(undo: () => void): () => void {
  const once = (): void => {
    process.off('exit', once);
    undo();
  };
  process.on('exit', once);
  return once;
}

/** Sets keys of this whole machine for a moment; gives what puts them back. */
export function setForNow(settings: Readonly<Record<string, string | number>>): () => void {
  const before = Object.keys(settings).map((key) => [key, machine.sh(`sysctl -n ${key}`).trim()] as const);
  const restore = atLast(() => {
    for (const [key, value] of before) machine.sh(`sysctl -qw ${key}='${value}'`);
  });
  for (const [key, value] of Object.entries(settings)) machine.sh(`sysctl -qw ${key}='${value}'`);
  return restore;
}

function place(inside: readonly string[]): Place {
  const [command = 'sh', ...args] = [...inside, 'sh', '-c'];
  return { inside, sh: (script) => execFileSync(command, [...args, script], { encoding: 'utf8', stdio: 'pipe' }) };
}

async function stopped(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.stdin?.end();
  await ended;
}

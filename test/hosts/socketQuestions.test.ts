import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { parseCapture } from '../../src/capture/frame.ts';
import { questionScripts } from '../../src/capture/questions/askHost.ts';
import { askConnections, askListeners, askState } from '../../src/capture/questions/questions.ts';
import { readListenerAnswer } from '../../src/capture/questions/readListenerAnswer.ts';
import { readStateAnswer } from '../../src/capture/questions/readStateAnswer.ts';
import { Sections } from '../../src/capture/sections.ts';
import type { Reading } from '../../src/model/reading.ts';
import { commandTransport } from '../../src/transport/commandShell.ts';
import { localTransport } from '../../src/transport/localShell.ts';
import { busyboxHost } from './busyboxHost.ts';
import { closeWait, type HeldSockets, python, timeWait } from './realSockets.ts';

const held: HeldSockets[] = [];
afterEach(() => {
  for (const sockets of held.splice(0)) sockets.close();
});

function hold<T extends HeldSockets>(sockets: T): T {
  held.push(sockets);
  return sockets;
}

function readValue<T>(reading: Reading<T>): T {
  if (!reading.ok) throw new Error(`${reading.source}: ${reading.reason}`);
  return reading.value;
}

const { signal } = new AbortController();
const here = localTransport();

describe('one state in depth', () => {
  it('300 CLOSE_WAIT: port, peer, process', async () => {
    const { port } = hold(await closeWait(300));
    const { takenAt, value } = await askState(here, 'close-wait', signal);
    const answer = readValue(value);
    expect(Math.abs((takenAt ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(answer.state).toBe('CLOSE_WAIT');
    expect(answer.localPorts.largest).toContainEqual({ key: String(port), count: 300 });
    expect(answer.peers.largest[0]?.key).toBe('127.0.0.1');
    expect(answer.unread.sockets).toBeGreaterThanOrEqual(0);
    const owners = readValue(answer.owners);
    const mine = owners.processes.find(({ pid }) => pid === process.pid);
    expect(mine?.sockets).toBe(300);
    expect(owners.seen).toBeLessThanOrEqual(owners.sockets);
    const rows = readValue(answer.sockets);
    expect(rows.some(({ local }) => local.portNumber === port)).toBe(true);
  });

  it('TIME_WAIT towards one peer, with the timer that ends it', async () => {
    const { port } = hold(await timeWait(50));
    const answer = readValue((await askState(here, 'time-wait', signal)).value);
    expect(answer.services.largest).toContainEqual({ key: `127.0.0.1:${port}`, count: 50 });
    expect(answer.orphans).toBe(answer.total);
    const timer = answer.timers.find(({ name }) => name === 'time-wait');
    expect(timer?.sockets).toBe(answer.total);
    expect(timer?.latestMs).toBeGreaterThan(30_000);
    expect(timer?.latestMs).toBeLessThanOrEqual(60_000);
    expect(answer.owners).toMatchObject({ ok: false, kind: 'skipped' });
  });

  it.runIf(process.getuid?.() === 0)('an ordinary user sees the sockets of all and the processes of none', async () => {
    const { port } = hold(await closeWait(30));
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const transport = commandTransport(nobody, { name: 'nobody', cwd: '/' });
    const answer = readValue((await askState(transport, 'close-wait', signal)).value);
    expect(answer.localPorts.largest).toContainEqual({ key: String(port), count: 30 });
    expect(readValue(answer.owners)).toMatchObject({ seen: 0, processes: [] });
  });

  it('is not walked above the cap', () => {
    const sections = run(['sh'], ['8', '-1', '20', 'state', 'time-wait', '06']);
    const answer = readStateAnswer(sections, '06');
    expect(answer).toMatchObject({ ok: false, kind: 'skipped' });
    expect(answer.ok ? '' : answer.reason).toContain('more than the cap of -1');
  });

  it.each([[['dash']], [['busybox', 'ash']], [['bash', '--posix']]])('is the same under %s', async (shell) => {
    const { port } = hold(await closeWait(25));
    const answer = readValue(readStateAnswer(run(shell, ['8', '200000', '20', 'state', 'close-wait', '08']), '08'));
    expect(answer.localPorts.largest).toContainEqual({ key: String(port), count: 25 });
    expect(readValue(answer.owners).processes.find(({ pid }) => pid === process.pid)?.sockets).toBe(25);
  });
});

describe('listeners in depth', () => {
  const full = `
import os, socket
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(4)
port = s.getsockname()[1]
clients = []
for each in range(5):
    c = socket.socket(); c.connect(('127.0.0.1', port)); clients.append(c)
for each in range(6):
    c = socket.socket(); c.setblocking(False); c.connect_ex(('127.0.0.1', port)); clients.append(c)
print(port, os.getpid(), flush=True)
`;

  it('a queue that is full, its limit, drops and process', async () => {
    const { port, pid } = hold(await python(full));
    const listeners = readValue((await askListeners(here, signal)).value);
    const listener = listeners.find((each) => each.port === port);
    expect(listener).toMatchObject({ address: '127.0.0.1', queued: 5, limit: 4, uid: 0 });
    expect(listener?.drops).toBeGreaterThan(0);
    expect(listener?.processes.map((each) => each.pid)).toContain(pid);
    // The fullest comes first.
    expect(listeners[0]?.port).toBe(port);
  });

  it.runIf(process.getuid?.() === 0)('without ss: the queue, and no limit', async () => {
    const { port } = hold(await python(full));
    const userland = busyboxHost();
    try {
      const transport = commandTransport([userland.enter], { name: 'busybox', cwd: '/' });
      const listeners = readValue((await askListeners(transport, signal)).value);
      expect(listeners.find((each) => each.port === port)).toMatchObject({ queued: 5, limit: null, drops: null });
    } finally {
      userland.remove();
    }
  });

  it('are not walked above the cap', () => {
    expect(readListenerAnswer(run(['sh'], ['8', '-1', '20', 'listeners']))).toMatchObject({
      ok: false,
      kind: 'skipped',
    });
  });
});

describe('the worst connections', () => {
  const unread = `
import os, socket
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(4)
c = socket.socket(); c.connect(s.getsockname()); a, _ = s.accept()
c.setblocking(False)
try:
    while True: c.send(b'x' * 65536)
except BlockingIOError:
    pass
print(s.getsockname()[1], os.getpid(), flush=True)
`;

  it('by queue: a reader that does not read', async () => {
    const { port } = hold(await python(unread));
    const { key, total, worst } = readValue((await askConnections(here, 'queue', signal)).value);
    expect(key).toBe('queue');
    expect(total).toBeGreaterThanOrEqual(2);
    const mine = worst.filter(({ local, peer }) => local.portNumber === port || peer.portNumber === port);
    expect(mine).toHaveLength(2);
    expect(Math.max(...mine.map(({ recvQ }) => recvQ))).toBeGreaterThan(65_536);
    const sums = worst.map(({ recvQ, sendQ }) => recvQ + sendQ);
    expect(sums).toEqual(sums.toSorted((a, b) => b - a));
  });
});

function run(shell: readonly string[], args: readonly string[]): Sections {
  const [program = 'sh', ...before] = shell;
  const { stdout, stderr } = spawnSync(program, [...before, '-s', '--', 'n1', ...args], {
    input: questionScripts.sockets,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(stderr).toBe('');
  return new Sections(parseCapture(stdout).sections);
}

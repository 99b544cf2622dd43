import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import { tcpInfoOf } from '../../src/kernel/sockets/tcpInfo.ts';
import { ratesOf } from '../../src/model/ratesOf.ts';
import { busyboxHost } from './busyboxHost.ts';
import { type HeldSockets, python } from './realSockets.ts';

const held: HeldSockets[] = [];
afterEach(() => {
  for (const sockets of held.splice(0)) sockets.close();
});

function collect(command: readonly string[], interval = '0') {
  const [program = 'sh', ...args] = command;
  const run = spawnSync(program, args, {
    input: `set -- ${interval} n1\n${collectorScript}`,
    encoding: 'utf8',
    timeout: 50_000,
    maxBuffer: 1 << 26,
  });
  return readSnapshot(run.stdout);
}

/** A listener with a full queue, and a UDP socket that drops what is sent to it, more of it every 50 ms. */
const troubled = `
import os, socket, threading, time
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(2); port = s.getsockname()[1]
clients = []
for each in range(3):
    c = socket.socket(); c.connect(('127.0.0.1', port)); clients.append(c)
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(('127.0.0.1', port))
u.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
def flood():
    v = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    while True:
        for each in range(50): v.sendto(b'x' * 100, ('127.0.0.1', port))
        time.sleep(0.05)
threading.Thread(target=flood, daemon=True).start()
time.sleep(0.3)
print(port, os.getpid(), flush=True)
`;

/** A connection whose peer reads nothing for a second and a half: its sender waits for the window. */
const unread = `
import os, socket, threading, time
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(2); port = s.getsockname()[1]
c = socket.socket(); c.connect(('127.0.0.1', port)); d, peer = s.accept()
def send():
    while True: c.send(b'x' * 65536)
threading.Thread(target=send, daemon=True).start()
time.sleep(1.5)
print(port, os.getpid(), flush=True)
`;

describe('sockets in a snapshot', () => {
  it('a connection that waits for its peer to read, and no other', async () => {
    const sockets = await python(unread);
    held.push(sockets);
    const { connections } = collect(['sh', '-s']);
    const found = connections.ok ? connections.value.filter(({ peer }) => peer.portNumber === sockets.port) : [];
    expect(found).toHaveLength(1);
    const { busyMs, rwndLimitedMs } = tcpInfoOf(found[0]?.values ?? new Map(), []);
    expect(busyMs).toBeGreaterThan(1000);
    expect(rwndLimitedMs).toBeGreaterThan(500);
  });

  it('who listens, how full, who holds it, and which UDP socket drops how fast', async () => {
    const sockets = await python(troubled);
    held.push(sockets);
    const { port, pid } = sockets;
    const snapshot = collect(['sh', '-s'], '1');
    const [, last] = snapshot.samples;
    const listener = last?.listeners.ok === true ? last.listeners.value.find((each) => each.port === port) : undefined;
    expect(listener).toMatchObject({ recvQ: 3, sendQ: 2 });
    const owners = snapshot.listenerOwners.ok ? snapshot.listenerOwners.value.get(`127.0.0.1:${port}`) : undefined;
    expect(owners?.map((each) => each.pid)).toEqual([pid]);
    const udp = last?.udpSockets.ok === true ? last.udpSockets.value : undefined;
    const socket = udp?.notable.find(({ localPort }) => localPort === port);
    expect(socket?.drops).toBeGreaterThan(0);
    const rates = ratesOf(snapshot);
    const drops = rates.ok
      ? [...rates.value.udpDrops].find(([key]) => key.startsWith(`127.0.0.1:${port} `))
      : undefined;
    expect(drops?.[1].perSecond).toBeGreaterThan(100);
  });

  it('names the machine and whether TCP_REPAIR may be used', () => {
    const { host, tcpRepair } = collect(['sh', '-s']);
    expect(host.machine).toBe(spawnSync('uname', ['-m'], { encoding: 'utf8' }).stdout.trim());
    expect(tcpRepair).toMatchObject({
      ok: true,
      value: { kernel: true, capNetAdmin: process.getuid?.() === 0, python3: true },
    });
  });

  it.runIf(process.getuid?.() === 0).each([
    ['awk', []],
    ['no awk', ['awk']],
  ])('without ss, with %s: the queue of a listener and not its limit', async (_, without) => {
    const sockets = await python(troubled);
    held.push(sockets);
    const userland = busyboxHost(without);
    try {
      const { samples } = collect([userland.enter, 'sh -s']);
      const [sample] = samples;
      expect(sample?.listeners).toMatchObject({ ok: true, source: '/proc/net/tcp' });
      const listeners = sample?.listeners.ok === true ? sample.listeners.value : [];
      expect(listeners.find(({ port }) => port === sockets.port)).toMatchObject({ recvQ: 3, sendQ: null, skmem: null });
      const udp = sample?.udpSockets.ok === true ? sample.udpSockets.value.notable : [];
      expect(udp.find(({ localPort }) => localPort === sockets.port)?.drops).toBeGreaterThan(0);
    } finally {
      userland.remove();
    }
  });
});

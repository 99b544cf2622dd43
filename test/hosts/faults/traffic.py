"""traffic.py ROLE key=value...: what a host's programs and its peers do while a fault lasts.

Prints "ready" when it is under way. It ends when its stdin is closed, and by itself after 60 seconds.
"""
import errno
import os
import random
import resource
import selectors
import socket
import struct
import sys
import threading
import time

longest = 60


def ready():
    print('ready', flush=True)


def end_with_stdin():
    while os.read(0, 1024):
        pass
    os._exit(0)


def for_ever():
    end = time.monotonic() + longest
    while time.monotonic() < end:
        yield


class Pace:
    """Keeps to `rate` things a second; 0 is as fast as it goes."""

    def __init__(self, rate):
        self.rate, self.start, self.done = rate, time.monotonic(), 0

    def add(self, count=1):
        self.done += count
        if self.rate:
            ahead = self.done / self.rate - (time.monotonic() - self.start)
            if ahead > 0:
                time.sleep(ahead)


def listening(ip, port, backlog, rcvbuf=0):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if rcvbuf:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
    server.bind((ip, port))
    server.listen(backlog)
    return server


def accept_slowly(ip, port, backlog, pause):
    """Accepts all that wait, then does something else for `pause` seconds; 0 never accepts."""
    server = listening(ip, port, backlog)
    server.setblocking(False)
    ready()
    for _ in for_ever():
        time.sleep(pause or 1)
        while pause:
            try:
                server.accept()[0].close()
            except BlockingIOError:
                break


def serve(ip, port, backlog=1024, mode='sink', pause=0.0, size=1 << 18):
    """sink reads all; keep accepts and never reads or closes; slow reads `size` bytes, then pauses."""
    server = listening(ip, port, backlog)
    server.setblocking(False)
    watched, kept = selectors.DefaultSelector(), []
    watched.register(server, selectors.EVENT_READ)
    ready()
    for _ in for_ever():
        for key, _ in watched.select(0.2):
            if key.fileobj is server:
                try:
                    client = server.accept()[0]
                except OSError:
                    continue
                kept.append(client)
                if mode != 'keep':
                    client.setblocking(False)
                    watched.register(client, selectors.EVENT_READ)
                continue
            try:
                data = key.fileobj.recv(size)
            except BlockingIOError:
                continue
            except OSError:
                data = b''
            if not data:
                watched.unregister(key.fileobj)
                key.fileobj.close()
        if pause:
            time.sleep(pause)


def churn(ip, port, rate, burst=1, source=''):
    """Connects, closes, and connects again: `rate` a second, `burst` at a time."""
    pace = Pace(rate)
    ready()
    for _ in for_ever():
        clients = []
        for _ in range(burst):
            client = socket.socket()
            client.setblocking(False)
            if source:
                client.bind((source, 0))
            client.connect_ex((ip, port))
            clients.append(client)
        pace.add(burst)
        for client in clients:
            client.close()


def converse(ip, port, rate):
    """Connects, waits for that, closes first: leaves TIME_WAIT on this side."""
    pace = Pace(rate)
    ready()
    for _ in for_ever():
        try:
            with socket.create_connection((ip, port), 2) as client:
                client.shutdown(socket.SHUT_WR)
                client.recv(1)
        except OSError as error:
            if error.errno != errno.EADDRNOTAVAIL:
                raise
        pace.add()


def hold(ip, port, count, rate=0, last='keep'):
    """Opens `count` connections and keeps them, or says goodbye on each and keeps the socket; `rate` a second for ever."""
    clients, pace = [], Pace(rate)
    for n in range(count):
        client = socket.socket()
        client.settimeout(3)
        try:
            client.connect((ip, port))
        except OSError as error:
            if error.errno != errno.EADDRNOTAVAIL:
                raise
        if last == 'goodbye':
            client.shutdown(socket.SHUT_WR)
        clients.append(client)
        if n == count // 2 and rate:
            ready()
        if n >= count // 2:
            pace.add()
    if not rate:
        ready()
    time.sleep(longest)


def send(ip, port, connections=1, rate=0, size=65536, nodelay=0):
    """Sends `size` bytes at a time over each connection, `rate` writes a second in all."""
    clients = [socket.create_connection((ip, port), 5) for _ in range(connections)]
    for client in clients:
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, nodelay)
    data, pace = b'd' * size, Pace(rate)
    ready()
    for _ in for_ever():
        for client in clients:
            try:
                client.send(data)
            except BlockingIOError:
                time.sleep(0.0005)
        pace.add(connections)


def udp_read(ip, port, rcvbuf=0, pause=0.0):
    """Reads all that waits, then does something else for `pause` seconds; below 0 it never reads."""
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if rcvbuf:
        receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
    receiver.bind((ip, port))
    receiver.setblocking(False)
    ready()
    for _ in for_ever():
        if pause:
            time.sleep(abs(pause))
        while pause >= 0:
            try:
                receiver.recv(65535)
            except BlockingIOError:
                if not pause:
                    time.sleep(0.0002)
                break


def udp_send(ip, port, rate=0, burst=64, size=200, cpu=-1, ports=1):
    """Sends `burst` datagrams at a time, `rate` a second in all, from `ports` sockets; what cannot be sent is lost."""
    if cpu >= 0:
        os.sched_setaffinity(0, {cpu})
    senders = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(ports)]
    for sender in senders:
        sender.setblocking(False)
        sender.connect((ip, port))
    data, pace = b'u' * size, Pace(rate)
    ready()
    for turn, _ in enumerate(for_ever()):
        for n in range(burst):
            try:
                senders[(turn * burst + n) % ports].send(data)
            except OSError:
                pass
        pace.add(burst)


def checksum(data):
    data += b'\0' * (len(data) % 2)
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def ip_packet(source, target, protocol, payload, fragment=0, ident=0):
    head = struct.pack(
        '!BBHHHBBH4s4s', 0x45, 0, 20 + len(payload), ident, fragment, 64, protocol, 0,
        socket.inet_aton(source), socket.inet_aton(target),
    )
    return head[:10] + struct.pack('!H', checksum(head)) + head[12:] + payload


def raw(kind, ip, port, rate, source='10.99.0.', size=100):
    """Packets made by hand: syn (from addresses nobody has), udp, badsum, fragment (a first one without its others), whole (not to be cut)."""
    sender, pace, turn = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW), Pace(rate), 0
    ready()
    for _ in for_ever():
        turn += 1
        address, target = source + str(1 + turn % 250), socket.inet_aton(ip)
        if kind == 'syn':
            segment = struct.pack('!HHLLBBHHH', 1024 + turn % 60000, port, random.getrandbits(32), 0, 5 << 4, 2, 64240, 0, 0)
            pseudo = socket.inet_aton(address) + target + struct.pack('!BBH', 0, 6, len(segment))
            packet = ip_packet(address, ip, 6, segment[:16] + struct.pack('!H', checksum(pseudo + segment)) + segment[18:])
        else:
            wrong = 0x1234 if kind == 'badsum' else 0
            datagram = struct.pack('!HHHH', 4000, port, 8 + size, wrong) + b'r' * size
            flags = {'fragment': 0x2000, 'whole': 0x4000}.get(kind, 0)
            body = datagram[: len(datagram) // 8 * 8] if kind == 'fragment' else datagram
            packet = ip_packet(address, ip, 17, body, flags, turn & 0xFFFF)
        sender.sendto(packet, (ip, 0))
        pace.add()


def frames(nic, rate):
    """Ethernet frames of a protocol that nobody here speaks."""
    sender, pace = socket.socket(socket.AF_PACKET, socket.SOCK_RAW), Pace(rate)
    sender.bind((nic, 0))
    ready()
    for _ in for_ever():
        sender.send(b'\xff' * 6 + b'\x02\0\0\0\0\x01' + b'\x88\xb5' + b'\0' * 60)
        pace.add()


def scan(prefix, count, rate):
    """A datagram to each of `count` addresses that nobody has."""
    sender, pace = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), Pace(rate)
    ready()
    for turn, _ in enumerate(for_ever()):
        n = turn % count
        try:
            sender.sendto(b'?', ('%s.%d.%d' % (prefix, n // 250, 1 + n % 250), 9))
        except OSError:
            pass
        pace.add()


def leave(ip, port, count):
    """Fills connections towards a peer that does not read, and closes them: their data stays behind."""
    for _ in range(count):
        client = socket.create_connection((ip, port), 3)
        client.setblocking(False)
        try:
            while True:
                client.send(b'o' * 65536)
        except BlockingIOError:
            client.close()
    ready()
    time.sleep(longest)


def typed(text):
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


if __name__ == '__main__':
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    threading.Thread(target=end_with_stdin, daemon=True).start()
    globals()[sys.argv[1]](**{key: typed(value) for key, value in (word.split('=', 1) for word in sys.argv[2:])})

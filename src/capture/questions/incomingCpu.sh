# Where do packets arrive: SO_INCOMING_CPU of the sockets of other processes, through pidfd_open(2) and pidfd_getfd(2).
#
#   NONCE LIMIT MAXSOCK MOST SECONDS arrive      at most MOST sockets, in at most SECONDS
#   NONCE LIMIT MAXSOCK MOST SECONDS repair      only whether this login may use TCP_REPAIR, on a socket of its own
#
# A descriptor is taken over for microseconds and closed; nothing is written to a socket, and nothing stays open.
main() {
  ask "$1" "$2"
  maxsock=$3 most=$4 seconds=$5 question=$6 tcp_count=0
  facts
  count_sockets
  if [ "$question" = arrive ] && [ "$tcp_count" -gt "$maxsock" ]; then
    skip "$question" "$tcp_count sockets, more than the cap of $maxsock"
  elif has python3; then
    begin "$question"
    # Its program comes from here, so it does not read what we were read from.
    # shellcheck disable=SC2034 # finish prints them
    { errors=$(program | limited python3 - "$question" "$most" "$seconds" 2>&1 >&4); } 4>&1
    finish $?
  else
    begin "$question"
    finish 127
  fi
  begin end
  finish 0
  exit 0
}

program() {
  cat <<'PROGRAM'
import os, random, socket, sys, time

question, most, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
started = time.monotonic()

def say(*words):
    print(*words)

def repair():
    # TCP_REPAIR (19) on a socket that was never connected, set and taken back.
    own = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        own.setsockopt(socket.IPPROTO_TCP, 19, 1)
        own.setsockopt(socket.IPPROTO_TCP, 19, 0)
        say('repair', 0)
    except OSError as error:
        say('repair', error.errno)
    finally:
        own.close()

if question == 'repair':
    repair()
    sys.exit(0)

try:
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
except (ImportError, OSError):
    say('cannot', 'ctypes')
    sys.exit(0)
# The numbers of these calls are the same on all machines but these.
if os.uname().machine.startswith(('mips', 'alpha', 'ia64')):
    say('cannot', 'machine')
    sys.exit(0)

def call(number, *arguments):
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(each) for each in arguments))
    return result if result >= 0 else -ctypes.get_errno()

def option(fd, name):
    value, size = ctypes.c_int(0), ctypes.c_uint(4)
    done = libc.getsockopt(fd, 1, name, ctypes.byref(value), ctypes.byref(size))
    return value.value if done == 0 else None

# A process of our own stands for all: whether the two calls are there at all.
mine, other = socket.socketpair()
pidfd = call(434, os.getpid(), 0)
copy = call(438, pidfd, mine.fileno(), 0) if pidfd >= 0 else pidfd
if copy < 0:
    say('refused', 'pidfd_open' if pidfd < 0 else 'pidfd_getfd', -copy)
    sys.exit(0)
os.close(copy)
os.close(pidfd)

sockets = {}
for name in ('tcp', 'tcp6', 'udp', 'udp6'):
    try:
        with open('/proc/net/' + name) as lines:
            next(lines, None)
            for line in lines:
                field = line.split(None, 10)
                if len(field) > 9 and field[9] != '0':
                    sockets[field[9]] = (name, field[1], field[2], field[3])
    except OSError:
        pass
say('sockets', len(sockets))
if len(sockets) > most:
    sockets = {inode: sockets[inode] for inode in random.sample(sorted(sockets), most)}

def cpus(pid):
    # Field 39 of stat is the CPU a thread last ran on; the name before it may hold anything.
    found, threads = set(), os.listdir('/proc/%s/task' % pid)
    for thread in threads[:64]:
        with open('/proc/%s/task/%s/stat' % (pid, thread), errors='replace') as stat:
            found.add(int(stat.read().rpartition(')')[2].split()[36]))
    return len(threads), sorted(found)

hidden, late, longest, seen = 0, 0, 0.0, set()
for pid in sorted((name for name in os.listdir('/proc') if name.isdigit()), key=int):
    if time.monotonic() - started > seconds:
        late += 1
        continue
    try:
        held = []
        for fd in os.listdir('/proc/%s/fd' % pid):
            try:
                link = os.readlink('/proc/%s/fd/%s' % (pid, fd))
            except OSError:
                continue
            if link.startswith('socket:[') and link[8:-1] in sockets and link[8:-1] not in seen:
                held.append((int(fd), link[8:-1]))
    except PermissionError:
        hidden += 1
        continue
    except OSError:
        continue
    if not held:
        continue
    pidfd = call(434, int(pid), 0)
    if pidfd < 0:
        continue
    refused = 0
    try:
        for fd, inode in held:
            before = time.monotonic()
            copy = call(438, pidfd, fd, 0)
            if copy < 0:
                refused = -copy
                continue
            try:
                # The number may be of another file by now.
                same = os.fstat(copy).st_ino == int(inode)
                cpu, napi = (option(copy, 49), option(copy, 56)) if same else (None, None)
            finally:
                os.close(copy)
            longest = max(longest, time.monotonic() - before)
            if same:
                seen.add(inode)
                say('socket', pid, *sockets[inode], '-' if cpu is None else cpu, '-' if napi is None else napi)
    finally:
        os.close(pidfd)
    try:
        with open('/proc/%s/comm' % pid, errors='replace') as comm:
            name = comm.readline().strip()
        threads, ran = cpus(pid)
        say('process', pid, refused, threads, ','.join(map(str, ran)), name)
    except (OSError, IndexError, ValueError):
        say('process', pid, refused, 0, '-', '')
say('looked', len(seen), 'hidden', hidden, 'late', late, 'longest', int(longest * 1e6))
PROGRAM
}

main "$@" </dev/null

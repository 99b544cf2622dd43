# What every question to a host begins with: the framing of the collector (docs/collector.md), a time limit for commands,
# and the end when nobody listens any more. Followed by the script of the question, which calls `ask NONCE LIMIT`.

ask() {
  LC_ALL=C PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin:/usr/bin:/bin
  export LC_ALL PATH
  nonce=$1 limit=$2
  limiter=
  if has timeout; then
    if timeout --foreground 1 true 2>/dev/null; then limiter="timeout --foreground $limit"
    elif timeout 1 true 2>/dev/null; then limiter="timeout $limit"
    elif timeout -t 1 true 2>/dev/null; then limiter="timeout -t $limit"; fi
  fi
  printf '@@%s packet-path 1\n' "$nonce"
}

has() { command -v "$1" >/dev/null 2>&1; }

uptime_now() { now=-; read -r now _ </proc/uptime || now=-; } 2>/dev/null

begin() {
  section=$1 errors=
  uptime_now
  started=$now
  printf '\n@@%s < %s\n' "$nonce" "$section"
}
finish() {
  status=$1
  uptime_now
  [ -n "$errors" ] && printf '\n@@%s !\n%s' "$nonce" "$errors"
  printf '\n@@%s > %s %s %s %s\n' "$nonce" "$status" "$started" "$now" "$section"
}
read_with() { { errors=$("$@" </dev/null 2>&1 >&4); } 4>&1; }
# shellcheck disable=SC2086 # $limiter is a command and its arguments, or nothing
limited() { $limiter "$@"; }
# run NAME COMMAND...: under the limit, or status 127 when the host has no such tool
run() {
  begin "$1"; shift
  if has "$1"; then read_with limited "$@"; finish $?; else finish 127; fi
}
# raw NAME FUNCTION...: one that limits its own commands
raw() { begin "$1"; shift; read_with "$@"; finish $?; }
# skip NAME REASON
skip() {
  begin "$1"
  errors=$2
  finish -1
}
# What the answer is read with: when, who asks, and how the host writes addresses.
facts() {
  raw date date -u +%s
  raw machine machine
  begin ident
  read_with grep -sH ^ /proc/sys/kernel/osrelease /proc/self/status /proc/sys/kernel/yama/ptrace_scope
  finish 0
}
# shellcheck disable=SC2317 # called by name
machine() {
  uname -m
  printf '\001\000' | od -An -td2
}
# How many TCP sockets a walk would read: as in the collector.
count_sockets() {
  tcp_count=0
  for file in /proc/net/sockstat /proc/net/sockstat6; do
    [ -r "$file" ] || continue
    while read -r family _ inuse _ _ _ timewait _; do
      case $family in TCP: | TCP6:) tcp_count=$((tcp_count + inuse + ${timewait:-0})) ;; esac
    done <"$file"
  done
}

# Questions about TCP sockets, asked when somebody wants to know more than a snapshot tells. Read-only, POSIX sh.
#
#   NONCE LIMIT MAXSOCK MOST state STATE HEX     one state in depth: TIME-WAIT as `time-wait 06`
#   NONCE LIMIT MAXSOCK MOST listeners
#   NONCE LIMIT MAXSOCK MOST connections KEY     the worst by KEY: retrans, rtt, queue, limited
#
# MOST bounds every list. Above MAXSOCK sockets nothing is walked.
main() {
  ask "$1" "$2"
  maxsock=$3 most=$4 tcp_count=0
  facts
  count_sockets
  if [ "$tcp_count" -gt "$maxsock" ]; then
    skip cap "$tcp_count sockets, more than the cap of $maxsock"
  else
    set -- "$5" "${6:-}" "${7:-}" /proc/net/tcp
    [ -r /proc/net/tcp6 ] && set -- "$@" /proc/net/tcp6
    case $1 in
    state) state_in_depth "$@" ;;
    listeners) listeners "$@" ;;
    connections) connections "$2" ;;
    esac
  fi
  begin end
  finish 0
  exit 0
}

# shellcheck disable=SC2016 # the $ are awk's
hex_function='
  function number(digits,   value, at) {
    for (at = 1; at <= length(digits); at++) value = value * 16 + index("123456789ABCDEF", toupper(substr(digits, at, 1)))
    return value + 0
  }'

# The section `sockets`, which is of ss.
with_ss() { if has ss; then raw sockets "$1"; else begin sockets; finish 127; fi; }

# Counts by local port, by peer, by peer and its port, by owner and by timer; each list the largest MOST.
state_in_depth() {
  state=$2 code=$3
  shift 3
  # shellcheck disable=SC2016
  run summary awk -v code="$code" -v most="$most" "$hex_function"'
    function top(kind, counts,   key, command, kinds) {
      command = "sort -rn | head -n " most
      for (key in counts) { print counts[key], kind, key | command; kinds++ }
      close(command)
      print "kinds", kind, kinds + 0
    }
    FNR == 1 { family = (FILENAME ~ /6$/) ? 6 : 4; next }
    $4 == code {
      total++
      split($2, mine, ":"); split($3, peer, ":"); split($5, queue, ":"); split($6, timer, ":")
      port[mine[2]]++
      peers[peer[1]]++
      service[$3]++
      user[$8]++
      if ($10 == 0) orphans++
      kind = timer[1] + 0
      timers[kind]++
      ticks = number(timer[2])
      if (!(kind in soonest) || ticks < soonest[kind]) soonest[kind] = ticks
      if (ticks > latest[kind]) latest[kind] = ticks
      if (queue[1] != "00000000") { sending++; sent += number(queue[1]) }
      if (queue[2] != "00000000") { unread++; bytes += number(queue[2]) }
      times = number($7)
      if (times > 0) { again++; if (times > most_again) most_again = times }
    }
    END {
      print "total", total + 0
      printf "tx %d %.0f\n", sending, sent
      printf "rx %d %.0f\n", unread, bytes
      print "retransmitting", again + 0, most_again + 0
      print "orphans", orphans + 0
      for (kind in timers) print "timer", kind, timers[kind], soonest[kind] + 0, latest[kind] + 0
      top("port", port); top("peer", peers); top("service", service); top("user", user)
    }' "$@"
  # What nobody holds any more has no owner to look for.
  case $code in
  06 | 03) skip owners 'the kernel holds these by itself: no process does' ;;
  *) owners "$code" "$@" ;;
  esac
  with_ss list_state
}
# The first of them as ss shows them, with timers, queues and retransmits.
# shellcheck disable=SC2317 # called by name
list_state() { limited ss -tnoei state "$state" | head -n $((most * 2)); }

# owners CODE FILE...: processes by how many sockets of that state they hold, from the links of /proc/PID/fd. An ordinary
# user sees its own processes only: `seen` tells how many of the sockets were found.
owners() {
  # shellcheck disable=SC2016
  wanted=$(awk -v code="$1" '$4 == code && $10 != 0 { print $10 }' "$2" ${3:+"$3"})
  raw owners find_owners
}
# shellcheck disable=SC2317
find_owners() {
  # shellcheck disable=SC2012,SC2016 # no other program of every userland prints links
  {
    printf '%s\n' "$wanted"
    echo links
    limited ls -ln /proc/[0-9]*/fd 2>/dev/null
  } | awk '
    $0 == "links" { links = 1; next }
    !links { if ($1 != "") { wanted[$1] = 1; sockets++ } next }
    /^\/proc\/[0-9]+\/fd:$/ { split($0, part, "/"); pid = part[3]; next }
    match($0, /socket:\[[0-9]+\]$/) {
      inode = substr($0, RSTART + 8, RLENGTH - 9)
      if (!(inode in wanted)) next
      if (!(inode in seen)) { seen[inode] = 1; found++ }
      if (!((pid, inode) in held)) { held[pid, inode] = 1; count[pid]++ }
    }
    END {
      print "sockets", sockets + 0, "seen", found + 0
      for (pid in count) print count[pid], pid | "sort -rn"
    }' | name_owners
}
# shellcheck disable=SC2317
name_owners() {
  lines=0
  while read -r count pid rest; do
    if [ "$count" = sockets ]; then
      echo "$count $pid $rest"
      continue
    fi
    lines=$((lines + 1))
    [ "$lines" -gt "$most" ] && continue
    comm=
    { IFS= read -r comm <"/proc/$pid/comm"; } 2>/dev/null
    printf 'owner %s %s %s\n' "$count" "$pid" "$comm"
  done
  if [ "$lines" -gt "$most" ]; then echo "more $((lines - most))"; fi
}

# Listeners with everything ss tells of them; where there is no ss what the kernel's files tell.
listeners() {
  shift 3
  # shellcheck disable=SC2016
  run summary awk -v most="$most" '
    $4 == "0A" { if (shown++ < most) print ((FILENAME ~ /6$/) ? 6 : 4), $2, $5, $8, $10; else more++ }
    END { if (more) print "more", more }' "$@"
  with_ss list_listeners
  raw holders list_holders
}
# shellcheck disable=SC2317
list_listeners() { limited ss -ltnemi | head -n $((most * 2)); }
# shellcheck disable=SC2317
list_holders() { if has ss; then limited ss -ltnp | head -n "$most"; else limited netstat -ltnp; fi; }

# Connections by what ails them, the worst first, each as ss prints it on one line: a sum, a tab, the row and its details.
connections() {
  key=$1
  with_ss worst
}
# shellcheck disable=SC2317
worst() {
  # shellcheck disable=SC2016
  limited ss -tnoemi state established | awk -v key="$key" '
    function figure(name,   found) {
      if (!match(text, "[ (]" name ":[0-9.]+")) return 0
      found = substr(text, RSTART, RLENGTH)
      sub(/^.*:/, "", found)
      return found + 0
    }
    function retransmits(   found) {
      if (!match(text, / retrans:[0-9]+\/[0-9]+/)) return 0
      found = substr(text, RSTART, RLENGTH)
      sub(/^.*\//, "", found)
      return found + 0
    }
    function share(name,   found) {
      if (!match(text, name ":[0-9]+ms\\([0-9.]+%\\)")) return 0
      found = substr(text, RSTART, RLENGTH)
      sub(/^.*\(/, "", found)
      return found + 0
    }
    function flush() {
      if (text == "") return
      total++
      if (key == "rtt") score = figure("rtt")
      else if (key == "queue") score = queued
      else if (key == "limited") score = share("rwnd_limited") + share("sndbuf_limited")
      else score = retransmits()
      if (score > 0) print score "\t" text | sorted
      text = ""
    }
    BEGIN { sorted = "sort -rn | head -n '"$most"'" }
    /Recv-Q/ { next }
    /^[ \t]/ { text = text " " $0; next }
    { flush(); text = $0; queued = $1 + $2 }
    END { flush(); close(sorted); print "total\t" total + 0 }'
}

main "$@" </dev/null

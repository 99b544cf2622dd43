#!/bin/sh
# The network namespaces of a host: those that ip-netns(8) knows by name, and those that processes are in.
#
#   sh namespaces.sh NONCE MOST        NONCE is carried by every marker, MOST bounds each list
#
# Read-only, POSIX sh. The framing is that of the collector. Where the login is not root, sudo that asks for nothing is
# used to look at the namespaces of other users' processes.
main() {
  LC_ALL=C PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin:/usr/bin:/bin
  export LC_ALL PATH
  nonce=$1 most=$2
  printf '@@%s packet-path 1\n' "$nonce"

  section facts
  uid=
  while read -r key value _; do [ "$key" = Uid: ] && uid=$value; done </proc/self/status
  echo "uid $uid"
  for program in ip nsenter unshare mount sudo; do has "$program" && echo "has $program"; done
  root=
  if [ "$uid" != 0 ] && has sudo && sudo -n true 2>/dev/null; then
    root='sudo -n'
    echo 'sudo works'
  fi
  # shellcheck disable=SC2012 # of every userland the one program that tells an inode
  ls -Lid /proc/self/ns/net 2>/dev/null | { read -r inode _ && echo "own $inode"; }
  over

  section names
  # The inode of a namespace is that of its file; no name can hold a slash.
  # shellcheck disable=SC2012
  if cd /var/run/netns 2>/dev/null || cd /run/netns 2>/dev/null; then ls -Li 2>/dev/null | first_lines; fi
  over

  section processes
  cd /proc || exit 1
  set -- [0-9]*
  echo "count $#"
  order='cat'
  has sort && order='sort -k1,1n -k2,2n'
  # shellcheck disable=SC2086 # words of a command, or nothing
  $root ls -Lid [0-9]*/ns/net 2>/dev/null | $order | first_of_each
  over

  section end
  over
  exit 0
}

has() { command -v "$1" >/dev/null 2>&1; }
section() {
  name=$1
  printf '\n@@%s < %s\n' "$nonce" "$name"
}
over() { printf '\n@@%s > 0 - - %s\n' "$nonce" "$name"; }

first_lines() {
  lines=0
  while IFS= read -r line; do
    lines=$((lines + 1))
    [ "$lines" -gt "$most" ] && continue
    printf '%s\n' "$line"
  done
  [ "$lines" -gt "$most" ] && echo "more $((lines - most))"
}

# Lines "INODE PID/ns/net", by inode: of each inode the first, with the name of the process and what it says of a container.
first_of_each() {
  last='' readable=0 kinds=0
  while read -r inode path; do
    readable=$((readable + 1))
    [ "$inode" = "$last" ] && continue
    last=$inode kinds=$((kinds + 1))
    [ "$kinds" -gt "$most" ] && continue
    pid=${path%%/*} comm=''
    { read -r comm <"$pid/comm"; } 2>/dev/null
    printf 'in %s %s %s\n' "$inode" "$pid" "$comm"
    {
      while read -r line; do
        case $line in
        *[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]*)
          printf 'cgroup %s\n' "$line"
          break
          ;;
        esac
      done <"$pid/cgroup"
    } 2>/dev/null
  done
  echo "readable $readable"
  [ "$kinds" -gt "$most" ] && echo "more $((kinds - most))"
}

main "$@" </dev/null

#!/bin/sh
# Packet Path collector: everything an investigator reads of a Linux host's network path, as framed plain text.
#
#   sh collector.sh [INTERVAL [NONCE [LIMIT [MAXSOCK [ATTENDED [PACK]]]]]]  on the host itself
#   ssh HOST sh -s -- 2 < collector.sh > host.netsnap                      from elsewhere
#
#   INTERVAL  seconds between the two samples of the counters (2; 0 takes one sample)
#   NONCE     chosen by the caller and carried by every marker, so that no payload can forge one (pp)
#   LIMIT     seconds one external command may take (8)
#   MAXSOCK   above this many TCP sockets they are not counted by state (200000)
#   ATTENDED  1: exit, and end what runs, as soon as stdin closes: that is how a caller cancels (0)
#   PACK      1: the caller reads gzip; a large host compresses its large sections (0)
#
# Read-only. Needs no root and nothing beyond sh, grep and tail (and sleep, for rates); ss, tc, ip, ethtool and awk are used where they are.
# POSIX sh: dash, busybox ash, bash --posix. docs/collector.md specifies what it prints.
#
# It is one function, so that a shell that reads it from stdin has all of it before it runs any of it.
main() {
  LC_ALL=C PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin:/usr/bin:/bin
  export LC_ALL PATH
  interval=${1:-2} nonce=${2:-pp} limit=${3:-8} maxsock=${4:-200000} opening='<' packed=

  watcher=
  if [ "${5:-0}" = 1 ]; then
    # Nothing follows this script on stdin, so the read ends when the caller goes away. The process group holds
    # only what this session started. The read must not keep stdout open, or the caller would wait for it.
    exec 3<&0
    (
      trap '' TERM
      while read -r _; do :; done
      kill -TERM 0
    ) <&3 >/dev/null 2>&1 &
    watcher=$!
    exec 3<&- </dev/null
  fi

  # A time limit for one command: coreutils (in this process group, so that a cancel reaches it), busybox, or none.
  limited=
  if has timeout; then
    if timeout --foreground 1 true 2>/dev/null; then limited="timeout --foreground $limit"
    elif timeout 1 true 2>/dev/null; then limited="timeout $limit"
    elif timeout -t 1 true 2>/dev/null; then limited="timeout -t $limit"; fi
  fi

  printf '@@%s packet-path 1\n' "$nonce"
  raw date date -u +%s
  names_of_nics
  # A terminal would turn line ends into others.
  if [ "${6:-0}" = 1 ] && ! [ -t 1 ] && is_large && has gzip; then packed=1; fi
  sample A
  facts
  if [ "$interval" != 0 ]; then
    sleep "$interval" || sleep 2
    sample B
  fi
  begin end
  finish 0
  if [ -n "$watcher" ]; then kill -KILL "$watcher" 2>/dev/null; fi
  exit 0
}

has() { command -v "$1" >/dev/null 2>&1; }

# Seconds since boot, without a fork; "-" where /proc does not say.
uptime_now() { now=-; read -r now _ </proc/uptime || now=-; } 2>/dev/null

begin() {
  section=$1 errors=
  uptime_now
  started=$now
  printf '\n@@%s %s %s\n' "$nonce" "$opening" "$section"
}
finish() {
  status=$1
  uptime_now
  [ -n "$errors" ] && printf '\n@@%s !\n%s' "$nonce" "$errors"
  printf '\n@@%s > %s %s %s %s\n' "$nonce" "$status" "$started" "$now" "$section"
}
# read_with COMMAND...: its stdout goes out as it comes, its stderr is kept for the section's end (no temporary file).
read_with() { { errors=$("$@" </dev/null 2>&1 >&4); } 4>&1; }
# raw NAME COMMAND...: plain reads of procfs and sysfs, no time limit needed (saves a fork)
raw() { begin "$1"; shift; read_with "$@"; finish $?; }
# big NAME COMMAND...: as raw, for what grows with CPUs, interrupts, interfaces. On a large host its stdout goes through
# gzip, and the opening marker says so; the status is then that of gzip, so what it says of a section is its content.
big() {
  if [ -z "$packed" ]; then raw "$@"; return; fi
  opening='<z'
  begin "$1"
  opening='<'
  shift
  { errors=$({ "$@" </dev/null 2>&3 | gzip -1 2>&3 >&4; } 3>&1); } 4>&1
  finish $?
}
# run NAME COMMAND...: an external tool, under the limit, or status 127 when the host has none
run() {
  begin "$1"; shift
  # shellcheck disable=SC2086 # $limited is a command and its arguments, or nothing
  if has "$1"; then read_with $limited "$@"; finish $?; else finish 127; fi
}

names_of_nics() {
  nics= # those with a device behind them: ethtool on a thousand veth would take longer than the interval
  others=0
  for d in /sys/class/net/*; do
    if [ -e "$d/device" ]; then nics="$nics ${d##*/}"; else others=$((others + 1)); fi
  done
}

# Whether its tables are hundreds of kilobytes: by the highest CPU online and by the interfaces; no fork.
is_large() {
  online=0
  { read -r online </sys/devices/system/cpu/online; } 2>/dev/null
  online=${online##*[!0-9]}
  [ "${online:-0}" -ge 31 ] || [ "$others" -ge 200 ]
}

# Everything whose change matters. The files are read back to back by one process; uptime first and last.
sample() {
  big "counters@$1" tail -n +1 /proc/uptime /proc/sys/kernel/random/boot_id /proc/net/softnet_stat /proc/softirqs \
    /proc/interrupts /proc/stat /proc/net/dev /proc/net/snmp /proc/net/netstat /proc/net/snmp6 /proc/net/sockstat \
    /proc/net/sockstat6 /proc/net/stat/nf_conntrack /proc/net/stat/arp_cache /proc/net/stat/ndisc_cache \
    /proc/net/stat/rt_cache /proc/net/stat/synproxy /proc/net/protocols /proc/net/xfrm_stat \
    /proc/sys/net/netfilter/nf_conntrack_count /proc/pressure/cpu /proc/pressure/irq /proc/pressure/memory \
    /proc/pressure/io /proc/loadavg /proc/uptime
  # Both read the same files; where those cannot be read one of them may have been given the right to.
  if ! [ -r /proc/net/snmp ]; then
    run "nstat@$1" nstat -asz
    run "netstat-s@$1" netstat -s
  fi
  # Kernels that no longer print it in /proc tell it over netlink; asked only where that loads no module.
  if ! [ -r /proc/net/stat/nf_conntrack ] && [ -d /sys/module/nf_conntrack_netlink ]; then
    run "conntrack-S@$1" conntrack -S
  fi
  nic_statistics "$1"
  run "netns@$1" readlink /proc/self/ns/net
  set -f # a NIC may be called "*"
  for nic in $nics; do run "ethtool-S@$1 $nic" ethtool -S "$nic"; done
  set +f
  run "qdisc@$1" tc -s -j qdisc show
  case $status in
    0 | 127) ;;
    255) run "qdisc-text@$1" tc -s qdisc show ;; # before 4.15
    *) run "qdisc-text@$1" tc qdisc show ;;      # busybox: no statistics
  esac
  run "listeners@$1" ss -ltnm
  count_sockets
  tcp_sockets "$1"
  udp_sockets "$1"
}

# All statistics of all interfaces in one dump of the kernel. Each file of sysfs makes the driver produce all of them
# again, so the 24 of each interface are read only where there is no ip that shows them. An ip before 4.15 (status 255)
# knows no -j, busybox's (1) no -s either. What does not change is asked for once (-d).
nic_statistics() {
  if [ "$1" = A ]; then run "ip-link@$1" ip -s -s -d -j link show; else run "ip-link@$1" ip -s -s -j link show; fi
  if [ "$status" = 255 ]; then run "ip-link-text@$1" ip -s -s -d link show; fi
  if [ "$status" = 0 ]; then
    big "nic-statistics@$1" grep -sH ^ /sys/class/net/*/carrier_up_count /sys/class/net/*/carrier_down_count \
      /sys/class/net/*/queues/tx-*/tx_timeout /sys/class/net/*/queues/tx-*/byte_queue_limits/stall_cnt
  else
    big "nic-statistics@$1" grep -sH ^ /sys/class/net/*/statistics/* /sys/class/net/*/carrier_changes \
      /sys/class/net/*/carrier_up_count /sys/class/net/*/carrier_down_count \
      /sys/class/net/*/queues/tx-*/tx_timeout /sys/class/net/*/queues/tx-*/byte_queue_limits/stall_cnt
  fi
}

# sockstat and sockstat6 tell beforehand how many lines a walk over the sockets would read. A socket that listens on both
# families, and all it accepts, is TCP6; TIME_WAIT of both families stands in sockstat.
count_sockets() {
  tcp_count=0 udp_count=0
  for file in /proc/net/sockstat /proc/net/sockstat6; do
    [ -r "$file" ] || continue
    while read -r family _ inuse _ _ _ timewait _; do
      case $family in
      TCP: | TCP6:) tcp_count=$((tcp_count + inuse + ${timewait:-0})) ;;
      UDP: | UDP6:) udp_count=$((udp_count + inuse)) ;;
      esac
    done <"$file"
  done
}
# walk NAME COUNT PROGRAM FILE FILE6: one pass of awk over the files, unless they have more lines than the cap; the files
# themselves where there is no awk.
walk() {
  walk_name=$1 walk_count=$2 program=$3
  shift 3
  if [ "$walk_count" -gt "$maxsock" ]; then
    begin "$walk_name"
    errors="$walk_count sockets, more than the cap of $maxsock"
    finish -1
    return
  fi
  [ -r "$2" ] || set -- "$1"
  if has awk; then run "$walk_name" awk "$program" "$@"; else big "$walk_name" tail -n +1 "$@" /dev/null; fi
}

# TCP sockets by state, and who listens: a few hundred bytes leave the host instead of 150 for each socket.
tcp_sockets() {
  # shellcheck disable=SC2016 # the $ are awk's
  walk "tcp@$1" "$tcp_count" '
    FNR == 1 { family = (FILENAME ~ /6$/) ? 6 : 4; next }
    { state[family " " $4]++ }
    { split($2, mine, ":"); split($3, peer, ":") }
    $4 == "0A" { split($5, queue, ":")
                 if (listens++ < 4000) print "listen", family, $2, queue[2], $8, $10
                 listening[family mine[2]] = 1; next }
    !((family mine[2]) in listening) { pair[family " " mine[1] " " $3]++ }
    $4 != "06" { split($5, queue, ":")
                 if (queue[1] != "00000000") tx[$4]++
                 if (queue[2] != "00000000") rx[$4]++ }
    END {
      for (x in state) print "state", x, state[x]
      for (x in tx) print "txq", x, tx[x]
      for (x in rx) print "rxq", x, rx[x]
      for (x in pair) if (pair[x] >= 20) print "pair", x, pair[x]
    }' /proc/net/tcp /proc/net/tcp6
}

# UDP sockets that dropped datagrams or have some queued.
udp_sockets() {
  # shellcheck disable=SC2016 # the $ are awk's
  walk "udp@$1" "$udp_count" '
    FNR == 1 { family = (FILENAME ~ /6$/) ? 6 : 4; next }
    { sockets[family]++ }
    $5 != "00000000:00000000" || (NF == 13 && $13 != 0) {
      if (shown++ < 1000) print "udp", family, $2, $3, $5, $8, $10, (NF == 13) ? $13 : "-"
      else more++
    }
    END {
      for (x in sockets) print "sockets", x, sockets[x]
      if (more) print "more", more
    }' /proc/net/udp /proc/net/udp6
}

# Who listens: its own processes for an ordinary user, everybody's for root. ss and netstat look through all descriptors.
listener_owners() {
  if [ "$tcp_count" -gt "$maxsock" ]; then return; fi
  if has ss; then run listener-owners ss -ltnp; else run listener-owners netstat -ltnp; fi
}

# Connections that waited for their send buffer or for their peer's window, and those whose receive buffer has grown as
# far as tcp_rmem lets it. ss prints two lines for each connection; of thousands a few leave the host.
connections() {
  if [ "$tcp_count" -gt $((maxsock / 10)) ]; then
    begin connections
    errors="$tcp_count sockets, more than the cap of $((maxsock / 10))"
    finish -1
  elif has ss && has awk; then
    raw connections waiting_connections
  else
    begin connections
    finish 127
  fi
}
# shellcheck disable=SC2016,SC2086,SC2317 # the $ are awk's; as in run; called by name
waiting_connections() {
  { read -r _ _ most </proc/sys/net/ipv4/tcp_rmem; } 2>/dev/null
  { $limited ss -tnmi state established || echo "ended $?"; } | awk -v most="${most:-0}" '
    $1 == "ended" && NF == 2 { failed = $2; next }
    /^[^ \t]/ { socket = $0; next }
    /(rwnd|sndbuf)_limited:/ { if (waits++ < 100) { print socket; print }
                               next }
    most > 0 && match($0, /,rb[0-9]+/) && substr($0, RSTART + 3, RLENGTH - 3) + 0 >= most {
      if (full++ < 100) { print socket; print }
    }
    END { exit failed }'
}

# The byte order of the addresses in /proc/net: 1 or 256. `uname -m` is the same for both orders of MIPS.
# shellcheck disable=SC2317 # called by name
machine() {
  uname -m
  printf '\001\000' | od -An -td2
}

# In bytes by getconf, which small systems lack; in kB by the kernel.
# shellcheck disable=SC2317 # called by name
page_size() { getconf PAGESIZE 2>/dev/null || grep -m 1 KernelPageSize /proc/self/smaps; }

# What does not change while we look, read between the samples.
facts() {
  raw ident grep -sH ^ /etc/os-release /proc/sys/kernel/osrelease /proc/sys/kernel/version /proc/sys/kernel/hostname \
    /proc/self/status /proc/meminfo /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name \
    /sys/hypervisor/type /proc/1/comm
  raw pagesize page_size
  raw cpu grep -sH ^ /sys/devices/system/cpu/online /sys/devices/system/cpu/possible /sys/devices/system/cpu/present \
    /sys/devices/system/cpu/isolated /sys/devices/system/cpu/nohz_full /sys/devices/system/cpu/smt/active \
    /sys/devices/system/node/node*/cpulist /sys/devices/system/cpu/cpufreq/policy*/scaling_governor \
    /sys/devices/system/cpu/cpufreq/policy*/scaling_driver /sys/devices/system/cpu/cpu0/cpuidle/state*/name \
    /sys/devices/system/cpu/cpu0/cpuidle/state*/latency /sys/devices/system/cpu/cpu0/cpuidle/state*/disable
  # Values straight from /proc/sys; of conf and neigh only "all" and "default".
  raw sysctl grep -sH ^ /proc/sys/net/core/* /proc/sys/net/ipv4/* /proc/sys/net/ipv4/route/* \
    /proc/sys/net/ipv4/neigh/default/* /proc/sys/net/ipv4/conf/all/* /proc/sys/net/ipv4/conf/default/* \
    /proc/sys/net/ipv6/* /proc/sys/net/ipv6/neigh/default/* /proc/sys/net/ipv6/route/* /proc/sys/net/ipv6/conf/all/* \
    /proc/sys/net/ipv6/conf/default/* /proc/sys/net/ipv6/icmp/* /proc/sys/net/netfilter/* \
    /proc/sys/net/nf_conntrack_max /proc/sys/net/unix/* /proc/sys/net/mptcp/* /proc/sys/net/bridge/* /proc/sys/fs/file-max /proc/sys/fs/file-nr /proc/sys/fs/nr_open \
    /proc/sys/vm/min_free_kbytes /sys/module/nf_conntrack/parameters/hashsize
  big netdev grep -sH ^ /sys/class/net/*/mtu /sys/class/net/*/operstate /sys/class/net/*/speed /sys/class/net/*/duplex \
    /sys/class/net/*/tx_queue_len /sys/class/net/*/address /sys/class/net/*/ifindex /sys/class/net/*/iflink \
    /sys/class/net/*/type /sys/class/net/*/flags /sys/class/net/*/carrier /sys/class/net/*/gro_flush_timeout \
    /sys/class/net/*/napi_defer_hard_irqs /sys/class/net/*/threaded /sys/class/net/*/device/uevent \
    /sys/class/net/*/device/irq /sys/class/net/*/device/numa_node /sys/class/net/*/device/../numa_node \
    /sys/class/net/*/device/local_cpulist /sys/class/net/*/device/../local_cpulist \
    /sys/class/net/*/device/current_link_speed /sys/class/net/*/device/current_link_width \
    /sys/class/net/*/device/max_link_speed /sys/class/net/*/device/max_link_width
  big queues grep -sH ^ /sys/class/net/*/queues/rx-*/rps_cpus /sys/class/net/*/queues/rx-*/rps_flow_cnt \
    /sys/class/net/*/queues/tx-*/tx_maxrate /sys/class/net/*/queues/tx-*/xps_cpus /sys/class/net/*/queues/tx-*/xps_rxqs \
    /sys/class/net/*/queues/tx-*/traffic_class /sys/class/net/*/queues/tx-*/byte_queue_limits/*
  big irq grep -sH ^ /sys/kernel/irq/*/actions /proc/irq/*/smp_affinity_list /proc/irq/*/effective_affinity_list \
    /proc/irq/*/affinity_hint /proc/irq/*/node /proc/irq/default_smp_affinity
  begin msi # NIC -> MSI vectors, by file name: no read, no fork. Of virtio NICs the vectors are on the parent device.
  for d in /sys/class/net/*/device/msi_irqs /sys/class/net/*/device/../msi_irqs; do
    [ -d "$d" ] || continue
    printf '%s' "$d"
    for f in "$d"/*; do printf ' %s' "${f##*/}"; done
    echo
  done
  finish 0
  kernel_config
  raw daemons grep -sHxE 'irqbalance|tuned|NetworkManager|systemd-network|firewalld|dockerd|containerd|kubelet' /proc/[0-9]*/comm
  run ss-summary ss -s
  boot_files
  raw machine machine
  listener_owners
  connections
  begin programs
  for program in criu python3; do has "$program" && echo "$program"; done
  finish 0
  ethtool_settings
}

# What the host's files will set at its next boot. A comment never leaves the host, nor a line that cannot concern the
# network path, nor NetworkManager's connections: they hold secrets. A pattern that matches nothing stands for itself.
boot_files() {
  newline='
'
  linked=
  begin boot-files
  for f in /run/systemd/system /run/openrc/softlevel /run/runit /etc/init/procps.conf /etc/init.d/procps \
    /etc/init.d/sysctl /etc/NetworkManager/system-connections/*; do
    if [ -e "$f" ]; then printf 'exists %s\n' "$f"; fi
  done
  found 20 /etc/systemd/system/systemd-sysctl.service /run/systemd/system/systemd-sysctl.service \
    /etc/systemd/system/irqbalance.service /etc/systemd/system/tuned.service
  found 300 /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf \
    /lib/sysctl.d/*.conf /etc/sysctl.conf /etc/ufw/sysctl.conf
  sysctl_files=$found
  found 200 /etc/udev/rules.d/*.rules /run/udev/rules.d/*.rules /usr/local/lib/udev/rules.d/*.rules
  own_rules=$found
  found 200 /etc/systemd/network/*.link /run/systemd/network/*.link /usr/local/lib/systemd/network/*.link \
    /usr/lib/systemd/network/*.link /lib/systemd/network/*.link
  link_files=$found
  found 200 /etc/systemd/network/*.network /run/systemd/network/*.network /usr/local/lib/systemd/network/*.network \
    /usr/lib/systemd/network/*.network /lib/systemd/network/*.network
  network_files=$found
  found 40 /etc/default/irqbalance /etc/sysconfig/irqbalance /etc/irqbalance.env /usr/lib/irqbalance/defaults.env \
    /etc/ufw/ufw.conf /etc/default/ufw /etc/tuned/tuned-main.conf
  service_files=$found
  found 200 /etc/modprobe.d/*.conf /run/modprobe.d/*.conf /usr/local/lib/modprobe.d/*.conf /usr/lib/modprobe.d/*.conf \
    /lib/modprobe.d/*.conf /etc/modules /etc/modules-load.d/*.conf /run/modules-load.d/*.conf \
    /usr/local/lib/modules-load.d/*.conf /usr/lib/modules-load.d/*.conf /lib/modules-load.d/*.conf
  module_files=$found
  found 200 /etc/rc.local /etc/rc.d/rc.local /etc/local.d/*.start /etc/network/interfaces /etc/network/interfaces.d/* \
    /etc/network/if-up.d/* /etc/NetworkManager/dispatcher.d/* /etc/networkd-dispatcher/routable.d/* \
    /etc/sysconfig/network-scripts/ifcfg-* /etc/systemd/system/*.service
  script_files=$found
  found 20 /etc/tuned/active_profile /etc/tuned/profile_mode
  tuned_files=$found
  tuned_profiles
  status=0
  if [ -n "$linked" ]; then
    by_line
    # shellcheck disable=SC2086 # names, a line each
    read_with ls -ldn $linked
    status=$?
    as_before
  fi
  finish $status
  raw sysctl-files sysctl_lines
  raw udev-rules udev_lines
  raw boot-settings setting_lines
}

# Between these two, a list of names falls apart at its line ends and nowhere else.
by_line() { oldifs=$IFS IFS=$newline; set -f; }
as_before() { IFS=$oldifs; set +f; }

# matching PATTERN LIST [OPTION...]: PATH:NUMBER:LINE of the lines that match in the files of a list
# shellcheck disable=SC2317 # called through raw
matching() {
  pattern=$1 list=$2
  shift 2
  by_line
  # shellcheck disable=SC2086 # names, a line each
  if [ -n "$list" ]; then grep -sHnE "$@" -e "$pattern" $list; fi
  as_before
}
# What it reads goes through this: 256 KiB a section, and the reader sees that there was more.
# shellcheck disable=SC2317 # called through raw
bounded() { head -c 262144; }

# shellcheck disable=SC2317 # called through raw
sysctl_lines() {
  {
    matching 'sysctl[./][^ ]*=[^ ]*' /proc/cmdline -o
    matching '^[^#;=]*(net|fs|vm)[./]|^[[:blank:]]*-?[[*?]' "$sysctl_files"
  } | bounded
}

# Of the vendor's rules only lines about network devices, and the jumps around them.
# shellcheck disable=SC2317 # called through raw
udev_lines() {
  rules='"(net|queues)["|]|[|](net|queues)"|ethtool|SYSCTL|sysctl|[rx]ps_cpus|tx_queue_len|smp_affinity|gro_flush'
  vendor=$(grep -lsE "$rules" /usr/lib/udev/rules.d/*.rules)
  if [ ! -L /lib ]; then vendor=$vendor$newline$(grep -lsE "$rules" /lib/udev/rules.d/*.rules); fi
  {
    matching '^[[:blank:]]*[^#[:blank:]]' "$own_rules"
    matching "^[^#]*($rules|GOTO=|LABEL=)" "$vendor"
  } | bounded
}

# shellcheck disable=SC2317 # called through raw
setting_lines() {
  qdisc='PacketLimit|FlowLimit|Quantum|InitialQuantum|MaximumRate|MemoryLimitBytes|TargetSec|IntervalSec|Bandwidth|LimitBytes|Rate'
  {
    # A key that begins with W may be WakeOnLanPassword.
    matching '^[[:blank:]]*(\[|[A-VX-Za-z][A-Za-z0-9]*[[:blank:]]*=)' "$link_files"
    matching "^[[:blank:]]*(\[|(Name|MACAddress|PermanentMACAddress|Driver|Path|Type|Kind|Parent|Handle|MTUBytes|$qdisc)[[:blank:]]*=)" \
      "$network_files"
    matching '^[[:blank:]]*(ENABLED|ONESHOT|OPTIONS|IRQBALANCE_[A-Z_]+|IPT_SYSCTL|reapply_sysctl|daemon|dynamic_tuning)[[:blank:]]*=' \
      "$service_files"
    matching '^[[:blank:]]*[^#;[:blank:]]' "$tuned_files"
    matching '^[[:blank:]]*[^#;]*(conntrack|br_netfilter|bridge|tcp_|sch_)|^[[:blank:]]*options[[:blank:]]' "$module_files"
    matching '^[^#]*(sysctl|/proc/sys/|ethtool|ethernet-|offload-|smp_affinity|[rx]ps_cpus|rps_flow_cnt|txqueuelen|ETHTOOL_OPTS)' \
      "$script_files"
  } | bounded
}

# found CAP FILE...: those that are there, in $found, a line each; links are remembered in $linked. A name with a line
# end in it is left out: no program that we ask about reads such a file.
found() {
  found='' count=0 cap=$1
  shift
  for f in "$@"; do
    if [ -L "$f" ]; then linked=$linked$f$newline; elif [ ! -f "$f" ]; then continue; fi
    case $f in *"$newline"*) continue ;; /lib/*) if [ -L /lib ]; then continue; fi ;; esac
    count=$((count + 1))
    if [ "$count" -gt "$cap" ]; then
      printf 'capped %s %s\n' "$cap" "$f"
      break
    fi
    if [ -r "$f" ]; then printf 'file %s\n' "$f"; else printf 'unreadable %s\n' "$f"; fi
    found=$found$f$newline
  done
}

# The active profiles of tuned and those they include, onto $tuned_files.
tuned_profiles() {
  wanted='' depth=0
  if [ -r /etc/tuned/active_profile ]; then read -r wanted </etc/tuned/active_profile; fi
  while [ -n "$wanted" ] && [ "$depth" -lt 8 ]; do
    depth=$((depth + 1)) next=''
    set -f
    for profile in $wanted; do
      case $profile in */* | .*) continue ;; esac
      for f in "/etc/tuned/profiles/$profile/tuned.conf" "/etc/tuned/$profile/tuned.conf" \
        "/usr/lib/tuned/profiles/$profile/tuned.conf" "/usr/lib/tuned/$profile/tuned.conf"; do
        [ -r "$f" ] || continue
        printf 'file %s\n' "$f"
        tuned_files=$tuned_files$f$newline
        while IFS='=' read -r key value; do
          case $key in include | include[[:blank:]]*) next="$next $value" ;; esac
        done <"$f"
        break
      done
    done
    set +f
    wanted=$(printf '%s' "$next" | tr ',' ' ')
  done
}

# The build options that decide what the kernel can do, from wherever it keeps them.
kernel_config() {
  begin kernel-config
  read -r release </proc/sys/kernel/osrelease
  wanted='^(# )?CONFIG_(RPS|RFS_ACCEL|CHECKPOINT_RESTORE)[ =]'
  if ! read_with grep -shE "$wanted" "/boot/config-$release" "/lib/modules/$release/config" &&
    [ -r /proc/config.gz ]; then
    if has gzip; then read_with packed_config; else errors='/proc/config.gz is there, and the host has no gzip'; fi
  fi
  finish 0
}
# shellcheck disable=SC2317 # read_with calls it
packed_config() { gzip -dc /proc/config.gz | grep -E "$wanted"; }

# What is set on each NIC with a device behind it.
ethtool_settings() {
  begin ethtool-version
  if ! has ethtool; then finish 127; return; fi
  # shellcheck disable=SC2086 # as in run
  version=$($limited ethtool --version 2>/dev/null </dev/null)
  printf '%s\n' "$version"
  finish 0
  # 5.6 asks for all NICs at once over netlink, 5.10 counts pause frames and FEC blocks. Of many virtual interfaces it
  # would print kilobytes each.
  wildcard=1 statistics=-I
  case $version in
    'ethtool version '[0-4].* | 'ethtool version 5.'[0-5] | 'ethtool version '[0-9]) wildcard='' statistics='' ;;
    'ethtool version 5.'[6-9]) statistics= ;;
  esac
  [ "$others" -le 16 ] || wildcard=
  set -f
  of_all_nics ethtool link_settings
  # shellcheck disable=SC2086 # $limited is a command and its arguments, or nothing; $statistics is an option or nothing
  {
    for letter in g l c k T; do of_all_nics "ethtool-$letter" $limited ethtool "-$letter"; done
    of_all_nics ethtool-a $limited ethtool $statistics -a
    of_all_nics ethtool-show-fec $limited ethtool $statistics --show-fec
    of_all_nics ethtool-show-priv-flags $limited ethtool --show-priv-flags
  }
  for nic in $nics; do
    run "ethtool-i $nic" ethtool -i "$nic"
    run "ethtool-n $nic" ethtool -n "$nic"
    if [ -d "/sys/class/net/$nic/queues/rx-0" ] && ! [ -d "/sys/class/net/$nic/queues/rx-1" ]; then
      for part in x n-hash; do
        begin "ethtool-$part $nic"
        errors='not asked: one receive queue, nothing to spread over'
        finish -1
      done
      continue
    fi
    run "ethtool-x $nic" ethtool -x "$nic"
    [ "$status" = 0 ] && flow_hash "$nic"
  done
  set +f
}

# of_all_nics SECTION COMMAND...: all NICs in one process, or one after the other where ethtool or the kernel cannot.
of_all_nics() {
  topic=$1
  shift
  if [ -n "$wildcard" ]; then
    raw "$topic" "$@" '*'
    [ "$status" = 0 ] && return
  fi
  for nic in $nics; do raw "$topic $nic" "$@" "$nic"; done
}

# Root is told the SecureOn password of Wake-on-LAN as well; a capture holds no password.
# shellcheck disable=SC2086,SC2317 # as in run; of_all_nics calls it
link_settings() {
  { ended=$({ { $limited ethtool "$1" 3>&-; echo $? >&3; } | grep -v 'SecureOn password' >&4; } 3>&1); } 4>&1
  return "$ended"
}

# The fields that packets of each type are hashed by: one section, one answer after the other. Who refuses the first
# type refuses them all.
flow_hash() {
  begin "ethtool-n-hash $1"
  complaints='' first=''
  types='tcp4 udp4 tcp6 udp6'
  [ -e /proc/net/sctp ] && types="$types sctp4 sctp6"
  for type in $types; do
    # shellcheck disable=SC2086 # as in run
    read_with $limited ethtool -n "$1" rx-flow-hash "$type"
    status=$?
    first=${first:-$status}
    [ "$first" = 0 ] || break
    [ -z "$errors" ] || complaints="$complaints$type: $errors
"
  done
  errors=${complaints:-$errors}
  finish "$first"
}

main "$@"

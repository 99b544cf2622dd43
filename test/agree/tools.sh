#!/bin/sh
# What the host's own tools say, one figure a line: TOOL<tab>NAME<tab>VALUE. Read before and after a capture, each figure
# of the capture must lie between the two. None of our parsers is used here: awk and the tools themselves are.
LC_ALL=C PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH
has() { command -v "$1" >/dev/null 2>&1; }
# say TOOL NAME FILE: the first line of a file, where it can be read
say() { if read -r value <"$3"; then printf '%s\t%s\t%s\n' "$1" "$2" "$value"; fi; } 2>/dev/null
# Lines `TOOL NAME VALUE` with a mask (0000000f,00000003) or a list (0-3,8) of CPUs as value, to one with each CPU.
each_cpu() {
  awk -F'\t' -v OFS='\t' -v form="$1" '
    function add(cpu) { list = list (list == "" ? "" : ",") cpu }
    { list = ""
      if (form == "mask") {
        gsub(/,/, "", $3)
        for (i = length($3); i > 0; i--) {
          digit = index("0123456789abcdef", tolower(substr($3, i, 1))) - 1
          for (bit = 0; bit < 4; bit++) { if (digit % 2) add(4 * (length($3) - i) + bit); digit = int(digit / 2) }
        }
      } else {
        count = split($3, ranges, ",")
        for (n = 1; n <= count; n++) {
          if (split(ranges[n], ends, "-") == 1) ends[2] = ends[1]
          if (ranges[n] != "") for (cpu = ends[1] + 0; cpu <= ends[2] + 0; cpu++) add(cpu)
        }
      }
      print $1, $2, list }'
}

if has nstat; then nstat -asz | awk '!/^#/ { print "nstat\t" $1 "\t" $2 }'; fi

if has ss; then
  ss -Htan | awk '{ n[$1]++ } END { for (s in n) print "ss -tan\t" s "\t" n[s] }'
  ss -Hltn | awk '{ queued[$4] += $2; limit[$4] = $3 }
    END { for (l in queued) { print "ss -ltn\t" l " Recv-Q\t" queued[l]; print "ss -ltn\t" l " Send-Q\t" limit[l] } }'
  # Of sockets that dropped something: the counter of skmem:(r0,rb212992,t0,tb212992,f0,w0,o0,bl0,d12).
  ss -Hunam | awk '/^[^ \t]/ { socket = $4; next }
    match($0, /,d[0-9]+\)/) { drops[socket] += substr($0, RSTART + 2, RLENGTH - 3) }
    END { for (s in drops) if (drops[s] > 0) print "ss -unam\t" s " drops\t" drops[s] }'
fi

# Hexadecimal by the shell: mawk has no strtonum.
row=0
while read -r processed dropped squeezed _ _ _ _ _ _ rps flow_limit _ cpu _; do
  [ -n "$cpu" ] && row=$((0x$cpu))
  printf 'softnet_stat\t%d processed\t%d\n' $row "0x$processed"
  printf 'softnet_stat\t%d dropped\t%d\n' $row "0x$dropped"
  printf 'softnet_stat\t%d time_squeeze\t%d\n' $row "0x$squeezed"
  [ -n "$rps" ] && printf 'softnet_stat\t%d received_rps\t%d\n' $row "0x$rps"
  [ -n "$flow_limit" ] && printf 'softnet_stat\t%d flow_limit_count\t%d\n' $row "0x$flow_limit"
  row=$((row + 1))
done </proc/net/softnet_stat

awk 'FNR == 1 { cpus = NF; next }
  { sum = 0; for (i = 2; i <= cpus + 1 && $i ~ /^[0-9]+$/; i++) sum += $i
    sub(/:/, "", $1); printf "%s\t%s\t%.0f\n", FILENAME, $1, sum }' /proc/interrupts
awk 'FNR == 1 { next } { sum = 0; for (i = 2; i <= NF; i++) sum += $i; sub(/:/, "", $1); printf "%s\t%s\t%.0f\n", FILENAME, $1, sum }' /proc/softirqs
awk '/^cpu[0-9]/ { split("user nice system idle iowait irq softirq steal", names, " ")
  for (i = 1; i <= 8; i++) printf "/proc/stat\t%s %s\t%.0f\n", $1, names[i], $(i + 1) }' /proc/stat
awk '{ print "/proc/loadavg\tone\t" $1 "\n/proc/loadavg\tfive\t" $2 "\n/proc/loadavg\tfifteen\t" $3 }' /proc/loadavg
for resource in cpu memory io irq; do
  [ -r /proc/pressure/$resource ] && sed -n "s/^\([a-z]*\) .*total=/\/proc\/pressure\t$resource \1\t/p" /proc/pressure/$resource
done
# Of each column the sum of all CPUs; what the table holds now stands in every line.
for file in nf_conntrack arp_cache ndisc_cache rt_cache synproxy; do
  [ -r /proc/net/stat/$file ] || continue
  awk -v file=$file '
    function hex(word, number, i) {
      for (i = 1; i <= length(word); i++) number = 16 * number + index("0123456789abcdef", substr(word, i, 1)) - 1
      return number
    }
    NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
    { for (i = 1; i <= NF; i++) sum[i] = hex($i) + ((name[i] == "entries") ? 0 : sum[i]) }
    END { for (i in sum) printf "/proc/net/stat\t%s %s\t%.0f\n", file, name[i], sum[i] }' /proc/net/stat/$file
done
# A number below /proc/sys must be read at once: the shell's `read` asks byte by byte and gets the first digit.
count=/proc/sys/net/netfilter/nf_conntrack_count
[ -r $count ] && printf 'conntrack\tcount\t%s\n' "$(cat $count)"
awk 'NR > 1 { print "/proc/net/protocols\t" $1 " sockets\t" $3; if ($4 >= 0) print "/proc/net/protocols\t" $1 " memory\t" $4 }' /proc/net/protocols
awk '{ for (i = 2; i < NF; i += 2) print FILENAME "\t" $1 " " $i "\t" $(i + 1) }' /proc/net/sockstat
if [ -r /proc/net/sockstat6 ]; then
  awk '{ for (i = 2; i < NF; i += 2) print FILENAME "\t" $1 " " $i "\t" $(i + 1) }' /proc/net/sockstat6
fi

# Not those of one interface: the collector reads `all` and `default`, which stand for thousands. Nor the loggers of
# netfilter, which name a module.
if has sysctl; then
  sysctl -a 2>/dev/null | awk -F' = ' '/^net[.]ipv[46][.](conf|neigh)[.]/ && !/^net[.]ipv[46][.](conf|neigh)[.](all|default)[.]/ { next }
    /^net[.]netfilter[.]nf_log[.]/ { next }
    /^net[.]/ { value = $0; sub(/^[^=]* = ?/, "", value); gsub(/[ \t]+/, " ", value); print "sysctl -a\t" $1 "\t" value }'
fi

for path in /sys/class/net/*; do
  nic=${path##*/}
  # ip leaves out three statistics where they are 0.
  for file in "$path"/statistics/* "$path"/carrier_changes "$path"/carrier_up_count "$path"/carrier_down_count; do
    say statistics "$nic ${file##*/}" "$file"
  done | awk -F'\t' '$3 != 0 || $2 !~ /(_compressed|_nohandler)$/'
  for file in mtu tx_queue_len operstate address carrier speed duplex threaded gro_flush_timeout napi_defer_hard_irqs; do
    say sysfs "$nic $file" "$path/$file"
  done | awk -F'\t' '$2 !~ / (speed|duplex)$/ || $3 !~ /^(-1|unknown)$/'
  for queue in "$path"/queues/*; do
    name="$nic ${queue##*/}"
    say statistics "$name/tx_timeout" "$queue/tx_timeout"
    say queues "$name rps_cpus" "$queue/rps_cpus" | each_cpu mask
    say queues "$name xps_cpus" "$queue/xps_cpus" | each_cpu mask
    say queues "$name xps_rxqs" "$queue/xps_rxqs" | each_cpu mask
    for file in rps_flow_cnt tx_maxrate traffic_class byte_queue_limits/limit byte_queue_limits/limit_min \
      byte_queue_limits/limit_max byte_queue_limits/inflight byte_queue_limits/hold_time \
      byte_queue_limits/stall_thrs byte_queue_limits/stall_max; do
      say queues "$name ${file##*/}" "$queue/$file"
    done
  done
  # Of a virtio NIC they are on the device above it. A vector without a handler has no directory below /proc/irq/N.
  vectors=$path/device/msi_irqs
  [ -d "$vectors" ] || vectors=$path/device/../msi_irqs
  for file in "$vectors"/*; do
    irq=${file##*/}
    ls -d "/proc/irq/$irq"/*/ >/dev/null 2>&1 || continue
    say irq "$nic $irq requested" "/proc/irq/$irq/smp_affinity_list" | each_cpu list
    say irq "$nic $irq effective" "/proc/irq/$irq/effective_affinity_list" | each_cpu list
    say irq "$nic $irq hint" "/proc/irq/$irq/affinity_hint" | each_cpu mask
    say irq "$nic $irq node" "/proc/irq/$irq/node" | awk -F'\t' '$3 >= 0'
  done
  if [ ! -e "$path/device" ] || ! has ethtool; then continue; fi
  ethtool -S "$nic" 2>/dev/null | awk -v nic="$nic" -F': *' 'NF > 1 && $NF ~ /^[0-9]+$/ {
    name = $0; sub(/: *[0-9]+$/, "", name); sub(/^ +/, "", name); seen[name]++
    print "ethtool -S\t" nic " " name (seen[name] > 1 ? " #" seen[name] : "") "\t" $NF }'
  ethtool -i "$nic" 2>/dev/null | awk -v nic="$nic" -F': ' '/^(driver|version|firmware-version|bus-info)/ && $2 != "" { print "ethtool -i\t" nic " " $1 "\t" $2 }'
  ethtool "$nic" 2>/dev/null | awk -v nic="$nic" -F': ' '{ sub(/^[ \t]+/, "", $1) }
    $1 == "Speed" && $2 ~ /^[0-9]+Mb/ { print "ethtool\t" nic " Speed\t" $2 + 0 }
    $1 ~ /^(Duplex|Port|Link detected|Wake-on)$/ && $2 !~ /Unknown/ { print "ethtool\t" nic " " $1 "\t" $2 }'
  ethtool -a "$nic" 2>/dev/null | awk -v nic="$nic" -F':[ \t]*' '$1 ~ /^(Autonegotiate|RX|TX)$/ && $2 ~ /^(on|off)$/ { print "ethtool -a\t" nic " " $1 "\t" $2 }'
  ethtool --show-priv-flags "$nic" 2>/dev/null | awk -v nic="$nic" -F' *: ' '$2 ~ /^(on|off) *$/ { print "priv-flags\t" nic " " $1 "\t" $2 }'
  if [ -d "$path/queues/rx-1" ]; then
    ethtool -x "$nic" 2>/dev/null | awk -v nic="$nic" '/^ *[0-9]+:/ { for (i = 2; i <= NF; i++) table = table "," $i }
      /^[0-9a-f][0-9a-f]:/ { print "ethtool -x\t" nic " key\t" $1 } END { if (table != "") print "ethtool -x\t" nic " table\t" substr(table, 2) }'
  fi
  for letter in g l; do
    ethtool -$letter "$nic" 2>/dev/null | awk -v nic="$nic" -v letter="$letter" -F':[ \t]*' '
      /^Pre-set/ { part = "maximum" } /^Current/ { part = "current" }
      part != "" && $2 ~ /^[0-9]+$/ { print "ethtool -" letter "\t" nic " " part " " $1 "\t" $2 }'
  done
  ethtool -c "$nic" 2>/dev/null | awk -v nic="$nic" -F':[ \t]*' '$2 ~ /^[0-9]+$/ { print "ethtool -c\t" nic " " $1 "\t" $2 }'
  ethtool -k "$nic" 2>/dev/null | awk -v nic="$nic" -F': ' 'NF == 2 && $2 ~ /^(on|off)/ { sub(/^[ \t]+/, "", $1); print "ethtool -k\t" nic " " $1 "\t" $2 }'
done

if has tc; then
  tc -s qdisc show | awk '/^qdisc/ { id = $5 " " $2 " " $3 ($6 == "parent" ? " " $7 : " " $6) }
    /^ Sent/ { gsub(/,/, ""); print "tc -s qdisc\t" id " bytes\t" $2; print "tc -s qdisc\t" id " packets\t" $4
      print "tc -s qdisc\t" id " drops\t" $7; print "tc -s qdisc\t" id " overlimits\t" $9; print "tc -s qdisc\t" id " requeues\t" $11 + 0 }
    /^ backlog [0-9]+b [0-9]+p/ { print "tc -s qdisc\t" id " backlog\t" $2 + 0; print "tc -s qdisc\t" id " qlen\t" $3 + 0 }
    /^  [a-z_]+ [0-9]+( [a-z_]+ [0-9]+)*$/ { for (i = 1; i < NF; i += 2) print "tc -s qdisc\t" id " " $i "\t" $(i + 1) }'
fi

#!/bin/sh
# What the host's own tools say, one figure a line: TOOL<tab>NAME<tab>VALUE. Read before and after a capture, each figure
# of the capture must lie between the two. None of our parsers is used here: awk and the tools themselves are.
LC_ALL=C PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH
has() { command -v "$1" >/dev/null 2>&1; }

if has nstat; then nstat -asz | awk '!/^#/ { print "nstat\t" $1 "\t" $2 }'; fi

if has ss; then
  ss -Htan | awk '{ n[$1]++ } END { for (s in n) print "ss -tan\t" s "\t" n[s] }'
  ss -Hltn | awk '{ queued[$4] += $2; limit[$4] = $3 }
    END { for (l in queued) { print "ss -ltn\t" l " Recv-Q\t" queued[l]; print "ss -ltn\t" l " Send-Q\t" limit[l] } }'
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
awk '/^cpu[0-9]/ { printf "/proc/stat\t%s softirq\t%.0f\n/proc/stat\t%s steal\t%.0f\n", $1, $8, $1, $9 }' /proc/stat
awk '{ for (i = 2; i < NF; i += 2) print FILENAME "\t" $1 " " $i "\t" $(i + 1) }' /proc/net/sockstat
if [ -r /proc/net/sockstat6 ]; then
  awk '{ for (i = 2; i < NF; i += 2) print FILENAME "\t" $1 " " $i "\t" $(i + 1) }' /proc/net/sockstat6
fi

if has sysctl; then
  sysctl -a 2>/dev/null | awk -F' = ' '/^net[.]/ { value = $0; sub(/^[^=]* = ?/, "", value); gsub(/[ \t]+/, " ", value); print "sysctl -a\t" $1 "\t" value }'
fi

for path in /sys/class/net/*; do
  nic=${path##*/}
  for file in "$path"/statistics/*; do
    read -r value <"$file" && printf 'statistics\t%s %s\t%s\n' "$nic" "${file##*/}" "$value"
  done
  if [ ! -e "$path/device" ] || ! has ethtool; then continue; fi
  ethtool -S "$nic" 2>/dev/null | awk -v nic="$nic" -F': *' 'NF > 1 && $NF ~ /^[0-9]+$/ {
    name = $0; sub(/: *[0-9]+$/, "", name); sub(/^ +/, "", name); seen[name]++
    print "ethtool -S\t" nic " " name (seen[name] > 1 ? " #" seen[name] : "") "\t" $NF }'
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
      print "tc -s qdisc\t" id " drops\t" $7; print "tc -s qdisc\t" id " overlimits\t" $9; print "tc -s qdisc\t" id " requeues\t" $11 + 0 }'
fi

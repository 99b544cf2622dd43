#!/bin/sh
# First process of the test VM: the file systems, udev as on any Debian, an address a NIC, and sshd.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /run
mount -t devpts devpts /dev/pts
mount -t tmpfs run /run
mkdir -p /run/sshd /run/udev /run/netns /run/lock
hostname vm

# udev loads the drivers, names the NICs and reads .link files and rules, those that a test has written as well.
/lib/systemd/systemd-udevd --daemon --resolve-names=never
udevadm trigger --action=add
udevadm settle --timeout=60

# The last two figures of a MAC address are the number of the NIC in the command line of the VM.
for nic in /sys/class/net/*; do
  case $(cat "$nic/address") in
    52:54:00:20:00:*)
      number=$((0x$(cut -d : -f 6 "$nic/address")))
      ip addr add "10.$((20 + number)).0.15/24" dev "${nic##*/}"
      ip link set "${nic##*/}" up
      ;;
  esac
done
ip link set lo up
/usr/sbin/sshd -f /etc/ssh/sshd_config
# Nothing else is to be done, and the first process may not end.
while :; do sleep 3600; done

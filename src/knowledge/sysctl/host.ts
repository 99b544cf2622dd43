/** Multipath TCP, unix sockets, and keys of memory, files and CPUs that packets depend on (net/mptcp/ctrl.c, net/unix/sysctl_net_unix.c, Documentation/networking/mptcp-sysctl.rst, Documentation/admin-guide/sysctl); columns as `parseKeys` has them. */
export const hostKeys = `
fs.file-max|number|ulong||files|~by memory; systemd raises it to the maximum|2.2|||host|now||Open files system wide; ENFILE when full|Memory|
fs.nr_open|number|8..||files|1048576~systemd raises it|2.6.25|||host|new||Upper bound of RLIMIT_NOFILE|Memory per process|
kernel.numa_balancing|number|0..1;0..2@5.18|||~1 on several NUMA nodes, where built in|3.13|||host|now||Automatic page and task migration between nodes|Migration noise, page faults|
kernel.pid_max|number|301..4194304||pids|~32768; 4194304 where systemd runs|2.6|||host|now||Largest process id; accept-per-thread servers need room||
kernel.sched_rt_runtime_us|number|-1..||microseconds|950000|2.6.25|||host|now||CPU share real-time tasks may take|Starves softirq threads|
kernel.softlockup_panic|number|0..1|||0|2.6.26|||host|now||Panic on soft lockups|Host reboot|
kernel.threads-max|number|1..||threads|~by memory|2.4|||host|now||Threads system wide|Memory|
kernel.timer_migration|number|0..1|||1|2.6.30|||host|now||Move timers away from idle CPUs||
kernel.watchdog_thresh|number|0..60||seconds|10|3.10|||host|now||Soft and hard lockup detection time|Lockups found later|
kernel.yama.ptrace_scope|number|0..3|||~1 where Yama is built in|3.4|||host|now||Who may attach; decides if pidfd_getfd on own processes works||
net.mptcp.add_addr_timeout|number|jiffies||seconds|120|5.11|||netns|now|E4|Gap before an address announcement is repeated||
net.mptcp.allow_join_initial_addr_port|number|0..1|||1|5.14|||netns|now|E4|Peers may join by the address and port of the first subflow||
net.mptcp.available_path_managers|words|ro||names|~kernel userspace|6.15|||netns||E4|Path managers that can be chosen now||
net.mptcp.available_schedulers|words|ro||names|~what is built in or loaded|6.10|||netns||E4|Packet schedulers that can be chosen now||
net.mptcp.blackhole_timeout|number|0..max||seconds|3600|6.12|||netns|now|E4|Pause of outgoing MPTCP after a suspected black hole; 0: none||
net.mptcp.checksum_enabled|number|0..1|||0|5.14|||netns|new|E4|Checksum of MPTCP data|CPU|
net.mptcp.close_timeout|number|jiffies||seconds|60|6.7|||netns|now|E4|Life of a connection whose last subflow has gone|Memory|
net.mptcp.enabled|number|0..1|||1|5.6|||netns|new|E4|Allow Multipath TCP sockets||
net.mptcp.path_manager|word|||name|kernel|6.15|||netns|new|E4|Path manager of new sockets: kernel or userspace||
net.mptcp.pm_type|number|0..1|||0|5.19|||netns|new|E4|Path manager of new sockets (0 kernel, 1 userspace); deprecated by path_manager||
net.mptcp.scheduler|word|||name|default|6.6|||netns|new|E4|Packet scheduler of new sockets||
net.mptcp.stale_loss_cnt|number|uint||intervals|4|5.15|||netns|now|E4|Retransmission intervals without progress until a subflow counts as stale; 0: never||
net.mptcp.syn_retrans_before_tcp_fallback|number|u8||retries|2|6.16|||netns|new|E4|MPTCP SYNs before plain TCP is tried|Slow connects where MPTCP is blocked|
net.unix.max_dgram_qlen|number|int|0..|datagrams|10~512 where systemd runs|2.2|||netns|new|I22|Receive queue of unix datagram sockets|Memory|
vm.dirty_background_ratio|number|0..100||percent|10|2.6|||host|now||Dirty pages before background writeback; affects stall noise|Long writeback bursts|
vm.max_map_count|number|0..max||maps|65530~1048576 on recent distributions|2.6|||host|now||Mappings per process|Memory|
vm.min_free_kbytes|number|0..max||KiB|~square root of 16 x low memory in KiB, at most 64 MiB (256 MiB since 5.13)|2.6|||host|now|I3|Memory kept free for atomic allocations such as driver receive buffers|Less memory for applications; too high causes OOM|
vm.overcommit_memory|number|0..2|||0|2.4|||host|now||Overcommit policy||
vm.swappiness|number|0..100;0..200@5.8||weight|60|2.6|||host|now||Preference of swapping over dropping cache|Swap stalls|
vm.zone_reclaim_mode|number|0..max|0..7||0|2.6.16|||host|now|I3|Reclaim locally before using another node|Latency spikes|`;

import { explainedNames } from './explanation.ts';

/** Rows of /proc/interrupts that have a name instead of a number (arch/x86/kernel/irq.c and others). */
export const interruptNames = explainedNames(`
NMI | - | default_do_nmi | Non-maskable interrupts: the hard lockup watchdog, perf, and faults of the hardware.
LOC | - | sysvec_apic_timer_interrupt | The CPU's own timer: scheduling, timers. Follows load, not packets; silent on an idle CPU.
SPU | - | spurious_interrupt | Interrupts that were gone when the CPU looked. A few are normal.
PMI | - | perf_event_nmi_handler | Performance counters that overflowed: someone profiles, or the watchdog counts by them.
IWI | - | sysvec_irq_work | Work that was put off from an interrupt that may not do it itself.
RTR | - | | Reads of interrupt control registers again; old hardware only.
RES | I24 | sysvec_reschedule_ipi | Another CPU asked this one to run the scheduler: a task was woken here. Many with few packets each: readers wake on other CPUs than the packets arrive on.
CAL | I12 | sysvec_call_function | Another CPU asked this one to call a function. RPS wakes its target that way.
TLB | - | flush_tlb_func | Another CPU asked this one to forget mappings of memory.
TRM | - | thermal_interrupt | Thermal events: the CPU slows down or speeds up again.
THR | - | threshold_interrupt | Corrected errors of memory above a threshold.
DFR | - | deferred_error_interrupt | Errors of memory that were put off (AMD).
MCE | - | do_machine_check | Machine check exceptions: the hardware found an error in itself.
MCP | - | machine_check_poll | How often the kernel looked for such errors by itself.
HYP | - | sysvec_hyperv_callback | Calls by the hypervisor (Hyper-V, Xen): on Hyper-V network interrupts come this way.
HRE | - | sysvec_hyperv_reenlightenment | Hyper-V told that the clock has changed, after a live migration.
HVS | - | sysvec_hyperv_stimer0 | Timer of Hyper-V.
ERR | - | error_interrupt | Errors of the interrupt controller's bus. Should stay 0.
MIS | - | | Interrupts that were taken for level and were edge; old hardware only.
PIN | - | sysvec_kvm_posted_intr_ipi | Posted interrupts to guests of this host (KVM).
NPI | - | sysvec_kvm_posted_intr_nested_ipi | The same of nested guests.
PIW | - | sysvec_kvm_posted_intr_wakeup_ipi | The same, where the guest had to be woken first.
PMN | - | | Posted interrupts by which devices raise several in one.
Err | - | | Interrupts that nobody could be told of.
IPI0 | I24 | ipi_handler | Calls between CPUs to run the scheduler (arm64).
IPI1 | - | ipi_handler | Calls of a function on another CPU (arm64).
IPI2 | - | ipi_handler | Calls to stop a CPU (arm64).
IPI3 | - | ipi_handler | Calls to stop for a crash dump (arm64).
IPI4 | - | ipi_handler | Timer broadcasts (arm64).
IPI5 | - | ipi_handler | Work that was put off from an interrupt (arm64).
IPI6 | - | ipi_handler | Calls to print a backtrace or wake a parked CPU (arm64).
IPI7 | - | ipi_handler | Calls of the kernel debugger (arm64).
BCT | - | timer_broadcast_interrupt | Timer broadcasts (PowerPC).
WDG | - | soft_nmi_interrupt | Watchdog (PowerPC).
DBL | - | doorbell_exception | Doorbells between CPUs (PowerPC).
EXT | - | do_ext_irq | External interrupts (s390).
`);

/** A row with a number. */
export const vector = {
  nic: 'A vector of a NIC’s queue. The CPU that takes it polls the queue (NAPI) and does the packet work up to the socket, unless RPS hands it over. While a poll goes on the vector is masked, so a busy queue interrupts less, not more.',
  other: 'An interrupt of a device that is no NIC, or could not be told to be one.',
};

/** /proc/softirqs. */
export const softirqs = explainedNames(`
HI | - | tasklet_hi_action | Tasklets that are in a hurry; hardly used any more.
TIMER | - | run_timer_softirq | Timers that ran out, those of TCP's retransmissions among them.
NET_TX | E13 | net_tx_action | Qdiscs that had been put off, and buffers to be freed. Not on the way of a packet that is sent at once.
NET_RX | I8 | net_rx_action | Polls of receive queues: nearly all packet work. | NET_RX
BLOCK | - | blk_done_softirq | Disk requests that are done.
IRQ_POLL | - | irq_poll_softirq | Polls of disk controllers.
TASKLET | - | tasklet_action | Work of drivers that was put off.
SCHED | - | run_rebalance_domains | Balancing tasks between CPUs.
HRTIMER | - | hrtimer_run_softirq | Precise timers: pacing by fq, for instance.
RCU | - | rcu_core_si | Freeing what no reader can hold any more.
`);

/** Fields of a CPU in /proc/stat, as shares of the time between the samples. */
export const cpuTimes = explainedNames(`
user | - | account_user_time | Time in programs.
nice | - | account_user_time | Time in programs that run at low priority.
system | - | account_system_time | Time in the kernel on behalf of programs: sendmsg and recvmsg are here, up to the queue.
idle | - | account_idle_time | Time with nothing to do.
iowait | - | account_idle_time | Idle time while a task waits for a disk.
irq | I6 | irqtime_account_irq | Time in interrupt handlers. 0 on kernels that do not account for it.
softirq | I8 | irqtime_account_irq | Time in softirqs: receiving, GRO, IP, TCP, netfilter. Work that ksoftirqd does counts here too. A CPU near 100 % loses packets soon. | /proc/stat + softirq
steal | I8 | account_steal_time | Time in which the hypervisor ran something else although this virtual CPU had work. | /proc/stat + steal
guest | - | account_guest_time | Time in guests of this host; also in user.
guest_nice | - | account_guest_time | The same at low priority; also in nice.
`);

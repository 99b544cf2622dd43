import { explainedNames } from './explanation.ts';

/** Queueing disciplines. Source: tc(8) and net/sched of Linux 6.12. */
export const qdiscKinds = explainedNames(`
mq | E11 | net/sched/sch_mq.c | No queue itself: one qdisc for each transmit queue of the NIC, so that CPUs do not meet at one lock. Its figures are the sums of its leaves.
mqprio | E11 | net/sched/sch_mqprio.c | As mq, with groups of queues by priority.
taprio | E11 | net/sched/sch_taprio.c | Opens queues by a time plan (TSN).
fq | E11 | net/sched/sch_fq.c | A queue for each flow, served in turn, and pacing: TCP's packets leave at the rate the connection has found. Drops when a flow is over flow_limit. | fq
fq_codel | E11 | net/sched/sch_fq_codel.c | Flows in turn, and packets that have waited too long are dropped or marked (CoDel), so that senders slow down. | fq_codel
fq_pie | E11 | net/sched/sch_fq_pie.c | Flows in turn, with PIE instead of CoDel.
codel | E11 | net/sched/sch_codel.c | One queue; what has waited too long is dropped or marked.
pfifo_fast | E11 | net/sched/sch_generic.c | Three bands by priority, txqueuelen packets in all. A full one drops what comes. | pfifo_fast
pfifo | E11 | net/sched/sch_fifo.c | One queue of so many packets. A full one drops what comes. | pfifo
bfifo | E11 | net/sched/sch_fifo.c | One queue of so many bytes. A full one drops what comes. | bfifo
noqueue | E11 | net/sched/sch_generic.c | No queue: the packet goes straight to the driver. As on lo, bridges, tunnels: nothing can be dropped or wait here.
noop | E11 | net/sched/sch_generic.c | Drops everything: the interface is not up yet.
cake | E11 | net/sched/sch_cake.c | Shaping, flows in turn and CoDel in one, for the slow end of a line.
htb | E11 | net/sched/sch_htb.c | Shares a rate out to classes: what is over it waits (overlimits) or is dropped.
hfsc | E11 | net/sched/sch_hfsc.c | Shares a rate out to classes by curves.
tbf | E11 | net/sched/sch_tbf.c | Holds all traffic to a rate: what is over it waits (overlimits) or is dropped.
prio | E11 | net/sched/sch_prio.c | Bands that are served strictly one before the other.
sfq | E11 | net/sched/sch_sfq.c | Flows in turn.
red | E11 | net/sched/sch_red.c | Drops or marks early, by the mean length of the queue.
netem | E11 | net/sched/sch_netem.c | Delays, loses or damages packets on purpose: for tests. On a host that serves, somebody has forgotten it.
etf | E11 | net/sched/sch_etf.c | Sends each packet at the time the program asked for; what is late is dropped.
ingress | I13 | net/sched/sch_ingress.c | No queue: where filters of tc see what comes in, before IP. Its drops are theirs.
clsact | I13 | net/sched/sch_ingress.c | No queue: where filters of tc (and BPF) see what comes in and goes out. Its drops are theirs.
* | E11 | tc -s qdisc | A queueing discipline: packets wait here for the driver.
`);

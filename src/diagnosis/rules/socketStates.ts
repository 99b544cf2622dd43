import type { Sample } from '../../model/snapshot.ts';
import { stands } from '../evidence.ts';
import { formatCount, formatShare } from '../figures.ts';
import type { Draft, Evidence } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { have, lack, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';
import { settingOf } from '../settings.ts';

/** Sockets of a state in both samples. */
interface Growth {
  readonly before: number;
  readonly after: number;
}

function stateOf(sample: Sample, state: string): number | null {
  if (!sample.tcpSockets.ok) return null;
  const counts = sample.tcpSockets.value.states.get(state);
  return counts === undefined ? 0 : counts.v4 + counts.v6;
}

function growthOf({ sample, snapshot }: RuleContext, state: string): Needed<Growth> {
  if (!sample.tcpSockets.ok) return notRead(sample.tcpSockets);
  const [first] = snapshot.samples;
  if (first === undefined || first === sample) return lack('one look only: growth takes two');
  const [before, after] = [stateOf(first, state), stateOf(sample, state)];
  return before === null || after === null
    ? lack('the sockets were counted in one sample only')
    : have({ before, after });
}

function evidenceOf(state: string, { before, after }: Growth): Evidence {
  return {
    source: '/proc/net/tcp',
    field: state,
    before,
    after,
    seconds: null,
    figure: `${formatCount(after)} sockets`,
  };
}

const closeWaitLimits = {
  least: limit(100, heuristic, (value) => `more than ${formatCount(value)} for information, a warning while they grow`),
};

/** R56: an application does not close what its peers closed. */
export const closeWait = ruleOf({
  id: 'R56',
  title: 'Connections left in CLOSE_WAIT',
  step: 'I25',
  evidence: 'sockets in CLOSE_WAIT in both samples (/proc/net/tcp)',
  fix: 'the application: it leaks connections; no sysctl acts on CLOSE_WAIT',
  lookalikes:
    'A burst of clients that leave at once grows it for a moment. The state in depth tells which port and process.',
  limits: closeWaitLimits,
  needs: (context) => growthOf(context, 'CLOSE_WAIT'),
  check: (growth, _, { least }): Draft[] =>
    growth.after <= least
      ? []
      : [
          {
            severity: growth.after > growth.before ? 'warn' : 'info',
            subject: { kind: 'host' },
            title: `${formatCount(growth.after)} connections wait to be closed by this host’s applications${growth.after > growth.before ? `, ${formatCount(growth.after - growth.before)} more than at first` : ''}`,
            why: 'The peers closed, the application has not: it does not notice the end of a connection, or forgot the socket. Each holds a file and memory, for ever.',
            evidence: [evidenceOf('CLOSE_WAIT', growth)],
            advice: [
              'Nothing to tune: look at CLOSE_WAIT in depth, by local port it names the service, with its process where that may be seen.',
            ],
            verify: 'Snapshot again after the application was mended or restarted: the number does not grow.',
            tab: 'tcp',
          },
        ],
});

const finWaitLimits = {
  least: limit(1000, heuristic, (value) => `more than ${formatCount(value)}, and more than in the first look`),
};

/** R57: peers do not close what was closed here. */
export const finWait = ruleOf({
  id: 'R57',
  title: 'FIN_WAIT2 grows',
  step: 'E4',
  evidence: 'sockets in FIN_WAIT2 in both samples (/proc/net/tcp)',
  fix: 'peers that do not close; tcp_fin_timeout acts only on sockets without a process',
  lookalikes: 'Half-closed connections are legal: one side may send for hours after the other has closed.',
  limits: finWaitLimits,
  needs: (context) => growthOf(context, 'FIN_WAIT2'),
  check: (growth, _, { least }): Draft[] =>
    growth.after <= least || growth.after <= growth.before
      ? []
      : [
          {
            severity: 'info',
            subject: { kind: 'host' },
            title: `${formatCount(growth.after)} connections wait for their peers to close, ${formatCount(growth.after - growth.before)} more than at first`,
            why: 'This side closed and the peer acknowledged it, but goes on or is gone. Sockets whose process is gone are dropped after tcp_fin_timeout, others stay.',
            evidence: [evidenceOf('FIN_WAIT2', growth)],
            advice: [
              'Look at FIN_WAIT2 in depth, by peer. Keepalives of the application end connections whose peer vanished.',
            ],
            verify: 'Snapshot again: the number stays or falls.',
            tab: 'tcp',
          },
        ],
});

const fileLimits = {
  warnShare: limit(0.7, 'node_exporter’s mixin', (value) => `above ${formatShare(value)} of fs.file-max a warning`),
  critShare: limit(0.9, 'node_exporter’s mixin', (value) => `above ${formatShare(value)} critical`),
};

/** R58: open files near the host's limit. */
export const openFiles = ruleOf({
  id: 'R58',
  title: 'Open files near the limit',
  step: 'I25',
  evidence: '/proc/sys/fs/file-nr: open files against fs.file-max',
  fix: 'find who holds them; fs.file-max',
  lookalikes: 'The limit of a single process (ulimit -n) is another, and is reached sooner.',
  limits: fileLimits,
  needs: ({ snapshot }): Needed<{ open: number; most: number; text: string }> => {
    const text = settingOf(snapshot, 'fs.file-nr');
    if (!text.ok) return text;
    const [open, , most] = text.value.split(' ').map(Number);
    if (open === undefined || most === undefined || !(most > 0)) return lack('fs.file-nr is not three numbers');
    return have({ open, most, text: text.value });
  },
  check: ({ open, most }, _, { warnShare, critShare }): Draft[] => {
    const share = open / most;
    if (share <= warnShare) return [];
    return [
      {
        severity: share > critShare ? 'crit' : 'warn',
        subject: { kind: 'host' },
        title: `${formatCount(open)} of at most ${formatCount(most)} files are open (${formatShare(share)})`,
        why: 'Every socket is a file. At the limit accept() and connect() fail, and connections pile up in accept queues.',
        evidence: [
          stands(
            '/proc/sys/fs/file-nr',
            'open files',
            open,
            `${formatCount(open)} of ${formatCount(most)} (${formatShare(share)})`,
          ),
        ],
        changes: [
          { kind: 'sysctl', key: 'fs.file-max', value: String(most * 2), current: String(most), atLeast: true },
        ],
        advice: ['Find who holds them: count /proc/PID/fd by process.'],
        sideEffects: 'Kernel memory, about a kilobyte for each file that is really opened.',
        verify: 'Snapshot again: the share falls.',
        tab: 'overview',
      },
    ];
  },
});

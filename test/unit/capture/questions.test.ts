import { describe, expect, it } from 'vitest';
import { parseCapture } from '../../../src/capture/frame.ts';
import { readArrivalAnswer, readRepairAnswer } from '../../../src/capture/questions/readArrivalAnswer.ts';
import { readConnectionsAnswer, readListenerAnswer } from '../../../src/capture/questions/readListenerAnswer.ts';
import { readStateAnswer } from '../../../src/capture/questions/readStateAnswer.ts';
import { Sections } from '../../../src/capture/sections.ts';
import { arrivalsView, connectionsView, listenersView, stateView } from '../../../src/ui/panel/answerViews.ts';
import { type CaptureSection, captureText } from './captureText.ts';

function sections(...all: CaptureSection[]): Sections {
  return new Sections(parseCapture(captureText(all)).sections);
}

const summary = {
  name: 'summary',
  stdout: `total 12
tx 2 3000000000
rx 1 17
retransmitting 3 7
orphans 2
timer 1 3 10 250
timer 0 9 0 0
12 port 0050
10 peer 0100007F
2 peer 0000000000000000FFFF00000200007F
5 service 0100007F:1538
kinds port 1
kinds peer 2
kinds service 140
12 user 33
kinds user 1
`,
};
const owners = { name: 'owners', stdout: 'sockets 10 seen 4\nowner 3 77 nginx: worker\nowner 1 78 \nmore 2\n' };
const rows = { name: 'sockets', stdout: 'CLOSE-WAIT 1 0 127.0.0.1:80 127.0.0.1:4 timer:(on,204ms,3)\n' };

describe('one state in depth', () => {
  const answer = readStateAnswer(sections(summary, owners, rows), '08');

  it('is read: counts, timers, what is behind a number', () => {
    expect(answer).toMatchObject({
      ok: true,
      warnings: [],
      value: {
        state: 'CLOSE_WAIT',
        total: 12,
        unacknowledged: { sockets: 2, bytes: 3_000_000_000 },
        unread: { sockets: 1, bytes: 17 },
        retransmitting: { sockets: 3, most: 7 },
        orphans: 2,
        timers: [
          { name: 'retransmit', sockets: 3, soonestMs: 100, latestMs: 2500 },
          { name: 'none', sockets: 9 },
        ],
        localPorts: { kinds: 1, largest: [{ key: '80', count: 12 }] },
        peers: { kinds: 2, largest: [{ key: '127.0.0.1' }, { key: '::ffff:127.0.0.2', count: 2 }] },
        services: { kinds: 140, largest: [{ key: '127.0.0.1:5432', count: 5 }] },
        owners: {
          ok: true,
          value: {
            sockets: 10,
            seen: 4,
            more: 2,
            processes: [{ pid: 77, name: 'nginx: worker', sockets: 3 }, { name: '' }],
          },
        },
        sockets: { ok: true, value: [{ timer: { name: 'on', ms: 204, retransmits: 3 } }] },
      },
    });
  });

  it('is shown with what could not be seen', () => {
    const view = stateView('CLOSE_WAIT', { takenAt: 1_700_000_000_000, value: answer });
    expect(view).toMatchObject({ title: 'CLOSE_WAIT in depth', takenAt: '2023-11-14T22:13:20.000Z', reason: null });
    expect(view.notes).toEqual(['The processes of 6 sockets could not be seen: an ordinary user sees its own.']);
    const captions = view.tables.map(({ caption }) => caption);
    expect(captions).toContain('By peer and port, the largest 1 of 140');
  });

  it('says why there is none', () => {
    const capped = readStateAnswer(
      sections({ name: 'cap', stdout: '', status: -1, stderr: '900000 sockets, more than the cap' }),
      '06',
    );
    expect(capped).toMatchObject({ ok: false, kind: 'skipped', reason: '900000 sockets, more than the cap' });
    expect(stateView('TIME_WAIT', { takenAt: null, value: capped }).reason).toBe('900000 sockets, more than the cap');
  });

  it('reports what it cannot read', () => {
    const odd = readStateAnswer(
      sections({ name: 'summary', stdout: 'total 1\n\u001b[31mwhat is this\n' }, owners, rows),
      '08',
    );
    expect(odd.ok && odd.warnings).toEqual([{ line: 2, message: '[31mwhat is this' }]);
  });
});

describe('listeners in depth', () => {
  const ss = {
    name: 'sockets',
    stdout: `State Recv-Q Send-Q Local Address:Port Peer Address:Port
LISTEN 0 128 *:22 *:* ino:5 sk:1 cgroup:/system.slice/ssh.service <->
\t skmem:(r0,rb1,t0,tb1,f0,w0,o0,bl0,d0) cubic cwnd:10
LISTEN 5 4 127.0.0.1:80 *:* uid:33 ino:9 sk:2 <->
\t skmem:(r0,rb1,t0,tb1,f0,w0,o0,bl0,d17) bbr cwnd:10
`,
  };
  const holders = {
    name: 'holders',
    stdout: 'LISTEN 5 4 127.0.0.1:80 *:* users:(("nginx",pid=7,fd=6),("nginx",pid=8,fd=6))\n',
  };

  it('come with queue, limit, drops and processes, the fullest first', () => {
    const answer = readListenerAnswer(sections(ss, holders));
    expect(answer).toMatchObject({
      ok: true,
      value: [
        { address: '127.0.0.1', port: 80, queued: 5, limit: 4, drops: 17, uid: 33, inode: 9, congestion: 'bbr' },
        { address: '*', port: 22, queued: 0, limit: 128, drops: 0, uid: 0, cgroup: '/system.slice/ssh.service' },
      ],
    });
    expect(answer.ok && answer.value[0]?.processes.map(({ pid }) => pid)).toEqual([7, 8]);
  });

  it('without ss are those of the kernel’s files', () => {
    const answer = readListenerAnswer(
      sections(
        { name: 'summary', stdout: '4 0100007F:0050 00000000:00000005 33 9\n' },
        { name: 'sockets', stdout: '', status: 127 },
        { name: 'holders', stdout: '', status: 127 },
      ),
    );
    expect(answer).toMatchObject({ ok: true, value: [{ port: 80, queued: 5, limit: null, drops: null, uid: 33 }] });
    expect(listenersView({ takenAt: null, value: answer }).notes).toHaveLength(1);
  });
});

describe('the worst connections', () => {
  it('keep the order of the host', () => {
    const stdout =
      '97\t0 10 10.0.0.1:80 10.0.0.9:4 ino:5 sk:1 <-> \t skmem:(r832,rb131072,w10,tb87040,d2) ts cubic rtt:97/3 cwnd:4 busy:200ms rwnd_limited:100ms(50.0%) retrans:0/9\n3.5\t0 0 10.0.0.1:80 10.0.0.8:5 cubic rtt:3.5/1\ntotal\t412\n';
    const answer = readConnectionsAnswer(sections({ name: 'sockets', stdout }), 'rtt');
    expect(answer).toMatchObject({
      ok: true,
      warnings: [],
      value: { total: 412, worst: [{ peer: { portNumber: 4 } }, {}] },
    });
    const [table] = connectionsView({ takenAt: null, value: answer }).tables;
    expect(table?.rows[0]).toEqual([
      '10.0.0.1:80',
      '10.0.0.9:4',
      0,
      10,
      97,
      9,
      4,
      '50 % (100 ms)',
      null,
      2,
      '832 of 131072',
      '10 of 87040',
      'cubic',
    ]);
    expect(table?.rows[1]).toEqual([
      '10.0.0.1:80',
      '10.0.0.8:5',
      0,
      0,
      3.5,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      'cubic',
    ]);
  });
});

describe('where packets arrive', () => {
  const ident = (release: string, uid: number, scope: string) => ({
    name: 'ident',
    stdout: `/proc/sys/kernel/osrelease:${release}\n/proc/self/status:Uid:\t${uid}\t${uid}\n/proc/sys/kernel/yama/ptrace_scope:${scope}\n`,
  });
  const stdout = `sockets 40
socket 77 tcp 0100007F:0050 00000000:0000 0A -1 0
socket 77 tcp 0100007F:0050 0200007F:1538 01 3 8193
process 77 0 2 0,1 nginx: a
socket 78 udp6 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 1 0
process 78 0 1 1 dns
process 79 1 1 0 other
looked 3 hidden 5 late 1 longest 91
`;

  it('is beside where the process ran', () => {
    const answer = readArrivalAnswer(sections(ident('6.1.0', 0, '0'), { name: 'arrive', stdout }));
    expect(answer).toMatchObject({
      ok: true,
      warnings: [],
      value: {
        sockets: 40,
        looked: 3,
        hidden: 5,
        late: 1,
        longestMicroseconds: 91,
        rows: [
          { pid: 77, name: 'nginx: a', state: 'LISTEN', incomingCpu: null, napiId: null, ranOn: [0, 1], threads: 2 },
          { local: '127.0.0.1:80', remote: '127.0.0.2:5432', incomingCpu: 3, napiId: 8193 },
          { local: '[::1]:53', protocol: 'udp6', state: 'unconnected', incomingCpu: 1, ranOn: [1] },
        ],
        refused: [{ pid: 79, name: 'other', errno: 1 }],
      },
    });
    const view = arrivalsView({ takenAt: null, value: answer });
    expect(view.facts).toContainEqual({ label: 'Arrive on another CPU', value: '1 of 2 that had packets' });
    expect(view.tables[0]?.rows).toEqual([
      ['CPU 0', 0, 2],
      ['CPU 1', 1, 3],
      ['CPU 3', 1, 0],
    ]);
    expect(view.notes).toContain('other (79) refused: EPERM.');
  });

  it.each([
    ['refused pidfd_getfd 38\n', ident('5.4.0', 0, '0'), /ENOSYS.*Linux 5\.6, this is 5\.4\.0/],
    ['refused pidfd_open 38\n', ident('4.15.0', 0, '0'), /Linux 5\.3, this is 4\.15\.0/],
    [
      'refused pidfd_getfd 1\n',
      ident('6.1.0', 1000, '1'),
      /EPERM.*without root.*Yama \(kernel\.yama\.ptrace_scope = 1\)/,
    ],
    [
      'sockets 3\nprocess 9 1 1 0 x\nlooked 0 hidden 0 late 0 longest 0\n',
      ident('6.1.0', 1000, '2'),
      /EPERM.*CAP_SYS_PTRACE/,
    ],
    ['cannot ctypes\n', ident('6.1.0', 0, '0'), /no ctypes/],
    ['cannot machine\n', ident('6.1.0', 0, '0'), /not known for this machine/],
  ])('cannot be told after %j', (text, facts, reason) => {
    const answer = readArrivalAnswer(sections(facts, { name: 'arrive', stdout: text }));
    expect(answer.ok ? '' : answer.reason).toMatch(reason);
  });

  it('takes python3', () => {
    const answer = readArrivalAnswer(sections({ name: 'arrive', stdout: '', status: 127 }));
    expect(answer).toMatchObject({ ok: false, kind: 'no-tool', reason: 'it takes python3, which the host lacks' });
  });
});

describe('TCP_REPAIR, tried', () => {
  it.each([
    ['repair 0\n', { ok: true, value: { errno: 0 } }],
    ['repair 1\n', { ok: true, value: { errno: 1 } }],
    ['Traceback\n', { ok: false, kind: 'unparsed' }],
  ])('%j', (stdout, expected) => {
    expect(readRepairAnswer(sections({ name: 'repair', stdout }))).toMatchObject(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { parseQdiscText, type Qdisc } from '../../../src/kernel/qdisc.ts';
import { parseQdisc, parseQdiscJson } from '../../../src/kernel/qdiscJson.ts';
import { fixture } from './fixture.ts';

const empty = {
  bytes: 0,
  packets: 0,
  drops: 0,
  overlimits: 0,
  requeues: 0,
  backlog: 0,
  qlen: 0,
  options: '',
  details: new Map(),
};

describe('parseQdiscText', () => {
  it('reads a queue that drops', () => {
    expect(parseQdiscText(fixture('tc.tbf.txt')).value).toEqual([
      { dev: 'lo', kind: 'noqueue', handle: '0:', parent: 'root', ...empty },
      { dev: 'eth0', kind: 'noqueue', handle: '0:', parent: 'root', ...empty },
      {
        dev: 'eth1',
        kind: 'tbf',
        handle: '10:',
        parent: 'root',
        bytes: 2_014_186,
        packets: 1933,
        drops: 14_177,
        overlimits: 19_981,
        requeues: 0,
        backlog: 18_756,
        qlen: 18,
        options: 'rate 5Mbit burst 5Kb lat 24.6ms',
        details: new Map(),
      },
    ]);
  });

  it('reads iproute2 4.3', () => {
    expect(parseQdiscText(fixture('tc.xenial.txt')).value.map((qdisc) => qdisc.dev)).toEqual(['lo', 'eth0', 'eth1']);
  });

  it('finds the same queues as the JSON of a moment later', () => {
    const identities = (qdiscs: readonly Qdisc[]) =>
      qdiscs.map(({ dev, kind, handle, parent, drops, qlen }) => ({ dev, kind, handle, parent, drops, qlen }));
    const text = identities(parseQdiscText(fixture('tc.mq.txt')).value);
    expect(text).toEqual(identities(parseQdiscJson(fixture('tc.mq.json')).value));
    expect(text).toContainEqual({ dev: 'enp2s0', kind: 'fq_codel', handle: '0:', parent: ':8', drops: 0, qlen: 0 });
  });

  it.each([
    ['qdisc clsact ffff: dev lo parent ffff:fff1', { kind: 'clsact', parent: 'clsact' }],
    ['qdisc ingress ffff: dev eth0 parent ffff:fff1 ----------------', { kind: 'ingress', parent: 'ingress' }],
    ['qdisc mq 0: dev eth0 root offloaded', { kind: 'mq', parent: 'root' }],
    ['qdisc fq 8001: dev eth0 parent 8000:2 limit 10000p', { handle: '8001:', parent: '8000:2' }],
  ])('reads "%s" and leaves unprinted counters open', (line, expected) => {
    const { value, warnings } = parseQdiscText(`${line}\n`);
    expect(value).toMatchObject([{ ...expected, bytes: null, drops: null, backlog: null, qlen: null }]);
    expect(warnings).toEqual([]);
  });

  it('takes the first backlog: with an estimator before it, in units, and not that of a tin', () => {
    const text =
      'qdisc cake 8001: dev eth0 root\n' +
      ' Sent 10 bytes 2 pkt (dropped 1, overlimits 0 requeues 0)\n' +
      ' rate 0bit 0pps backlog 15Kb 10p requeues 3\n' +
      '  backlog            0b           0b\n backlog 7b 7p requeues 0\n';
    expect(parseQdiscText(text).value).toMatchObject([{ drops: 1, requeues: 0, backlog: 15_360, qlen: 10 }]);
  });

  it('reports lines that belong to nothing', () => {
    const { value, warnings } = parseQdiscText('qdisc fq 0: root\nRTNETLINK answers: Operation not permitted\n');
    expect(value).toEqual([]);
    expect(warnings.map((warning) => warning.line)).toEqual([1, 2]);
  });
});

describe('what a kind counts beside', () => {
  it('is the same in both forms', () => {
    const details = (qdiscs: readonly Qdisc[]) => qdiscs.map((qdisc) => [...qdisc.details.keys()].sort());
    const text = details(parseQdiscText(fixture('tc.mq.txt')).value);
    expect(text).toEqual(details(parseQdiscJson(fixture('tc.mq.json')).value));
    expect(text).toContainEqual([
      'drop_overlimit',
      'ecn_mark',
      'maxpacket',
      'new_flow_count',
      'new_flows_len',
      'old_flows_len',
    ]);
  });

  it('stands before its name in fq of iproute2 before 6.7', () => {
    const fq =
      'qdisc fq 8001: dev eth0 root refcnt 2 limit 10000p\n Sent 1 bytes 1 pkt (dropped 0, overlimits 0 requeues 0)\n' +
      ' backlog 0b 0p requeues 0\n  3 flows (2 inactive, 1 throttled)\n  0 gc, 7 highprio, 25 throttled\n';
    expect(Object.fromEntries(parseQdiscText(fq).value[0]?.details ?? [])).toEqual({
      flows: 3,
      inactive_flows: 2,
      throttled_flows: 1,
      gc: 0,
      highprio: 7,
      throttled: 25,
    });
  });
});

describe('parseQdisc', () => {
  it('tells the forms apart', () => {
    expect(parseQdisc(fixture('tc.mq.txt')).value).toHaveLength(parseQdisc(fixture('tc.mq.json')).value.length);
  });

  it('reads what is left where one kind breaks the array', () => {
    const { value, warnings } = parseQdisc(
      '[{"kind":"mq","dev":"eth0","root":true,"drops":1},{"kind":"cbq","dev":"eth1",bounded,"drops":2},{"kind":"fq","dev":"eth2","drops":3}]',
    );
    expect(value.map(({ dev, drops }) => [dev, drops])).toEqual([
      ['eth0', 1],
      ['eth2', 3],
    ]);
    expect(warnings).toHaveLength(1);
  });
});

describe('parseQdiscJson', () => {
  it('reads a queue that drops', () => {
    expect(parseQdiscJson(fixture('tc.tbf.json')).value[2]).toMatchObject({
      dev: 'eth1',
      parent: 'root',
      drops: 14_177,
      backlog: 16_672,
      qlen: 16,
    });
  });

  it.each(['{}', '[{"kind":"fq"', '[{"kind":"fq"}]', '[null]', 'qdisc fq 0: dev eth0 root'])('reports %s', (text) => {
    expect(parseQdiscJson(text)).toEqual({ value: [], warnings: [{ line: 1, message: expect.any(String) }] });
  });

  it('passes over empty entries and keeps absent counters open', () => {
    const { value, warnings } = parseQdiscJson(
      '[{},{"kind":"clsact","handle":"ffff:","dev":"lo","parent":"ffff:fff1"}]',
    );
    expect(value).toMatchObject([{ parent: 'clsact', bytes: null, qlen: null }]);
    expect(warnings).toEqual([]);
  });
});

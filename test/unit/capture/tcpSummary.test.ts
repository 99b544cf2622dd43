import { describe, expect, it } from 'vitest';
import { parseTcpSection } from '../../../src/capture/tcpSummary.ts';

describe('the summary of TCP sockets', () => {
  it('is read line by line', () => {
    const { value, warnings } = parseTcpSection(
      'state 4 01 7\nstate 6 01 2\nrxq 01 3\npair 4 0100007F 0200007F:1538 25\n',
    );
    expect(warnings).toEqual([]);
    expect(value.states.get('ESTABLISHED')).toEqual({ v4: 7, v6: 2 });
    expect(value.queued.get('ESTABLISHED')).toEqual({ rx: 3, tx: 0 });
    expect(value.outgoing).toEqual([
      { localAddress: '127.0.0.1', remoteAddress: '127.0.0.2', remotePort: 5432, sockets: 25 },
    ]);
  });

  it('adds up a pair that comes twice', () => {
    const { value } = parseTcpSection('pair 4 0100007F 0200007F:1538 25\npair 4 0100007F 0200007F:1538 30\n');
    expect(value.outgoing.map((pair) => pair.sockets)).toEqual([55]);
  });

  it('has no pair without a port', () => {
    for (const remote of ['0200007F', '0200007F:', '0200007F:x']) {
      const { value, warnings } = parseTcpSection(`pair 4 0100007F ${remote} 25\n`);
      expect(value.outgoing).toEqual([]);
      expect(warnings).toHaveLength(1);
    }
  });

  it('bounds its warnings and its pairs, and says nothing unprintable', () => {
    const { warnings } = parseTcpSection('what \u001b[31m is this\n'.repeat(5000));
    expect(warnings).toHaveLength(101);
    expect(warnings[0]?.message).toBe('not understood: what [31m is this');
    const tail = parseTcpSection(`==> /proc/net/tcp <==\nx\n\n`.repeat(5000));
    expect(tail.warnings).toHaveLength(101);
    const pairs = Array.from({ length: 3000 }, (_, at) => `pair 4 0100007F 0200007F:${at.toString(16)} ${at}`);
    const { outgoing } = parseTcpSection(pairs.join('\n')).value;
    expect(outgoing).toHaveLength(1000);
    expect(outgoing[0]?.sockets).toBe(2999);
  });
});

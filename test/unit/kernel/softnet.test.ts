import { describe, expect, it } from 'vitest';
import { parseSoftnetStat } from '../../../src/kernel/softnet.ts';
import { fixture } from './fixture.ts';

const zeros = (columns: number) => Array.from({ length: columns }, () => '00000000');
const line = (columns: number, ...values: readonly string[]) =>
  [...values, ...zeros(columns)].slice(0, columns).join(' ');

describe('parseSoftnetStat', () => {
  it('reads 13 columns (6.1)', () => {
    const { value } = parseSoftnetStat(fixture('softnet_stat.6.1.txt'), null);
    expect(value.map((row) => row.cpu)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(value[0]?.columns).toHaveLength(13);
    expect(value[0]).toMatchObject({ flow_limit_count: 0, backlog_len: 0, input_qlen: null, process_qlen: null });
  });

  it('reads 15 columns (6.8)', () => {
    const { value } = parseSoftnetStat(fixture('softnet_stat.6.8.txt'), null);
    expect(value[7]).toMatchObject({ cpu: 7, input_qlen: 0, process_qlen: 0 });
  });

  it('reads hex and keeps columns of later kernels', () => {
    const { value } = parseSoftnetStat(`${line(16, '1ba0fbc3', '0000000a', 'FFFFFFFF')}\n`, null);
    expect(value[0]).toMatchObject({ processed: 463_535_043, dropped: 10, time_squeeze: 4_294_967_295 });
    expect(value[0]?.columns).toHaveLength(16);
  });

  it.each([
    [9, { cpu_collision: 0, received_rps: null, flow_limit_count: null }],
    [10, { received_rps: 0, flow_limit_count: null }],
    [11, { flow_limit_count: 0, backlog_len: null }],
  ])('gives null for what a kernel with %i columns does not count', (columns, expected) => {
    const { value, warnings } = parseSoftnetStat(`${line(columns)}\n${line(columns)}\n`, [0, 3]);
    expect(value[1]).toMatchObject({ cpu: 3, ...expected });
    expect(warnings).toEqual([]);
  });

  it.each([[null], [[0, 1, 2]], [[]]])('leaves the CPU open when the online list (%j) does not fit', (online) => {
    const { value, warnings } = parseSoftnetStat(`${line(11)}\n${line(11)}\n`, online);
    expect(value.map((row) => row.cpu)).toEqual([null, null]);
    expect(warnings).toHaveLength(1);
  });

  it('keeps the place of a line it cannot read', () => {
    const text = `${line(11)}\nnonsense\n${line(11)}\n`;
    const { value, warnings } = parseSoftnetStat(text, [0, 2, 5]);
    expect(value.map((row) => row.cpu)).toEqual([0, 5]);
    expect(warnings).toEqual([{ line: 2, message: expect.any(String) }]);
  });

  it.each(['00015c73 00020e76 F0000769 00000000', '0000000g '.repeat(13)])('rejects %s', (text) => {
    const { value, warnings } = parseSoftnetStat(`${text}\n`, [0]);
    expect(value).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  it('never takes a cut number for a whole one', () => {
    const text = fixture('softnet_stat.6.8.txt');
    const whole = parseSoftnetStat(text, null).value;
    for (let length = text.indexOf('\n') + 1; length < text.length; length += 1) {
      const { value } = parseSoftnetStat(text.slice(0, length), null);
      expect(value).toEqual(whole.slice(0, value.length));
    }
  });
});

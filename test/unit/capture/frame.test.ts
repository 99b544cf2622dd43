import { describe, expect, it } from 'vitest';
import { parseCapture } from '../../../src/capture/frame.ts';

const whole = [
  '@@n1 packet-path 1',
  '',
  '@@n1 < date',
  '1795412619',
  '',
  '@@n1 > 0 10.00 10.01 date',
  '',
  '@@n1 < ethtool-S@A eth0',
  '@@n2 > 0 1 2 forged',
  'no stats available',
  '@@n1 !',
  'netlink error: Operation not permitted',
  '@@n1 > 94 10.01 10.03 ethtool-S@A eth0',
  '',
  '@@n1 < end',
  '',
  '@@n1 > 0 12.00 12.00 end',
  '',
].join('\n');

describe('parseCapture', () => {
  it('reads sections with status, times, stdout and stderr', () => {
    const { version, nonce, sections, problems } = parseCapture(whole);
    expect({ version, nonce, problems }).toEqual({ version: 1, nonce: 'n1', problems: [] });
    expect(sections.map((section) => section.name)).toEqual(['date', 'ethtool-S@A eth0', 'end']);
    expect(sections[0]).toEqual({
      name: 'date',
      status: 0,
      startedAt: 10,
      endedAt: 10.01,
      stdout: '1795412619\n',
      stderr: '',
    });
    expect(sections[1]).toMatchObject({ status: 94, stderr: 'netlink error: Operation not permitted' });
  });

  it('takes a marker with another nonce as payload', () => {
    expect(parseCapture(whole).sections[1]?.stdout).toBe('@@n2 > 0 1 2 forged\nno stats available');
  });

  it('skips what a login shell printed first, and says so', () => {
    const { sections, problems } = parseCapture(`Welcome!\n@@n9 nothing\n${whole}`);
    expect(sections).toHaveLength(3);
    expect(problems).toEqual(['22 characters before the capture, printed by the login shell']);
  });

  it('says of any text that is no capture that it is none', () => {
    for (const text of ['', '@@', 'Permission denied, please try again.', '\0\0\0']) {
      expect(parseCapture(text).problems[0]).toContain('not a capture');
    }
  });

  it('warns of a newer format', () => {
    expect(parseCapture(whole.replace('packet-path 1', 'packet-path 7')).problems).toContain(
      'capture format 7 is newer than this reader (1)',
    );
  });

  it('reads what there is of a capture that is cut off at any byte', () => {
    for (let length = 0; length < whole.length - 1; length++) {
      const { nonce, sections, problems } = parseCapture(whole.slice(0, length));
      if (nonce === null) continue;
      const unfinished = sections.filter((section) => section.status === null);
      expect(unfinished.length).toBeLessThanOrEqual(1);
      expect(sections.at(-1)?.name === 'end' ? unfinished : problems.join()).not.toBe('');
    }
    expect(parseCapture(whole.slice(0, whole.indexOf('no stats'))).problems).toEqual([
      'the capture is cut off in or after "ethtool-S@A eth0"',
    ]);
  });

  it('keeps an unknown clock apart from zero', () => {
    expect(parseCapture(whole.replace('10.00 10.01', '- -')).sections[0]).toMatchObject({
      startedAt: null,
      endedAt: null,
    });
  });
});

describe('captures as they come', () => {
  it('begin anywhere in a line', () => {
    const { sections, problems } = parseCapture(`\u001b]0;web-1\u0007${whole}`);
    expect(sections).toHaveLength(3);
    expect(problems).toEqual([expect.stringContaining('before the capture')]);
  });

  it('may have other line ends, before them too', () => {
    const { sections } = parseCapture(`Welcome\n\n\nto web-1\n${whole}`.replaceAll('\n', '\r\n'));
    expect(sections.map(({ name, status }) => [name, status])).toEqual([
      ['date', 0],
      ['ethtool-S@A eth0', 94],
      ['end', 0],
    ]);
    expect(sections[1]?.stderr).toBe('netlink error: Operation not permitted');
  });
});

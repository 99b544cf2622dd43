import { describe, expect, it } from 'vitest';
import { parseCapture } from '../../../src/capture/frame.ts';
import { Sections, TailFiles } from '../../../src/capture/sections.ts';
import { captureText, tailOf } from './captureText.ts';

const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const evil = `\u001b]0;owned\u0007\u202e not permitted ${'x'.repeat(5000)}\nsecond line`;

describe('why there is no reading', () => {
  it.each([-1, 1, 2, 124, 127])('is printable and short, whatever the host wrote (status %d)', (status) => {
    const sections = new Sections(
      parseCapture(
        captureText([
          { name: 'qdisc@A', stdout: '', stderr: evil, status },
          { name: 'ident', stdout: '', stderr: evil, status },
        ]),
      ).sections,
    );
    const tool = sections.tool('qdisc@A', 'tc -s qdisc show', () => ({ value: null, warnings: [] }));
    for (const reading of [tool, sections.files('ident', '/etc/os-release')]) {
      expect(reading.ok).toBe(false);
      const reason = reading.ok ? '' : reading.reason;
      expect(reason).not.toMatch(unprintable);
      expect(reason.length).toBeLessThan(310);
    }
  });
});

describe('the files of one section', () => {
  it('are found by path; of one that was printed twice the first counts', () => {
    const stdout = `${tailOf({ '/proc/uptime': '1', '/proc/stat': 'cpu 1' })}\n==> /proc/uptime <==\n2`;
    const [section] = parseCapture(captureText([{ name: 'counters@A', stdout }])).sections;
    const files = new TailFiles(section);
    expect(files.text('/proc/uptime')).toBe('1');
    expect(files.text('/proc/none')).toBeNull();
  });
});

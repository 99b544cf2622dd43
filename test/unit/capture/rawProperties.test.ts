// What must hold of any text and any bytes: a capture and a report are what somebody else made.
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawEntries } from '../../../src/capture/raw/entries.ts';
import { lineOf, linesOfPage, pageOfLine, pagesOf } from '../../../src/capture/raw/pages.ts';
import { searchRaw } from '../../../src/capture/raw/search.ts';
import { valueOfLine, valueOfText } from '../../../src/capture/raw/value.ts';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { reportPath } from '../../../src/capture/sos/reportPaths.ts';
import { sosCapture } from '../../../src/capture/sos/sosCapture.ts';
import { tarFiles } from '../../../src/capture/sos/tar.ts';
import { anyText, fuzzRuns } from '../fuzz.ts';

const runs = { numRuns: fuzzRuns };
const section = { name: 'counters@A', status: 0, startedAt: 1, endedAt: 1, stdout: '', stderr: '' };

describe('any text', () => {
  it('is shown line by line, whole, wherever its pages begin', () => {
    fc.assert(
      fc.property(anyText, fc.nat(2000), (text, times) => {
        const long = text.repeat(text.length === 0 ? 1 : Math.min(times, Math.ceil(20_000 / text.length)));
        const pages = pagesOf(long);
        const expected = long === '' ? [] : long.replace(/\n$/, '').split('\n');
        const shown = pages.starts.flatMap((_, page) => linesOfPage(long, pages, page));
        expect(shown.length).toBe(expected.length);
        expect(pages.lines).toBe(expected.length);
        for (const [index, line] of expected.entries()) {
          const whole = line.replace(/\r$/, '');
          const { text: seen = '', left = 0 } = shown[index] ?? {};
          expect(whole.startsWith(seen) && whole.length === seen.length + left).toBe(true);
        }
        for (const line of [0, pages.lines - 1, Math.floor(pages.lines / 2)]) {
          const at = lineOf(long, pages, line);
          expect(at === null ? undefined : long.slice(at.from, at.end)).toBe(expected[line]);
          expect(pages.starts[pageOfLine(pages, line)]?.line ?? 0).toBeLessThanOrEqual(Math.max(0, line));
        }
      }),
      runs,
    );
  });

  it('has as many hits as there are places of the words, each in a line that has it', () => {
    fc.assert(
      fc.property(anyText, fc.nat(199), fc.integer({ min: 1, max: 6 }), (text, from, length) => {
        const query = text.slice(from, from + length);
        // The long s and the Kelvin sign are an s and a k to the search, and not to toLowerCase.
        fc.pre(query !== '' && !/[\p{Cs}\u017f\u212a]/u.test(`${query}\n${text}`) && query.toLowerCase() === query);
        const [entry] = rawEntries([{ ...section, stdout: text }]);
        fc.pre(entry !== undefined);
        const { total, hits } = searchRaw(entry === undefined ? [] : [entry], query);
        expect(total).toBeGreaterThanOrEqual(text.split(query).length - 1);
        expect(total).toBeGreaterThan(0);
        if (!query.includes('\n'))
          for (const { line } of hits) expect(text.split('\n')[line]?.toLowerCase()).toContain(query);
      }),
      runs,
    );
  });

  it('has a value behind its lines, or a reason why not', () => {
    const paths = ['/proc/net/softnet_stat', '/proc/interrupts', '/proc/net/snmp', '/proc/net/tcp', '/proc/nothing'];
    fc.assert(
      fc.property(fc.constantFrom(...paths), anyText, fc.nat(20), (path, text, line) => {
        const [, entry] = rawEntries([{ ...section, stdout: `==> ${path} <==\n${text}` }]);
        if (entry === undefined) return;
        for (const value of [valueOfText(entry), valueOfLine(entry, pagesOf(entry.text), line)])
          expect(value.ok || value.reason !== '').toBe(true);
      }),
      runs,
    );
  });
});

describe('any report', () => {
  it('is read, whatever its files say', () => {
    const paths = [
      'proc/interrupts',
      'proc/net/dev',
      'proc/net/tcp',
      'sys/devices/pci0000:00/0000:00:03.0/net/eth0/flags',
      'etc/sysctl.d/1.conf',
      'sos_commands/kernel/sysctl_-a',
      'sos_commands/networking/ip_-s_-d_link',
      'sos_commands/networking/ethtool_-i_eth0',
      'sos_commands/networking/ss_-peaonmi',
      'sos_commands/date/date',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...paths), anyText), (files) => {
        const report = { files: new Map(Object.entries(files)), links: new Map<string, string>() };
        const { samples, problems } = readSnapshot(sosCapture(report, 'nonce1', 'r'));
        expect(samples).toHaveLength(1);
        expect(problems.filter((problem) => problem.includes('cut off'))).toEqual([]);
      }),
      runs,
    );
  });

  it('has no path that leads out of it', () => {
    const word = fc.constantFrom('..', '.', '', 'proc', 'sys', 'etc', 'sosreport-1', 'passwd', 'a..b');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const inside = reportPath(words.join('/'));
        if (inside === null) return;
        expect(inside.split('/')).not.toContain('..');
        expect(inside).toMatch(/^(?:proc|sys|etc|usr|run|lib|boot|sos_commands)\//);
      }),
      runs,
    );
  });

  it('that is no archive is refused, and one that is cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 513, maxLength: 2000 }), fc.nat(600), async (bytes, size) => {
        const read = async (): Promise<number> => {
          let files = 0;
          const chunks = [bytes.subarray(0, size), bytes.subarray(size)];
          for await (const { bytes: content } of tarFiles(Readable.from(chunks), () => true))
            files += 1 + content.length;
          return files;
        };
        fc.pre(bytes.subarray(0, 512).some((byte) => byte !== 0));
        await expect(read()).rejects.toThrow(/archive/);
      }),
      runs,
    );
  });
});

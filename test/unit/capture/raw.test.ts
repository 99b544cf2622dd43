// The texts of a capture as the Raw tab shows them, out of a real capture.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCapture, type Section } from '../../../src/capture/frame.ts';
import { outcomeOf, type RawEntry, rawEntries } from '../../../src/capture/raw/entries.ts';
import { lineOf, linesOfPage, pageOfLine, pagesOf } from '../../../src/capture/raw/pages.ts';
import { searchRaw } from '../../../src/capture/raw/search.ts';
import { valueOfLine, valueOfText } from '../../../src/capture/raw/value.ts';

const text = readFileSync(join(import.meta.dirname, '../../fixtures/captures/vm-8cpu.netsnap'), 'utf8');
const { sections } = parseCapture(text);
const entries = rawEntries(sections);

function entry(section: string, label = section): RawEntry {
  const found = entries.find((each) => each.section.name === section && each.label === label);
  if (found === undefined) throw new Error(`no ${label} in ${section}`);
  return found;
}

/** What a line that holds these words gives. */
function ofLine(from: RawEntry, words: string): ReturnType<typeof valueOfLine> {
  const line = from.text.split('\n').findIndex((each) => each.includes(words));
  expect(line).toBeGreaterThanOrEqual(0);
  return valueOfLine(from, pagesOf(from.text), line);
}

describe('entries', () => {
  it('are the sections, each followed by its files and its stderr', () => {
    const names = sections.filter(({ name }) => name !== 'end').map(({ name }) => name);
    expect(entries.filter(({ kind }) => kind === 'section').map(({ label }) => label)).toEqual(names);
    const files = entries.filter(({ kind, section }) => kind === 'file' && section.name === 'counters@A');
    expect(files.map(({ label }) => label).slice(0, 3)).toEqual([
      '/proc/uptime',
      '/proc/sys/kernel/random/boot_id',
      '/proc/net/softnet_stat',
    ]);
    expect(files.at(-1)?.label).toBe('/proc/uptime (2)');
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });

  it('lose nothing of what was printed', () => {
    const { text: whole } = entry('counters@A');
    const parts = entries.filter(({ kind, section }) => kind === 'file' && section.name === 'counters@A');
    const again = parts.map((part) => `==> ${part.label.replace(' (2)', '')} <==\n${part.text}`).join('\n');
    expect(again).toBe(whole);
  });
});

describe('outcomes', () => {
  const section = (changes: Partial<Section>): Section => ({
    name: 'ethtool-g eth0',
    status: 0,
    startedAt: 1,
    endedAt: 1,
    stdout: '',
    stderr: '',
    ...changes,
  });
  it.each([
    [{}, { word: 'read', isGood: true, why: '' }],
    [{ status: 127 }, { word: 'no tool', isGood: false, why: 'the host has no ethtool' }],
    [{ status: 124 }, { word: 'timed out', isGood: false, why: 'ethtool did not finish in time' }],
    [{ status: null }, { word: 'cut off', isGood: false, why: 'the capture ends here' }],
    [
      { status: -1, stderr: 'too many\n' },
      { word: 'skipped', isGood: false, why: 'too many' },
    ],
    [
      { status: 71, stderr: 'netlink error: Operation not permitted\n' },
      { word: 'denied', isGood: false },
    ],
    [
      { status: 75, stderr: 'netlink error: Operation not supported\n' },
      { word: 'failed', isGood: false },
    ],
    [
      { name: 'netdev', status: 2, stdout: '/sys/x:1\n' },
      { word: 'read', isGood: true },
    ],
    [
      { name: 'netdev', status: 1 },
      { word: 'nothing', isGood: false, why: 'none of its files can be read' },
    ],
  ])('of %j', (changes, outcome) => {
    expect(outcomeOf(section(changes))).toMatchObject(outcome);
  });
});

describe('pages', () => {
  it('hold every line once, whatever its length', () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `${index} ${'x'.repeat(index % 7 === 0 ? 30_000 : 3)}`);
    for (const end of ['', '\n']) {
      const long = lines.join('\n') + end;
      const pages = pagesOf(long);
      expect(pages.lines).toBe(3000);
      const shown = pages.starts.flatMap((_, page) => linesOfPage(long, pages, page));
      expect(shown).toHaveLength(3000);
      expect(shown.every((line, index) => line.text.length + line.left === lines[index]?.length)).toBe(true);
      for (const line of [0, 499, 500, 1234, 2999]) {
        const start = pages.starts[pageOfLine(pages, line)];
        expect(linesOfPage(long, pages, pageOfLine(pages, line))[line - (start?.line ?? 0)]?.text).toMatch(
          new RegExp(`^${line} `),
        );
        const at = lineOf(long, pages, line);
        expect(long.slice(at?.from, at?.end)).toBe(lines[line]);
      }
    }
  });

  it('of nothing are one, with no line', () => {
    const pages = pagesOf('');
    expect(pages).toMatchObject({ lines: 0, starts: [{ line: 0 }] });
    expect(linesOfPage('', pages, 0)).toEqual([]);
    expect(lineOf('', pages, 0)).toBeNull();
  });
});

describe('search', () => {
  it('finds what is there, upper and lower case alike, in every text once', () => {
    const leaves = entries.filter(({ isSplit }) => !isSplit);
    const found = searchRaw(leaves, 'listenOVERFLOWS');
    expect(found.total).toBe(2);
    expect(found.hits.map((hit) => entries.find(({ id }) => id === hit.entry)?.label)).toEqual([
      '/proc/net/netstat',
      '/proc/net/netstat',
    ]);
    for (const { entry: id, line } of found.hits) {
      expect(entries.find((each) => each.id === id)?.text.split('\n')[line]).toContain('ListenOverflows');
    }
  });

  it('takes the words as they stand, lists no more than 2,000 and counts the rest', () => {
    const one = { ...entry('date'), text: 'a.b\naxb\n'.repeat(3000) };
    expect(searchRaw([one], 'a.b')).toMatchObject({ total: 3000 });
    const { total, hits, counts } = searchRaw([one], 'a');
    expect({ total, listed: hits.length, counts: counts[0]?.hits }).toEqual({
      total: 6000,
      listed: 2000,
      counts: 6000,
    });
    expect(searchRaw([one], '').total).toBe(0);
    expect(searchRaw([one], '(').total).toBe(0);
  });
});

describe('the value behind a line', () => {
  it('is the record of that line, with what only the whole text tells', () => {
    const softnet = entry('counters@A', '/proc/net/softnet_stat');
    const third = valueOfLine(softnet, pagesOf(softnet.text), 2);
    expect(third).toMatchObject({ ok: true, value: { 2: { cpu: 2 } } });
    const interrupts = entry('counters@A', '/proc/interrupts');
    const [, , , row = ''] = interrupts.text.split('\n');
    const irq = row.trim().split(':')[0];
    const value = ofLine(interrupts, row);
    expect(value.ok && Object.keys(value.value as object)).toEqual(['rows.2']);
    expect(JSON.stringify(value)).toContain(`"${irq}"`);
  });

  it('in a text of megabytes is that of the line below the first', () => {
    const { text: small, ...rest } = entry('counters@A', '/proc/interrupts');
    const [header = '', ...rows] = small.split('\n').filter((line) => line !== '');
    const large = [header, ...Array.from({ length: 20_000 }, (_, index) => rows[index % rows.length] ?? '')].join('\n');
    expect(large.length).toBeGreaterThan(1024 * 1024);
    const value = valueOfLine({ ...rest, text: large }, pagesOf(large), 15_000);
    const irq = large.split('\n')[15_000]?.trim().split(':')[0];
    expect(value).toMatchObject({ ok: true, value: { 'rows.0': { irq } }, note: expect.stringContaining('by itself') });
  });

  it('is told for every line of every text that a parser reads, or why not', () => {
    const read = entries.filter((each) => valueOfText(each).ok && each.text.length < 20_000);
    expect(read.length).toBeGreaterThan(20);
    let told = 0;
    for (const each of read) {
      const pages = pagesOf(each.text);
      for (let line = 0; line < Math.min(pages.lines, 40); line++) {
        const value = valueOfLine(each, pages, line);
        if (value.ok) told += Object.keys(value.value as object).length;
        else expect(value.reason).not.toBe('');
      }
    }
    expect(told).toBeGreaterThan(300);
  });

  it('is what a counter line adds to its section', () => {
    const netstat = entry('counters@A', '/proc/net/netstat');
    const line = netstat.text.split('\n').findIndex((each) => /^IpExt: \d/.test(each));
    const value = valueOfLine(netstat, pagesOf(netstat.text), line);
    expect(value.ok && Object.keys(value.value as object)).toEqual(['IpExt']);
    const heading = valueOfLine(netstat, pagesOf(netstat.text), line - 1);
    expect(heading).toMatchObject({ ok: false, reason: expect.stringContaining('gives no value') });
  });

  it('of a file that grep printed is that file', () => {
    expect(ofLine(entry('sysctl'), '/proc/sys/net/core/somaxconn:')).toMatchObject({
      ok: true,
      title: '/proc/sys/net/core/somaxconn',
      value: { file: '/proc/sys/net/core/somaxconn' },
    });
  });

  it('is not there where no parser reads the text, and says so', () => {
    expect(valueOfText(entry('date'))).toEqual({ ok: false, reason: 'no parser reads date' });
    const broken = { ...entry('date'), kind: 'stderr', label: 'stderr' } as const;
    expect(valueOfText(broken)).toMatchObject({ ok: false, reason: expect.stringContaining('stderr') });
  });

  it('of the collector’s own count of sockets is not taken for /proc/net/tcp', () => {
    expect(valueOfText(entry('tcp@A'))).toMatchObject({ ok: true, title: 'Parsed as tcp summary', note: '' });
  });
});

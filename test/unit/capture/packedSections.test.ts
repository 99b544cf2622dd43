import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCapture } from '../../../src/capture/frame.ts';
import { unpackSections } from '../../../src/capture/packedSections.ts';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { fuzzRuns, timeOf } from '../fuzz.ts';
import { tailOf } from './captureText.ts';

const limit = 2 * 1024 * 1024;

interface Part {
  readonly name: string;
  readonly stdout: string;
  readonly packed: boolean;
}

const plainOf = (parts: readonly Part[]) => framed(parts.map((part) => ({ ...part, packed: false })));

/** As the collector prints it: the payload of a packed section is a gzip stream. */
function framed(parts: readonly Part[]): Buffer {
  const sections = [...parts, { name: 'end', stdout: '', packed: false }].flatMap(({ name, stdout, packed }) => [
    Buffer.from(`\n@@t1 ${packed ? '<z' : '<'} ${name}\n`),
    packed ? gzipSync(stdout, { level: 1 }) : Buffer.from(stdout),
    Buffer.from(`\n@@t1 > 0 1.00 1.01 ${name}\n`),
  ]);
  return Buffer.concat([Buffer.from('@@t1 packet-path 1\n'), ...sections]);
}

const counters = tailOf({
  '/proc/net/sockstat': 'sockets: used 1234\nTCP: inuse 5678 orphan 0 tw 0 alloc 9 mem 1\n',
  '/proc/net/snmp6': Array.from({ length: 400 }, (_, n) => `Ip6Counter${n * n} ${n * 7919}\n`).join(''),
  '/proc/uptime': '1 1\n',
});
const real: readonly Part[] = [
  { name: 'date', stdout: '1\n', packed: false },
  { name: 'counters@A', stdout: counters, packed: true },
  { name: 'sysctl', stdout: '/proc/sys/net/core/somaxconn:4096\n', packed: false },
  { name: 'irq', stdout: '', packed: true },
  { name: 'queues', stdout: '/sys/class/net/eth0/queues/rx-0/rps_cpus:0\n', packed: true },
];

describe('unpackSections', () => {
  it('gives back a capture without packed sections as it is, not copied', async () => {
    const capture = plainOf(real);
    expect((await unpackSections(capture, 't1', limit)).text).toBe(capture);
  });

  it('makes any capture the text that it would have been', async () => {
    const part = fc.record({
      name: fc.constantFrom('counters@A', 'irq', 'netdev', 'z'),
      stdout: fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string().map((text) => text.repeat(3000)),
      ),
      packed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        const { text, tooMuch } = await unpackSections(framed(parts), 't1', limit);
        expect(tooMuch).toBe(false);
        expect(text.equals(plainOf(parts))).toBe(true);
      }),
      { numRuns: fuzzRuns },
    );
  });

  it('keeps whole lines of a stream that is cut off, wherever that is, and takes nothing for whole that is not', async () => {
    const capture = framed(real);
    const full = readSnapshot(plainOf(real).toString());
    for (let length = 20; length < capture.length - 40; length += 13) {
      const { text, tooMuch } = await unpackSections(capture.subarray(0, length), 't1', limit);
      expect(tooMuch).toBe(false);
      const snapshot = readSnapshot(text.toString());
      expect(snapshot.problems.join()).toContain('cut off');
      const sockstat = snapshot.samples[0]?.sockstat;
      if (sockstat?.ok === true) expect(sockstat).toEqual(full.samples[0]?.sockstat);
      else if (sockstat !== undefined) expect(sockstat.kind).toBe('truncated');
      for (const { name, stdout, status } of parseCapture(text.toString()).sections) {
        const whole = real.find((part) => part.name === name)?.stdout ?? '';
        // Of a closing marker that is cut off, the newline before it may be left.
        expect(whole.startsWith(stdout.trimEnd())).toBe(true);
        if (status !== null) expect(stdout).toBe(whole);
      }
    }
  });

  it('says of a damaged stream that it is, keeps what came before, and reads what follows', async () => {
    const capture = framed(real);
    const from = capture.indexOf('<z counters@A\n') + 15;
    const damage = fc.record({ at: fc.nat(1500), bits: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bits }) => {
        const broken = Buffer.from(capture);
        broken[from + at] = (broken[from + at] ?? 0) ^ bits;
        const { text } = await unpackSections(broken, 't1', limit);
        const { sections } = parseCapture(text.toString());
        expect(sections.map(({ name }) => name)).toEqual([...real.map(({ name }) => name), 'end']);
        const section = sections.find(({ name }) => name === 'counters@A');
        if (section?.status === 0) expect(section.stdout).toBe(counters);
        else expect(section).toMatchObject({ status: null, stderr: expect.stringContaining('damaged') });
        expect(sections.find(({ name }) => name === 'sysctl')?.stdout).toContain('4096');
      }),
      { numRuns: fuzzRuns },
    );
  });

  it('inflates no more than a capture may hold, whatever a stream says of itself', async () => {
    const bomb = { name: 'irq', stdout: '0'.repeat(2 * limit), packed: true };
    const honest = framed([bomb]);
    const small = Buffer.from(honest);
    small.writeUInt32LE(10, small.indexOf('\n@@t1 > 0 1.00 1.01 irq') - 4);
    let ms = 0;
    for (const [capture, tooMuch] of [
      [honest, true],
      [small, false],
      [framed([bomb, bomb, bomb]), true],
    ] as const) {
      const started = process.cpuUsage();
      const found = await unpackSections(capture, 't1', limit);
      ms += process.cpuUsage(started).user / 1000;
      expect(found.tooMuch).toBe(tooMuch);
      expect(found.text.length).toBeLessThanOrEqual(limit);
    }
    expect(ms).toBeLessThan(3000);
  });

  it('may be given marker after marker', async () => {
    const many = Buffer.from(`@@t1 packet-path 1\n${'\n@@t1 <z a\n'.repeat(20_000)}`);
    let length = 0;
    const started = process.cpuUsage();
    length = (await unpackSections(many, 't1', limit)).text.length;
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
    expect(length).toBeLessThanOrEqual(limit);
    expect(timeOf(() => parseCapture(many.toString()))).toBeLessThan(2000);
  });
});

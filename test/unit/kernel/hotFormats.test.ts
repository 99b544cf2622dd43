import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAddress } from '../../../src/kernel/hexAddress.ts';
import { parseInterrupts } from '../../../src/kernel/interrupts.ts';
import { parseProcNetTcp } from '../../../src/kernel/procNetTcp.ts';
import { decimal } from '../../../src/kernel/scan.ts';
import * as bytes from '../../../src/kernel/scanBytes.ts';
import { parseSoftnetStat } from '../../../src/kernel/softnet.ts';
import { anyText } from '../fuzz.ts';

/** The formats that are scanned by bytes, against the plainest reading there is of what a kernel can print. */
const count = fc.oneof(fc.nat(9), fc.nat(2 ** 31 - 1), fc.constantFrom(2 ** 31, 2 ** 32 - 1));
const word = fc.nat({ max: 2 ** 31 - 1 }).map((half) => half * 2 + 1);
const hexOf = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');

/** Set into a longer text, as the files of a capture are; behind a character that is not ASCII it is stored by two bytes. */
const within = fc.constantFrom(
  (text: string) => text,
  (text: string) => `before\n${text}`.slice(7),
  (text: string) => `\u2019\n${text}`.slice(2),
);

describe('/proc/interrupts', () => {
  const table = fc.integer({ min: 1, max: 40 }).chain((width) =>
    fc.record({
      cpus: fc.uniqueArray(fc.nat(1200), { minLength: width, maxLength: width }),
      rows: fc.array(fc.array(count, { minLength: width, maxLength: width }), { maxLength: 150 }),
    }),
  );

  it('is read as it was printed, whatever text it stands in', () => {
    fc.assert(
      fc.property(table, within, ({ cpus, rows }, place) => {
        const header = `        ${cpus.map((cpu) => `CPU${cpu}`.padEnd(11)).join('')}\n`;
        const lines = rows.map(
          (counts, irq) => `${irq}: ${counts.map((n) => String(n).padStart(10)).join(' ')}  PCI-MSI ${irq}-edge eth0\n`,
        );
        const { value, warnings } = parseInterrupts(place(header + lines.join('')));
        expect(warnings).toEqual([]);
        expect(value.cpus).toEqual(cpus);
        expect(value.rows.map((row) => [...row.counts])).toEqual(rows);
        expect(value.rows.map((row) => row.irq)).toEqual(rows.map((_, irq) => String(irq)));
        expect(value.rows.every(({ actions }) => actions.join() === 'eth0')).toBe(true);
      }),
    );
  });

  it('of 1,152 CPUs, some of them offline, is read by the numbers of its header', () => {
    const cpus = Array.from({ length: 1152 }, (_, cpu) => cpu).filter((cpu) => cpu % 7 !== 3);
    const header = `${cpus.map((cpu) => `CPU${cpu}`.padStart(11)).join('')}\n`;
    const row = (irq: number) =>
      `${irq}: ${cpus.map((cpu) => String(cpu * irq).padStart(10)).join(' ')}  PCI-MSI 1-edge x\n`;
    const { value } = parseInterrupts(header + row(1) + row(2));
    expect(value.cpus).toEqual(cpus);
    expect([...(value.rows[1]?.counts ?? [])]).toEqual(cpus.map((cpu) => cpu * 2));
  });
});

describe('/proc/net/tcp', () => {
  const socket = fc.record({
    local: word,
    remote: word,
    ports: fc.tuple(fc.nat(65_535), fc.nat(65_535)),
    state: fc.integer({ min: 1, max: 14 }),
    queues: fc.tuple(word, count),
    timer: fc.nat(4),
    uid: count,
    inode: count,
  });

  it.each([4, 6] as const)('and its lines of IPv%i are read as they were printed', (family) => {
    fc.assert(
      fc.property(fc.array(socket, { maxLength: 30 }), within, (sockets, place) => {
        const address = (n: number) =>
          family === 4 ? hexOf(n, 8) : hexOf(n, 8).repeat(2) + hexOf(n >>> 3, 8).repeat(2);
        const lines = sockets.map(({ local, remote, ports, state, queues, timer, uid, inode }, slot) =>
          [
            `${String(slot).padStart(4)}: ${address(local)}:${hexOf(ports[0], 4)} ${address(remote)}:${hexOf(ports[1], 4)}`,
            hexOf(state, 2),
            `${hexOf(queues[0], 8)}:${hexOf(queues[1], 8)} 0${timer}:00000019 00000003`,
            `${String(uid).padStart(5)} ${'0'.padStart(8)} ${inode} 1 0000000000000000 20 4 30 10 -1\n`,
          ].join(' '),
        );
        const { value, warnings } = parseProcNetTcp(place(`  sl  local_address\n${lines.join('')}`), family);
        expect(warnings).toEqual([]);
        expect([...value]).toMatchObject(
          sockets.map(({ local, remote, ports, state, queues, timer, uid, inode }) => ({
            localAddress: decodeAddress(address(local)),
            localPort: ports[0],
            remoteAddress: decodeAddress(address(remote)),
            remotePort: ports[1],
            stateCode: hexOf(state, 2),
            txQueue: queues[0],
            rxQueue: queues[1],
            timer,
            retransmits: 3,
            uid,
            inode,
            drops: null,
          })),
        );
      }),
    );
  });
});

it('/proc/net/softnet_stat is read as it was printed', () => {
  const rows = fc.array(fc.array(count, { minLength: 15, maxLength: 15 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(rows, within, (columns, place) => {
      const text = columns.map((row) => `${row.map((n) => n.toString(16).padStart(8, '0')).join(' ')}\n`).join('');
      const { value, warnings } = parseSoftnetStat(place(text), null);
      expect(warnings).toEqual([]);
      expect(value.map((row) => row.columns)).toEqual(columns);
    }),
  );
});

describe('bytes', () => {
  it('stand where the characters of their text stand, and none that is not ASCII looks like one that is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const found = bytes.asciiBytes(text);
        expect(found).toHaveLength(text.length + 1);
        expect(found[text.length]).toBe(10);
        for (let at = 0; at < text.length; at += 1) {
          const code = text.charCodeAt(at);
          expect(found[at]).toBe(code < 128 ? code : 127);
        }
      }),
    );
  });

  it('make the numbers that their text makes', () => {
    const digits = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEFg -'), maxLength: 22 }),
      count.map(String),
    );
    fc.assert(
      fc.property(digits, (text) => {
        const found = bytes.asciiBytes(text);
        expect(bytes.decimal(found, 0, text.length)).toBe(decimal(text, 0, text.length));
        const isHex = /^[0-9a-f]{1,16}$/i.test(text);
        expect(bytes.hex(found, 0, text.length)).toBe(isHex ? Number(BigInt(`0x${text}`)) : Number.NaN);
      }),
      { numRuns: 1000 },
    );
  });
});

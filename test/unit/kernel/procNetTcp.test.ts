import { describe, expect, it } from 'vitest';
import { decodeAddress } from '../../../src/kernel/hexAddress.ts';
import { toJson } from '../../../src/kernel/json.ts';
import { parseProcNetTcp } from '../../../src/kernel/procNetTcp.ts';
import { fixture } from './fixture.ts';

describe('decodeAddress', () => {
  it.each([
    ['0100007F', '127.0.0.1'],
    ['0801580A', '10.88.1.8'],
    ['FFFFFFFF', '255.255.255.255'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000001000000', '::1'],
    ['0000000000000000FFFF00000100007F', '::ffff:127.0.0.1'],
    ['000080FE00000000FFADE15609667CFE', 'fe80::56e1:adff:fe7c:6609'],
    ['B80D0120000001000000000001000000', '2001:db8:1::1'],
    ['B80D0120000001000000000001000100', '2001:db8:1::1:1'],
    ['B80D0120010001000100010001000100', '2001:db8:1:1:1:1:1:1'],
  ])('%s is %s', (digits, address) => {
    expect(decodeAddress(digits, false)).toBe(address);
  });

  it('takes the words as they are from a big-endian host', () => {
    expect(decodeAddress('7F000001', true)).toBe('127.0.0.1');
    expect(decodeAddress('FE8000000000000056E1ADFFFE7C6609', true)).toBe('fe80::56e1:adff:fe7c:6609');
  });

  it.each(['', '0100007', '0100007G', '0'.repeat(31), `${'0'.repeat(31)}g`])('refuses "%s"', (digits) => {
    expect(decodeAddress(digits, false)).toBeNull();
  });
});

describe('parseProcNetTcp', () => {
  it('reads a listener whose accept queue is full, and TIME_WAIT with its 12 fields', () => {
    const table = parseProcNetTcp(fixture('tcp.txt'), 4).value;
    const value = [...table];
    expect(table).toHaveLength(8);
    expect(value).toHaveLength(8);
    expect(value[1]).toEqual({
      localAddress: '10.88.1.8',
      localPort: 7002,
      remoteAddress: '0.0.0.0',
      remotePort: 0,
      state: 'LISTEN',
      stateCode: '0A',
      txQueue: 0,
      rxQueue: 5,
      timer: 0,
      retransmits: 0,
      uid: 0,
      inode: 438_563,
      drops: null,
    });
    expect(value[5]).toMatchObject({ state: 'TIME_WAIT', timer: 3, inode: 0, remoteAddress: '10.88.0.2' });
  });

  it('reads tcp6', () => {
    expect([...parseProcNetTcp(fixture('tcp6.txt'), 6).value]).toMatchObject([{ localAddress: '::', localPort: 22 }]);
  });

  it('reads the drops of udp', () => {
    const text =
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n' +
      ' 1234: 0100007F:0035 00000000:0000 07 00000000:00009900 00:00000000 00000000   101        0 2740 2 0000000000000000 1983\n';
    expect([...parseProcNetTcp(text, 4).value]).toMatchObject([
      { state: 'CLOSE', rxQueue: 0x9900, drops: 1983, uid: 101 },
    ]);
  });

  it('keeps the number of a state it has no name for', () => {
    const line = '1: 0100007F:0035 00000000:0000 1f 0:0 0:0 0 0 0 5\n';
    expect([...parseProcNetTcp(line, 4).value]).toMatchObject([{ state: '1F', stateCode: '1F', inode: 5 }]);
  });

  it.each([
    '1: 00000000:0000 00000000:0000 07 0:0 0 0',
    'a: 00000000:0000 00000000:0000 07 0:0 0:0 0 0 0 39309',
    '1: 0000000O:0000 00000000:0000 07 0:0 0:0 0 0 0 39309',
    '1: 00000000:0000 00000000 07 0:0 0:0 0 0 0 39309',
    '1: 00000000:0000 00000000:0000 xx 0:0 0:0 0 0 0 39309',
    '1: 00000000:0000 00000000:0000 07 0:0 0:0 0 0 0 39309 2 0 -5',
  ])('leaves out "%s"', (line) => {
    const { value, warnings } = parseProcNetTcp(line, 4);
    expect([...value]).toEqual([]);
    expect(warnings).toEqual([{ line: 1, message: expect.any(String) }]);
  });

  it('does not take a v6 line for a v4 one', () => {
    expect(parseProcNetTcp(fixture('tcp6.txt'), 4)).toMatchObject({ value: { length: 0 }, warnings: [{ line: 2 }] });
  });

  it('reads lines of any length and number, those left out between them', () => {
    const line = (inode: number) => `${inode}: 0100007F:0035 00000000:0000 07 0:0 0:0 0 0 0 ${inode}\n`;
    const text = Array.from({ length: 1000 }, (_, n) => `${line(n)}not one of them\n`).join('');
    const { value } = parseProcNetTcp(text, 4);
    expect([...value].map(({ inode }) => inode)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    expect(new Set([...value].map(({ localAddress }) => localAddress))).toEqual(new Set(['127.0.0.1']));
  });

  it('is JSON of its sockets', () => {
    const { value } = parseProcNetTcp(fixture('tcp.txt'), 4);
    expect(JSON.parse(toJson({ value }))).toEqual({ value: [...value] });
  });
});

import { describe, expect, it } from 'vitest';
import { parseListeners } from '../../../src/kernel/ss.ts';
import { fixture } from './fixture.ts';

const skmem = new Map(Object.entries({ r: 0, rb: 131_072, t: 0, tb: 16_384, f: 0, w: 0, o: 0, bl: 0 }));

describe('parseListeners', () => {
  it.each(['ss.6.1.H.txt', 'ss.6.1.HO.txt'])('reads %s', (file) => {
    const withDrops = new Map([...skmem, ['d', 0]]);
    expect(parseListeners(fixture(file)).value).toEqual([
      { address: '127.0.0.1', port: 5301, recvQ: 0, sendQ: 7, skmem: withDrops },
      { address: '127.0.0.53%lo', port: 53, recvQ: 0, sendQ: 16, skmem: withDrops },
      { address: '::1', port: 53, recvQ: 0, sendQ: 5, skmem: withDrops },
      { address: '*', port: 22, recvQ: 0, sendQ: 128, skmem: withDrops },
    ]);
  });

  it('reads iproute2 4.3: a header, other columns, no drops', () => {
    expect(parseListeners(fixture('ss.xenial.txt')).value).toEqual([
      { address: '10.88.1.6', port: 7031, recvQ: 0, sendQ: 512, skmem },
      { address: '10.77.1.6', port: 22, recvQ: 0, sendQ: 128, skmem },
    ]);
  });

  it('reads rows without -m', () => {
    expect(parseListeners(fixture('ss.listen_overflow.txt')).value).toEqual([
      { address: '10.77.1.8', port: 22, recvQ: 0, sendQ: 128, skmem: null },
      { address: '10.88.1.8', port: 7002, recvQ: 5, sendQ: 4, skmem: null },
    ]);
  });

  it.each([
    ['LISTEN 0 128 *:22 *:*', '*', 22],
    ['LISTEN 0 128 :::22 :::*', '::', 22],
    ['LISTEN 0 128 [::]:22 [::]:*', '::', 22],
    ['LISTEN 0 128 127.0.0.1%lo:53 0.0.0.0:*', '127.0.0.1%lo', 53],
    ['LISTEN 0 128 [fe80::1]%eth0:53 [::]:*', 'fe80::1%eth0', 53],
    ['LISTEN 0 128 ::ffff:10.0.0.1:80 :::*', '::ffff:10.0.0.1', 80],
    ['0      128     *:22      *:*', '*', 22],
    ['tcp   LISTEN 0      128     *:22      *:*', '*', 22],
  ])('reads "%s"', (line, address, port) => {
    expect(parseListeners(`${line}\n`)).toEqual({
      value: [{ address, port, recvQ: 0, sendQ: 128, skmem: null }],
      warnings: [],
    });
  });

  it('passes over rows that do not listen, and their memory', () => {
    const text = 'UNCONN 0 0 *:68 *:*\n\t skmem:(r0,d9)\nLISTEN 0 5 *:22 *:*\n';
    expect(parseListeners(text)).toMatchObject({ value: [{ port: 22, skmem: null }], warnings: [] });
  });

  it.each(['LISTEN 0 128 *:ssh *:*', 'LISTEN 0 128', 'ss: invalid option'])('reports "%s"', (line) => {
    expect(parseListeners(`${line}\n`)).toEqual({ value: [], warnings: [{ line: 1, message: expect.any(String) }] });
  });
});

import { describe, expect, it } from 'vitest';
import { parseFlowHash } from '../../../src/kernel/ethtool/flowHash.ts';
import { parseFlowRules } from '../../../src/kernel/ethtool/flowRules.ts';
import { parseEthtoolModule } from '../../../src/kernel/ethtool/module.ts';
import { parseEthtoolRss } from '../../../src/kernel/ethtool/rss.ts';
import { fixture } from './fixture.ts';

describe('parseEthtoolRss', () => {
  it('reads a table and what the driver does not show', () => {
    const { value, warnings } = parseEthtoolRss(fixture('ethtool-x.vmxnet3.txt'));
    const rss = value.get('enp2s0');
    expect(rss).toMatchObject({ rings: 8, hashKey: null });
    expect(rss?.table).toHaveLength(128);
    expect(rss?.table?.slice(6, 10)).toEqual([6, 7, 0, 1]);
    expect([...(rss?.hashFunctions ?? [])]).toEqual([
      ['toeplitz', true],
      ['xor', false],
      ['crc32', false],
    ]);
    expect(warnings).toEqual([]);
  });

  it('reads the key of virtio_net with four queues', () => {
    const rss = parseEthtoolRss(fixture('ethtool-x.virtio-4q.txt')).value.get('eth5');
    expect(rss).toMatchObject({ rings: 4, hashKey: expect.stringMatching(/^c0:26(?::[0-9a-f]{2}){38}$/) });
    expect(rss?.table?.filter((queue) => queue === 3)).toHaveLength(32);
  });

  it('takes "Operation not supported" in the text for nothing', () => {
    const { value, warnings } = parseEthtoolRss(fixture('ethtool-x.virtio.txt'));
    expect(value.get('enp0s3')).toMatchObject({ rings: 1, table: null, hashKey: null });
    expect(warnings).toEqual([]);
  });

  it('reads a key, and ends a table where a line is missing', () => {
    const text =
      'RX flow hash indirection table for eth0 with 2 RX ring(s):\n    0:      0     1\n    4:      1     1\n' +
      'RSS hash key:\n6d:5a:6d:5a\nRSS hash function:\n    toeplitz: on\n' +
      'RSS input transformation:\n    symmetric-xor: off\n';
    const { value, warnings } = parseEthtoolRss(text);
    expect(value.get('eth0')).toMatchObject({ table: [0, 1], hashKey: '6d:5a:6d:5a' });
    expect(value.get('eth0')?.inputTransformations.get('symmetric-xor')).toBe(false);
    expect(warnings).toMatchObject([{ line: 3 }]);
  });

  it('leaves the table of another context out', () => {
    const text =
      'RX flow hash indirection table for eth0 with 2 RX ring(s), context 1:\n    0:      1     1\n' +
      'RX flow hash indirection table for eth0 with 2 RX ring(s):\n    0:      0     1\n';
    expect(parseEthtoolRss(text).value.get('eth0')?.table).toEqual([0, 1]);
  });
});

describe('parseFlowHash', () => {
  it('reads the answers for several flow types', () => {
    const { value, warnings } = parseFlowHash(fixture('ethtool-n-hash.e1000e.txt'));
    expect([...value].map(([type, { fields }]) => [type, fields])).toEqual([
      ['tcp4', 'sdfn'],
      ['udp4', 'sd'],
      ['tcp6', 'sdfn'],
      ['udp6', 'sd'],
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['use these fields for computing Hash flow key:\nNone\n', { fields: '', discarded: false, other: [] }],
    ['- All matching flows discarded on RX\n', { fields: '', discarded: true, other: [] }],
    ['use these fields for computing Hash flow key:\nL2DA\nVLAN tag\nL3 proto\n', { fields: 'mvt' }],
    ['use these fields for computing Hash flow key:\nIP SA\nMoon phase\n', { fields: 's', other: ['Moon phase'] }],
  ])('reads %j', (text, hash) => {
    expect(parseFlowHash(`SCTP over IPV6 flows ${text}`).value.get('sctp6')).toMatchObject(hash);
  });

  it('passes on a refusal', () => {
    const { value, warnings } = parseFlowHash(
      'Cannot get RX network flow hashing options: Operation not supported\nGTP-U over IPV4 flows use these fields for computing Hash flow key:\nIP SA\n',
    );
    expect([...value.keys()]).toEqual(['GTP-U over IPV4']);
    expect(warnings).toMatchObject([{ line: 1 }]);
  });
});

describe('parseFlowRules', () => {
  it('reads rules as the kernel keeps them', () => {
    const text =
      '8 RX rings available\nTotal 2 rules\n\nFilter: 0\n\tRule Type: TCP over IPv4\n' +
      '\tSrc IP addr: 0.0.0.0 mask: 255.255.255.255\n\tDest IP addr: 192.0.2.1 mask: 0.0.0.0\n' +
      '\tTOS: 0x0 mask: 0xff\n\tSrc port: 0 mask: 0xffff\n\tDest port: 443 mask: 0x0\n' +
      '\tAction: Direct to queue 5\n\nFilter: 1023\n\tFlow Type: Raw Ethernet\n' +
      '\tSrc MAC addr: 00:00:00:00:00:00 mask: FF:FF:FF:FF:FF:FF\n\tEthertype: 0x88F7 mask: 0x0\n' +
      '\tRSS Context ID: 1\n\tAction: Drop\n\n';
    const { value, warnings } = parseFlowRules(text);
    expect(value).toMatchObject({ rings: 8, total: 2 });
    expect(value.rules).toMatchObject([
      { location: 0, flowType: 'TCP over IPv4', action: 'Direct to queue 5', queue: 5, rssContext: null },
      { location: 1023, flowType: 'Raw Ethernet', action: 'Drop', queue: null, rssContext: 1 },
    ]);
    expect(value.rules[0]?.fields.get('Dest port')).toEqual({ value: '443', mask: '0x0' });
    expect(value.rules[1]?.fields.get('Src MAC addr')).toEqual({
      value: '00:00:00:00:00:00',
      mask: 'FF:FF:FF:FF:FF:FF',
    });
    expect(warnings).toEqual([]);
  });

  it('tells no rules from a driver without rules, and a list that was cut', () => {
    expect(parseFlowRules('4 RX rings available\nTotal 0 rules\n').value).toEqual({ rings: 4, total: 0, rules: [] });
    expect(parseFlowRules('1 RX rings available\n').value.total).toBeNull();
    expect(parseFlowRules('Total 2 rules\n\nFilter: 7\n').warnings).toHaveLength(1);
  });
});

describe('parseEthtoolModule', () => {
  const text =
    '\tIdentifier                                : 0x03 (SFP)\n' +
    '\tTransceiver type                          : 10G Ethernet: 10G Base-SR\n' +
    '\tTransceiver type                          : FC: short distance (S)\n' +
    '\tLaser wavelength                          : 850nm\n' +
    '\tLaser bias current                        : 6.090 mA\n' +
    '\tLaser output power                        : 0.6367 mW / -1.96 dBm\n' +
    '\tReceiver signal average optical power     : 0.0000 mW / -inf dBm\n' +
    '\tLaser bias current low alarm              : On\n' +
    '\tLaser bias current low warning            : Off\n' +
    '\tLaser bias current low alarm threshold    : 2.000 mA\n' +
    '\tLaser tx bias current (Channel 2)         : 7.400 mA\n' +
    '\tLaser tx bias current high alarm   (Chan 2): Off\n';

  it('parts measurements, limits and flags from the rest', () => {
    const { value, warnings } = parseEthtoolModule(text);
    expect(value.fields.get('Transceiver type')).toEqual(['10G Ethernet: 10G Base-SR', 'FC: short distance (S)']);
    expect(value.fields.has('Laser bias current')).toBe(false);
    expect(value.diagnostics[0]).toEqual({
      name: 'Laser bias current',
      values: [{ value: 6.09, unit: 'mA' }],
      flags: new Map([
        ['low alarm', true],
        ['low warning', false],
      ]),
      thresholds: new Map([['low alarm', [{ value: 2, unit: 'mA' }]]]),
    });
    expect(value.diagnostics[2]?.values).toEqual([
      { value: 0, unit: 'mW' },
      { value: null, unit: 'dBm' },
    ]);
    expect(value.diagnostics.map(({ name }) => name)).toEqual([
      'Laser bias current',
      'Laser output power',
      'Receiver signal average optical power',
      'Laser tx bias current (Channel 2)',
    ]);
    expect(warnings).toEqual([]);
  });

  it('passes on why there is none', () => {
    const { value, warnings } = parseEthtoolModule('Cannot get module EEPROM information: Operation not supported\n');
    expect(value).toEqual({ fields: new Map(), diagnostics: [] });
    expect(warnings[0]?.message).toBe('Cannot get module EEPROM information: Operation not supported');
  });
});

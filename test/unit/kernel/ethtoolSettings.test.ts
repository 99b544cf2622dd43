import { describe, expect, it } from 'vitest';
import { parseEthtoolFec } from '../../../src/kernel/ethtool/fec.ts';
import { parseEthtoolPause } from '../../../src/kernel/ethtool/pause.ts';
import { parseEthtoolPrivateFlags } from '../../../src/kernel/ethtool/privateFlags.ts';
import { parseEthtoolSettings } from '../../../src/kernel/ethtool/settings.ts';
import { parseEthtoolTimestamping } from '../../../src/kernel/ethtool/timestamping.ts';
import { fixture } from './fixture.ts';

const gigabit = ['10baseT/Half', '10baseT/Full', '100baseT/Half', '100baseT/Full', '1000baseT/Full'];

describe('parseEthtoolSettings', () => {
  it('reads what a copper port can, says and hears', () => {
    const { value, warnings } = parseEthtoolSettings(fixture('ethtool.e1000e.txt'));
    const link = value.get('enp1s0');
    expect(warnings).toEqual([]);
    expect(link).toMatchObject({
      supportedPorts: ['TP'],
      supported: { linkModes: gigabit, pauseFrameUse: 'Symmetric Receive-only', autoNegotiation: true, fecModes: null },
      advertised: { linkModes: gigabit },
      partner: { linkModes: [...gigabit.slice(0, 4), '1000baseT/Half', '1000baseT/Full'], pauseFrameUse: 'Symmetric' },
      speed: 1000,
      duplex: 'Full',
      autoNegotiation: true,
      port: 'Twisted Pair',
      transceiver: 'internal',
      mdiX: 'off (auto)',
      supportsWakeOn: 'pumbg',
      wakeOn: 'g',
      linkDetected: true,
      linkProblem: null,
      linkDownEvents: null,
    });
    expect(Object.fromEntries(link?.other ?? [])).toEqual({
      PHYAD: '1',
      'Current message level': '0x00000007 (7) drv probe link',
    });
  });

  it('joins the blocks that a wildcard call prints for one device', () => {
    const { value } = parseEthtoolSettings(fixture('ethtool.all.txt'));
    expect([...value.keys()]).toEqual(['eth0', 'veth0', 'lo']);
    expect(value.get('veth0')).toMatchObject({ speed: 10_000, port: 'Twisted Pair', linkDetected: true });
    expect(value.get('eth0')).toMatchObject({ speed: null, duplex: null, port: 'Other', supportedPorts: [] });
    expect(value.get('lo')).toMatchObject({ speed: null, supportedPorts: null, linkDetected: true });
  });

  it('reads ethtool 4.5', () => {
    const link = parseEthtoolSettings(fixture('ethtool.xenial.txt')).value.get('eth0');
    expect(link).toMatchObject({ supportedPorts: [], speed: 10_000, autoNegotiation: false, wakeOn: null });
  });

  it.each([
    ['Link detected: no (No cable)', { linkDetected: false, linkProblem: 'No cable' }],
    [
      'Link detected: no (Autoneg, No partner detected)',
      { linkDetected: false, linkProblem: 'Autoneg, No partner detected' },
    ],
    ['Link Down Events: 3', { linkDownEvents: 3 }],
    ['Lanes: 4', { lanes: 4 }],
    ['Supported FEC modes: None\t RS', { supported: expect.objectContaining({ fecModes: ['None', 'RS'] }) }],
  ])('reads "%s"', (line, fields) => {
    const { value, warnings } = parseEthtoolSettings(`Settings for eth0:\n\t${line}\n`);
    expect(value.get('eth0')).toMatchObject(fields);
    expect(warnings).toEqual([]);
  });

  it('says what is no speed', () => {
    const { value, warnings } = parseEthtoolSettings('Settings for eth0:\n\tDuplex: Full\n\tSpeed: fast\n');
    expect(value.get('eth0')).toMatchObject({ speed: null, duplex: 'Full' });
    expect(warnings).toEqual([{ line: 3, message: 'not a number: fast' }]);
  });

  it('has nothing of a device that says nothing', () => {
    expect(parseEthtoolSettings('No data available\n')).toMatchObject({ value: new Map(), warnings: [{ line: 1 }] });
    expect(parseEthtoolSettings('Settings for ifb0:\n').value.size).toBe(0);
  });
});

describe('parseEthtoolPause', () => {
  it('reads what is asked for and what was negotiated', () => {
    const { value, warnings } = parseEthtoolPause(fixture('ethtool-a.noble.txt'));
    expect(value.get('enp1s0')).toEqual({
      autonegotiate: true,
      rx: true,
      tx: true,
      negotiatedRx: true,
      negotiatedTx: true,
      statistics: new Map(),
    });
    expect(warnings).toEqual([]);
  });

  it('counts frames where the driver does (-I)', () => {
    const text =
      'Pause parameters for eth0:\nAutonegotiate:\toff\nRX:\t\toff\nTX:\t\ton\nStatistics:\n' +
      '  tx_pause_frames: 12\n  rx_pause_frames: 0\n';
    const pause = parseEthtoolPause(text).value.get('eth0');
    expect(pause).toMatchObject({ rx: false, tx: true, negotiatedRx: null });
    expect(Object.fromEntries(pause?.statistics ?? [])).toEqual({ tx_pause_frames: 12, rx_pause_frames: 0 });
  });
});

describe('parseEthtoolFec', () => {
  it('reads 6.7 and the words of older versions', () => {
    expect(parseEthtoolFec(fixture('ethtool-show-fec.netdevsim.txt')).value.get('eni1np1')).toEqual({
      configured: ['None'],
      active: ['None'],
      statistics: new Map(),
    });
    const old = 'FEC parameters for eth0:\nConfigured FEC encodings: Auto RS\nActive FEC encoding: RS\n';
    expect(parseEthtoolFec(old).value.get('eth0')).toMatchObject({ configured: ['Auto', 'RS'], active: ['RS'] });
  });

  it('counts blocks, lanes together', () => {
    const text =
      'FEC parameters for eth0:\nSupported/Configured FEC encodings: RS\nActive FEC encoding: RS\nStatistics:\n' +
      '  corrected_blocks: 123\n    Lane 0: 100\n    Lane 1: 23\n  uncorrectable_blocks: 4\n' +
      '  fec_symbol_err_0: 445 [ per_lane:  125, 120, 100, 100 ]\n';
    const { value, warnings } = parseEthtoolFec(text);
    expect(Object.fromEntries(value.get('eth0')?.statistics ?? [])).toEqual({
      corrected_blocks: 123,
      uncorrectable_blocks: 4,
      fec_symbol_err_0: 445,
    });
    expect(warnings).toEqual([]);
  });
});

describe('parseEthtoolPrivateFlags', () => {
  it('reads each switch by its driver’s name', () => {
    const { value } = parseEthtoolPrivateFlags(fixture('ethtool-show-priv-flags.e1000e.txt'));
    expect(value).toEqual(new Map([['enp1s0', new Map([['s0ix-enabled', false]])]]));
    const mlx5 = 'Private flags for eth0:\nrx_cqe_moder : on\nfoo: bar  : off\nodd: maybe\n';
    const { value: flags, warnings } = parseEthtoolPrivateFlags(mlx5);
    expect([...(flags.get('eth0') ?? [])]).toEqual([
      ['rx_cqe_moder', true],
      ['foo: bar', false],
    ]);
    expect(warnings).toMatchObject([{ line: 4 }]);
  });

  it('has none where the driver has none', () => {
    expect(parseEthtoolPrivateFlags('No private flags defined\n').value.size).toBe(0);
  });
});

describe('parseEthtoolTimestamping', () => {
  it('reads a clock and its filters', () => {
    const { value, warnings } = parseEthtoolTimestamping(fixture('ethtool-T.e1000e.txt'));
    const stamping = value.get('enp1s0');
    expect(stamping).toMatchObject({ hardwareClock: 0, transmitModes: ['off', 'on'] });
    expect(stamping?.capabilities).toContain('hardware-raw-clock');
    expect(stamping?.receiveFilters).toHaveLength(11);
    expect(warnings).toEqual([]);
  });

  it('reads the constants of ethtool 4.5, and no clock', () => {
    const stamping = parseEthtoolTimestamping(fixture('ethtool-T.xenial.txt')).value.get('eth0');
    expect(stamping).toMatchObject({ hardwareClock: null, transmitModes: [], receiveFilters: [] });
    expect(stamping?.capabilities).toEqual(['software-transmit', 'software-receive', 'software-system-clock']);
    expect(stamping?.constants.get('software-receive')).toBe('SOF_TIMESTAMPING_RX_SOFTWARE');
  });

  it('knows the clock by its provider (6.14)', () => {
    const text =
      'Time stamping parameters for eth0:\nCapabilities:\n\thardware-transmit\n' +
      'Hardware timestamp provider index: 2\nHardware timestamp provider qualifier: Precise (IEEE 1588 quality)\n' +
      'Hardware Transmit Timestamp Modes:\n\toff\n';
    expect(parseEthtoolTimestamping(text).value.get('eth0')).toMatchObject({
      hardwareClock: 2,
      capabilities: ['hardware-transmit'],
      transmitModes: ['off'],
    });
  });
});

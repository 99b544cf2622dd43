import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import { type CaptureSection, captureText, grepOf, tailOf } from './captureText.ts';

const counters = (sample: string, at: number): CaptureSection => ({
  name: `counters@${sample}`,
  stdout: tailOf({ '/proc/uptime': `${at} 1.00\n` }),
  at,
});
const link = (packets: number) =>
  JSON.stringify([
    { ifname: 'eth0', mtu: 1500, max_mtu: 9000, stats64: { rx: { packets, missed_errors: 2 }, tx: {} } },
  ]);
const files = grepOf({
  '/sys/class/net/eth0/statistics/rx_packets': '7',
  '/sys/class/net/eth0/carrier_up_count': '1',
  '/sys/class/net/eth0/queues/tx-0/tx_timeout': '0',
});
const eth0 = { name: 'netdev', stdout: grepOf({ '/sys/class/net/eth0/mtu': '1500' }) };

describe('the statistics of an interface', () => {
  it('are those of ip, with what ip does not show beside them, and have rates over its own time', () => {
    const snapshot = readSnapshot(
      captureText([
        eth0,
        counters('A', 100),
        { name: 'ip-link@A', stdout: link(1000), at: 101 },
        { name: 'nic-statistics@A', stdout: files, at: 101 },
        counters('B', 102),
        { name: 'ip-link@B', stdout: link(1400), at: 105 },
        { name: 'nic-statistics@B', stdout: files, at: 105 },
      ]),
    );
    expect(snapshot.samples[1]?.nicStatistics).toMatchObject({ ok: true, source: 'ip -s -s -d -j link show' });
    const statistics = snapshot.samples[1]?.nicStatistics;
    expect(statistics?.ok === true && Object.fromEntries(statistics.value.get('eth0') ?? [])).toEqual({
      rx_packets: 1400,
      rx_missed_errors: 2,
      carrier_up_count: 1,
      'tx-0/tx_timeout': 0,
    });
    const rates = ratesOf(snapshot);
    expect(rates.ok && rates.value.nicStatistics.get('eth0')?.get('rx_packets')?.perSecond).toBe(100);
    expect(snapshot.nics[0]?.ipLink).toMatchObject({ ok: true, value: { maxMtu: 9000 } });
  });

  it('are those of its text where ip knows no JSON', () => {
    const text = '2: eth0: <UP> mtu 1500 qdisc mq state UP\n    RX: bytes packets\n    10 1\n';
    const { samples, nics } = readSnapshot(
      captureText([
        eth0,
        counters('A', 100),
        { name: 'ip-link@A', stdout: '', stderr: 'Option "-j" is unknown\n', status: 255 },
        { name: 'ip-link-text@A', stdout: text },
        { name: 'nic-statistics@A', stdout: '' },
      ]),
    );
    expect(samples[0]?.nicStatistics).toMatchObject({
      ok: true,
      source: 'ip -s -s -d link show',
      value: new Map([
        [
          'eth0',
          new Map([
            ['rx_bytes', 10],
            ['rx_packets', 1],
          ]),
        ],
      ]),
    });
    expect(nics[0]?.ipLink).toMatchObject({ ok: true, value: { qdisc: 'mq', maxMtu: null } });
  });

  it('are those of sysfs where there is no such ip, and the details are missing with the reason', () => {
    const { samples, nics } = readSnapshot(
      captureText([
        eth0,
        counters('A', 100),
        {
          name: 'ip-link@A',
          stdout: '',
          stderr: 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n\nUsage: ip [OPTIONS]\n',
          status: 1,
        },
        { name: 'nic-statistics@A', stdout: files },
      ]),
    );
    expect(samples[0]?.nicStatistics).toMatchObject({ ok: true, source: '/sys/class/net/*/statistics' });
    expect(nics[0]?.ipLink).toMatchObject({
      ok: false,
      kind: 'failed',
      reason: "the host's ip is BusyBox's, which knows less",
    });
  });
});

describe('the queueing disciplines', () => {
  it('are read as text where tc knows no JSON, without counters where it shows none', () => {
    const { samples } = readSnapshot(
      captureText([
        counters('A', 100),
        {
          name: 'qdisc@A',
          stdout: '',
          stderr: 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n\nUsage: tc [OPTIONS]\n',
          status: 1,
        },
        { name: 'qdisc-text@A', stdout: 'qdisc pfifo_fast 0: dev eth0 root refcnt 2 bands 3\n' },
      ]),
    );
    expect(samples[0]?.qdiscs).toMatchObject({ ok: true, value: [{ dev: 'eth0', options: 'bands 3', drops: null }] });
  });
});

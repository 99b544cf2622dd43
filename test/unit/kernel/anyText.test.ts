import { describe, expect, it } from 'vitest';
import { parseConntrackStats } from '../../../src/kernel/conntrack.ts';
import { parseEthtoolChannels } from '../../../src/kernel/ethtool/channels.ts';
import { parseEthtoolCoalesce } from '../../../src/kernel/ethtool/coalesce.ts';
import { parseEthtoolDriver } from '../../../src/kernel/ethtool/driver.ts';
import { parseEthtoolFeatures } from '../../../src/kernel/ethtool/features.ts';
import { parseEthtoolRing } from '../../../src/kernel/ethtool/ring.ts';
import { parseEthtoolStats } from '../../../src/kernel/ethtool/stats.ts';
import { parseInterrupts } from '../../../src/kernel/interrupts.ts';
import { parseLoadavg } from '../../../src/kernel/loadavg.ts';
import { splitGrep, splitTail } from '../../../src/kernel/multiFile.ts';
import { parseNetDev } from '../../../src/kernel/netDev.ts';
import { parseNetstatSummary } from '../../../src/kernel/netstatSummary.ts';
import { parseNstat, parseNstatJson, parseSnmp6Sections } from '../../../src/kernel/nstat.ts';
import type { Parsed } from '../../../src/kernel/parsed.ts';
import { parsePressure } from '../../../src/kernel/pressure.ts';
import { parseProcNetStat } from '../../../src/kernel/procNetStat.ts';
import { parseProcNetTcp } from '../../../src/kernel/procNetTcp.ts';
import { parseProcStat } from '../../../src/kernel/procStat.ts';
import { parseProtocols } from '../../../src/kernel/protocols.ts';
import { parseQdiscJson, parseQdiscText } from '../../../src/kernel/qdisc.ts';
import { parseSnmp, parseSnmp6 } from '../../../src/kernel/snmp.ts';
import { parseNetstatText } from '../../../src/kernel/sockets/netstatText.ts';
import { parseSs } from '../../../src/kernel/sockets/ssSockets.ts';
import { parseSsSummary } from '../../../src/kernel/sockets/ssSummary.ts';
import { parseSockstat } from '../../../src/kernel/sockstat.ts';
import { parseSoftirqs } from '../../../src/kernel/softirqs.ts';
import { parseSoftnetStat } from '../../../src/kernel/softnet.ts';
import { parseListeners } from '../../../src/kernel/ss.ts';
import { fixture } from './fixture.ts';

/** What holds for every parser and whatever a host sends. */
const parsers: readonly (readonly [file: string, parse: (text: string) => Parsed<unknown>])[] = [
  ['softnet_stat.6.1.txt', (text) => parseSoftnetStat(text, null)],
  ['softnet_stat.6.8.txt', (text) => parseSoftnetStat(text, null)],
  ['interrupts.6.1.txt', parseInterrupts],
  ['interrupts.6.8.txt', parseInterrupts],
  ['softirqs.txt', parseSoftirqs],
  ['stat.txt', parseProcStat],
  ['net_dev.txt', parseNetDev],
  ['snmp.txt', parseSnmp],
  ['netstat.txt', parseSnmp],
  ['snmp6.txt', parseSnmp6],
  ['sockstat.txt', parseSockstat],
  ['sockstat6.txt', parseSockstat],
  ['snmp6.txt', parseSnmp6Sections],
  ['nf_conntrack.txt', parseProcNetStat],
  ['synproxy.txt', parseProcNetStat],
  ['conntrack-S.txt', parseConntrackStats],
  ['pressure.txt', parsePressure],
  ['loadavg.txt', parseLoadavg],
  ['protocols.txt', parseProtocols],
  ['nstat.txt', parseNstat],
  ['nstat.json', parseNstatJson],
  ['netstat-s.xenial.txt', parseNetstatSummary],
  ['tcp.txt', (text) => parseProcNetTcp(text, 4)],
  ['tcp6.txt', (text) => parseProcNetTcp(text, 6)],
  ['ss.6.1.tinmeop.txt', parseSs],
  ['ss.xenial.ti.txt', parseSs],
  ['ss-s.xenial.txt', parseSsSummary],
  ['netstat-tanp.txt', parseNetstatText],
  ['ss.6.1.H.txt', parseListeners],
  ['ss.6.1.HO.txt', parseListeners],
  ['ss.xenial.txt', parseListeners],
  ['ss.bullseye.txt', parseListeners],
  ['tc.xenial.txt', parseQdiscText],
  ['tc.mq.txt', parseQdiscText],
  ['tc.mq.json', parseQdiscJson],
  ['ethtool-g.all.txt', parseEthtoolRing],
  ['ethtool-l.xenial.txt', parseEthtoolChannels],
  ['ethtool-l.bullseye.txt', parseEthtoolChannels],
  ['ethtool-c.noble.txt', parseEthtoolCoalesce],
  ['ethtool-c.bookworm.txt', parseEthtoolCoalesce],
  ['ethtool-k.xenial.txt', parseEthtoolFeatures],
  ['ethtool-i.noble.txt', parseEthtoolDriver],
  ['ethtool-S.vmxnet3.txt', parseEthtoolStats],
];

describe.each(parsers)('%s', (file, parse) => {
  const text = fixture(file);

  it('is read without a warning', () => {
    expect(parse(text).warnings).toEqual([]);
  });

  it('is read the same with CRLF line ends and without the last line end', () => {
    expect(parse(text.replaceAll('\n', '\r\n')).value).toEqual(parse(text).value);
    expect(parse(text.trimEnd()).value).toEqual(parse(text).value);
  });

  it('never throws, wherever the text is cut', () => {
    for (let length = 0; length <= text.length; length += 1) parse(text.slice(0, length));
  });

  it('never throws on one changed character and counts lines from 1', () => {
    const lines = text.split('\n').length;
    for (let at = 0; at < text.length; at += 7) {
      const { warnings } = parse(`${text.slice(0, at)}\u0000${text.slice(at + 1)}`);
      for (const { line } of warnings) expect(line >= 1 && line <= lines).toBe(true);
    }
  });

  it('finds nothing, and nothing wrong, in an empty text', () => {
    expect(parse('').warnings).toEqual([]);
    expect(parse('\n \n').warnings).toEqual([]);
  });

  it('survives junk and bounds its warnings', () => {
    const junk = Array.from({ length: 4096 }, (_, at) => String.fromCharCode((at * 7919) % 65_536)).join('');
    expect(parse(junk.repeat(20)).warnings.length).toBeLessThan(200);
    expect(parse('x:y z\n'.repeat(100_000)).warnings.length).toBeLessThan(200);
    parse('1 '.repeat(500_000));
    parse('a'.repeat(1_000_000));
    parse(`${text}${'9'.repeat(1_000_000)}`);
  });
});

describe('splitters', () => {
  it.each([splitTail, splitGrep])('%o never throws', (split) => {
    const text = '==> /a <==\n1\n\n==> /b:0/c <==\n/sys/x:y\n';
    for (let length = 0; length <= text.length; length += 1) split(text.slice(0, length));
    split('==> '.repeat(100_000));
    split('/:'.repeat(100_000));
  });
});

import { describe, expect, test } from 'vitest';
import type { DocumentContext, HoverText } from '../../../src/languages/service/languageService.ts';
import { udevCompletions } from '../../../src/languages/udev/udevCompletion.ts';
import { udevHover } from '../../../src/languages/udev/udevHover.ts';
import { applySpans } from './apply.ts';
import { alone, onVm } from './linkedHosts.ts';

/** Where `|` stands, and the text without it. */
function atBar(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('¦');
  return { text: marked.replace('¦', ''), offset };
}

function labels(marked: string, context: DocumentContext): string[] {
  const { text, offset } = atBar(marked);
  return udevCompletions(text, offset, context)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ label }) => label);
}

function chosen(marked: string, label: string, context: DocumentContext = onVm(null)): string {
  const { text, offset } = atBar(marked);
  const found = udevCompletions(text, offset, context).find((one) => one.label === label);
  if (found === undefined) throw new Error(`no ${label}`);
  return applySpans(text, [{ ...found.replace, text: found.insert }]);
}

const net = 'ACTION=="add", SUBSYSTEM=="net", NAME=="eth1"';
const rx = 'ACTION=="add", SUBSYSTEM=="queues", KERNEL=="rx-*"';

describe('completion', () => {
  test.each([
    ['¦', 'SUBSYSTEM', 'SUBSYSTEM=="'],
    ['SUBS¦', 'SUBSYSTEM', 'SUBSYSTEM=="'],
    ['KERNEL=="a", SU¦', 'SUBSYSTEM', 'KERNEL=="a", SUBSYSTEM=="'],
    ['KERNEL=="a", ¦', 'ATTR{}', 'KERNEL=="a", ATTR{'],
    ['KERNEL=="a", \\\n  AT¦', 'ATTR{}', 'KERNEL=="a", \\\n  ATTR{'],
    ['NAME ¦', '!=', 'NAME !="'],
    ['SUBSYSTEM=="¦"', 'net', 'SUBSYSTEM=="net"'],
    ['SUBSYSTEM==¦', 'net', 'SUBSYSTEM=="net"'],
    ['SUBSYSTEM=="ne¦t"', 'queues', 'SUBSYSTEM=="queues"'],
    ['ACTION=="add|ch¦"', 'change', 'ACTION=="add|change"'],
    ['RUN{¦}', 'builtin', 'RUN{builtin}'],
    ['RUN{builtin}+="¦"', 'kmod', 'RUN{builtin}+="kmod"'],
    ['IMPORT{bu¦', 'builtin', 'IMPORT{builtin'],
    [`${net}, ATTR{¦`, 'tx_queue_len', `${net}, ATTR{tx_queue_len`],
    [`${net}, ATTR{mtu}="¦"`, '1500', `${net}, ATTR{mtu}="1500"`],
    [`${rx}, ATTR{r¦}="3"`, 'rps_cpus', `${rx}, ATTR{rps_cpus}="3"`],
    [`${rx}, DEVPATH=="¦"`, '*/net/eth2/*', `${rx}, DEVPATH=="*/net/eth2/*"`],
    ['SUBSYSTEM=="net", NAME=="et¦"', 'eth3', 'SUBSYSTEM=="net", NAME=="eth3"'],
    ['SUBSYSTEM=="net", DRIVERS=="¦"', 'virtio_net', 'SUBSYSTEM=="net", DRIVERS=="virtio_net"'],
    [`${net}, RUN+="¦"`, '/usr/sbin/ethtool ', `${net}, RUN+="/usr/sbin/ethtool "`],
    [`${net}, RUN+="/usr/sbin/ethtool ¦"`, '-G', `${net}, RUN+="/usr/sbin/ethtool -G $name "`],
    [`${net}, RUN+="/usr/sbin/ethtool -G $name ¦"`, 'rx', `${net}, RUN+="/usr/sbin/ethtool -G $name rx"`],
    [`${net}, RUN+="/usr/sbin/ethtool -G $name rx ¦"`, '4096', `${net}, RUN+="/usr/sbin/ethtool -G $name rx 4096"`],
    [`${net}, RUN+="/usr/sbin/ethtool -K $name t¦"`, 'tso', `${net}, RUN+="/usr/sbin/ethtool -K $name tso"`],
    [`${net}, RUN+="/usr/sbin/ethtool -K $name tso ¦"`, 'off', `${net}, RUN+="/usr/sbin/ethtool -K $name tso off"`],
    [`${net}, RUN+="/bin/a $¦"`, '$name', `${net}, RUN+="/bin/a $name"`],
    ['GOTO="¦"\nLABEL="end"', 'end', 'GOTO="end"\nLABEL="end"'],
    ['OPTIONS+="¦"', 'nowatch', 'OPTIONS+="nowatch"'],
  ])('%s', (marked, label, after) => {
    expect(chosen(marked, label)).toBe(after);
  });

  test('only what fits is offered', () => {
    expect(labels('# KER¦', onVm(null))).toEqual([]);
    expect(labels(`${rx}, ATTR{¦`, alone(null))).not.toContain('xps_cpus');
    expect(labels(`${rx}, ATTR{¦`, alone(null))).not.toContain('mtu');
    expect(labels('SUBSYSTEM=="net", NAME=="¦"', alone(null))).toEqual([]);
    expect(labels('KERNEL ¦', alone(null))).toEqual(['==', '!=']);
    // Its ring cannot be larger: the most and the running value are the same.
    expect(labels('SUBSYSTEM=="net", NAME=="eth3", RUN+="/usr/sbin/ethtool -G $name rx ¦"', onVm(null))).toEqual([
      '256',
    ]);
    const { text, offset } = atBar('¦');
    const ring = udevCompletions(text, offset, onVm(null)).find(({ label }) => label === 'RX ring of eth2');
    expect(ring?.insert).toBe(
      'ACTION=="add|change", SUBSYSTEM=="net", NAME=="eth2", RUN+="/usr/sbin/ethtool -G $name rx 1024"',
    );
    expect(ring?.words).toContain('ring buffer');
  });
});

describe('hover', () => {
  const said = (marked: string, context = onVm(null)): string | null => {
    const { text, offset } = atBar(marked);
    const found: HoverText | null = udevHover(text, offset, context);
    return (
      found &&
      [
        text.slice(found.span.start, found.span.end),
        ...found.parts.map((part) =>
          part.kind === 'fact' ? `${part.label}: ${part.text}` : part.kind === 'link' ? part.label : part.text,
        ),
      ].join(' / ')
    );
  };
  test.each([
    ['KER¦NEL=="a"', /^KERNEL \/ KERNEL \/ Name the kernel has.* \/ operators: `==` `!=` \/ udev\(7\)$/],
    ['KERNEL=¦="a"', /^== \/ == \/ is, or matches/],
    [`${net}, ATTR{tx_¦queue_len}="1"`, /\.link option: `TransmitQueueLength=` \/ now on eth1 of vm: 1000$/],
    [`${rx}, DEVPATH=="*/net/eth2/*", ATTR{rps_¦cpus}="1"`, /now on eth2 of vm: rx-0: none, rx-1: none/],
    [
      `${net}, RUN+="/usr/sbin/ethtool -G $name r¦x 512"`,
      /^rx 512 \/ ring rx \/ .* \/ now on eth1 of vm: 256, at most 4096$/,
    ],
    [`${net}, RUN+="/usr/sbin/ethtool -¦G $name rx 512"`, /^-G \/ ethtool -G, --set-ring/],
    [`${net}, RUN+="/usr/sbin/ethtool -G $na¦me rx 512"`, /^\$name \/ \$name \/ The name of the device now/],
    ['ENV{ID_NET_¦DRIVER}=="a"', /Driver of the NIC/],
    ['OPTIONS+="wat¦ch"', /change event/],
    ['SUBSYSTEM=="net", NAME=="et¦h2"', /^eth2 \/ eth2 of vm \/ driver: vmxnet3/],
    ['SYSCTL{net/core/soma¦xconn}="1"', /net\.core\.somaxconn .* now on vm: 4096$/],
  ])('%s', (marked, pattern) => {
    expect(said(marked)).toMatch(pattern);
  });
  test('nothing to say', () => {
    expect(said('# KER¦NEL')).toBeNull();
    expect(said('KERNEL=="ab¦c"')).toBeNull();
    expect(said(`${net}, ATTR{tx_¦queue_len}="1"`, alone(null))).not.toMatch(/now on/);
  });
});

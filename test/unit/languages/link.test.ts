import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLink, linkFoldings, linkSymbols } from '../../../src/languages/link/linkOutline.ts';
import { linkProblems, linkService } from '../../../src/languages/link/linkService.ts';
import { parseUnit, settingsOf } from '../../../src/languages/link/unitText.ts';
import type { DocumentContext, Problem } from '../../../src/languages/service/languageService.ts';
import { anyText, fuzzRuns } from '../fuzz.ts';
import { applySpans } from './apply.ts';
import { checkCase } from './checkCase.ts';
import { linkCases } from './linkCases.ts';
import { alone, onVm, vm } from './linkedHosts.ts';
import type { Case } from './udevVerifiedCases.ts';

function found({ code, name = '10-lan.link' }: Case, text: string): Problem | undefined {
  return linkProblems(text, onVm(`/etc/systemd/network/${text === 'x' ? '10-x.link' : name}`)).find(
    (one) => one.code === code,
  );
}

test.each(linkCases.map((one) => [`${one.code}: ${one.text.replaceAll('\n', ' ').slice(0, 110)}`, one] as const))(
  '%s',
  (_name, one) => checkCase(one, (text) => found(one, text)),
);

test('of files that match the same interfaces the first counts, 99-default.link excepted', () => {
  const text = '[Match]\nDriver=e1000e\n[Link]\nNamePolicy=keep\n';
  const with_ = (path: string): string[] =>
    linkProblems(text, { path: '/etc/systemd/network/20-b.link', siblings: [{ path, text }], host: vm }).map(
      ({ code }) => code,
    );
  expect(with_('/etc/systemd/network/10-a.link')).toEqual(['never-reached']);
  expect(with_('/etc/systemd/network/30-a.link')).toEqual([]);
  expect(with_('/usr/lib/systemd/network/20-b.link')).toEqual(['replaces']);
});

/** Texts of what such files are made of. */
const anyUnit = fc.oneof(
  anyText,
  fc
    .array(
      fc.constantFrom(
        '[Match]',
        '[Link]',
        '\n',
        '\r\n',
        '\n',
        ' ',
        '\t',
        'MTUBytes',
        '=',
        '9000',
        '\\\n',
        '\\',
        '# c',
        ';',
        '[',
        ']',
        'é',
        '\ufeff',
        '\r',
      ),
      { maxLength: 50 },
    )
    .map((parts) => parts.join('')),
);

describe('parseUnit', () => {
  test('any text is kept whole, and every part stands where it says', () => {
    fc.assert(
      fc.property(anyUnit, (text) => {
        const nodes = parseUnit(text);
        expect(nodes.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        for (const node of settingsOf(nodes)) {
          expect(text.slice(node.keySpan.start, node.keySpan.end)).toBe(node.key);
          if (!node.continued) expect(text.slice(node.valueSpan.start, node.valueSpan.end)).toBe(node.value);
        }
      }),
      { numRuns: 20 * fuzzRuns },
    );
  });

  test('lines that go on, comments between them, byte order mark', () => {
    const text = '\ufeff[Match]\nOriginalName=eth0 \\\n# not this\n  eth1\n[Link]\nNamePolicy=\n';
    expect(settingsOf(parseUnit(text)).map(({ section, key, value }) => [section, key, value])).toEqual([
      ['Match', 'OriginalName', 'eth0  eth1'],
      ['Link', 'NamePolicy', ''],
    ]);
  });
});

describe('formatLink', () => {
  test.each([
    [
      ' [Match]  \n OriginalName = * \n\n[Link]\nMTUBytes =9000\n\n\n',
      '[Match]\nOriginalName=*\n\n[Link]\nMTUBytes=9000\n',
    ],
    ['[Link]\r\nName = a', '[Link]\r\nName=a\r\n'],
    ['NamePolicy = a \\\n   b\n', 'NamePolicy = a \\\n   b\n'],
    ['', ''],
  ])('%j', (before, after) => {
    expect(applySpans(before, formatLink(before))).toBe(after);
  });

  test('nothing but white space changes, a second time nothing at all, and systemd reads the same', () => {
    const meaning = (text: string) =>
      settingsOf(parseUnit(text)).map(({ section, key, value }) => [section, key, value]);
    fc.assert(
      fc.property(anyUnit, (text) => {
        const once = applySpans(text, formatLink(text));
        expect(once.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        expect(meaning(once)).toEqual(meaning(text));
        expect(formatLink(once)).toEqual([]);
      }),
      { numRuns: 20 * fuzzRuns },
    );
  }, 60_000);
});

test('the outline has sections with their keys', () => {
  const text = '# a\n# b\n[Match]\nDriver=e1000e\n\n[Link]\nMTUBytes=9000\nName=\n';
  expect(
    linkSymbols(text).map(({ name, children }) => [name, children.map((one) => `${one.name} ${one.detail}`)]),
  ).toEqual([
    ['Match', ['Driver e1000e']],
    ['Link', ['MTUBytes 9000', 'Name ']],
  ]);
  expect(linkFoldings(text)).toEqual([
    { startLine: 0, endLine: 1, kind: 'comment' },
    { startLine: 2, endLine: 3, kind: 'region' },
    { startLine: 5, endLine: 7, kind: 'region' },
  ]);
});

const head = '[Match]\nDriver=vmxnet3\n\n[Link]\nNamePolicy=keep\n';

describe('completion', () => {
  const chosen = (marked: string, label: string, context: DocumentContext = onVm(null)): string => {
    const offset = marked.indexOf('¦');
    const text = marked.replace('¦', '');
    const one = linkService.completions(text, offset, context).find((item) => item.label === label);
    if (one === undefined) throw new Error(`no ${label}`);
    return applySpans(text, [{ ...one.replace, text: one.insert }]);
  };
  test.each([
    ['¦', '[Match]', '[Match]'],
    ['[Ma¦', '[Match]', '[Match]'],
    ['[Match]\nDri¦', 'Driver', '[Match]\nDriver='],
    ['[Match]\nDriver=¦', 'virtio_net', '[Match]\nDriver=virtio_net'],
    ['[Match]\nPermanentMACAddress=¦', '52:54:00:20:00:02', '[Match]\nPermanentMACAddress=52:54:00:20:00:02'],
    ['[Match]\nPath=¦', 'pci-0000:02:00.0', '[Match]\nPath=pci-0000:02:00.0'],
    [`${head}¦`, 'RxBufferSize', `${head}RxBufferSize=`],
    [`${head}Rx¦=5`, 'RxBufferSize', `${head}RxBufferSize=5`],
    [`${head}RxBufferSize=¦`, 'max', `${head}RxBufferSize=max`],
    [`${head}RxBufferSize=¦`, '4096', `${head}RxBufferSize=4096`],
    [`${head}RxBufferSize=¦`, '1024', `${head}RxBufferSize=1024`],
    [`${head}GenericReceiveOffload=¦`, 'yes', `${head}GenericReceiveOffload=yes`],
    [`${head}MACAddressPolicy=p¦`, 'persistent', `${head}MACAddressPolicy=persistent`],
    [`${head}Advertise=10baset-full ¦`, '1000baset-full', `${head}Advertise=10baset-full 1000baset-full`],
  ])('%j', (marked, label, after) => {
    expect(chosen(marked, label)).toBe(after);
  });
  test('a key the host is too old for comes last and says so', () => {
    const items = linkService.completions(head, head.length, onVm(null)).toSorted((a, b) => a.rank - b.rank);
    const rps = items.find(({ label }) => label === 'ReceivePacketSteeringCPUMask');
    expect(rps?.detail).toBe('systemd 256, the host has 252');
    expect(items.find(({ label }) => label === 'RxBufferSize')?.detail).toBe('ring rx: 1024, at most 4096');
    expect(items.indexOf(rps ?? items[0] ?? (null as never))).toBeGreaterThan(
      items.findIndex(({ label }) => label === 'MDI'),
    );
    expect(linkService.completions('# Na', 4, onVm(null))).toEqual([]);
  });
});

test('hover tells what a key is and what the NIC has now', () => {
  const said = (text: string, at: string, context = onVm(null)): string =>
    (linkService.hover(text, text.indexOf(at) + 1, context)?.parts ?? [])
      .map((part) =>
        part.kind === 'fact' ? `${part.label}: ${part.text}` : part.kind === 'link' ? part.url : part.text,
      )
      .join(' / ');
  const text = `${head}RxBufferSize=512\nRxCoalesceSec=1.5ms\nMACAddressPolicy=persistent\n`;
  expect(said(text, 'RxBufferSize')).toMatch(
    /^RxBufferSize= \/ RX ring: .* \/ value: .* \/ default: .* \/ same as: `ethtool -G NIC rx` \/ since: systemd 244 \/ now on eth2 of vm: 1024, at most 4096 \//,
  );
  expect(said(text, 'RxBufferSize', alone(null))).not.toMatch(/now on/);
  expect(said(text, '1.5ms')).toBe('1.5ms / 1500 µs');
  expect(said(text, 'persistent')).toMatch(/^persistent \/ the NIC’s own/);
  expect(said(text, 'Match')).toMatch(/^\[Match\] \/ Which interfaces/);
});

import { ethtoolCommands } from '../../knowledge/ethtoolOptions.ts';
import { linkKey, linkSections, linkWords } from '../../knowledge/linkKeys.ts';
import { nicKnobs } from '../../knowledge/nicKnobs.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { DocumentContext, HoverText, TextPart } from '../service/languageService.ts';
import { attributeNow, ethtoolNow } from '../udev/hostValues.ts';
import { surelyMatched } from './linkNics.ts';
import { microseconds } from './linkValue.ts';
import { parseUnit, type UnitSettingNode } from './unitText.ts';

const title = (text: string): TextPart => ({ kind: 'title', text });
const says = (text: string): TextPart => ({ kind: 'text', text });
const fact = (label: string, text: string): TextPart => ({ kind: 'fact', label, text });

/** What a section, key or value of a .link file means, and what the NICs it is for have now. */
export function linkHover(text: string, offset: number, context: DocumentContext): HoverText | null {
  const node = parseUnit(text).find(({ start, end }) => start <= offset && offset < Math.max(end, start + 1));
  if (node?.kind === 'section') {
    const meaning = linkSections.get(node.name);
    return meaning === undefined ? null : { span: node.nameSpan, parts: [title(`[${node.name}]`), says(meaning)] };
  }
  if (node?.kind !== 'setting' || node.section === null) return null;
  if (offset <= node.keySpan.end) return keyHover(node, text, context);
  return node.valueSpan.start <= offset && offset <= node.valueSpan.end ? valueHover(node, offset) : null;
}

function keyHover(
  { section, key, keySpan }: UnitSettingNode,
  text: string,
  context: DocumentContext,
): HoverText | null {
  const facts = linkKey(section ?? '', key);
  if (facts === undefined) return null;
  const [set = '', name = ''] = facts.same.split(' ');
  const knob = Object.values(nicKnobs).find(({ link }) => link.some((one) => one === key));
  const option = ethtoolCommands.find((command) => command.set === set)?.options[0];
  const same = option === undefined ? `/sys/class/net/NIC/${set}` : `ethtool ${option} NIC ${name}`;
  const now = (nic: Nic): string | null => (name === '' ? attributeNow(set, nic, null) : ethtoolNow(set, name, nic));
  return {
    span: keySpan,
    parts: [
      title(`${key}=`),
      says(facts.meaning),
      fact('value', writtenAs[facts.value] ?? 'text'),
      ...(knob === undefined ? [] : [fact('default', knob.defaultText)]),
      ...(facts.same === '' ? [] : [fact('same as', `\`${same}\``)]),
      fact('since', `systemd ${facts.since}`),
      ...(facts.list ? [fact('several times', 'the lists are put together; an empty one clears them')] : []),
      ...surelyMatched(text, context)
        .slice(0, 6)
        .flatMap((nic) => {
          const value = facts.same === '' ? null : now(nic);
          return value === null ? [] : [fact(`now on ${nic.name} of ${context.host?.label ?? ''}`, value)];
        }),
      {
        kind: 'link',
        label: 'systemd.link(5)',
        url: `https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html#${key}=`,
      },
    ],
  };
}

/** How values are written, in words. */
const writtenAs: Readonly<Record<string, string>> = {
  boolean: '`yes` or `no`',
  addresses: 'hardware addresses, blanks between them',
  address: 'a hardware address',
  patterns: 'patterns (`*`, `?`, `[...]`), blanks between them',
  properties: '`NAME=VALUE`, blanks between them',
  queues: '1 to 4096',
  number: 'a number',
  count: 'a number',
  'count-or-max': 'a number from 1 on, or `max`',
  size: 'bytes, with K, M or G behind them or nothing',
  mtu: 'bytes, with K, M or G behind them or nothing',
  bits: 'bits a second, with K, M or G behind them or nothing',
  time: 'a time: `8us`. Without a unit it is seconds',
  cpus: 'CPUs: `0-3,8`; `all`; `disable`',
  name: 'a name of at most 15 letters',
  modes: 'modes: `1000baset-full`',
  'name-policies': 'words, tried one after the other',
  'other-name-policies': 'words, all of which are tried',
  'address-policy': '`persistent`, `random` or `none`',
  duplex: '`full` or `half`',
  wake: 'words, or `off`',
};

function valueHover({ section, key, value, valueSpan }: UnitSettingNode, offset: number): HoverText | null {
  const facts = linkKey(section ?? '', key);
  if (facts === undefined) return null;
  if (facts.value === 'time') {
    const length = microseconds(value);
    return length === null ? null : { span: valueSpan, parts: [title(value), says(`${length} µs`)] };
  }
  for (const word of value.matchAll(/\S+/g)) {
    const span = { start: valueSpan.start + word.index, end: valueSpan.start + word.index + word[0].length };
    if (offset < span.start || offset > span.end) continue;
    const meaning = linkWords[facts.value]?.get(word[0]);
    return meaning === undefined || meaning === '' ? null : { span, parts: [title(word[0]), says(meaning)] };
  }
  return null;
}

import { type LinkKey, linkKey, linkKeys, linkSections, linkWords } from '../../knowledge/linkKeys.ts';
import { linkModes } from '../../knowledge/linkModes.ts';
import { systemdOf } from '../../knowledge/systemdVersions.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { Completion, DocumentContext, Span } from '../service/languageService.ts';
import { mostOf } from '../udev/checkEthtool.ts';
import { attributeNow, ethtoolNow } from '../udev/hostValues.ts';
import { surelyMatched } from './linkNics.ts';
import { parseUnit } from './unitText.ts';

/** Sections, keys of the section, and values with those of the linked host. */
export function linkCompletions(text: string, offset: number, context: DocumentContext): Completion[] {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const [lineRest = ''] = /^[^\r\n]*/.exec(text.slice(offset)) ?? [];
  const line = text.slice(lineStart, offset);
  if (/^\s*[#;]/.test(line)) return [];
  if (/^\s*\[/.test(line)) return sections({ start: lineStart, end: offset + lineRest.length });
  const before = parseUnit(text.slice(0, lineStart));
  const header = before.findLast((node) => node.kind === 'section');
  const section = header?.kind === 'section' ? header.name : null;
  const equals = line.indexOf('=');
  if (equals < 0) {
    const [word = ''] = /\S*$/.exec(line) ?? [];
    const [rest = ''] = /^[A-Za-z0-9-]*/.exec(lineRest) ?? [];
    const replace = { start: offset - word.length, end: offset + rest.length };
    const starts = word === '' || line.trim() === word ? sections(replace) : [];
    return section === null
      ? starts
      : [...keys(section, replace, lineRest.slice(rest.length).trimStart().startsWith('='), text, context), ...starts];
  }
  const facts = section === null ? undefined : linkKey(section, line.slice(0, equals).trim());
  if (facts === undefined) return [];
  const [word = ''] = /[^\s=]*$/.exec(line.slice(equals + 1)) ?? [];
  const [rest = ''] = /^\S*/.exec(lineRest) ?? [];
  return values(facts, text, context, { start: offset - word.length, end: offset + rest.length });
}

function completion(label: string, replace: Span, rest: Partial<Completion> = {}): Completion {
  return { label, kind: 'value', detail: '', documentation: [], insert: label, replace, words: '', rank: 10, ...rest };
}

function sections(replace: Span): Completion[] {
  return [...linkSections].map(([name, meaning], rank) =>
    completion(`[${name}]`, replace, {
      kind: 'line',
      documentation: [{ kind: 'text', text: meaning }],
      rank: 100 + rank,
    }),
  );
}

function keys(
  section: string,
  replace: Span,
  hasEquals: boolean,
  text: string,
  context: DocumentContext,
): Completion[] {
  const version = systemdOf(context.host?.os ?? null);
  const [nic] = surelyMatched(text, context);
  return linkKeys
    .filter((key) => key.section === section && key.value !== 'gone')
    .map((key, index) => {
      const tooNew = version !== null && key.since > version;
      const now = nic === undefined ? null : nowOf(key, nic);
      return completion(key.name, replace, {
        kind: 'key',
        detail: tooNew
          ? `systemd ${key.since}, the host has ${version}`
          : now === null
            ? key.same
            : `${key.same}: ${now}`,
        documentation: [{ kind: 'text', text: key.meaning }],
        insert: hasEquals ? key.name : `${key.name}=`,
        words: `${key.same} ${key.meaning}`,
        rank: index + (tooNew ? 1000 : 0),
      });
    });
}

function nowOf({ same }: LinkKey, nic: Nic): string | null {
  const [set = '', name = ''] = same.split(' ');
  if (same === '') return null;
  return name === '' ? attributeNow(set, nic, null) : ethtoolNow(set, name, nic);
}

function values(key: LinkKey, text: string, context: DocumentContext, replace: Span): Completion[] {
  const words = [...(linkWords[key.value] ?? [])].map(([word, meaning], rank) =>
    completion(word, replace, { detail: meaning, rank: rank + 10 }),
  );
  const whole = wholeValues[key.value]?.map((value) => completion(value, replace, { rank: 5 })) ?? [];
  const modes = key.value === 'modes' ? [...linkModes].map((mode) => completion(mode, replace)) : [];
  return [...fromHost(key, text, context, replace), ...whole, ...words, ...modes];
}

/** Values as they are usually written whole. */
const wholeValues: Partial<Record<LinkKey['value'], readonly string[]>> = {
  'name-policies': ['keep kernel database onboard slot path'],
  'other-name-policies': ['database onboard slot path mac'],
  'count-or-max': ['max'],
  cpus: ['all', 'disable'],
};

function fromHost(key: LinkKey, text: string, context: DocumentContext, replace: Span): Completion[] {
  const { host } = context;
  if (host === null) return [];
  const each = (value: (nic: Nic) => string | null): Completion[] =>
    host.nics.flatMap((nic) => {
      const found = value(nic);
      return found === null || found === ''
        ? []
        : [
            completion(found, replace, {
              kind: 'name',
              detail: `${nic.name} of ${host.label}`,
              rank: 0,
              words: nic.name,
            }),
          ];
    });
  if (key.section === 'Match') {
    switch (key.name) {
      case 'MACAddress':
      case 'PermanentMACAddress':
        return each((nic) => (nic.physical ? nic.address : null));
      case 'Driver':
        return each(({ driver }) => driver).filter(
          ({ label }, index, all) => all.findIndex((one) => one.label === label) === index,
        );
      case 'Path':
        return each(({ driverInfo }) =>
          driverInfo.ok && /^[0-9a-f]{4}:/.test(driverInfo.value.busInfo ?? '')
            ? `pci-${driverInfo.value.busInfo}`
            : null,
        );
      case 'OriginalName':
        return each(({ name }) => (/^(?:eth|wlan|usb)\d+$/.test(name) ? name : null));
      default:
        return [];
    }
  }
  const [set = '', name = ''] = key.same.split(' ');
  return surelyMatched(text, context).flatMap((nic) => {
    const most = mostOf({ set: set === 'ring' ? 'ring' : set === 'channels' ? 'channels' : 'link' }, name, nic);
    const now = nowOf(key, nic);
    const written =
      now === null
        ? null
        : key.value === 'boolean'
          ? now.startsWith('on')
            ? 'yes'
            : 'no'
          : key.value === 'time'
            ? `${now}us`
            : (/^\d+/.exec(now)?.[0] ?? null);
    return [
      ...(most === null ? [] : [completion(String(most), replace, { detail: `the most ${nic.name} takes`, rank: 1 })]),
      ...(written === null || written === String(most)
        ? []
        : [completion(written, replace, { detail: `now on ${nic.name} of ${host.label}`, rank: 0 })]),
    ];
  });
}

import type { Nic } from '../../model/snapshot.ts';
import { byCodePoint, splitPath } from '../boot/configFiles.ts';
import type { DocumentContext, Problem } from '../service/languageService.ts';
import { inserted, possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { isGlob } from '../text/globMatch.ts';
import { lineEndOf } from '../text/lines.ts';
import { fileBefore, nicsMatched } from './linkNics.ts';
import { matchConditions } from './unitFiles.ts';
import { settingsOf, type UnitNode, type UnitSettingNode } from './unitText.ts';

const defaultFile = '99-default.link';

/** Which interfaces a .link file is for, and what they lose by it: the first file that matches is the only one. */
export function checkMatch(text: string, nodes: readonly UnitNode[], context: DocumentContext): Problem[] {
  const settings = settingsOf(nodes).map((node) => ({ ...node, section: node.section ?? '' }));
  const conditions = matchConditions(settings);
  const name = context.path === null ? null : splitPath(context.path).name;
  const whole = { start: 0, end: /^[^\r\n]*/.exec(text)?.[0].length ?? 0 };
  // A file that drops settings into another one has that one's conditions.
  if (text.trim() === '' || (name !== null && !name.endsWith('.link'))) return [];
  const problems: Problem[] = [];
  if (conditions.size === 0) problems.push(noConditions(text, nodes, whole));
  if (name !== null && byCodePoint(name, defaultFile) > 0) {
    problems.push(
      problem({
        code: 'after-default',
        severity: 'warning',
        span: whole,
        message: `This file is never reached: ${defaultFile} comes before it and is for every interface`,
        why: 'Give it a name that begins with a number below 70: 10-lan.link.',
      }),
    );
  }
  for (const node of settingsOf(nodes)) {
    if (node.section === 'Match' && node.key === 'OriginalName') problems.push(...originalName(node, context));
  }
  if (name !== defaultFile) problems.push(...defaultsLost(text, nodes, conditions));
  problems.push(...hostProblems(text, nodes, conditions, context, whole));
  return problems;
}

function noConditions(text: string, nodes: readonly UnitNode[], whole: Problem['span']): Problem {
  const header = nodes.find((node) => node.kind === 'section' && node.name === 'Match');
  const end = lineEndOf(text);
  const fix =
    header === undefined
      ? inserted(0, `[Match]${end}OriginalName=*${end}${end}`)
      : inserted(header.end, `${/[\r\n]$/.test(text.slice(header.start, header.end)) ? '' : end}OriginalName=*${end}`);
  return problem({
    code: 'no-conditions',
    severity: 'warning',
    span: header?.kind === 'section' ? { start: header.nameSpan.start - 1, end: header.nameSpan.end + 1 } : whole,
    message: 'Without conditions in [Match] this file is for every interface, and udev warns of it',
    why: 'OriginalName=* says that it is meant.',
    fixes: [possibleFix('Say so: OriginalName=*', fix)],
  });
}

const kernelName = /^(?:eth|wlan|wwan|usb|ib)\d+$/;
const givenName = /^(?:en|wl|ww)(?:o\d|s\d|p\d|P\d|x[0-9a-f]{6,})/;

function originalName({ value, valueSpan, keySpan }: UnitSettingNode, { host }: DocumentContext): Problem[] {
  return value.split(/\s+/).flatMap((name) => {
    if (isGlob(name)) return [];
    const nic = host?.nics.find((one) => one.name === name && one.physical);
    const address = nic?.address ?? null;
    const fixes =
      address === null || value !== name
        ? []
        : [
            possibleFix(
              `Match PermanentMACAddress=${address}`,
              replaced({ start: keySpan.start, end: valueSpan.end }, `PermanentMACAddress=${address}`),
            ),
          ];
    if (givenName.test(name)) {
      return [
        problem({
          code: 'given-name',
          severity: 'warning',
          span: valueSpan,
          message: `${name} is a name that udev gives: OriginalName is the kernel’s, eth0`,
          why: 'At boot the interface is still called eth0 when this is compared. Match PermanentMACAddress, Path or Driver.',
          fixes,
        }),
      ];
    }
    if (!kernelName.test(name)) return [];
    return [
      problem({
        code: 'unstable-name',
        severity: 'info',
        span: valueSpan,
        message: `The kernel gives ${name} in the order in which it finds NICs: after a change of hardware or kernel it may be another one`,
        why: 'PermanentMACAddress, Path or Driver name the NIC for good.',
        fixes,
      }),
    ];
  });
}

/** What 99-default.link sets, and an interface that another file is for does not get. */
function defaultsLost(text: string, nodes: readonly UnitNode[], conditions: ReadonlyMap<string, string>): Problem[] {
  const header = nodes.find((node) => node.kind === 'section' && node.name === 'Link');
  if (header?.kind !== 'section') return [];
  const has = (key: string): boolean => settingsOf(nodes).some((node) => node.section === 'Link' && node.key === key);
  // Virtual interfaces are named by whoever makes them.
  const virtual =
    conditions.has('Kind') ||
    /^!?(?:bridge|bond|vlan|tun|loopback)/.test(conditions.get('Type') ?? '') ||
    /^(?:bonding|bridge|team|veth|tun|dummy|802\.1Q|vxlan|macvlan|ipvlan|wireguard)\b/.test(
      conditions.get('Driver') ?? '',
    );
  if (has('NamePolicy') || has('Name') || virtual) return [];
  const lines = ['NamePolicy=keep kernel database onboard slot path'];
  if (!has('AlternativeNamesPolicy')) lines.push('AlternativeNamesPolicy=database onboard slot path mac');
  if (!has('MACAddressPolicy')) lines.push('MACAddressPolicy=persistent');
  const end = lineEndOf(text);
  const ended = /[\r\n]$/.test(text.slice(header.start, header.end)) ? '' : end;
  return [
    problem({
      code: 'defaults-lost',
      severity: 'warning',
      span: { start: header.nameSpan.start - 1, end: header.nameSpan.end + 1 },
      message: `This file takes the place of ${defaultFile}: without NamePolicy the interface keeps the kernel’s name (eth0)`,
      why: 'The first file that matches is the only one that counts. What refers to the name of now (addresses, firewall) no longer finds the interface.',
      fixes: [
        sureFix(
          `Add what ${defaultFile} sets`,
          inserted(header.end, `${ended}${lines.map((line) => `${line}${end}`).join('')}`),
        ),
      ],
    }),
  ];
}

function hostProblems(
  text: string,
  nodes: readonly UnitNode[],
  conditions: ReadonlyMap<string, string>,
  context: DocumentContext,
  whole: Problem['span'],
): Problem[] {
  const { host } = context;
  if (host === null || host.nics.length === 0 || conditions.size === 0) return [];
  const header = nodes.find((node) => node.kind === 'section' && node.name === 'Match');
  const span = header?.kind === 'section' ? { start: header.nameSpan.start - 1, end: header.nameSpan.end + 1 } : whole;
  if (nicsMatched(text, context).length === 0) {
    return [
      problem({
        code: 'no-interface',
        severity: 'info',
        span,
        message: `No interface of ${host.label} matches`,
        why: `It has ${host.nics.slice(0, 6).map(described).join('; ')}${host.nics.length > 6 ? ' ...' : ''}.`,
      }),
    ];
  }
  const before = fileBefore(text, context);
  if (before === null) return [];
  return [
    problem({
      code: 'never-reached',
      severity: 'warning',
      span,
      message: `${before} comes first and matches the same interfaces of ${host.label}: this file is never reached`,
      related: [{ path: before, span: null, line: 1, message: 'the file that counts' }],
    }),
  ];
}

function described({ name, driver, address }: Nic): string {
  return [name, driver, address].filter((part) => part !== null).join(' ');
}

import type { NicMatch, UdevSetting } from '../../model/bootConfig.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { ConfigText } from '../boot/configFiles.ts';
import { lineIndex } from '../service/lineIndex.ts';
import {
  anyMatches,
  busAddress,
  type Condition,
  driverMatches,
  holds,
  kernelNameMatches,
  matchOf,
  unknown,
} from './nicMatch.ts';
import { parseUdevRules, type UdevRule, type UdevToken } from './udevRules.ts';

/**
 * What udev rules set of NICs, their queues and sysctls, in the order of the files given (udev(7) runs them so), and for
 * which of these NICs. A NIC that a rule surely is not for is left out of its matches.
 */
export function udevSettings(files: readonly ConfigText[], nics: readonly Nic[]): UdevSetting[] {
  return files.flatMap((file) => fileSettings(file, nics));
}

function fileSettings(listed: ConfigText, nics: readonly Nic[]): UdevSetting[] {
  const file = { ...listed, lines: apartAtGaps(listed) };
  const text = file.lines.map((line) => line.text).join('\n');
  const { positionOf } = lineIndex(text);
  const rules = parseUdevRules(text);
  const settings = rules.map((rule) => ({ rule, tokens: rule.tokens.filter((token) => setsSomething(rule, token)) }));
  if (settings.every(({ tokens }) => tokens.length === 0)) return [];
  const matches = matchesOfRules(file, rules, nics);
  return settings.flatMap(({ rule, tokens }, index) =>
    tokens.map((token): UdevSetting => {
      const at = file.lines[positionOf(token.span.start).line];
      return {
        path: file.path,
        line: at?.line ?? rule.startLine + 1,
        text: at?.text ?? '',
        what: token.attribute === null ? token.key : `${token.key}{${token.attribute}}`,
        value: token.value,
        matches: isAboutNics(rule) ? (matches[index] ?? []) : null,
      };
    }),
  );
}

const commands = /ethtool|sysctl|rps_|xps_|smp_affinity|txqueuelen|\/proc\/sys\/|\btc\b|\bip\b/;

function setsSomething(rule: UdevRule, { key, operator, value }: UdevToken): boolean {
  if (operator === '==' || operator === '!=' || operator === '-=') return false;
  if (key === 'SYSCTL') return true;
  if (key === 'RUN' && commands.test(value)) return true;
  return (key === 'ATTR' || key === 'RUN') && ['net', 'queues'].some((name) => mayBeOf(rule, name));
}

/** A rule that names another subsystem only is about no network device. */
function isAboutNics(rule: UdevRule): boolean {
  const names = rule.tokens.filter(({ key, operator }) => key === 'SUBSYSTEM' && operator === '==');
  return names.length === 0 || mayBeOf(rule, 'net') || mayBeOf(rule, 'queues');
}

function mayBeOf(rule: UdevRule, subsystem: string): boolean {
  return rule.tokens.some(
    ({ key, operator, value }) =>
      (key === 'SUBSYSTEM' || key === 'SUBSYSTEMS') && operator === '==' && value.split('|').includes(subsystem),
  );
}

/** For each rule the NICs it is for or may be for, jumps taken into account. */
function matchesOfRules(file: ConfigText, rules: readonly UdevRule[], nics: readonly Nic[]): NicMatch[][] {
  const matches: NicMatch[][] = rules.map(() => []);
  for (const nic of nics) {
    let jump: { readonly label: string; readonly sure: boolean; readonly line: number } | null = null;
    for (const [index, rule] of rules.entries()) {
      const ends = jump !== null && rule.tokens.some(({ key, value }) => key === 'LABEL' && value === jump?.label);
      if (ends) jump = null;
      if (jump?.sure === true) continue;
      const conditions = rule.tokens
        .filter(({ operator }) => operator === '==' || operator === '!=')
        .map((token) => condition(token, rule, nic));
      if (rule.faults.length > 0 || isCutOff(file, rule))
        conditions.push(unknown('the rule could not be read to its end'));
      if (jump !== null) conditions.push(unknown(`it depends on the jump in line ${jump.line}`));
      const match = matchOf(nic.name, conditions);
      if (match.matches !== false) matches[index]?.push(match);
      const goto = rule.tokens.find(({ key }) => key === 'GOTO');
      if (goto !== undefined && match.matches !== false) {
        jump = { label: goto.value, sure: match.matches === true, line: file.lines[rule.startLine]?.line ?? 0 };
      }
    }
  }
  return matches;
}

/**
 * Of a vendor's file only lines that matter are in the capture. A rule must not go on in one that is not the next: an
 * empty line ends it there.
 */
function apartAtGaps({ path, lines }: ConfigText): ConfigText['lines'] {
  if (!/^(?:\/usr)?\/lib\//.test(path)) return lines;
  return lines.flatMap((one, index) => {
    const next = lines[index + 1]?.line;
    return goesOn(one.text) && next !== one.line + 1 ? [one, { line: one.line, text: '' }] : [one];
  });
}

/** A rule whose last line is not in the capture. */
function isCutOff(file: ConfigText, rule: UdevRule): boolean {
  const [before, last] = file.lines.slice(rule.startLine, rule.endLine + 1).slice(-2);
  return goesOn((last ?? before)?.text ?? '') || (last?.text === '' && goesOn(before?.text ?? ''));
}

function goesOn(text: string): boolean {
  return text.trimEnd().endsWith('\\');
}

/** A match of a rule held against a NIC when it is added or changed. */
function condition(token: UdevToken, rule: UdevRule, nic: Nic): Condition {
  const found = equality(token, rule, nic);
  if (token.operator === '==' || found.holds === null) return found;
  return found.holds ? { holds: false, why: `${token.key} is ${token.value}` } : holds;
}

function equality({ key, attribute, value }: UdevToken, rule: UdevRule, nic: Nic): Condition {
  const patterns = value.split('|');
  const ofQueue = mayBeOf(rule, 'queues') && !mayBeOf(rule, 'net');
  switch (key) {
    case 'ACTION':
      return patterns.some((one) => ['add', 'change', 'move', '*'].includes(one))
        ? holds
        : no('no add or change of a NIC');
    case 'SUBSYSTEM':
      return anyMatches(patterns, ofQueue ? 'queues' : 'net', 'the subsystem');
    case 'SUBSYSTEMS':
      return patterns.includes('net') ? holds : unknown('the buses above the NIC are not in the capture');
    case 'NAME':
      return anyMatches(patterns, nic.name, 'its name');
    case 'KERNEL':
      return ofQueue ? queueMatches(patterns, nic) : kernelNameMatches(patterns, nic);
    case 'DRIVERS':
      return driverMatches(patterns, nic);
    case 'KERNELS':
      return parentMatches(patterns, nic);
    case 'DEVPATH':
      return pathMatches(patterns, nic, ofQueue);
    case 'ATTR':
      return attributeMatches(attribute ?? '', patterns, nic);
    case 'ENV':
      return environmentMatches(attribute ?? '', patterns, nic);
    default:
      return unknown(`what ${attribute === null ? key : `${key}{${attribute}}`} is there is not in the capture`);
  }
}

function no(why: string): Condition {
  return { holds: false, why };
}

function queueMatches(patterns: readonly string[], nic: Nic): Condition {
  const names = nic.queues.map(({ direction, index }) => `${direction}-${index}`);
  if (names.length === 0) return unknown('the queues of this NIC are not in the capture');
  return names.some((name) => anyMatches(patterns, name, 'the queue').holds === true)
    ? holds
    : no('it has no such queue');
}

function parentMatches(patterns: readonly string[], nic: Nic): Condition {
  const own = anyMatches(patterns, busAddress(nic), 'the bus address');
  return own.holds === false ? unknown('of the devices above the NIC only the nearest is in the capture') : own;
}

function pathMatches(patterns: readonly string[], nic: Nic, ofQueue: boolean): Condition {
  const queues = ofQueue ? nic.queues.map(({ direction, index }) => `/queues/${direction}-${index}`) : [''];
  const found = patterns.some((pattern) =>
    queues.some((queue) => anyMatches([pattern], `/devices/x/net/${nic.name}${queue}`, 'its path').holds === true),
  );
  if (found) return holds;
  if (patterns.every((pattern) => pattern.startsWith('*/net/'))) return no(`its path ends in /net/${nic.name}`);
  return unknown('the path of the device is not in the capture');
}

function attributeMatches(attribute: string, patterns: readonly string[], nic: Nic): Condition {
  switch (attribute) {
    case 'address':
      return anyMatches(patterns, nic.address, 'the address');
    case 'mtu':
      return anyMatches(patterns, nic.mtu === null ? null : String(nic.mtu), 'the MTU');
    default:
      return unknown(`the attribute ${attribute} at that moment is not in the capture`);
  }
}

function environmentMatches(name: string, patterns: readonly string[], nic: Nic): Condition {
  switch (name) {
    case 'INTERFACE':
      return kernelNameMatches(patterns, nic);
    case 'ID_NET_DRIVER':
      return driverMatches(patterns, nic);
    default:
      return unknown(`the property ${name} is not in the capture`);
  }
}

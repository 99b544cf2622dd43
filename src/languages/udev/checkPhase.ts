import { byCodePoint, splitPath } from '../boot/configFiles.ts';
import type { DocumentContext, Problem } from '../service/languageService.ts';
import { problem, replaced, sureFix } from '../service/problem.ts';
import { matchesGlob } from '../text/globMatch.ts';
import { alternativesOf, isMatch, type RuleInFlow, subsystemOf } from './ruleFlow.ts';
import { substitutionsIn } from './substitutions.ts';
import type { UdevToken } from './udevRules.ts';

/** The file in which an interface gets its name (80-net-setup-link.rules of systemd). */
const namingFile = '80-net-setup-link.rules';

/** Properties of an interface and the file that sets them, as systemd 252 and 257 ship it. */
const setIn: readonly (readonly [RegExp, string])[] = [
  [/^ID_NET_NAME$|^ID_NET_LINK_FILE/, namingFile],
  [/^ID_PATH(?:_TAG)?$/, namingFile],
  [/^ID_NET_NAME_|^ID_NET_NAMING_SCHEME$/, '75-net-description.rules'],
  [/^ID_BUS$|^ID_(?:VENDOR|MODEL)_ID$/, '75-net-description.rules'],
];

/** What a rule asks for before udev knows it, and names that an interface has no longer or not yet. */
export function checkPhase(rules: readonly RuleInFlow[], { path, host }: DocumentContext): Problem[] {
  const name = path === null ? null : splitPath(path).name;
  const before = new Set(
    [namingFile, ...setIn.map(([, file]) => file)].filter((file) => name !== null && byCodePoint(name, file) < 0),
  );
  const isEarly = (file: string): boolean => before.has(file);
  const known = new Set<string>();
  let named = false;
  return rules.flatMap(({ rule, given }) => {
    const problems: Problem[] = [];
    if (!rule.tokens.some(({ key }) => phased.has(key))) return problems;
    const isNet = subsystemOf(given) === 'net';
    for (const token of rule.tokens) {
      const { key, attribute, value } = token;
      if (isNet && isMatch(token) && value !== '') {
        if (key === 'NAME' && token.operator === '==' && isEarly(namingFile) && !named)
          problems.push(nameNotKnown(token));
        const set =
          key === 'ENV' && token.operator === '=='
            ? setIn.find(([pattern]) => pattern.test(attribute ?? ''))?.[1]
            : undefined;
        if (set !== undefined && isEarly(set) && !known.has(attribute ?? ''))
          problems.push(propertyNotKnown(token, set));
      }
      if (isNet && key === 'KERNEL' && token.operator === '==')
        problems.push(...notKernelsName(token, given, host, isEarly(namingFile)));
      if (isNet && key === 'RUN' && token.attribute !== 'builtin')
        problems.push(...nameInCommand(token, given, isEarly(namingFile) && !named));
      if (key === 'NAME' && !isMatch(token)) named = true;
      if (key === 'ENV' && !isMatch(token)) known.add(attribute ?? '');
      if (key === 'IMPORT') for (const property of importedBy(value)) known.add(property);
    }
    return problems;
  });
}

/** Keys that anything is said of here, or that set what is asked for. */
const phased = new Set(['NAME', 'ENV', 'KERNEL', 'RUN', 'IMPORT']);

/** Properties that builtins set. */
function importedBy(value: string): readonly string[] {
  if (value.startsWith('path_id')) return ['ID_PATH', 'ID_PATH_TAG'];
  if (value.startsWith('net_id'))
    return ['ID_NET_NAME_PATH', 'ID_NET_NAME_SLOT', 'ID_NET_NAME_ONBOARD', 'ID_NET_NAME_MAC'];
  if (value.startsWith('net_setup_link')) return ['ID_NET_NAME', 'ID_NET_LINK_FILE'];
  return [value];
}

function nameNotKnown({ span, value }: UdevToken): Problem {
  return problem({
    code: 'name-not-known',
    severity: 'warning',
    span,
    message: `No interface is called "${value}" yet when this file is read`,
    why: `The name is set in ${namingFile}: give this file a name that sorts after it (90-...).`,
  });
}

function propertyNotKnown({ span, attribute }: UdevToken, file: string): Problem {
  return problem({
    code: 'property-not-known',
    severity: 'warning',
    span,
    message: `${attribute} is not set yet when this file is read`,
    why: `It is set in ${file}: give this file a name that sorts after it (90-...).`,
  });
}

/** Names as udev makes them of the slot, path or address; the kernel's own are eth0, wlan0, usb0. */
const predictable = /^(?:en|wl(?!an)|ww(?!an))(?:[osxpPbvcadmu*[?]|$)/;
const kernels = /^(?:eth|wlan|wwan|usb|ib|lo|veth|virbr|docker|br|bond|team|tun|tap|dummy|sit|gre|vlan|macvlan)/;

/** KERNEL is the name before a rename: on add it is not the one that is known from `ip link`. */
function notKernelsName(
  token: UdevToken,
  given: RuleInFlow['given'],
  host: DocumentContext['host'],
  early: boolean,
): Problem[] {
  const actions = alternativesOf(given, 'ACTION');
  if (actions !== null && !actions.some((one) => matchesGlob(one, 'add'))) return [];
  const names = token.value.split('|');
  const renamed = names.every((one) => predictable.test(one));
  const nic = host?.nics.find(
    (one) => one.physical && names.length === 1 && one.name === names[0] && !kernels.test(one.name),
  );
  if (!renamed && nic === undefined) return [];
  return [
    problem({
      code: 'kernel-after-rename',
      severity: 'warning',
      span: token.valueSpan,
      message: `When the interface is added, KERNEL is the name it has before it is renamed (eth0), not ${token.value}`,
      why: 'NAME is the name it is given, known in files that sort after 80-net-setup-link.rules.',
      fixes: early ? [] : [sureFix('Compare NAME instead', replaced(token.keySpan, 'NAME'))],
    }),
  ];
}

/** udev replaces names in a command when it comes to the rule; the command itself runs after the rename. */
function nameInCommand(token: UdevToken, given: RuleInFlow['given'], early: boolean): Problem[] {
  const actions = alternativesOf(given, 'ACTION');
  if (actions !== null && !actions.some((one) => matchesGlob(one, 'add'))) return [];
  return substitutionsIn(token.raw).flatMap(({ from, to, facts }) => {
    const written = token.raw.slice(from, to);
    const span = token.rawSpan(from, to);
    if (facts.name === 'kernel') {
      return [
        problem({
          code: 'kernel-in-command',
          severity: 'warning',
          span,
          message: `${written} is the name before udev renames the interface: the command runs after that and does not find it`,
          why: early
            ? '$name is the new one, in files that sort after 80-net-setup-link.rules.'
            : '$name is the new one.',
          fixes: [sureFix('Change it to $name', replaced(span, '$name'))],
        }),
      ];
    }
    if (facts.name !== 'name' || !early) return [];
    return [
      problem({
        code: 'name-in-command',
        severity: 'warning',
        span,
        message: '$name is still the name before the rename in this file',
        why: `The name is set in ${namingFile}: give this file a name that sorts after it (90-...).`,
      }),
    ];
  });
}

import { type AttributeValue, netAttribute, netAttributes } from '../../knowledge/netAttributes.ts';
import { queueCommand } from '../../tuning/renderUdev.ts';
import type { Problem } from '../service/languageService.ts';
import { possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import { alternativesOf, isMatch, type RuleInFlow, subsystemOf } from './ruleFlow.ts';
import type { UdevToken } from './udevRules.ts';

/** What rules do to network interfaces and their queues that does not do what it seems to. */
export function checkNet(inFlow: RuleInFlow): Problem[] {
  const subsystem = subsystemOf(inFlow.given);
  const { rule } = inFlow;
  const problems = rule.tokens.flatMap((token) => {
    if (token.key === 'NAME' && !isMatch(token)) return nameProblems(token, inFlow, subsystem);
    if (subsystem === 'net' && token.key === 'ATTR') return attributeProblems(token, inFlow, 'net');
    if (subsystem === 'queues' && token.key === 'ATTR') return attributeProblems(token, inFlow, 'queues');
    return [];
  });
  const rest = subsystem === 'net' || subsystem === 'queues' || subsystem === 'both' ? eventProblems(inFlow) : [];
  const renamed = subsystem === 'queues' ? queuesOfRenamed(inFlow) : [];
  return [...problems, ...rest, ...renamed, ...subsystemProblems(inFlow), ...matchProblems(inFlow, subsystem)];
}

/** NAME renames interfaces, and on add only. */
function nameProblems(token: UdevToken, { given }: RuleInFlow, subsystem: ReturnType<typeof subsystemOf>): Problem[] {
  if (subsystem === 'other') {
    return [
      problem({
        code: 'name-of-node',
        severity: 'warning',
        span: token.span,
        message: 'Only network interfaces can be named: of a device node nothing happens',
        why: 'Since udev 182 nodes have the names the kernel gives them. SYMLINK+= adds another.',
        fixes: [
          possibleFix(
            'Make it SYMLINK+=',
            replaced({ start: token.keySpan.start, end: token.operatorSpan.end }, 'SYMLINK+='),
          ),
        ],
      }),
    ];
  }
  const actions = alternativesOf(given, 'ACTION');
  if (subsystem !== 'net' || actions === null || actions.some((one) => one === 'add' || /[*?[]/.test(one))) return [];
  return [
    problem({
      code: 'name-not-on-add',
      severity: 'warning',
      span: token.span,
      message: `An interface is renamed when it is added, not on ${actions.join(' or ')}`,
      why: 'udev renames interfaces on add only; on other events NAME= does nothing.',
    }),
  ];
}

function attributeProblems(token: UdevToken, { rule, given }: RuleInFlow, of: 'net' | 'queues'): Problem[] {
  const { attribute, attributeSpan, value, valueSpan, raw } = token;
  if (attribute === null || attributeSpan === null || attribute.startsWith('[')) return [];
  if (of === 'queues' && attribute.startsWith('queues/')) {
    const name = attribute.split('/').slice(2).join('/');
    return [
      problem({
        code: 'queue-path',
        severity: 'warning',
        span: attributeSpan,
        message: `Of a queue the file is ${name}, not ${attribute}`,
        why: 'The device of this rule is the queue itself: the path begins at its directory.',
        fixes: name === '' ? [] : [sureFix(`Change it to ${name}`, replaced(attributeSpan, name))],
      }),
    ];
  }
  const found = netAttribute(attribute, of);
  if (found === null) return unknownAttribute(token, of);
  const { facts, queue } = found;
  const problems: Problem[] = [];
  if (of === 'queues') {
    const kernel = alternativesOf(given, 'KERNEL');
    const wrong = facts.of === 'rx' ? 'tx' : 'rx';
    if (facts.of !== 'net' && kernel !== null && kernel.every((one) => one.startsWith(`${wrong}-`))) {
      const match = rule.tokens.find(({ key }) => key === 'KERNEL');
      problems.push(
        problem({
          code: 'queue-direction',
          severity: 'warning',
          span: attributeSpan,
          message: `${facts.name} belongs to ${facts.of === 'rx' ? 'receive' : 'transmit'} queues; the rule is for ${kernel.join(', ')}`,
          fixes:
            match === undefined
              ? []
              : [sureFix(`Match ${facts.of}-* instead`, replaced(match.valueSpan, `${facts.of}-*`))],
        }),
      );
    }
  }
  if (isMatch(token)) return problems;
  if (queue !== null) problems.push(queueOfInterface(token, queue, facts.name, facts.of === 'rx' ? 'rx' : 'tx'));
  if (facts.value === null) {
    problems.push(
      problem({
        code: 'read-only',
        severity: 'warning',
        span: token.span,
        message: `${attribute} can only be read`,
        why: `${facts.meaning}. Writing to it fails, and udev only logs that.`,
      }),
    );
  } else if (!/[$%]/.test(value)) {
    const fault = valueFault(value, facts.value);
    if (fault !== null) {
      const fix =
        fault.instead === null ? [] : [sureFix(`Change it to ${fault.instead}`, replaced(valueSpan, fault.instead))];
      problems.push(
        problem({
          code: 'attribute-value',
          severity: 'warning',
          span: raw === '' ? token.span : valueSpan,
          message: `${facts.name} takes ${fault.takes}, not "${value}"`,
          why: fault.why,
          fixes: fix,
        }),
      );
    }
  }
  return problems;
}

/** Only what looks like a slip of the pen: drivers have files of their own. */
function unknownAttribute(token: UdevToken, of: 'net' | 'queues'): Problem[] {
  const { attribute, attributeSpan } = token;
  if (attribute === null || attributeSpan === null) return [];
  const path = /^(queues\/[^/]+\/)?(.*)$/.exec(attribute);
  const [, prefix = '', name = ''] = path ?? [];
  const inQueue = of === 'queues' || prefix !== '';
  const names = netAttributes.filter((one) => (one.of === 'net') !== inQueue).map((one) => one.name);
  const common: Readonly<Record<string, string>> = {
    txqueuelen: 'tx_queue_len',
    queue_len: 'tx_queue_len',
    mac: 'address',
  };
  const meant = common[name.toLowerCase()] ?? (name.length > 4 ? nearestName(name, names) : null);
  const elsewhere = netAttributes.find((one) => one.name === name);
  if (meant === null && elsewhere !== undefined) {
    return [
      problem({
        code: 'attribute-elsewhere',
        severity: 'warning',
        span: attributeSpan,
        message: `${name} is a file of ${elsewhere.of === 'net' ? 'the interface, not of a queue' : 'a queue, not of the interface'}`,
        why:
          elsewhere.of === 'net'
            ? 'Match SUBSYSTEM=="net".'
            : `Match SUBSYSTEM=="queues", KERNEL=="${elsewhere.of}-*".`,
      }),
    ];
  }
  if (meant === null) return [];
  return [
    problem({
      code: 'unknown-attribute',
      severity: 'warning',
      span: attributeSpan,
      message: `${of === 'net' ? 'An interface' : 'A queue'} has no file ${attribute}`,
      why: didYouMean(meant).trim(),
      fixes: [sureFix(`Change it to ${prefix}${meant}`, replaced(attributeSpan, `${prefix}${meant}`))],
    }),
  ];
}

/** `ATTR{queues/rx-0/rps_cpus}` of an interface: lost when its queues are made anew, and of a pattern one queue only. */
function queueOfInterface(token: UdevToken, queue: string, name: string, direction: 'rx' | 'tx'): Problem {
  const isPattern = /[*?[]/.test(queue);
  return problem({
    code: isPattern ? 'queue-pattern' : 'queue-of-interface',
    severity: isPattern ? 'warning' : 'info',
    span: token.attributeSpan ?? token.span,
    message: isPattern
      ? 'Of a pattern udev writes one queue only'
      : 'This is lost when the queues are made anew (ethtool -L), and queues that come later are left out',
    why: isPattern
      ? 'A command of the rule can write them all.'
      : 'The kernel announces a queue that is made later by itself: a rule with SUBSYSTEM=="queues" can set it then.',
    fixes: isPattern
      ? [
          sureFix(
            'Write every queue by a command',
            replaced(token.span, queueCommand(`${direction}-*`, name, token.raw)),
          ),
        ]
      : [],
  });
}

/** Names that udev gives (systemd.net-naming-scheme(7)): at first the kernel calls such an interface `eth0` or `wlan0`. */
const givenName = /^(?:en|wl|ww|ib|sl)(?:[ospxbcvadiu]\w*)$/;

/** A rule of the queues of an interface that udev renames: see `queueCommand`. */
function queuesOfRenamed({ rule, given }: RuleInFlow): Problem[] {
  const [kernel, ...others] = alternativesOf(given, 'KERNEL') ?? [];
  return rule.tokens.flatMap((token) => {
    if (token.key !== 'DEVPATH' || token.operator !== '==') return [];
    const nic = /\/net\/([^/*?[|]+)\//.exec(token.value)?.[1];
    if (nic === undefined || !givenName.test(nic)) return [];
    const [set, ...more] = rule.tokens.filter((one) => !isMatch(one));
    const sure = set?.key === 'ATTR' && set.attribute !== null && more.length === 0 && others.length === 0;
    const command = sure && kernel !== undefined ? queueCommand(kernel, set.attribute, set.raw) : null;
    return [
      problem({
        code: 'queues-of-renamed',
        severity: 'warning',
        span: token.valueSpan,
        message: `When ${nic} appears this does nothing: its queues are announced before udev has renamed it`,
        why: 'Their path then has the name the kernel gave (eth0), and when udev comes to them it is gone. It does take queues that are made later (ethtool -L).',
        fixes:
          command === null
            ? []
            : [
                possibleFix(
                  'Make it a rule of the interface',
                  replaced(
                    rule.spanOf(0, rule.joined.trimEnd().length),
                    `ACTION=="add|change", SUBSYSTEM=="net", NAME=="${nic}", ${command}`,
                  ),
                ),
              ],
      }),
    ];
  });
}

/** The interface a rule names, as a pattern of its path; null when it names none. */
export function nicPattern(given: RuleInFlow['given']): string | null {
  for (const key of ['NAME', 'KERNEL']) {
    const [only, ...others] = alternativesOf(given, key) ?? [];
    if (only !== undefined && others.length === 0 && only !== '') return only;
  }
  const [only, ...others] =
    alternativesOf(given, 'ENV', 'INTERFACE') ?? alternativesOf(given, 'ENV', 'ID_NET_NAME') ?? [];
  return only !== undefined && others.length === 0 ? only : null;
}

/** Why a value is none of its kind; null for one that is. */
export function valueFault(
  value: string,
  kind: AttributeValue,
): { readonly takes: string; readonly why: string; readonly instead: string | null } | null {
  switch (kind.kind) {
    case 'number': {
      const ok = /^(?:0x[0-9a-f]+|\d+)$/i.test(value) && Number(value) >= kind.least && Number(value) <= kind.most;
      if (ok && /^0\d/.test(value)) {
        return { takes: 'a number', why: 'A leading zero makes it octal.', instead: String(Number(value)) };
      }
      return ok
        ? null
        : {
            takes: `a number from ${kind.least} on`,
            why: 'The kernel refuses it; udev only logs that.',
            instead: null,
          };
    }
    case 'switch':
      return value === '0' || value === '1'
        ? null
        : {
            takes: '0 or 1',
            why: '',
            instead: /^(?:y|yes|on|true)$/i.test(value) ? '1' : /^(?:n|no|off|false)$/i.test(value) ? '0' : null,
          };
    case 'cpu-mask':
    case 'queue-mask': {
      if (/^[0-9a-f]{1,8}(?:,[0-9a-f]{1,8})*$/i.test(value)) return null;
      const list = /^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/.test(value) && value.includes('-') ? maskOfList(value) : null;
      const bare = /^0x([0-9a-f]{1,8})$/i.exec(value)?.[1] ?? null;
      return {
        takes: 'a hexadecimal mask in groups of 32 bits (f, ffffffff,00000000)',
        why: list === null ? '' : 'This reads like a list.',
        instead: list ?? bare,
      };
    }
    case 'power-of-two': {
      if (!/^\d+$/.test(value)) return { takes: 'a number', why: '', instead: null };
      const count = Number(value);
      // Not a fault that is refused: the kernel rounds up.
      return count <= 4_294_967_295 ? null : { takes: 'a number below 2^32', why: '', instead: null };
    }
    case 'text':
      return null;
  }
}

function maskOfList(list: string): string | null {
  let bits = 0n;
  for (const part of list.split(',')) {
    const [from = 0, to = from] = part.split('-').map(Number);
    if (to < from || to > 8191) return null;
    for (let cpu = from; cpu <= to; cpu += 1) bits |= 1n << BigInt(cpu);
  }
  const hex = bits.toString(16);
  const groups = [];
  for (let end = hex.length; end > 0; end -= 8) groups.unshift(hex.slice(Math.max(0, end - 8), end));
  return groups.join(',');
}

/** Without ACTION a rule runs on every event of the device: add, move, change, remove. */
function eventProblems({ rule, given, actionGuarded }: RuleInFlow): Problem[] {
  const acts = rule.tokens.filter(
    (token) => !isMatch(token) && (token.key === 'RUN' || token.key === 'ATTR' || token.key === 'SYSCTL'),
  );
  const [first] = acts;
  if (first === undefined || actionGuarded || given.some(({ key }) => key === 'ACTION')) return [];
  const start = rule.tokens[0]?.span.start ?? first.span.start;
  const runs = acts.some(({ key }) => key === 'RUN');
  return [
    problem({
      code: 'no-action',
      severity: runs ? 'warning' : 'info',
      span: runs ? (acts.find(({ key }) => key === 'RUN') ?? first).span : first.span,
      message: 'Without ACTION this is done on every event of the device, its removal included',
      why: 'The kernel sends add, move (after a rename), change and remove.',
      fixes: [sureFix('Do it on add and change', { start, end: start, text: 'ACTION=="add|change", ' })],
    }),
  ];
}

const subsystems = ['net', 'queues', 'pci', 'usb', 'block', 'module', 'virtio', 'infiniband'];

/** Names of subsystems that are none, where the rule is plainly about interfaces. */
function subsystemProblems({ rule }: RuleInFlow): Problem[] {
  return rule.tokens.flatMap((token) => {
    if (token.key !== 'SUBSYSTEM' || token.operator !== '==' || subsystems.includes(token.value)) return [];
    const meant = /^(?:network|networking|netdev|nic)$/i.test(token.value)
      ? 'net'
      : /^queue$/i.test(token.value)
        ? 'queues'
        : null;
    if (meant === null) return [];
    return [
      problem({
        code: 'unknown-subsystem',
        severity: 'warning',
        span: token.valueSpan,
        message: `No device has the subsystem ${token.value}`,
        why: didYouMean(meant).trim(),
        fixes: [sureFix(`Change it to ${meant}`, replaced(token.valueSpan, meant))],
      }),
    ];
  });
}

/** Patterns that no device of the kind can match. */
function matchProblems({ rule }: RuleInFlow, subsystem: ReturnType<typeof subsystemOf>): Problem[] {
  if (subsystem !== 'net') return [];
  return rule.tokens.flatMap((token) => {
    if (token.key !== 'DRIVER' || token.operator !== '==' || token.value === '') return [];
    return [
      problem({
        code: 'driver-of-interface',
        severity: 'warning',
        span: token.keySpan,
        message: 'An interface has no driver of its own: DRIVER matches none',
        why: 'The driver is that of the device it lies below.',
        fixes: [sureFix('Change it to DRIVERS', replaced(token.keySpan, 'DRIVERS'))],
      }),
    ];
  });
}

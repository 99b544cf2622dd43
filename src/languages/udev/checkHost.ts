import type { Problem, Span } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { possibleFix, problem, replaced } from '../service/problem.ts';
import { isGlob, matchesGlob } from '../text/globMatch.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import { ethtoolCalls } from './commands.ts';
import { isMatch, type RuleInFlow, subsystemOf } from './ruleFlow.ts';
import type { UdevToken } from './udevRules.ts';

/** What the linked host shows to be otherwise than a rule takes it to be. */
export function checkHost({ rule, given }: RuleInFlow, host: LinkedHost | null): Problem[] {
  if (host === null || host.nics.length === 0) return [];
  const subsystem = subsystemOf(given);
  return rule.tokens.flatMap((token) => {
    if (token.key === 'RUN')
      return ethtoolCalls(token).flatMap(({ nic }) => named(host, nic.text, token.rawSpan(nic.from, nic.to)));
    if (subsystem !== 'net' && subsystem !== 'queues') return [];
    if (token.key === 'ATTR' && token.attribute === 'tx_queue_len' && !isMatch(token)) return queueLength(token, host);
    if (
      (token.attribute === 'rps_cpus' ||
        token.attribute === 'xps_cpus' ||
        /\/[rx]ps_cpus$/.test(token.attribute ?? '')) &&
      !isMatch(token)
    )
      return maskBeyond(token, host);
    return namesOf(token, subsystem, host);
  });
}

function namesOf(token: UdevToken, subsystem: 'net' | 'queues', host: LinkedHost): Problem[] {
  const { key, attribute, operator, raw } = token;
  if (operator !== '==') return [];
  const isName =
    key === 'NAME' ||
    (key === 'ENV' && (attribute === 'INTERFACE' || attribute === 'ID_NET_NAME')) ||
    (key === 'KERNEL' && subsystem === 'net');
  if (key === 'DEVPATH') {
    const found = /\/net\/([^/*?[\]|]+)(?:\/|$)/d.exec(raw);
    const place = found?.indices?.[1];
    return found === null || place === undefined ? [] : named(host, found[1] ?? '', token.rawSpan(...place));
  }
  if (!isName || raw === '' || raw === '?*') return [];
  // The name before a rename is not in the capture.
  if (key === 'KERNEL' && /^(?:eth|wlan|usb|ib)[\d*[]/.test(raw)) return [];
  const names = raw.split('|');
  if (names.some((one) => host.nics.some(({ name }) => matchesGlob(one, name)))) return [];
  const [only] = names;
  return names.length === 1 && only !== undefined && !isGlob(only)
    ? named(host, only, token.valueSpan)
    : [missing(host, raw, token.valueSpan, null)];
}

function named(host: LinkedHost, name: string, span: Span): Problem[] {
  if (/[$%*?[]/.test(name) || host.nics.some((nic) => nic.name === name)) return [];
  return [
    missing(
      host,
      name,
      span,
      nearestName(
        name,
        host.nics.map((nic) => nic.name),
      ),
    ),
  ];
}

function missing(host: LinkedHost, name: string, span: Span, meant: string | null): Problem {
  return problem({
    code: 'no-such-interface',
    severity: 'info',
    span,
    message: `${host.label} has no interface ${name}`,
    why: `${didYouMean(meant)}It has ${host.nics
      .slice(0, 8)
      .map((nic) => nic.name)
      .join(', ')}${host.nics.length > 8 ? ' ...' : ''}.`,
    fixes: meant === null ? [] : [possibleFix(`Change it to ${meant}`, replaced(span, meant))],
  });
}

/** Queue disciplines with a limit of their own. */
const ownLimit = /^(?:fq|fq_codel|fq_pie|cake|codel|pie|sfq)$/;

function queueLength(token: UdevToken, host: LinkedHost): Problem[] {
  const qdisc = host.sysctl.ok ? (host.sysctl.value.get('net.core.default_qdisc') ?? '') : '';
  if (!ownLimit.test(qdisc)) return [];
  return [
    problem({
      code: 'length-without-effect',
      severity: 'info',
      span: token.span,
      message: `With ${qdisc}, the default of ${host.label}, tx_queue_len changes nothing`,
      why: `${qdisc} has a limit of its own; tx_queue_len is that of pfifo_fast and pfifo.`,
    }),
  ];
}

function maskBeyond(token: UdevToken, host: LinkedHost): Problem[] {
  const possible = host.cpus.possible;
  if (possible === null || possible.length === 0 || !/^[0-9a-f]{1,8}(?:,[0-9a-f]{1,8})*$/i.test(token.value)) return [];
  const groups = token.value.split(',');
  const highest = highestBit(groups);
  const last = Math.max(...possible);
  if (highest <= last) return [];
  return [
    problem({
      code: 'mask-beyond-cpus',
      severity: 'warning',
      span: token.valueSpan,
      message: `The mask names CPU ${highest}; the last one of ${host.label} is CPU ${last}`,
      why: 'The kernel refuses a mask with CPUs that cannot be, EOVERFLOW, or leaves them out.',
    }),
  ];
}

/** The highest CPU of a mask in groups of 32 bits; -1 for an empty one. */
function highestBit(groups: readonly string[]): number {
  const bits = groups.map((group, index) => (index === 0 ? group : group.padStart(8, '0'))).join('');
  const digits = bits.replace(/^0+/, '');
  return digits === '' ? -1 : (digits.length - 1) * 4 + Math.floor(Math.log2(Number.parseInt(digits.charAt(0), 16)));
}

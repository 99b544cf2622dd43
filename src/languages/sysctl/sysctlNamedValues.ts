import { congestionControls, defaultQdiscs } from '../../knowledge/sysctl/names.ts';
import type { Fix, Problem } from '../service/languageService.ts';
import { problem, replaced, sureFix } from '../service/problem.ts';
import { nearestName } from '../text/nearest.ts';
import type { LookedAt } from './lookedAt.ts';
import { linksOf } from './sysctlLinks.ts';
import { printedAs } from './sysctlPrint.ts';

/** Values that are no numbers: names of modules, CPU masks, lists of ports. */
export function namedValueProblems(looked: LookedAt): Problem[] {
  const { facts, line, plain, span } = looked;
  if (plain === '') return [];
  if (facts.shape === 'word') return unknownName(looked);
  if (facts.shape !== 'mask' && facts.shape !== 'ports') return [];
  const print = printedAs(line.key, plain, '0');
  if (print.kind !== 'refused') return [];
  return [
    problem({
      code: facts.shape === 'mask' ? 'not-a-mask' : 'not-a-port-list',
      severity: 'error',
      span,
      message: print.why,
      why:
        facts.shape === 'mask'
          ? 'One bit for each CPU, CPU 0 the last, in hexadecimal: `f` is CPUs 0 to 3; above 32 CPUs a comma every eight digits.'
          : 'Ports and ranges apart by commas, without blanks: `8080,9000-9010`.',
      links: linksOf(line.key),
      fixes: facts.shape === 'ports' ? joined(looked) : [],
    }),
  ];
}

/** Ports apart by blanks, or by commas and blanks, apart by commas. */
function joined({ line, plain, span }: LookedAt): Fix[] {
  const list = plain
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .join(',');
  if (list === plain || printedAs(line.key, list, '0').kind === 'refused') return [];
  return [sureFix(`Change to ${list}`, replaced(span, list))];
}

const known: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['net.ipv4.tcp_congestion_control', congestionControls],
  ['net.core.default_qdisc', defaultQdiscs],
]);

function unknownName({ line, plain, span, context }: LookedAt): Problem[] {
  const names = known.get(line.key);
  if (names?.has(plain) !== false) return [];
  const { host } = context;
  const running = host?.sysctl.ok ? host.sysctl.value : null;
  const available = running?.get('net.ipv4.tcp_available_congestion_control')?.split(' ') ?? [];
  if (running?.get(line.key) === plain || available.includes(plain)) return [];
  const meant = nearestName(plain, names.keys());
  return [
    problem({
      code: 'unknown-name',
      severity: 'warning',
      span,
      message: `Linux has no ${line.key === 'net.core.default_qdisc' ? 'qdisc' : 'congestion control'} \`${plain}\`${meant === null ? '' : `: did you mean \`${meant}\`?`}`,
      why: 'The kernel refuses a name whose module it cannot load, and keeps what it has.',
      links: linksOf(line.key),
      fixes: meant === null ? [] : [sureFix(`Change to ${meant}`, replaced(span, meant))],
    }),
  ];
}

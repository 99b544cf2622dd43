import type { Problem } from '../service/languageService.ts';
import { possibleFix, problem, replaced } from '../service/problem.ts';
import type { LookedAt } from './lookedAt.ts';
import { linksOf } from './sysctlLinks.ts';
import { kernelNumber } from './sysctlValue.ts';

/** Numbers of one value that contradict each other, or are not of the kind that the key takes. */
export function orderProblems(looked: LookedAt, numbers: readonly number[]): Problem[] {
  return [...unordered(looked, numbers), ...privilegedPorts(looked, numbers), ...notAPower(looked, numbers)];
}

function unordered({ facts, line, span, words }: LookedAt, numbers: readonly number[]): Problem[] {
  if (facts.shape !== 'triple' && line.key !== 'net.ipv4.ip_local_port_range') return [];
  if (numbers.every((number, index) => index === 0 || number >= (numbers[index - 1] ?? number))) return [];
  const sorted = [...words.slice(0, numbers.length)]
    .sort((x, y) => (kernelNumber(x.text) ?? 0) - (kernelNumber(y.text) ?? 0))
    .map(({ text }) => text)
    .join(' ');
  const isRange = facts.shape === 'pair';
  return [
    problem({
      code: 'unordered',
      severity: isRange ? 'error' : 'warning',
      span,
      message: isRange
        ? 'The kernel refuses a range whose first port is above its last'
        : 'The numbers do not rise: they are the least, the usual and the most',
      why: `${facts.governs}.`,
      links: linksOf(line.key),
      fixes: [possibleFix(`Change to ${sorted}`, replaced(span, sorted))],
    }),
  ];
}

/** Since 4.11 the kernel refuses a range that begins among the ports which need a privilege (net/ipv4/sysctl_net_ipv4.c). */
function privilegedPorts({ line, source, words }: LookedAt, numbers: readonly number[]): Problem[] {
  const [low = 0] = numbers;
  const [word] = words;
  if (line.key !== 'net.ipv4.ip_local_port_range' || word === undefined || low < 1) return [];
  const start = source.assignments.findLast(
    ({ key, lineNumber }) => key === 'net.ipv4.ip_unprivileged_port_start' && lineNumber < line.lineNumber,
  );
  const privileged = kernelNumber(start?.value ?? '1024') ?? 1024;
  if (low >= privileged) return [];
  return [
    problem({
      code: 'out-of-range',
      severity: 'error',
      span: word.span,
      message: `The kernel refuses a range that begins below ${privileged}, where ports need a privilege`,
      why: 'net.ipv4.ip_unprivileged_port_start says where they end; it can be lowered in a line before.',
      links: linksOf(line.key),
      fixes: [possibleFix(`Change to ${privileged}`, replaced(word.span, String(privileged)))],
    }),
  ];
}

function notAPower({ line, words }: LookedAt, numbers: readonly number[]): Problem[] {
  const [size = 0] = numbers;
  const [word] = words;
  if (line.key !== 'net.core.flow_limit_table_len' || word === undefined || size < 1) return [];
  if (Number.isInteger(Math.log2(size))) return [];
  const near = 2 ** Math.round(Math.log2(size));
  return [
    problem({
      code: 'out-of-range',
      severity: 'error',
      span: word.span,
      message: `The kernel refuses ${size}: it takes powers of two`,
      links: linksOf(line.key),
      fixes: [possibleFix(`Change to ${near}`, replaced(word.span, String(near)))],
    }),
  ];
}

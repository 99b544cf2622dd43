import { type GoneKey, goneKeys } from '../../knowledge/sysctl/gone.ts';
import { isAtLeast, kernelVersion, parseVersion } from '../../knowledge/sysctl/kernelVersion.ts';
import type { SysctlKeyFacts } from '../../knowledge/sysctl/record.ts';
import { interfaceOf, isIn, sysctlFacts, sysctlKeys } from '../../knowledge/sysctlKeys.ts';
import type { DocumentContext, Problem, Span } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { isGlob, matchesGlob } from '../text/globMatch.ts';
import { nearestName } from '../text/nearest.ts';
import type { SysctlAssignment, SysctlExclusion } from './sysctlConf.ts';
import { spelledAs } from './sysctlKey.ts';
import { linksOf } from './sysctlLinks.ts';
import { type SysctlSource, wholeLine } from './sysctlSource.ts';

/** Prefixes below which we know every key of the kernels of today; elsewhere a key may well be one of a distribution or a module. */
const whole = /^net\.(?:core|ipv4|ipv6|netfilter|bridge|unix|mptcp|sctp)\./;
/** A file of nonsense is not compared with everything, line by line. */
const mostSuggestions = 20;

/** Keys that no kernel has, or not the host's, and those whose value is not taken or does nothing. */
export function keyProblems(source: SysctlSource, { host }: DocumentContext): Problem[] {
  const running = host?.sysctl.ok === true ? host.sysctl.value : null;
  let suggestions = 0;
  return source.document.lines.flatMap((line) => {
    if (line.kind !== 'assignment' && line.kind !== 'exclude') return [];
    const { key } = line;
    const facts = line.kind === 'assignment' ? source.facts.get(line) : sysctlFacts(key);
    const span = source.index.spanOf(line.keyRange);
    if (facts !== undefined) return line.kind === 'exclude' ? [] : knownKey(source, line, facts, host);
    if (running?.has(key)) return [];
    if (isGlob(key)) return patternProblems(key, span, running);
    const gone = goneKeys.get(key);
    if (gone !== undefined) return isStillIn(gone.removed, host) ? [] : [goneProblem(source, line, span, gone, host)];
    const dotted = dottedInterface(key);
    if (dotted !== null) return [dottedProblem(line, span, dotted)];
    suggestions += 1;
    const meant = suggestions > mostSuggestions ? null : meantBy(key, running);
    if (meant === null && !whole.test(key)) return [];
    return [unknownProblem(line, span, meant)];
  });
}

type KeyLine = SysctlAssignment | SysctlExclusion;

function unknownProblem({ key, rawKey }: KeyLine, span: Span, meant: string | null): Problem {
  const spelled = meant === null ? null : spelledAs(meant, rawKey);
  return problem({
    code: 'unknown-key',
    severity: 'warning',
    span,
    message: `Linux has no key \`${key}\`${spelled === null ? '' : `: did you mean \`${spelled}\`?`}`,
    why: 'systemd-sysctl skips an unknown key in silence; sysctl(8) says so, and fails.',
    links: linksOf(key),
    fixes: spelled === null ? [] : [sureFix(`Change to ${spelled}`, replaced(span, spelled))],
  });
}

/** The known key that is nearest, or one of the same last name elsewhere. */
function meantBy(key: string, running: ReadonlyMap<string, string> | null): string | null {
  const device = interfaceOf(key);
  const names = [...sysctlKeys.keys()].map((known) => (device === null ? known : known.replace('*', device)));
  // Elsewhere there are keys that we do not know, some of them much like those that we do.
  const most = whole.test(key) ? 3 : 1;
  const found = nearestName(key, new Set([...names, ...(running?.keys() ?? [])]), most);
  if (found !== null) return found;
  const leaf = key.slice(key.lastIndexOf('.') + 1);
  const alike = names.filter((name) => name.endsWith(`.${leaf}`));
  return alike.length === 1 && leaf.length > 5 ? (alike[0] ?? null) : null;
}

/** Whether the host's kernel is older than the one that no longer has a key. */
function isStillIn(removed: string | null, host: LinkedHost | null): boolean {
  const kernel = kernelVersion(host?.kernel ?? '');
  return removed !== null && kernel !== null && !isAtLeast(kernel, parseVersion(removed));
}

/** Where no host is linked: kernels before 5.0 are hardly run any more, later ones may well still have what went after. */
function removalSeverity(removed: string | null, host: LinkedHost | null): 'warning' | 'info' {
  const isRecent = removed !== null && isAtLeast(parseVersion(removed), parseVersion('5.0'));
  return host === null && isRecent ? 'info' : 'warning';
}

function goneProblem(
  source: SysctlSource,
  line: KeyLine,
  span: Span,
  { key, removed, instead, why }: GoneKey,
  host: LinkedHost | null,
): Problem {
  const what = removed === null ? `No Linux has a key \`${key}\`` : `\`${key}\` is gone since Linux ${removed}`;
  // Of one number that becomes one of three only whoever wrote it knows the others.
  const sameShape = instead !== null && sysctlFacts(instead)?.shape === 'number' && line.kind === 'assignment';
  const renamed = instead === null ? null : spelledAs(instead, line.rawKey);
  return problem({
    code: removed === null ? 'never-existed' : 'removed-key',
    severity: removalSeverity(removed, host),
    span,
    message: what,
    why: `${why}.`,
    links: instead === null ? [] : linksOf(instead),
    fixes: [
      ...(renamed !== null && sameShape ? [sureFix(`Change to ${renamed}`, replaced(span, renamed))] : []),
      possibleFix('Remove the line', replaced(wholeLine(source, line.lineNumber), '')),
    ],
  });
}

/** `net.ipv4.conf.eth0.100.rp_filter`, which names no interface: its name, and the key with it. */
function dottedInterface(key: string): { readonly device: string; readonly key: string } | null {
  const [, family, device, leaf] = /^(net\.ipv[46]\.(?:conf|neigh))\.([^/]+\.[^/]+)\.([^./]+)$/.exec(key) ?? [];
  if (family === undefined || device === undefined) return null;
  const fixed = `${family}.${device.replaceAll('.', '/')}.${leaf}`;
  return sysctlFacts(fixed) === undefined ? null : { device, key: fixed };
}

function dottedProblem({ rawKey }: KeyLine, span: Span, { device, key }: { device: string; key: string }): Problem {
  const dots = spelledAs(key, '.');
  const slashes = spelledAs(key, '/');
  const [preferred, other] = rawKey.includes('/') ? [slashes, dots] : [dots, slashes];
  return problem({
    code: 'dot-in-name',
    severity: 'error',
    span,
    message: `The dots of \`${device}\` are taken for separators: the key does not exist`,
    why: 'In a key apart by dots a dot of a name is written as a slash; in one apart by slashes it stays a dot.',
    fixes: [
      sureFix(`Change to ${preferred}`, replaced(span, preferred)),
      possibleFix(`Change to ${other}`, replaced(span, other)),
    ],
  });
}

function patternProblems(key: string, span: Span, running: ReadonlyMap<string, string> | null): Problem[] {
  const parts = key.split('.');
  const fits = (name: string): boolean => {
    const names = name.split('.');
    return (
      names.length === parts.length &&
      parts.every((part, index) => names[index] === '*' || matchesGlob(part, names[index] ?? ''))
    );
  };
  if (!whole.test(key)) return [];
  if ([...sysctlKeys.keys(), ...(running?.keys() ?? [])].some(fits)) return [];
  return [
    problem({
      code: 'pattern-matches-nothing',
      severity: 'warning',
      span,
      message: `No key matches \`${key}\``,
      why: 'A star stands for one name: it does not go over a dot.',
    }),
  ];
}

function knownKey(
  source: SysctlSource,
  line: SysctlAssignment,
  facts: SysctlKeyFacts,
  host: LinkedHost | null,
): Problem[] {
  const told = knownKeyProblem(line, facts, host);
  if (told === null) return [];
  const removable = told.code !== 'module-not-loaded';
  return [
    problem({
      ...told,
      span: source.index.spanOf(line.keyRange),
      links: linksOf(line.key),
      fixes: removable ? [possibleFix('Remove the line', replaced(wholeLine(source, line.lineNumber), ''))] : [],
    }),
  ];
}

type Told = Pick<Problem, 'code' | 'severity' | 'message'> & Partial<Pick<Problem, 'why' | 'unnecessary'>>;

function knownKeyProblem({ key }: SysctlAssignment, facts: SysctlKeyFacts, host: LinkedHost | null): Told | null {
  if (facts.readOnly) {
    const message = `\`${key}\` cannot be set: the kernel only shows it`;
    return { code: 'read-only-key', severity: 'warning', message };
  }
  const onHost = host === null || !host.sysctl.ok ? null : host.sysctl.value.has(key);
  const inKernel = isIn(facts, host?.kernel ?? null);
  if (facts.removed !== undefined && inKernel !== true && onHost !== true) {
    const known = goneKeys.get(key);
    const why = known === undefined ? '' : `${known.why}.`;
    return {
      code: 'removed-key',
      severity: removalSeverity(facts.removed, host),
      message: `\`${key}\` is gone since Linux ${facts.removed}`,
      why,
    };
  }
  if (onHost === false && inKernel === false && host !== null) {
    const where = `${host.label} runs Linux ${host.kernel ?? ''}, which does not have \`${key}\``;
    return { code: 'not-in-kernel', severity: 'warning', message: `${where}: it came with Linux ${facts.since}` };
  }
  if (facts.idleSince !== undefined && (host === null || inKernel !== false)) {
    const message = `\`${key}\` has no effect since Linux ${facts.idleSince}`;
    return { code: 'no-effect', severity: 'info', message, unnecessary: true };
  }
  return moduleProblem(key, host);
}

/** Modules whose keys are not there before they are loaded. */
const modules: readonly (readonly [prefix: string, module: string])[] = [
  ['net.netfilter.nf_conntrack_', 'nf_conntrack'],
  ['net.nf_conntrack_max', 'nf_conntrack'],
  ['net.bridge.', 'br_netfilter'],
];

function moduleProblem(key: string, host: LinkedHost | null): Told | null {
  if (host === null || !host.sysctl.ok || host.sysctl.value.has(key)) return null;
  const module = modules.find(([prefix]) => key.startsWith(prefix))?.[1];
  if (module === undefined) return null;
  const loaded = host.boot.modules.ok && host.boot.modules.value.some(({ text }) => text.includes(module));
  if (loaded) return null;
  return {
    code: 'module-not-loaded',
    severity: 'info',
    message: `${host.label} has no \`${key}\` before the module ${module} is loaded`,
    why: `A file in /etc/modules-load.d that names ${module} has it loaded before sysctl files are applied.`,
  };
}

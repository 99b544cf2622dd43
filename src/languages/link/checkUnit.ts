import { type LinkKey, linkKey, linkKeys, linkSections } from '../../knowledge/linkKeys.ts';
import { systemdOf } from '../../knowledge/systemdVersions.ts';
import type { Problem } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import { linkValueFault, microseconds } from './linkValue.ts';
import type { UnitNode, UnitSectionNode, UnitSettingNode } from './unitText.ts';

/** What systemd says of a .link file, line by line, and what it does not: times without unit, keys of a later version. */
export function checkUnit(nodes: readonly UnitNode[], host: LinkedHost | null): Problem[] {
  let ignored = false;
  const problems = nodes.flatMap((node) => {
    switch (node.kind) {
      case 'section':
        ignored = !linkSections.has(node.name);
        return sectionProblems(node);
      case 'setting':
        return settingProblems(node, host);
      case 'malformed':
        return ignored && !node.text.startsWith('[') ? [] : [malformed(node.text, node.textSpan)];
      default:
        return [];
    }
  });
  return [...problems, ...repeated(nodes)];
}

function malformed(text: string, span: Problem['span']): Problem {
  if (text.startsWith('[')) {
    const fix = /^\[[^\]]*$/.test(text)
      ? [sureFix('Close the bracket', { start: span.end, end: span.end, text: ']' })]
      : [];
    return problem({
      code: 'section-header',
      severity: 'error',
      span,
      message: 'A section header stands alone in its line, in brackets',
      why: 'systemd gives the whole file up at such a line.',
      fixes: fix,
    });
  }
  return problem({
    code: 'no-assignment',
    severity: 'error',
    span,
    message: 'No = in this line: systemd passes it over',
  });
}

function isOwn(name: string): boolean {
  return name.startsWith('X-');
}

function sectionProblems({ name, nameSpan }: UnitSectionNode): Problem[] {
  if (linkSections.has(name) || isOwn(name)) return [];
  const meant = nearestName(name.trim(), linkSections.keys());
  return [
    problem({
      code: 'unknown-section',
      severity: 'error',
      span: nameSpan,
      message: `A .link file has no section [${name}]: systemd passes over what is in it`,
      why: `${didYouMean(meant === null ? null : `[${meant}]`)}It has [Match], [Link] and [SR-IOV].`,
      fixes: meant === null ? [] : [sureFix(`Change it to ${meant}`, replaced(nameSpan, meant))],
    }),
  ];
}

function settingProblems(node: UnitSettingNode, host: LinkedHost | null): Problem[] {
  const { section, key, keySpan, equals } = node;
  if (key === '')
    return [
      problem({
        code: 'no-assignment',
        severity: 'error',
        span: { start: equals, end: equals + 1 },
        message: 'No key before the =',
      }),
    ];
  if (section === null) {
    return [
      problem({
        code: 'outside-section',
        severity: 'error',
        span: keySpan,
        message: `${key} stands before the first section: systemd passes it over`,
      }),
    ];
  }
  if (!linkSections.has(section) || isOwn(key)) return [];
  const facts = linkKey(section, key);
  if (facts === undefined) return [unknownKey(node, section)];
  return [...valueProblems(node, facts), ...versionProblems(node, facts, host)];
}

function unknownKey({ key, keySpan }: UnitSettingNode, section: string): Problem {
  const elsewhere = linkKeys.find((one) => one.name === key && one.section !== section);
  const meant = nearestName(
    key,
    linkKeys.filter((one) => one.section === section).map(({ name }) => name),
  );
  if (elsewhere !== undefined) {
    return problem({
      code: 'key-elsewhere',
      severity: 'error',
      span: keySpan,
      message: `${key} belongs in [${elsewhere.section}], not in [${section}]: systemd passes it over`,
    });
  }
  return problem({
    code: 'unknown-key',
    severity: 'error',
    span: keySpan,
    message: `[${section}] of a .link file has no ${key}`,
    why: `${didYouMean(meant)}systemd passes the line over. Known are the keys of systemd 257 and some of later ones.`,
    fixes: meant === null ? [] : [sureFix(`Change it to ${meant}`, replaced(keySpan, meant))],
  });
}

function valueProblems(node: UnitSettingNode, facts: LinkKey): Problem[] {
  const { key, keySpan, value, valueSpan, continued } = node;
  if (facts.value === 'gone')
    return [
      problem({
        code: 'key-gone',
        severity: 'warning',
        span: keySpan,
        message: `systemd ignores ${key}: ${facts.meaning.toLowerCase()}`,
        unnecessary: true,
      }),
    ];
  const fault = linkValueFault(facts, value);
  const span = value === '' ? keySpan : valueSpan;
  if (fault !== null) {
    const note = /\s+([#;].*)$/.exec(value);
    const isNote = note !== null && fault.instead === value.slice(0, note.index);
    const fixes =
      fault.instead === null || continued
        ? []
        : isNote
          ? [
              sureFix(
                'Put the comment in a line of its own',
                { start: keySpan.start, end: keySpan.start, text: `${note[1]}\n` },
                replaced(valueSpan, fault.instead),
              ),
            ]
          : [sureFix(`Change it to ${fault.instead}`, replaced(valueSpan, fault.instead))];
    return [
      problem({
        code: 'value',
        severity: 'error',
        span,
        message: `${key} takes ${fault.takes}`,
        why: `${fault.why === '' ? '' : `${fault.why} `}systemd passes the line over.`,
        fixes,
      }),
    ];
  }
  if (
    facts.value === 'time' &&
    /^\d+(?:\.\d+)?$/.test(value) &&
    Number(value) > 0 &&
    facts.name !== 'CoalescePacketRateSampleIntervalSec'
  ) {
    return [
      problem({
        code: 'seconds',
        severity: 'warning',
        span,
        message: `${value} without a unit is ${value} s, ${microseconds(value) ?? 0} µs`,
        why: 'Interrupts are delayed by microseconds. ethtool -c counts in them.',
        fixes: [sureFix(`Change it to ${value}us`, replaced(valueSpan, `${value}us`))],
      }),
    ];
  }
  return [];
}

function versionProblems({ key, keySpan }: UnitSettingNode, { since }: LinkKey, host: LinkedHost | null): Problem[] {
  const version = systemdOf(host?.os ?? null);
  if (host === null || version === null || since <= version) return [];
  return [
    problem({
      code: 'too-new',
      severity: 'warning',
      span: keySpan,
      message: `${key} came with systemd ${since}; ${host.label} has ${version}`,
      why: `${host.os} passes the line over. A udev rule can set it.`,
    }),
  ];
}

/** Of a key that is no list the last one counts. */
function repeated(nodes: readonly UnitNode[]): Problem[] {
  const last = new Map<string, UnitSettingNode & UnitNode>();
  const problems: Problem[] = [];
  let part = 0;
  for (const node of nodes) {
    // Each [SR-IOV] is another function.
    if (node.kind === 'section' && node.name === 'SR-IOV') part += 1;
    if (node.kind !== 'setting' || node.section === null) continue;
    const facts = linkKey(node.section, node.key);
    if (facts === undefined || facts.list || facts.value === 'condition') continue;
    const id = `${node.section === 'SR-IOV' ? part : 0} ${node.section} ${node.key}`;
    const before = last.get(id);
    last.set(id, node);
    if (before === undefined) continue;
    problems.push(
      problem({
        code: 'set-again',
        severity: 'warning',
        span: { start: before.keySpan.start, end: before.valueSpan.end },
        message: `${node.key} is set again in line ${node.line + 1}, which is what counts`,
        related: [{ path: null, span: node.keySpan, line: node.line + 1, message: 'set again here' }],
        fixes: [possibleFix('Remove this line', replaced(before, ''))],
        unnecessary: true,
      }),
    );
  }
  return problems;
}

import { commentFor, dayOf } from '../../tuning/comment.ts';
import { describe } from '../../tuning/describe.ts';
import { splitPath } from '../boot/configFiles.ts';
import { isMainFileIgnored, mainFile } from '../boot/mainFile.ts';
import type { DocumentContext, Fix, Problem } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { isGlob } from '../text/globMatch.ts';
import { sysctlMatches } from './matches.ts';
import type { SysctlAssignment } from './sysctlConf.ts';
import { planSysctlEdit } from './sysctlEdit.ts';
import { linksOf } from './sysctlLinks.ts';
import { printedAs } from './sysctlPrint.ts';
import type { SysctlSource } from './sysctlSource.ts';
import { sameValue, splitNote } from './sysctlValue.ts';
import { variableOf } from './variables.ts';

/** What the linked host says of the lines of a file: findings, files of its own that come later, what runs, whether it reads the file at all. */
export function hostProblems(source: SysctlSource, context: DocumentContext): Problem[] {
  const { host } = context;
  if (host === null) return [];
  const found = findingProblems(source, host);
  const told = new Set(found.map(({ line }) => line));
  const last = new Map(source.assignments.map((line) => [variableOf(line.key), line]));
  return [
    ...notRead(source, context, host),
    ...found.map(({ problem: one }) => one),
    ...[...last.values()].flatMap((line) => {
      if (isGlob(line.key)) return [];
      const winner = laterOnHost(source, line, context, host);
      if (winner !== null) return [winner];
      return told.has(line) ? [] : differs(source, line, host);
    }),
  ];
}

interface Told {
  readonly line: SysctlAssignment;
  readonly problem: Problem;
}

function findingProblems(source: SysctlSource, host: LinkedHost): Told[] {
  return sysctlMatches(source.document, host.findings)
    .filter(({ satisfied, overridden }) => !satisfied && !overridden)
    .map(({ assignment, finding, change }) => {
      const comment = commentFor({ date: dayOf(host.takenAt), host: host.label, finding, change });
      const plan = planSysctlEdit(source.text, change, comment);
      const fixes: Fix[] = plan.ok
        ? [
            sureFix(
              `Set ${change.key} to ${change.value} (${host.label}, ${finding.rule})`,
              ...plan.edits.map((edit) => replaced(source.index.spanOf(edit), edit.text)),
            ),
          ]
        : [];
      return {
        line: assignment,
        problem: problem({
          code: finding.rule,
          severity: finding.severity === 'info' ? 'info' : 'warning',
          span: source.index.spanOf(assignment.valueRange),
          message: `${host.label}: ${finding.title}. Suggested: ${describe(change)}`,
          fixes,
        }),
      };
    });
}

/** A file of the host that is read after this one and sets the key otherwise; a file of the workspace of that name takes its place. */
function laterOnHost(
  source: SysctlSource,
  line: SysctlAssignment,
  { path, siblings }: DocumentContext,
  host: LinkedHost,
): Problem | null {
  const setting = host.boot.sysctl.ok ? host.boot.sysctl.value.keys.get(line.key)?.setting : undefined;
  if (setting === undefined || setting === null || path === null || path === mainFile) return null;
  if (setting.path === path || siblings.some((sibling) => sibling.path === setting.path)) return null;
  const [own, theirs] = [splitPath(path).name, splitPath(setting.path).name];
  const isLater = setting.path === mainFile || theirs > own;
  if (!isLater || theirs === own || sameValue(setting.value, splitNote(line.value).plain)) return null;
  return problem({
    code: 'overridden-on-host',
    severity: 'warning',
    span: source.index.spanOf(line.keyRange),
    message: `On ${host.label} ${setting.path}:${setting.line} sets \`${line.key}\` later, to ${setting.value}`,
    why: 'Files of all sysctl.d directories are read in the order of their names; the last line that sets a key counts.',
    related: [{ path: setting.path, span: null, line: setting.line, message: 'the line that counts' }],
  });
}

function differs(source: SysctlSource, line: SysctlAssignment, host: LinkedHost): Problem[] {
  const now = host.sysctl.ok ? host.sysctl.value.get(line.key) : undefined;
  if (now === undefined) return [];
  const print = printedAs(line.key, line.value, now);
  if (print.kind !== 'prints' || sameValue(print.text, now)) return [];
  const others = host.boot.sysctl.ok ? (host.boot.sysctl.value.keys.get(line.key)?.others ?? []) : [];
  const by = [...new Set(others.map(({ who }) => who))];
  const { start } = source.index.spanOf(line.valueRange);
  const span = { start, end: start + splitNote(line.value).plain.length };
  return [
    problem({
      code: 'differs-from-host',
      severity: 'info',
      span,
      message: `${host.label} runs with ${now}`,
      why: by.length === 0 ? '' : `There ${by.join(', ')} may set it as well.`,
      links: linksOf(line.key),
      fixes: [possibleFix(`Set to ${now}, which runs on ${host.label}`, replaced(span, now))],
    }),
  ];
}

/** /etc/sysctl.conf where systemd applies the files and no link in sysctl.d leads to it: Debian 13 and later, Arch, others. */
function notRead(source: SysctlSource, { path }: DocumentContext, { label, os, boot }: LinkedHost): Problem[] {
  const [first] = source.assignments;
  if (path !== mainFile || first === undefined || !isMainFileIgnored(boot)) return [];
  return [
    problem({
      code: 'not-read-at-boot',
      severity: 'warning',
      span: source.index.spanOf(first.keyRange),
      message: `${label}${os === null ? '' : ` (${os})`} does not read ${mainFile} at boot`,
      why: `systemd-sysctl reads sysctl.d only. Put the lines into /etc/sysctl.d/90-packet-path.conf, or link to this file: /etc/sysctl.d/99-sysctl.conf -> ../sysctl.conf.`,
    }),
  ];
}

import { configDirectories, placeFiles, splitPath } from '../boot/configFiles.ts';
import type { DocumentContext, Problem } from '../service/languageService.ts';
import { possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import type { SiblingFile } from '../service/siblings.ts';
import { linesOf } from '../text/lines.ts';
import { assignmentsOf, parseSysctlConf, type SysctlAssignment } from './sysctlConf.ts';
import { type SysctlSource, wholeLine } from './sysctlSource.ts';
import { sameValue, splitNote } from './sysctlValue.ts';
import { variableOf } from './variables.ts';

/** Lines that a later line of the file, or of another file that would be on the host with it, makes void. */
export function repeatProblems(source: SysctlSource, context: DocumentContext): Problem[] {
  const lastOf = new Map(source.assignments.map((line) => [variableOf(line.key), line]));
  const later = laterFiles(source, context);
  return [
    ...shadowed(source, context),
    ...source.assignments.flatMap((line) => {
      const last = lastOf.get(variableOf(line.key));
      if (last !== undefined && last !== line) return [setAgain(source, line, last)];
      const winner = later.get(variableOf(line.key));
      return winner === undefined || sameValue(splitNote(winner.value).plain, splitNote(line.value).plain)
        ? []
        : [overridden(source, line, winner)];
    }),
  ];
}

function setAgain(source: SysctlSource, line: SysctlAssignment, last: SysctlAssignment): Problem {
  const place = last.lineNumber + 1;
  const same = sameValue(splitNote(line.value).plain, splitNote(last.value).plain);
  const which = line.key === last.key ? `\`${line.key}\`` : `\`${last.key}\`, the same variable,`;
  return problem({
    code: 'set-again',
    severity: same ? 'info' : 'warning',
    span: source.index.spanOf(line.keyRange),
    message: same
      ? `Line ${place} sets ${which} to the same`
      : `Line ${place} sets ${which} again, to ${last.value}: this line has no effect`,
    related: [
      {
        path: null,
        span: source.index.spanOf(last.keyRange),
        line: place,
        message: 'the line that counts',
      },
    ],
    unnecessary: true,
    fixes: [sureFix('Remove this line, which has no effect', replaced(wholeLine(source, line.lineNumber), ''))],
  });
}

interface Winner {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly key: string;
  readonly value: string;
}

function overridden(source: SysctlSource, line: SysctlAssignment, { path, line: at, value }: Winner): Problem {
  return problem({
    code: 'overridden',
    severity: 'warning',
    span: source.index.spanOf(line.keyRange),
    message: `${path}:${at} sets \`${line.key}\` later, to ${value}: this line has no effect`,
    why: 'Files of all sysctl.d directories are read in the order of their names; the last line that sets a key counts.',
    related: [{ path, span: null, line: at, message: 'the line that counts' }],
    unnecessary: true,
    fixes: [possibleFix('Remove this line, which has no effect', replaced(wholeLine(source, line.lineNumber), ''))],
  });
}

function configText({ path, text }: SiblingFile) {
  const lines = linesOf(text).map((one, index) => ({ line: index + 1, text: one }));
  return { path, target: null, readable: true, lines };
}

/** By variable, what sets it last in the files that are read after this one. /etc/sysctl.conf is read last, or not at all: it is left out. */
function laterFiles({ text }: SysctlSource, { path, siblings }: DocumentContext): Map<string, Winner> {
  const winners = new Map<string, Winner>();
  if (path === null || siblings.length === 0) return winners;
  const placed = placeFiles([...siblings, { path, text }].map(configText), configDirectories('sysctl.d'), '.conf');
  const applied = placed.filter(({ state }) => state === 'applied').map(({ file }) => file.path);
  const own = applied.indexOf(path);
  if (own < 0) return winners;
  for (const later of applied.slice(own + 1)) {
    const sibling = siblings.find((one) => one.path === later);
    if (sibling === undefined) continue;
    for (const { key, value, lineNumber } of assignmentsOf(parseSysctlConf(sibling.text))) {
      winners.set(variableOf(key), { path: later, line: lineNumber + 1, key, value });
    }
  }
  return winners;
}

function shadowed({ text, index }: SysctlSource, { path, siblings }: DocumentContext): Problem[] {
  if (path === null) return [];
  const { name } = splitPath(path);
  const alike = siblings.filter((sibling) => splitPath(sibling.path).name === name);
  if (alike.length === 0) return [];
  const placed = placeFiles([...alike, { path, text }].map(configText), configDirectories('sysctl.d'), '.conf');
  const own = placed.find(({ file }) => file.path === path);
  if (own === undefined || own.state === 'applied') return [];
  const winner = placed.find(({ state }) => state === 'applied')?.file.path ?? '';
  return [
    problem({
      code: 'shadowed',
      severity: 'warning',
      span: { start: 0, end: index.endOf(0) },
      message: `${winner} has the same name and takes the place of this whole file`,
      why: 'Of files of one name that in /etc counts, then that in /run, /usr/local/lib, /usr/lib (sysctl.d(5)).',
      related: [{ path: winner, span: null, line: 1, message: 'the file that is read' }],
    }),
  ];
}

import { kernelVersion } from '../../knowledge/sysctl/kernelVersion.ts';
import { defaultIn, sysctlFacts } from '../../knowledge/sysctlKeys.ts';
import type { Action, DocumentContext, Span } from '../service/languageService.ts';
import { replaced } from '../service/problem.ts';
import type { SysctlLine } from './sysctlConf.ts';
import { swapped } from './sysctlKey.ts';
import { type SysctlSource, sysctlSource, wholeLine } from './sysctlSource.ts';
import { sameValue } from './sysctlValue.ts';
import { variableOf } from './variables.ts';

/** What can be done where nothing is wrong: values of the host and the kernel, the other spelling, lines without effect. */
export function sysctlActions(text: string, span: Span, context: DocumentContext): Action[] {
  const source = sysctlSource(text);
  const first = source.index.positionOf(span.start).line;
  const last = source.index.positionOf(span.end).line;
  const lines = source.document.lines.slice(first, last + 1);
  return [
    ...lines.slice(0, 1).flatMap((line) => valueActions(source, line, context)),
    ...spelling(source, lines),
    ...wholeFile(source),
  ];
}

function valueActions(source: SysctlSource, line: SysctlLine, { host }: DocumentContext): Action[] {
  if (line.kind !== 'assignment') return [];
  const facts = sysctlFacts(line.key);
  const span = source.index.spanOf(line.valueRange);
  const running = host?.sysctl.ok ? host.sysctl.value.get(line.key) : undefined;
  const byDefault = facts === undefined ? null : defaultIn(facts, kernelVersion(host?.kernel ?? ''));
  const actions: Action[] = [];
  const set = (title: string, value: string): void => {
    if (sameValue(value, line.value)) return;
    actions.push({ kind: 'refactor', title, preferred: false, edits: [replaced(span, value)] });
  };
  if (running !== undefined) set(`Set to running value (${running} on ${host?.label ?? ''})`, running);
  if (byDefault !== null) set(`Set to default (${byDefault})`, byDefault);
  return actions;
}

function spelling(source: SysctlSource, lines: readonly SysctlLine[]): Action[] {
  const edits = lines.flatMap((line) =>
    line.kind === 'assignment' || line.kind === 'exclude'
      ? [replaced(source.index.spanOf(line.keyRange), swapped(line.rawKey))]
      : [],
  );
  const [first] = edits;
  if (first === undefined) return [];
  const title = edits.length === 1 ? `Write as ${first.text}` : `Swap dots and slashes of ${edits.length} keys`;
  return [{ kind: 'refactor', title, preferred: false, edits }];
}

function wholeFile(source: SysctlSource): Action[] {
  const lastOf = new Map(source.assignments.map((line) => [variableOf(line.key), line]));
  const void_ = source.assignments.filter((line) => lastOf.get(variableOf(line.key)) !== line);
  if (void_.length === 0) return [];
  const title = `Remove ${void_.length === 1 ? 'the line that a later one' : `${void_.length} lines that later ones`} makes void`;
  const edits = void_.map((line) => replaced(wholeLine(source, line.lineNumber), ''));
  return [{ kind: 'source', title: title.replace('ones makes', 'ones make'), preferred: false, edits }];
}

import { observe } from '../capture/observation.ts';
import { lineIndex } from '../languages/service/lineIndex.ts';
import { type LinkedHost, linkedHost } from '../languages/service/linkedHost.ts';
import { sentencesOf } from '../languages/service/problem.ts';
import { services } from '../languages/service/services.ts';
import { type CheckedFile, lintSarif } from '../report/lintSarif.ts';
import { captureText } from './captureText.ts';
import type { ChosenHost } from './chosenHost.ts';
import { type ExitStatus, exit, UsageError } from './exit.ts';
import { lintFiles, siblingsOf } from './lintFiles.ts';
import { printJson, printLine } from './output.ts';
import type { SnapshotOptions } from './snapshot.ts';
import { tell } from './tell.ts';

const formats = ['text', 'json', 'sarif'] as const;

export interface LintOptions extends SnapshotOptions {
  readonly format: (typeof formats)[number];
  /** The host or capture the files are held against; null: none. */
  readonly against: ChosenHost | null;
}

/** Throws `UsageError` for a format that there is not. */
export function lintFormat(text: string): LintOptions['format'] {
  const format = formats.find((one) => one === text);
  if (format === undefined) throw new UsageError(`--format must be one of ${formats.join(', ')}`);
  return format;
}

/** `lint`: sysctl files, udev rules and `.link` files checked by themselves, by each other and against a host. Status 1 on a warning or worse. */
export async function lint(paths: readonly string[], options: LintOptions): Promise<ExitStatus> {
  if (paths.length === 0) throw new UsageError('FILE or FOLDER is missing');
  const files = await lintFiles(paths);
  const host = options.against === null ? null : await hostOf(options.against, options);
  const checked = files.map((file): CheckedFile => {
    const service = services.find(({ id }) => id === file.language);
    const context = { path: file.place?.path ?? null, siblings: siblingsOf(file, files), host };
    return { path: file.path, text: file.text, problems: service?.problems(file.text, context) ?? [] };
  });
  if (options.format === 'sarif') printJson(lintSarif(checked));
  else if (options.format === 'json') printJson(checked.flatMap(jsonOf));
  else for (const file of checked) printFile(file);
  tell(summary(checked));
  return checked.some(({ problems }) => problems.some(isGrave)) ? exit.findings : exit.clean;
}

async function hostOf(target: ChosenHost, options: SnapshotOptions): Promise<LinkedHost> {
  const { text, problem } = await captureText(target, options);
  if (problem !== null) tell(`${target.text}: ${problem.message}`);
  const { snapshot, diagnosis } = observe(text);
  return linkedHost(snapshot.host.hostname ?? target.text, snapshot, diagnosis.findings);
}

function isGrave({ severity }: { readonly severity: string }): boolean {
  return severity === 'error' || severity === 'warning';
}

function printFile({ path, text, problems }: CheckedFile): void {
  const index = lineIndex(text);
  for (const problem of problems) {
    const { line, character } = index.positionOf(problem.span.start);
    printLine(`${path}:${line + 1}:${character + 1}: ${problem.severity} ${problem.code}: ${sentencesOf(problem)}`);
    for (const { title } of problem.fixes) printLine(`    fix: ${title}`);
  }
}

function jsonOf({ path, text, problems }: CheckedFile) {
  const index = lineIndex(text);
  return problems.map(({ code, severity, span, message, why, links, related, fixes }) => {
    const [start, end] = [index.positionOf(span.start), index.positionOf(span.end)];
    return {
      file: path,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      code,
      severity,
      message,
      why,
      links: links.map(({ url }) => url),
      related: related.map((place) => ({ file: place.path ?? path, line: place.line, message: place.message })),
      fixes,
    };
  });
}

/** `3 files: 1 error, 2 warnings` */
function summary(checked: readonly CheckedFile[]): string {
  const all = checked.flatMap(({ problems }) => problems);
  const counted = (['error', 'warning', 'info', 'hint'] as const).flatMap((severity) => {
    const count = all.filter((problem) => problem.severity === severity).length;
    const plural = count === 1 || severity === 'info' ? '' : 's';
    return count === 0 ? [] : [`${count} ${severity}${plural}`];
  });
  const files = `${checked.length} file${checked.length === 1 ? '' : 's'}`;
  return `${files}: ${counted.length === 0 ? 'nothing found' : counted.join(', ')}`;
}

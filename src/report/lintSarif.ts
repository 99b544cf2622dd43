import type { Problem, ProblemSeverity } from '../languages/service/languageService.ts';
import { lineIndex } from '../languages/service/lineIndex.ts';
import { sentencesOf } from '../languages/service/problem.ts';
import { type Json, sarifMessage, sarifText } from './sarifText.ts';

/** A configuration file that was checked. */
export interface CheckedFile {
  /** As it was named, or below a folder that was. */
  readonly path: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

const levels: Readonly<Record<ProblemSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** What was found in files as SARIF 2.1.0 (OASIS): a result a problem at its place, with the repairs that are known. */
export function lintSarif(files: readonly CheckedFile[]): Json {
  const codes = [...new Set(files.flatMap(({ problems }) => problems.map(({ code }) => code)))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Packet Path', rules: codes.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map(({ path }) => ({ location: { uri: uriOf(path) } })),
        results: files.flatMap((file, index) => file.problems.map((problem) => resultOf(file, index, problem, codes))),
      },
    ],
  };
}

function resultOf({ path, text }: CheckedFile, index: number, problem: Problem, codes: readonly string[]): Json {
  const lines = lineIndex(text);
  const artifactLocation = { uri: uriOf(path), index };
  const region = (span: { start: number; end: number }): Json => {
    const [start, end] = [lines.positionOf(span.start), lines.positionOf(span.end)];
    return {
      startLine: start.line + 1,
      startColumn: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  };
  return {
    ruleId: problem.code,
    ruleIndex: codes.indexOf(problem.code),
    level: levels[problem.severity],
    message: { text: sarifMessage(sentencesOf(problem)) },
    locations: [{ physicalLocation: { artifactLocation, region: region(problem.span) } }],
    fixes: problem.fixes.map(({ title, edits }) => ({
      description: { text: sarifMessage(title) },
      artifactChanges: [
        {
          artifactLocation,
          replacements: edits.map((edit) => ({ deletedRegion: region(edit), insertedContent: { text: edit.text } })),
        },
      ],
    })),
    properties: { links: problem.links.map(({ url }) => sarifText(url)) },
  };
}

/** A path as a relative reference (RFC 3986). */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

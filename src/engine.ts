import { judgedBy, observe } from './capture/observation.ts';
import { outcomeOf, rawEntries } from './capture/raw/entries.ts';
import { valueOfLine, valueOfText } from './capture/raw/value.ts';
import { readSnapshot } from './capture/readSnapshot.ts';
import { overridesOf } from './diagnosis/overrides.ts';
import { takenAtOf } from './report/facts.ts';
import { findingNote, reportMarkdown } from './report/markdown.ts';
import { reportHtml } from './report/page.ts';
import { computedChanges, findingChanges, runningChanges } from './report/tuningNotes.ts';
import { allForms, lastingForm } from './tuning/allForms.ts';
import { writeForm } from './tuning/writeForm.ts';
import { explanationView } from './ui/panel/explanationView.ts';
import { pathView } from './ui/panel/pathView.ts';
import { historyPointOf, viewOf } from './ui/panel/viewState.ts';

/**
 * What reads, judges, draws and reports captures: all parsers, rules and knowledge. It is more than half of the extension's code and
 * stands in a file of its own, which is not even read before the first capture (`src/ui/loadEngine.ts`).
 */
export const engine = {
  observe,
  judgedBy,
  overridesOf,
  readSnapshot,
  viewOf,
  historyPointOf,
  pathView,
  explanationView,
  outcomeOf,
  rawEntries,
  valueOfLine,
  valueOfText,
  takenAtOf,
  findingNote,
  reportMarkdown,
  reportHtml,
  computedChanges,
  runningChanges,
  findingChanges,
  allForms,
  lastingForm,
  writeForm,
};

export type Engine = typeof engine;

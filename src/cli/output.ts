import type { Observation } from '../capture/observation.ts';
import type { Found } from '../diagnosis/finding.ts';
import { toJson } from '../kernel/json.ts';
import { printable } from '../kernel/printable.ts';
import { causeText, changeText, figureText, thresholdText } from '../report/findingTexts.ts';
import { noFaultSentence } from '../report/verdict.ts';

/** Prints a value as JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${toJson(value)}\n`);
}

/** Prints a line with what a terminal would obey taken out: much of it is the host's text. */
export function printLine(line: string): void {
  const indent = /^ */.exec(line)?.[0] ?? '';
  process.stdout.write(`${indent}${printable(line, 2000)}\n`);
}

/** Findings worst first, each with its numbers and what would change it; then what was not checked. */
export function printDiagnosis(observation: Observation): void {
  const { findings, checked, notChecked } = observation.diagnosis;
  for (const finding of findings) printFinding(finding, findings);
  if (findings.length === 0 && checked.length > 0)
    printLine(`Nothing found by ${checked.length} rules (${checked.join(', ')}).`);
  const verdict = noFaultSentence(observation);
  if (verdict !== null) printLine(verdict);
  for (const { rule, title, reason } of notChecked) printLine(`not checked: ${rule} ${title}: ${reason}`);
}

function printFinding(finding: Found, findings: readonly Found[]): void {
  printLine(`${finding.severity.toUpperCase()} ${finding.rule} ${finding.title}`);
  const cause = causeText(finding, findings);
  if (cause !== null) printLine(`  explained by: ${cause}`);
  printLine(`  why: ${finding.why}`);
  for (const evidence of finding.evidence) {
    const { source, field, before, after } = evidence;
    // A gauge is its own figure, with its unit.
    const figure = figureText(evidence);
    printLine(`  evidence: ${source} ${field} ${before === null ? figure : `${before} -> ${after} (${figure})`}`);
  }
  printLine(`  threshold: ${thresholdText(finding)}`);
  for (const change of finding.changes.map(changeText)) {
    printLine(change.ok ? `  change: ${change.text}` : `  change refused: ${change.reason}`);
    if (change.ok && change.command !== null) printLine(`  until the next boot: ${change.command}`);
  }
  for (const advice of finding.advice) printLine(`  advice: ${advice}`);
  if (finding.sideEffects !== '') printLine(`  costs: ${finding.sideEffects}`);
  printLine(`  looks the same: ${finding.lookalikes}`);
  printLine(`  verify: ${finding.verify}`);
  printLine('');
}

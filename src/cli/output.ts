import type { Diagnosis, Found } from '../diagnosis/finding.ts';
import { toJson } from '../kernel/json.ts';
import { printable } from '../kernel/printable.ts';
import { renderCommand } from '../tuning/renderCommand.ts';
import { renderLine } from '../tuning/renderFile.ts';

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
export function printDiagnosis({ findings, checked, notChecked }: Diagnosis): void {
  for (const finding of findings) printFinding(finding, findings);
  if (findings.length === 0 && checked.length > 0)
    printLine(`Nothing found by ${checked.length} rules (${checked.join(', ')}).`);
  for (const { rule, title, reason } of notChecked) printLine(`not checked: ${rule} ${title}: ${reason}`);
}

function printFinding(finding: Found, findings: readonly Found[]): void {
  printLine(`${finding.severity.toUpperCase()} ${finding.rule} ${finding.title}`);
  const cause = findings.find(({ key }) => key === finding.explainedBy?.key);
  if (cause !== undefined) printLine(`  explained by: ${cause.rule} ${cause.title}: ${finding.explainedBy?.because}`);
  printLine(`  why: ${finding.why}`);
  for (const { source, field, before, after, figure } of finding.evidence) {
    // A gauge is its own figure, with its unit.
    printLine(`  evidence: ${source} ${field} ${before === null ? figure : `${before} -> ${after} (${figure})`}`);
  }
  printLine(`  threshold: ${finding.threshold.text} (${finding.threshold.source})`);
  for (const change of finding.changes) {
    const line = renderLine(change);
    printLine(line.ok ? `  change: ${line.text}` : `  change refused: ${line.reason}`);
    const command = renderCommand(change);
    if (command.ok) printLine(`  until the next boot: ${command.text}`);
  }
  for (const advice of finding.advice) printLine(`  advice: ${advice}`);
  if (finding.sideEffects !== '') printLine(`  costs: ${finding.sideEffects}`);
  printLine(`  looks the same: ${finding.lookalikes}`);
  printLine(`  verify: ${finding.verify}`);
  printLine('');
}

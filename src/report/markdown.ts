import type { Found } from '../diagnosis/finding.ts';
import { stepLabel } from '../knowledge/steps.ts';
import { markdownCell, markdownCode, markdownText } from './escape.ts';
import { factsOf, missingOf, notesOf, takenAtOf } from './facts.ts';
import { causeText, changeText, figureText, movementText, severityWords, thresholdText } from './findingTexts.ts';
import type { Failed, Reported } from './reported.ts';
import { checkedRules, noFaultSentence, ranSentence } from './verdict.ts';

/** A report as Markdown, for a ticket: what was found, what it rests on, what could not be looked at. Ends in a newline. */
export function reportMarkdown(reported: readonly Reported[], failed: readonly Failed[] = []): string {
  const parts = [
    ...failed.map(({ name, problem }) => `# ${markdownText(name)}\n\nNot looked at: ${markdownText(problem)}`),
    ...reported.map(hostMarkdown),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** One host's part: facts, findings, what was checked and what not. */
export function hostMarkdown({ name, observation }: Reported): string {
  const { diagnosis, rates } = observation;
  const { findings, notChecked } = diagnosis;
  const takenAt = takenAtOf(observation);
  const verdict = noFaultSentence(observation);
  return [
    `# ${markdownText(name)}`,
    [
      ...factsOf(observation).map(({ label, value }) => `- ${label}: ${markdownText(value)}`),
      `- Taken: ${takenAt ?? 'not known'}, by the host’s clock`,
      `- ${rates.ok ? `Rates: over ${rates.value.seconds.toFixed(1)} s` : `No rates: ${markdownText(rates.reason)}`}`,
    ].join('\n'),
    [...(verdict === null ? [] : [markdownText(verdict)]), ranSentence(observation)].join(' '),
    ...findings.map((finding) => findingMarkdown(finding, findings)),
    section(
      'Not checked',
      notChecked.map(({ rule, title, reason }) => `- ${rule} ${markdownText(title)}: ${markdownText(reason)}`),
    ),
    section(
      'Checked',
      checkedRules(observation).map((rule) => `- ${markdownText(rule)}`),
    ),
    section(
      'Not read from this host',
      missingOf(observation).map(({ source, reason }) => `- ${markdownCode(source)}: ${markdownText(reason)}`),
    ),
    section(
      'Notes',
      notesOf(observation).map((note) => `- ${markdownText(note)}`),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** One finding of a host by itself, with whose it is and of when. Ends in a newline. */
export function findingNote({ name, observation }: Reported, finding: Found): string {
  const takenAt = takenAtOf(observation) ?? 'at a time that is not known';
  const kernel = observation.snapshot.host.kernel;
  const whose = `Host ${markdownText(name)}${kernel === null ? '' : `, Linux ${markdownText(kernel)}`}, ${takenAt}`;
  return `${findingMarkdown(finding, observation.diagnosis.findings)}\n\n${whose}\n`;
}

/** One finding with its arithmetic, under a heading of the second level. */
export function findingMarkdown(finding: Found, findings: readonly Found[]): string {
  const cause = causeText(finding, findings);
  const changes = finding.changes.map(changeText).flatMap((change): string[] => {
    if (!change.ok) return [`- refused: ${markdownText(change.reason)}`];
    const command = change.command === null ? '' : `; until the next boot: ${markdownCode(change.command)}`;
    const undo = change.undo === null ? '' : `; undone by: ${markdownCode(change.undo)}`;
    return [`- ${markdownCode(change.text)} in ${markdownCode(change.file)}${command}${undo}`];
  });
  return [
    `## ${severityWords[finding.severity]}: ${markdownText(finding.title)}`,
    `${finding.rule}, step ${markdownText(stepLabel(finding.step))}${cause === null ? '' : `. Explained by ${markdownText(cause)}`}`,
    markdownText(finding.why),
    evidenceTable(finding),
    `Threshold: ${markdownText(thresholdText(finding))}`,
    ...(changes.length === 0 ? [] : [`Change:\n\n${changes.join('\n')}`]),
    ...(finding.advice.length === 0
      ? []
      : [`Advice:\n\n${finding.advice.map((advice) => `- ${markdownText(advice)}`).join('\n')}`]),
    [
      `- Side effects: ${markdownText(finding.sideEffects)}`,
      `- Looks the same: ${markdownText(finding.lookalikes)}`,
      `- To verify: ${markdownText(finding.verify)}`,
    ].join('\n'),
  ].join('\n\n');
}

function evidenceTable({ evidence }: Found): string {
  const rows = evidence.map((one) =>
    [
      markdownCode(one.source),
      markdownText(one.field),
      markdownText(movementText(one)),
      markdownText(figureText(one)),
    ].map(markdownCell),
  );
  return [
    '| source | field | before -> after | figure |',
    '| --- | --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${title}\n\n${lines.join('\n')}`;
}

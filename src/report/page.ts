import type { Found } from '../diagnosis/finding.ts';
import { stepLabel } from '../knowledge/steps.ts';
import { charts, tableOf } from './charts.ts';
import { factsOf, missingOf, notesOf, takenAtOf } from './facts.ts';
import { causeText, changeText, figureText, movementText, severityWords, thresholdText } from './findingTexts.ts';
import { type Html, html, sentence } from './html.ts';
import type { Failed, Reported } from './reported.ts';
import { reportStyle } from './style.ts';
import { checkedRules, noFaultSentence, ranSentence } from './verdict.ts';

/** No script, no picture, no font, no form, and nothing from anywhere: the style alone, which is in the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A report as one HTML file that needs nothing beside it. What hosts sent is in it as text only. */
export function reportHtml(reported: readonly Reported[], failed: readonly Failed[] = []): string {
  const names = [...failed, ...reported].map(({ name }) => name).join(', ');
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Packet Path: ${names}</title>
<style>${{ markup: reportStyle }}</style>
</head>
<body>
${failed.map(({ name, problem }) => html`<section><h1>${name}</h1><p>Not looked at: ${sentence(problem)}</p></section>`)}
${reported.map(hostPart)}
<footer><p>Made by Packet Path from what the host told. Counters become rates only between two samples of one boot; what could not be read is said to be so and is never 0.</p></footer>
</body>
</html>
`;
  return page.markup;
}

function hostPart({ name, observation }: Reported): Html {
  const { rates, diagnosis } = observation;
  const { findings, notChecked } = diagnosis;
  const verdict = noFaultSentence(observation);
  const takenAt = takenAtOf(observation);
  const facts = [
    ...factsOf(observation),
    { label: 'Taken, by the host’s clock', value: takenAt ?? 'not known' },
    { label: 'Rates', value: rates.ok ? `over ${rates.value.seconds.toFixed(1)} s` : `none: ${rates.reason}` },
  ];
  return html`<section>
<h1>${name}</h1>
<dl class="facts">${facts.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
<h2>Findings</h2>
${verdict === null ? null : html`<p class="clean">${sentence(verdict)}</p>`}
<p class="quiet">${ranSentence(observation)}</p>
${findings.map((finding) => findingPart(finding, findings))}
<h2>Charts</h2>
${charts(observation)}
${tableSection(
  'Not checked',
  ['Rule', 'Checks', 'Could not, because'],
  notChecked.map(({ rule, title, reason }) => [rule, title, reason]),
)}
${listSection('Checked', checkedRules(observation))}
${tableSection(
  'Not read from this host',
  ['Source', 'Reason'],
  missingOf(observation).map(({ source, reason }) => [source, reason]),
)}
${listSection('Notes', notesOf(observation))}
</section>`;
}

function findingPart(finding: Found, findings: readonly Found[]): Html {
  const cause = causeText(finding, findings);
  return html`<article class="${finding.severity}${cause === null ? '' : ' symptom'}">
<h3><span class="mark">${severityWords[finding.severity]}</span> ${sentence(finding.title)}</h3>
<p class="quiet">${finding.rule}, step ${stepLabel(finding.step)}</p>
${cause === null ? null : html`<p>Explained by ${sentence(cause)}</p>`}
<p>${sentence(finding.why)}</p>
${tableOf({
  head: ['Source', 'Field', 'Before -> after', 'Figure'],
  rows: finding.evidence.map((one) => [one.source, one.field, movementText(one), figureText(one)]),
})}
<p class="quiet">Threshold: ${sentence(thresholdText(finding))}</p>
${finding.changes.length === 0 ? null : html`<h4>Change</h4>${finding.changes.map(changeText).map(changePart)}`}
${finding.advice.length === 0 ? null : html`<h4>Advice</h4><ul>${finding.advice.map((advice) => html`<li>${sentence(advice)}</li>`)}</ul>`}
<p><strong>Side effects:</strong> ${sentence(finding.sideEffects)}</p>
<p><strong>Looks the same:</strong> ${sentence(finding.lookalikes)}</p>
<p><strong>To verify:</strong> ${sentence(finding.verify)}</p>
</article>`;
}

function changePart(change: ReturnType<typeof changeText>): Html {
  if (!change.ok) return html`<p>Refused: ${sentence(change.reason)}</p>`;
  const { file, text, command, undo } = change;
  return html`<p class="source">${file}</p><pre>${text}</pre>
${command === null ? null : html`<p>Until the next boot: <code>${command}</code></p>`}
${undo === null ? null : html`<p>Undone by: <code>${undo}</code></p>`}`;
}

function tableSection(title: string, head: readonly string[], rows: readonly (readonly string[])[]): Html | null {
  return rows.length === 0 ? null : html`<h2>${title}</h2>${tableOf({ head, rows })}`;
}

function listSection(title: string, lines: readonly string[]): Html | null {
  if (lines.length === 0) return null;
  return html`<h2>${title}</h2><ul>${lines.map((line) => html`<li>${sentence(line)}</li>`)}</ul>`;
}

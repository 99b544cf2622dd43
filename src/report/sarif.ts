import { allRules } from '../diagnosis/allRules.ts';
import type { Found, Subject } from '../diagnosis/finding.ts';
import type { RuleFacts } from '../diagnosis/rule.ts';
import { stepLabel } from '../knowledge/steps.ts';
import type { Severity } from '../model/severity.ts';
import { causeText, changeText, figureText, movementText, thresholdText } from './findingTexts.ts';
import type { Failed, Reported } from './reported.ts';
import { type Json, sarifMessage, sarifText } from './sarifText.ts';
import { noFaultSentence } from './verdict.ts';

/** A report with the file it was made from, as a relative URI; null for a host that was asked. */
export interface SarifReported extends Reported {
  readonly artifact: string | null;
}

const levels: Readonly<Record<Severity, string>> = { crit: 'error', warn: 'warning', info: 'note' };

/**
 * Findings as SARIF 2.1.0 (OASIS), one run: every rule, a result a finding at its host, NIC, queue or CPU, and an
 * invocation a host that tells what could not be checked.
 */
export function sarifLog(reported: readonly SarifReported[], failed: readonly Failed[] = []): Json {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Packet Path', rules: allRules.map(descriptorOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [...reported.map(invocationOf), ...failed.map(failureOf)],
        results: reported.flatMap((one) => one.observation.diagnosis.findings.map((finding) => resultOf(one, finding))),
      },
    ],
  };
}

function descriptorOf({ id, title, step, evidence, fix, lookalikes, limits }: RuleFacts): Json {
  const thresholds = Object.entries(limits).map(([name, { value, text, source }]) => ({
    name: `${id}.${name}`,
    value,
    text: text(value),
    source,
  }));
  return {
    id,
    shortDescription: { text: sarifMessage(title) },
    fullDescription: { text: sarifMessage(`${title}. Evidence: ${evidence}.`) },
    help: { text: sarifMessage(`What changes it: ${fix}. What looks the same: ${lookalikes}`) },
    properties: { step: stepLabel(step), thresholds },
  };
}

function resultOf({ name, artifact, observation }: SarifReported, finding: Found): Json {
  const cause = causeText(finding, observation.diagnosis.findings);
  const { subject, severity } = finding;
  return {
    ruleId: finding.rule,
    ruleIndex: allRules.findIndex(({ id }) => id === finding.rule),
    level: levels[severity],
    message: { text: sarifMessage(`${name}: ${finding.title}. ${finding.why}`) },
    locations: [
      {
        ...(artifact === null ? {} : { physicalLocation: { artifactLocation: { uri: artifact } } }),
        logicalLocations: logicalLocations(name, subject),
      },
    ],
    partialFingerprints: { 'hostAndSubject/v1': `${sarifText(name)} ${sarifText(finding.key)}` },
    properties: {
      step: stepLabel(finding.step),
      threshold: sarifText(thresholdText(finding)),
      evidence: finding.evidence.map((one) => ({
        source: sarifText(one.source),
        field: sarifText(one.field),
        counted: sarifText(movementText(one)),
        figure: sarifText(figureText(one)),
      })),
      changes: finding.changes
        .map(changeText)
        .flatMap((change) => (change.ok ? [{ file: change.file, text: sarifText(change.text) }] : [])),
      advice: finding.advice.map((advice) => sarifText(advice)),
      verify: sarifText(finding.verify),
      ...(cause === null ? {} : { explainedBy: sarifText(cause) }),
    },
  };
}

/** The subject first, then the host it is of. */
function logicalLocations(host: string, subject: Subject): Json[] {
  const whole = { name: sarifText(host), fullyQualifiedName: sarifText(host), kind: 'host' };
  const within = (kind: string, ...path: string[]): Json => ({
    name: sarifText(path.at(-1) ?? ''),
    fullyQualifiedName: sarifText([host, ...path].join('/')),
    kind,
  });
  switch (subject.kind) {
    case 'host':
      return [whole];
    case 'cpu':
      return [within('cpu', `CPU ${subject.cpu}`), whole];
    case 'nic':
      return [within('nic', subject.nic), whole];
    case 'queue':
      return [within('queue', subject.nic, `${subject.direction}-${subject.queue}`), within('nic', subject.nic), whole];
    case 'listener':
      return [within('listener', `${subject.address}:${subject.port}`), whole];
    case 'peer':
      return [within('peer', `${subject.address}:${subject.port}`), whole];
  }
}

function invocationOf({ name, observation }: SarifReported): Json {
  const { checked, notChecked } = observation.diagnosis;
  const verdict = noFaultSentence(observation);
  const notes = [...observation.snapshot.problems, ...(verdict === null ? [] : [verdict])];
  return {
    executionSuccessful: checked.length > 0,
    toolExecutionNotifications: [
      ...notes.map((note) => ({ level: 'note', message: { text: sarifMessage(`${name}: ${note}`) } })),
      ...notChecked.map(({ rule, title, reason }) => ({
        level: 'note',
        message: { text: sarifMessage(`${name}: not checked: ${title}: ${reason}`) },
        associatedRule: { id: rule, index: allRules.findIndex(({ id }) => id === rule) },
      })),
    ],
    properties: { target: sarifText(name) },
  };
}

function failureOf({ name, problem }: Failed): Json {
  return {
    executionSuccessful: false,
    toolExecutionNotifications: [{ level: 'error', message: { text: sarifMessage(`${name}: ${problem}`) } }],
    properties: { target: sarifText(name) },
  };
}

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import { allRules } from '../../../src/diagnosis/allRules.ts';
import type { Found } from '../../../src/diagnosis/finding.ts';
import { sarifLog } from '../../../src/report/sarif.ts';

const observation = observe(readFileSync(new URL('../../../media/sample.netsnap', import.meta.url), 'utf8'));

/** What the schema of SARIF 2.1.0 asks of the objects used here: members by type, the required ones with `!`. */
const shapes: Record<string, Record<string, string>> = {
  log: { '$schema!': 'string', 'version!': 'string', 'runs!': 'run[]' },
  run: { 'tool!': 'tool', columnKind: 'string', invocations: 'invocation[]', 'results!': 'result[]' },
  tool: { 'driver!': 'driver' },
  driver: { 'name!': 'string', 'rules!': 'rule[]' },
  rule: {
    'id!': 'string',
    'shortDescription!': 'message',
    'fullDescription!': 'message',
    'help!': 'message',
    properties: 'bag',
  },
  message: { 'text!': 'string' },
  result: {
    ...{ 'ruleId!': 'string', 'ruleIndex!': 'number', 'level!': 'string', 'message!': 'message' },
    ...{ 'locations!': 'location[]', 'partialFingerprints!': 'bag', properties: 'bag' },
  },
  location: { physicalLocation: 'physical', 'logicalLocations!': 'logical[]' },
  physical: { 'artifactLocation!': 'artifact' },
  artifact: { 'uri!': 'string' },
  logical: { 'name!': 'string', 'fullyQualifiedName!': 'string', 'kind!': 'string' },
  invocation: { 'executionSuccessful!': 'boolean', 'toolExecutionNotifications!': 'notification[]', properties: 'bag' },
  notification: { 'level!': 'string', 'message!': 'message', associatedRule: 'reference' },
  reference: { 'id!': 'string', 'index!': 'number' },
};

function faultsOf(value: unknown, type: string, path: string): string[] {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${path} is no array`];
    return value.flatMap((one, index) => faultsOf(one, type.slice(0, -2), `${path}[${index}]`));
  }
  if (type === 'bag') return typeof value === 'object' && value !== null ? [] : [`${path} is no object`];
  const shape = shapes[type];
  if (shape === undefined) return typeof value === type ? [] : [`${path} is no ${type}`];
  if (typeof value !== 'object' || value === null) return [`${path} is no object`];
  const members = new Map(Object.entries(value));
  const known = Object.entries(shape).flatMap(([key, of]) => {
    const name = key.replace('!', '');
    const member = members.get(name);
    members.delete(name);
    if (member === undefined) return key.endsWith('!') ? [`${path}.${name} is missing`] : [];
    return faultsOf(member, of, `${path}.${name}`);
  });
  return [...known, ...[...members.keys()].map((name) => `${path}.${name} is not in the schema`)];
}

const logOf = (findings: readonly Found[] = observation.diagnosis.findings) =>
  JSON.parse(
    JSON.stringify(
      sarifLog(
        [
          {
            name: 'web-1',
            artifact: 'captures/web-1.netsnap',
            observation: { ...observation, diagnosis: { ...observation.diagnosis, findings } },
          },
        ],
        [{ name: 'db-2', problem: 'not reachable' }],
      ),
    ),
  );

it('has the shape of SARIF 2.1.0', () => {
  const log = logOf();
  expect(faultsOf(log, 'log', 'log')).toEqual([]);
  expect(log.version).toBe('2.1.0');
  expect(faultsOf({ ...log, runs: [{ tool: {} }] }, 'log', 'log')).toEqual([
    'log.runs[0].tool.driver is missing',
    'log.runs[0].results is missing',
  ]);
});

it('names every rule, and results by their place in that list, with a level a severity', () => {
  const [run] = logOf().runs;
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(allRules.map(({ id }) => id));
  const found = observation.diagnosis.findings;
  expect(run.results).toHaveLength(found.length);
  const levels = { crit: 'error', warn: 'warning', info: 'note' };
  for (const [index, result] of run.results.entries()) {
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result.level).toBe(levels[found[index]?.severity ?? 'info']);
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('captures/web-1.netsnap');
  }
  expect(
    new Set(run.results.map((result: { partialFingerprints: object }) => JSON.stringify(result.partialFingerprints)))
      .size,
  ).toBe(found.length);
});

it('says where: host, NIC, queue, CPU', () => {
  const [finding] = observation.diagnosis.findings;
  if (finding === undefined) throw new Error('the sample has findings');
  const placesOf = (subject: Found['subject']): string[] =>
    logOf([{ ...finding, subject }]).runs[0].results[0].locations[0].logicalLocations.map(
      ({ kind, fullyQualifiedName }: Record<string, string>) => `${kind} ${fullyQualifiedName}`,
    );
  expect(placesOf({ kind: 'host' })).toEqual(['host web-1']);
  expect(placesOf({ kind: 'cpu', cpu: 3 })).toEqual(['cpu web-1/CPU 3', 'host web-1']);
  expect(placesOf({ kind: 'queue', nic: 'eth0', direction: 'rx', queue: 1 })).toEqual([
    'queue web-1/eth0/rx-1',
    'nic web-1/eth0',
    'host web-1',
  ]);
});

it('tells what was not checked and who was not reached, and makes no link of what a host says', () => {
  const [run] = logOf().runs;
  const [reached, failed] = run.invocations;
  const rules = reached.toolExecutionNotifications.flatMap(
    (one: { associatedRule?: { id: string } }) => one.associatedRule?.id ?? [],
  );
  expect(rules).toEqual(observation.diagnosis.notChecked.map(({ rule }) => rule));
  expect(failed).toMatchObject({ executionSuccessful: false, properties: { target: 'db-2' } });
  const [finding] = observation.diagnosis.findings;
  if (finding === undefined) throw new Error('the sample has findings');
  const [result] = logOf([{ ...finding, title: '[x](http://y) {0}' }]).runs[0].results;
  expect(result.message.text).toMatch(/^web-1: \[x\] \(http:\/\/y\) \{ 0\}\. /);
});

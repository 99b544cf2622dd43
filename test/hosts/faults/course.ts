import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { collectorScript } from '../../../src/capture/collectorScript.ts';
import { type Observation, observe } from '../../../src/capture/observation.ts';
import type { Found } from '../../../src/diagnosis/finding.ts';
import type { Change } from '../../../src/tuning/change.ts';
import { inverseOf } from '../../../src/tuning/inverse.ts';
import { renderCommand } from '../../../src/tuning/renderCommand.ts';
import { renderLine } from '../../../src/tuning/renderFile.ts';
import { keepCaptures } from './kept.ts';
import type { Place, Role } from './place.ts';

/** One known fault from its beginning to its end. */
export interface Course {
  /** Of the captures that are kept of it. */
  readonly name: string;
  /** The finding that must come first. */
  readonly rule: string;
  /** Where the snapshots are taken and the changes made. */
  readonly at: Place;
  /** The traffic: the same before, during and after. */
  readonly load: () => Promise<readonly Role[]>;
  /** Makes the fault. The end of its namespace, or the caller, undoes what the change does not. */
  readonly cause: () => void;
  /** Other rules that may speak of the same fault, below it. */
  readonly symptoms?: readonly string[];
  /** No load before the fault: where the load is the fault. */
  readonly loadIsFault?: true;
  /** The traffic runs for so long before the first sample. */
  readonly settleMs?: number;
}

/** Snapshot, fault, snapshot: the fault is the first finding and nothing else of weight is said. Gives that finding and all that was seen. */
export async function found(course: Course): Promise<Found & { readonly seen: Observation }> {
  const { name, rule, symptoms = [] } = course;
  const before = await look(course, course.loadIsFault ? 'idle' : 'load');
  expect(grave(before), `${name}: before`).toEqual([]);
  course.cause();
  const during = await look(course, 'load');
  keepCaptures(name, { before: course.loadIsFault ? null : before.text, during: during.text });
  const [first] = during.diagnosis.findings.filter(isOurs);
  expect(first?.rule, `${name}: first of ${titles(during)}`).toBe(rule);
  expect([rule, ...symptoms], titles(during)).toEqual(expect.arrayContaining(grave(during).map(({ rule }) => rule)));
  if (first === undefined) throw new Error('unreachable');
  return { ...first, seen: during };
}

/** As `found`; then the changes of the finding are made as they are rendered, and under the same load nothing is left of it. */
export async function foundAndMended(course: Course): Promise<Found> {
  const finding = await found(course);
  const { name, at } = course;
  expect(finding.changes, `${name}: changes`).not.toEqual([]);
  const start = finding.changes.map((change) => standing(at, change));
  make(at, finding.changes);
  const after = await look(course, 'load');
  expect(titlesOf(after.diagnosis.findings.filter(({ rule }) => rule === finding.rule)), `${name}: after`).toEqual([]);
  expect(grave(after), `${name}: after`).toEqual([]);
  const inverses = finding.changes.map(inverseOf);
  make(at, inverses.filter((change) => change !== null).reverse());
  expect(
    finding.changes.map((change) => standing(at, change)),
    `${name}: put back`,
  ).toEqual(start);
  return finding;
}

/** A fault that no setting mends: its finding says so and offers none. */
export async function foundNotMended(course: Course): Promise<Found & { readonly seen: Observation }> {
  const finding = await found(course);
  expect(finding.changes, `${course.name}: changes`).toEqual([]);
  expect(finding.advice, `${course.name}: advice`).not.toEqual([]);
  return finding;
}

/** What is seen at a place, with its load or without. */
export async function look(
  { at, load, settleMs = 400 }: Pick<Course, 'at' | 'load' | 'settleMs'>,
  under: 'idle' | 'load',
): Promise<Observation & { readonly text: string }> {
  const roles = under === 'idle' ? [] : await load();
  try {
    if (under === 'load') await sleep(settleMs);
    const [command = 'sh', ...args] = [...at.inside, 'sh', '-s', '--', '1'];
    const text = execFileSync(command, args, { input: collectorScript, encoding: 'utf8', maxBuffer: 1 << 26 });
    return { ...observe(text), text };
  } finally {
    for (const role of [...roles].reverse()) await role.stop();
  }
}

/** All but the time that a hypervisor steals from the machine of the test. */
export function isOurs({ rule }: Found): boolean {
  return rule !== 'R37';
}

/** Findings of warning or worse. */
export function grave({ diagnosis }: Observation): Pick<Found, 'rule' | 'title'>[] {
  return diagnosis.findings
    .filter((finding) => finding.severity !== 'info' && isOurs(finding))
    .map(({ rule, title }) => ({ rule, title }));
}

function titles({ diagnosis }: Observation): string {
  return titlesOf(diagnosis.findings).join(' | ');
}

function titlesOf(findings: readonly Found[]): string[] {
  return findings.map(({ rule, severity, title }) => `${rule} ${severity} ${title}`);
}

/** Makes changes as their texts say: sysctl lines from a file, the others as commands. */
export function make(at: Place, changes: readonly Change[]): void {
  const lines = changes.flatMap((change) => (change.kind === 'sysctl' ? [textOf(renderLine(change))] : []));
  if (lines.length > 0) {
    const folder = mkdtempSync(join(tmpdir(), 'packet-path-change-'));
    try {
      const file = join(folder, '90-packet-path.conf');
      writeFileSync(file, `${lines.join('\n')}\n`);
      at.sh(`sysctl -q -p ${file}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  for (const change of changes) if (change.kind !== 'sysctl') at.sh(textOf(renderCommand(change)));
}

function textOf(rendered: ReturnType<typeof renderCommand>): string {
  if (!rendered.ok) throw new Error(rendered.reason);
  return rendered.text;
}

/** What a setting stands at, as the kernel prints it. */
function standing(at: Place, change: Change): string {
  switch (change.kind) {
    case 'sysctl':
      return at.sh(`sysctl -n ${change.key}`).trim().replace(/\s+/g, ' ');
    case 'queue':
      return at.sh(`cat /sys/class/net/${change.nic}/queues/*/${change.attribute}`).trim();
    case 'device':
      return at.sh(`cat /sys/class/net/${change.nic}/${change.attribute}`).trim();
    case 'qdisc':
      return at.sh(`tc qdisc show dev ${change.nic} root`).split(' ')[1] ?? '';
    case 'ethtool':
      return at.sh(`ethtool -k ${change.nic}`);
    case 'filter':
      return at.sh(`ethtool -n ${change.nic}`);
    case 'irq':
      return at.sh(`cat /proc/irq/*/${change.action}/../smp_affinity_list`).trim();
    case 'irqbalance':
      throw new Error('irqbalance has no place in a namespace');
  }
}

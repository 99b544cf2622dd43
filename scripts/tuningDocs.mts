// `npm run docs`: writes docs/tunings.md from the tunings and the forms: what each sets, how its value is computed, what holds it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allForms } from '../src/tuning/allForms.ts';
import { allTunings } from '../src/tuning/allTunings.ts';
import type { Change } from '../src/tuning/change.ts';
import { describe, subjectOf } from '../src/tuning/describe.ts';
import { ansibleForm } from '../src/tuning/forms/ansible.ts';
import type { Form } from '../src/tuning/forms/form.ts';
import { inverseOf } from '../src/tuning/inverse.ts';
import { renderCommand } from '../src/tuning/renderCommand.ts';
import type { Tuning } from '../src/tuning/tuning.ts';
import { writeForm } from '../src/tuning/writeForm.ts';
import { root } from './paths.mts';

const page = join(root, 'docs/tunings.md');

const intro = `# Tunings

What Packet Path can propose to set, as data. Made by \`npm run docs\` from \`src/tuning\`; do not edit it.

- **Computed, never canned.** Each value is worked out from the host's own snapshot; \`packet-path tune HOST --form FORM --tuning T2\` and
  \`Net: Insert Tuning...\` show the terms, where each is from, and the formula. What was not read is said to be missing.
- **One change, many forms.** What a form cannot hold is refused with the reason. Names and values that a form would read as
  syntax are refused too: interface names may hold quotes, \`*\` and \`$\`.
- **Every change has its inverse**, in the same forms: \`--undo\`. What was there and could not be read cannot be put back, and that is said.
- T20 (\`SO_INCOMING_CPU\`) and T21 (\`TCP_REPAIR\`) are readings: nothing is set.
`;

/** The page, as it has to be. */
export function tuningDocs(): string {
  return [intro, table(), ...allTunings.map(about), formsPart()].join('\n');
}

function table(): string {
  const rows = allTunings.map((tuning) => {
    const { id, title, computed, risk } = tuning;
    const forms = allForms.filter((form) => holdsSome(form, tuning)).map((form) => form.id);
    return `| ${[id, title, forms.join(', '), computed, backOf(tuning), risk].map(cell).join(' | ')} |`;
  });
  return [
    '| id | what | forms | how it is computed | inverse | risk |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const holds = (form: Form, change: Change): boolean => form.render(change, null).ok;
const holdsSome = (form: Form, { samples }: Tuning): boolean => samples.some((change) => holds(form, change));

/** The first sample there and back. */
function backOf({ samples: [first] }: Tuning): string {
  const inverse = first === undefined ? null : inverseOf(first);
  const command = inverse === null ? null : renderCommand(inverse);
  return command?.ok === true ? `the value read before: \`${command.text}\`` : 'the value read before';
}

function about({ id, title, why, sideEffects, samples }: Tuning): string {
  const lines = samples.flatMap((change) => [
    '',
    `${subjectOf(change)}:`,
    '',
    ...allForms.filter((form) => holds(form, change)).map((form) => `- ${form.id}: ${shown(form, change)}`),
    ...allForms.flatMap((form) => refusalOf(form, change)),
  ]);
  return [`## ${id} ${title}`, '', `${why} Costs: ${lowerFirst(sideEffects)}`, ...lines, ''].join('\n');
}

/** A playbook's tasks are shown once, below. */
function shown(form: Form, change: Change): string {
  const text = form.render(change, null);
  if (!text.ok || text.text.includes('\n'))
    return 'a task that writes that line, and one that runs the command where it is new';
  return `\`${text.text}\``;
}

function refusalOf(form: Form, change: Change): string[] {
  const text = form.render(change, null);
  // That a sysctl is no setting of an interface, and the other way round, needs no line.
  const isPlain = change.kind === 'sysctl' || form.id === 'sysctl' || form.id === 'irqbalance';
  return text.ok || isPlain ? [] : [`- ${form.id}: not, ${text.reason}`];
}

function playbook(): string[] {
  const [change] = allTunings.flatMap(({ samples }) => samples);
  if (change === undefined) return [];
  const written = writeForm(ansibleForm, [{ change, notes: [describe(change)] }], null);
  return ['```yaml', written.files[0]?.text.trimEnd() ?? '', '```', ''];
}

function formsPart(): string {
  const rows = allForms.map((form) => {
    const sample = allTunings.flatMap(({ samples }) => samples).find((change) => holds(form, change));
    if (sample === undefined) return `| ${form.id} | ${form.title} | | |`;
    const path = form.fileFor(sample, null);
    const activate = form.activate(path, [sample]).map((command) => `\`${command}\``);
    return `| ${[form.id, form.title, `\`${path}\``, activate.join(', ')].map(cell).join(' | ')} |`;
  });
  return [
    '## Forms',
    '',
    '| form | what | file | makes it count |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    ...playbook(),
  ].join('\n');
}

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
const cell = (text: string): string => text.replaceAll('|', '\\|');

if (process.argv[1]?.endsWith('tuningDocs.mts') === true) {
  writeFileSync(page, tuningDocs());
}

// `npm run docs`: writes docs/rules.md from the rules: what each looks at, compares with, proposes, and what looks the same.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRules } from '../src/diagnosis/allRules.ts';
import { heuristic } from '../src/diagnosis/limit.ts';
import type { RuleFacts } from '../src/diagnosis/rule.ts';
import { stepLabel } from '../src/knowledge/steps.ts';
import { root } from './paths.mts';

const page = join(root, 'docs/rules.md');

const intro = `# Rules

What Packet Path judges, in the order of the packet's way. Made by \`npm run docs\` from \`src/diagnosis/rules\`; do not edit it.

- **Rates, not totals.** A rule on counters compares two samples of one boot, at least 0.9 s apart by the host's own clock. What
  a counter stands at says nothing of now, and is never judged.
- **Unknown is never healthy.** A rule without its data is listed as not checked, with the reason. Only when rules ran, none
  found anything and no counter of loss moved it is said that no loss was seen, in how many seconds, at how many packets a second.
- **Cause before symptom.** A finding that another one explains stands below it (\`src/diagnosis/causes.ts\`).
- **Thresholds are yours.** The setting \`packetPath.thresholds\`, or \`--threshold\` on the command line, puts a number of your own
  in the place of one below, by the name it has there: \`{ "R44.warnPerSecond": 50 }\`. Shares are from 0 to 1.
  A source of "our heuristic" is a number of ours that no peer, vendor or kernel document gives.
`;

const differences = `## Where hotsos judges otherwise

[hotsos](https://github.com/canonical/hotsos) looks at sosreports: at one moment, with counters since boot. Packet Path looks
twice. That is why the same host may be judged otherwise.

| hotsos warns of | here | why |
| --- | --- | --- |
| reverse path filter drops since boot (\`IPReversePathFilter\`) | R55, on the rate | 2,000 drops since boot may be a wrong route that was put right long ago. Of one sample (a sosreport) R55 is not checked, and says so |
| UDP \`InErrors\` since boot, as a share of all datagrams (72 % in its own case) | R44, on the rate of \`RcvbufErrors\` | \`InErrors\` counts full buffers and bad checksums alike, and a share since boot keeps a fault of the first hour for years |
| UDP \`InCsumErrors\` since boot | no rule | the Counters tab shows their rate. Damaged frames are counted by the NIC (R14); a bad checksum above that is mostly a sender’s fault |
| TCP memory at the maximum of \`tcp_mem\`, or near it | R27, the same gauge | a gauge needs no second sample. Here it warns from the pressure mark on, since from there the kernel shrinks buffers; near the maximum it is critical |
| UDP memory at the maximum of \`udp_mem\` | R65, the same gauge | here it warns from nine tenths on, and is critical as well when datagrams are dropped for it (\`Udp MemErrors\`) while the gauge looks healthy at the moment of the sample |
| nothing, where \`tcp_mem\`, \`udp_mem\` or sockstat is not in the report | R27 and R65 not checked | silence would look like health: the report says what was not read |
| \`dropped over-mtu packet\` lines in kern.log | R50, on \`FragFails\`, \`TCPMTUPFail\` and the MTU of ports against their bridge or bond | logs are not read: they say when, and not whether it happens now |
`;

/** The page, as it has to be. */
export function ruleDocs(): string {
  const rows = allRules.map((rule) => `| ${[rule.id, link(rule), stepLabel(rule.step)].map(cell).join(' | ')} |`);
  return [
    intro,
    ['| rule | what | step |', '| --- | --- | --- |', ...rows, ''].join('\n'),
    ...allRules.map(about),
    differences,
  ].join('\n');
}

function about(rule: RuleFacts): string {
  const { id, title, step, evidence, fix, lookalikes } = rule;
  return [
    `## ${id} ${title}`,
    '',
    `- Step: ${stepLabel(step)}`,
    `- Evidence: ${evidence}`,
    `- What changes it: ${fix}`,
    `- What looks the same: ${lookalikes}`,
    '',
    ...limitsOf(rule),
    '',
  ].join('\n');
}

function limitsOf({ id, limits }: RuleFacts): string[] {
  const entries = Object.entries(limits);
  if (entries.length === 0) return ['No threshold: a setting is so or it is not.'];
  return [
    '| threshold | default | decides | source |',
    '| --- | --- | --- | --- |',
    ...entries.map(([name, { value, text, source }]) => {
      const by = source === heuristic ? 'our heuristic' : source;
      return `| ${[`\`${id}.${name}\``, String(value), text(value), by].map(cell).join(' | ')} |`;
    }),
  ];
}

/** The anchor that renderers make of a heading: lower case, blanks as dashes, other marks gone. */
function link({ id, title }: RuleFacts): string {
  const anchor = `${id} ${title}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
  return `[${title}](#${anchor})`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

if (process.argv[1]?.endsWith('ruleDocs.mts') === true) {
  writeFileSync(page, ruleDocs());
}

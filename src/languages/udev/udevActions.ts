import { printable } from '../../kernel/printable.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { NicChange } from '../../tuning/change.ts';
import { dayOf } from '../../tuning/comment.ts';
import { linkForm } from '../../tuning/forms/link.ts';
import { isSame } from '../../tuning/isSame.ts';
import { keptByRules } from '../../tuning/permanent.ts';
import { renderUdev } from '../../tuning/renderUdev.ts';
import { writeForm } from '../../tuning/writeForm.ts';
import type { Action, DocumentContext, Span, SpanEdit } from '../service/languageService.ts';
import { lineIndex } from '../service/lineIndex.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { appendLines } from '../text/lines.ts';
import { ruleChanges } from './ruleChanges.ts';
import { type RuleInFlow, rulesInFlow } from './ruleFlow.ts';
import { parseUdevRules } from './udevRules.ts';
import { udevSetting } from './udevSetting.ts';

/** What may be done with rules where nothing is wrong: made of what runs, or made a .link file. */
export function udevActions(text: string, span: Span, { host }: DocumentContext): Action[] {
  const here = rulesInFlow(parseUdevRules(text)).filter(
    ({ rule }) => rule.start <= span.end && span.start < Math.max(rule.end, rule.start + 1),
  );
  return [...toLink(text, here, host), ...(host === null ? [] : fromHost(text, host))];
}

/** `Make what runs on eth1 permanent`: what the file sets otherwise is changed, what it lacks is added at its end. */
function fromHost(text: string, host: LinkedHost): Action[] {
  return host.nics
    .filter(({ physical }) => physical)
    .slice(0, 16)
    .flatMap((nic) => {
      const edits = editsFor(text, nic, host);
      return edits.length === 0
        ? []
        : [
            {
              title: `Make what runs on ${nic.name} of ${host.label} permanent`,
              kind: 'source' as const,
              edits,
              preferred: false,
            },
          ];
    });
}

function editsFor(text: string, nic: Nic, host: LinkedHost): SpanEdit[] {
  const lines: string[] = [];
  const edits: SpanEdit[] = [];
  const refused: string[] = [];
  const rules = parseUdevRules(text);
  for (const change of keptByRules(nic, host.snapshot)) {
    const there = udevSetting(rules, change);
    if (there !== null) {
      if (!isSame(change, there.value)) edits.push({ ...there.span, text: change.value });
      continue;
    }
    const rule = renderUdev(change);
    if (rule.ok) lines.push(rule.text);
    else refused.push(rule.reason);
  }
  if (lines.length === 0) return edits;
  const day = dayOf(host.takenAt);
  const added = appendLines(text, [
    `# Packet Path${day === null ? '' : ` ${day}`}: ${printable(nic.name, 40)} of ${printable(host.label, 80)} as it runs`,
    ...refused.map((reason) => `# left out: ${printable(reason, 200)}`),
    ...lines,
  ]);
  const { offsetOf } = lineIndex(text);
  return [...edits, { start: offsetOf(added.start), end: offsetOf(added.end), text: added.text }];
}

/** Rules of one interface as a .link file; what that cannot hold stays. */
function toLink(text: string, here: readonly RuleInFlow[], host: LinkedHost | null): Action[] {
  const held: { readonly change: NicChange; readonly rule: RuleInFlow }[] = [];
  const edits: SpanEdit[] = [];
  const left: string[] = [];
  let nic: string | null = null;
  for (const inFlow of here) {
    const found = ruleChanges(inFlow);
    if (found === null || (nic !== null && found.nic !== nic)) continue;
    const tokens = found.tokens.map(({ token, changes }) => ({
      token,
      changes,
      fits: changes?.every((change) => linkForm.render(change, host?.snapshot ?? null).ok) === true,
    }));
    for (const { token, fits } of tokens) if (!fits) left.push(token.attribute ?? token.key);
    const moved = tokens.filter(({ fits }) => fits);
    if (moved.length === 0) continue;
    nic = found.nic;
    held.push(...moved.flatMap(({ changes }) => (changes ?? []).map((change) => ({ change, rule: inFlow }))));
    edits.push(
      ...takenOut(
        text,
        inFlow,
        moved.map(({ token }) => token),
        moved.length === tokens.length,
      ),
    );
  }
  if (nic === null) return [];
  const written = writeForm(
    linkForm,
    held.map(({ change }) => ({ change, notes: [] })),
    host?.snapshot ?? null,
  );
  const [file] = written.files;
  if (file === undefined) return [];
  const stays = left.length === 0 ? '' : ` (${[...new Set(left)].join(', ')} stays: no .link option)`;
  return [
    {
      title: `Convert to a .link file for ${nic}${stays}`,
      kind: 'refactor',
      edits,
      preferred: false,
      opens: { language: 'systemd-link', path: file.path, text: file.text },
    },
  ];
}

/** A rule becomes a comment when all it does has moved; else it loses what has. */
function takenOut(
  text: string,
  { rule }: RuleInFlow,
  moved: readonly { readonly span: Span }[],
  whole: boolean,
): SpanEdit[] {
  if (whole) {
    const { start } = rule.spanOf(0, rule.joined.length);
    // A comment would swallow only the first of several lines.
    const lines = text.slice(start, rule.end).split(/(?<=\n)/);
    let at = start;
    return lines.flatMap((line) => {
      const edit = { start: at, end: at, text: '# ' };
      at += line.length;
      return line.trim() === '' || line.trimStart().startsWith('#') ? [] : [edit];
    });
  }
  return moved.map(({ span }) => {
    const before = text.slice(0, span.start).replace(/[\s,\\]*$/, '').length;
    return { start: before, end: span.end, text: '' };
  });
}

import type { RingChange } from '../tuning/change.ts';
import { isOwnComment } from '../tuning/comment.ts';
import { renderUdevRing } from '../tuning/renderUdevRing.ts';
import { appendLines, commentAbove } from './lines.ts';
import type { EditPlan, Range } from './textEdit.ts';
import { parseUdevRules, type UdevRule, type UdevToken } from './udevRules.ts';

/** A size in a rule that sets the ring of a NIC, whoever wrote it. */
export interface RingSetting {
  readonly rule: UdevRule;
  readonly size: number;
  readonly range: Range;
}

/**
 * How to make a file of udev rules set what a change asks for, with `comment` (one line, `#` included) above it. A rule
 * that already sets this ring of this NIC keeps its line, of several the last, which udev runs last; else a rule is added.
 */
export function planUdevEdit(text: string, change: RingChange, comment: string): EditPlan {
  const line = renderUdevRing(change);
  if (!line.ok) return line;
  const last = ringSetting(text, change);
  if (last === null) return { ok: true, edits: [appendLines(text, [comment, line.text])] };
  if (last.size >= change.size) return { ok: true, edits: [] };
  const above = commentAbove(text, last.rule.startLine, comment, (one) => isOwnComment(one, change));
  return { ok: true, edits: [above, { ...last.range, text: String(change.size) }] };
}

/** The rule of a file that sets this ring of this NIC: of several the last, which udev runs last. Null: none does. */
export function ringSetting(text: string, change: RingChange): RingSetting | null {
  const settings = parseUdevRules(text).flatMap((rule) => settingsIn(rule, change));
  return settings.at(-1) ?? null;
}

function settingsIn(rule: UdevRule, change: RingChange): RingSetting[] {
  return rule.tokens
    .filter((token) => token.key === 'RUN' && token.operator !== '-=')
    .flatMap((token) => settingIn(rule, token, change));
}

function settingIn(rule: UdevRule, token: UdevToken, { nic, direction }: RingChange): RingSetting[] {
  // `ethtool -G NIC`, then pairs of name and number in any order.
  const command = /(?:^|[\s/'])ethtool\s+(?:-G|--set-ring)\s+(\S+)((?:\s+[a-z-]+\s+\d+)+)/d.exec(token.value);
  const [target, pairs] = [command?.[1], command?.indices?.[2]];
  if (target === undefined || pairs === undefined || !isFor(rule, target, nic)) return [];
  const text = token.value.slice(...pairs);
  const digits = new RegExp(`\\s${direction}\\s+(\\d+)`, 'd').exec(text)?.indices?.[1];
  if (digits === undefined) return [];
  const [start, end] = digits;
  return [{ rule, size: Number(text.slice(start, end)), range: token.rangeOf(pairs[0] + start, pairs[0] + end) }];
}

/** Whether the command is for this NIC and no other: named outright, or as the device of a rule that matches it alone. */
function isFor(rule: UdevRule, target: string, nic: string): boolean {
  if (target === nic) return true;
  if (!['$name', '%k', '$kernel', '$env{INTERFACE}', '%E{INTERFACE}'].includes(target)) return false;
  return rule.tokens.some(
    ({ key, attribute, operator, value }) =>
      operator === '==' &&
      value === nic &&
      (key === 'NAME' ||
        key === 'KERNEL' ||
        (key === 'ENV' && (attribute === 'INTERFACE' || attribute === 'ID_NET_NAME'))),
  );
}

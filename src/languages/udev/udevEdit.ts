import type { NicChange } from '../../tuning/change.ts';
import { isOwnComment } from '../../tuning/comment.ts';
import { isSame } from '../../tuning/isSame.ts';
import { renderUdev } from '../../tuning/renderUdev.ts';
import { lineIndex } from '../service/lineIndex.ts';
import { appendLines, commentAbove } from '../text/lines.ts';
import type { EditPlan } from '../text/textEdit.ts';
import { parseUdevRules } from './udevRules.ts';
import { udevSetting } from './udevSetting.ts';

/**
 * How to make a file of udev rules set what a change asks for, with `comment` (one line, `#` included) above it. A rule
 * that already sets this of this NIC keeps its line, of several the last, which udev runs last; else a rule is added.
 */
export function planUdevEdit(text: string, change: NicChange, comment: string): EditPlan {
  const line = renderUdev(change);
  if (!line.ok) return line;
  const last = udevSetting(parseUdevRules(text), change);
  if (last === null) return { ok: true, edits: [appendLines(text, [comment, line.text])] };
  if (satisfiesNic(last.value, change)) return { ok: true, edits: [] };
  const above = commentAbove(text, last.rule.startLine, comment, (one) => isOwnComment(one, change));
  const { positionOf } = lineIndex(text);
  const range = { start: positionOf(last.span.start), end: positionOf(last.span.end) };
  return { ok: true, edits: [above, { ...range, text: change.value }] };
}

/** Whether a value in a rule already does what a change asks for: at least as much for a limit, the same for all else. */
export function satisfiesNic(value: string, change: NicChange): boolean {
  if (change.atLeast) return Number(value) >= Number(change.value);
  return isSame(change, value);
}

import type { SysctlChange } from '../../tuning/change.ts';
import { isOwnComment } from '../../tuning/comment.ts';
import { renderSysctl } from '../../tuning/renderSysctl.ts';
import { appendLines, commentAbove, indentOf, lineEndOf, linesOf } from '../text/lines.ts';
import type { EditPlan, TextEdit } from '../text/textEdit.ts';
import { assignmentsOf, parseSysctlConf, type SysctlAssignment } from './sysctlConf.ts';
import { normalizeKey } from './sysctlKey.ts';
import { satisfies, splitNote } from './sysctlValue.ts';

/**
 * How to make a sysctl.conf set what a change asks for, with `comment` (one line, `#` included) above it. A key that the
 * file sets keeps its line, of several the last, which is the one that counts; a key it does not set goes to the end.
 */
export function planSysctlEdit(text: string, change: SysctlChange, comment: string): EditPlan {
  const line = renderSysctl(change);
  if (!line.ok) return line;
  const key = normalizeKey(change.key);
  const last = assignmentsOf(parseSysctlConf(text)).findLast((assignment) => assignment.key === key);
  if (last === undefined) return { ok: true, edits: [appendLines(text, [comment, line.text])] };
  // At least as much, for a limit: what is missing then is that the file takes effect, not a smaller value.
  if (satisfies(last.value, change)) return { ok: true, edits: [] };
  return { ok: true, edits: [commentEdit(text, last, change, comment), valueEdit(text, last, change)] };
}

/** A note behind the old value moves up to a line of its own: behind a value it is an error for some keys. */
function commentEdit(text: string, { lineNumber, value }: SysctlAssignment, change: SysctlChange, comment: string) {
  const { note } = splitNote(value);
  const indent = indentOf(linesOf(text)[lineNumber] ?? '');
  const lines = note === null ? comment : `${comment}${lineEndOf(text)}${indent}${note}`;
  return commentAbove(text, lineNumber, lines, (above) => isOwnComment(above, change));
}

function valueEdit(text: string, { lineNumber, valueRange }: SysctlAssignment, { value }: SysctlChange): TextEdit {
  const before = linesOf(text)[lineNumber]?.[valueRange.start.character - 1];
  const empty = valueRange.start.character === valueRange.end.character;
  return { ...valueRange, text: empty && before === '=' ? ` ${value}` : value };
}

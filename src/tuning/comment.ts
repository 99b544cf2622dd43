import { printable } from '../kernel/printable.ts';
import type { Change } from './change.ts';
import { describe, subjectOf } from './describe.ts';

const opening = '# Packet Path ';
const hostLimit = 80;
const titleLimit = 160;
const changeLimit = 300;

export interface CommentFacts {
  /** `2026-11-23`, the day the evidence was taken, by the host's clock; null when the host has none that can be read. */
  readonly date: string | null;
  /** How the host is called in the Hosts view. */
  readonly host: string;
  /** The finding that asked for the change: `R01` and its sentence. */
  readonly finding: { readonly rule: string; readonly title: string };
  readonly change: Change;
}

/**
 * The comment that says whose finding a line comes from:
 * `# Packet Path 2026-11-23: web-1, R01 softnet drops 120/s on CPU 3: net.core.netdev_max_backlog 1000 -> 2000`.
 * Always one line: host-given text in it is stripped of control characters and bounded.
 */
export function commentFor({ date, host, finding, change }: CommentFacts): string {
  const cause = `${printable(host, hostLimit)}, ${finding.rule} ${lowerFirst(printable(finding.title, titleLimit))}`;
  const text = `${opening}${date === null ? 'date not known' : printable(date, 10)}: ${cause}: ${printable(describe(change), changeLimit)}`;
  // udev and old sysctl join a line that ends in a backslash with the next one.
  return text.replace(/\\+$/, '');
}

/** The day a moment (ms since 1970) lies on, `2026-11-23`; null where it is not known. */
export function dayOf(takenAt: number | null): string | null {
  return takenAt === null ? null : new Date(takenAt).toISOString().slice(0, 10);
}

/** Whether a line is a comment of ours about this setting, so that a newer one may take its place. */
export function isOwnComment(line: string, change: Change): boolean {
  const text = line.trim();
  if (!text.startsWith(opening)) return false;
  const tail = text.slice(text.lastIndexOf(': ') + 2);
  return tail.startsWith(`${subjectOf(change)} `) && tail.includes(' -> ');
}

/** `Softnet ...` to `softnet ...`; names that are written in capitals (`TIME_WAIT`, `UDP`) and kernel names keep them. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]+(?: |$)/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

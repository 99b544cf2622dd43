import { eachLine } from './scan.ts';

/** One file, or one line of one, of a command that prints several. */
export interface FileText {
  readonly path: string;
  readonly text: string;
}

/**
 * `tail -n +1 FILE...` (GNU and busybox): each file after a line `==> PATH <==`, an empty line before each header but
 * the first. Files come in the order printed, a repeated path as often as it was given, texts exactly as they are.
 * With a single file `tail` prints no header: text before the first header belongs to `onlyPath`.
 */
export function splitTail(text: string, onlyPath = ''): readonly FileText[] {
  const files: FileText[] = [];
  let path = onlyPath;
  let bodyFrom = 0;
  let hasHeader = false;
  eachLine(text, (from, end) => {
    const next = headerPath(text, from, end);
    if (next === null) return;
    if (hasHeader || from > 0) files.push({ path, text: withoutLineEnd(text.slice(bodyFrom, from)) });
    hasHeader = true;
    path = next;
    bodyFrom = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  });
  if (hasHeader || text !== '') files.push({ path, text: text.slice(bodyFrom) });
  return files;
}

function headerPath(text: string, from: number, end: number): string | null {
  if (!text.startsWith('==> ', from) || !text.startsWith(' <==', end - 4) || end - from < 9) return null;
  return text.slice(from + 4, end - 4);
}

/** Drops the one line end that `tail` puts before a header. */
function withoutLineEnd(text: string): string {
  if (text.endsWith('\r\n')) return text.slice(0, -2);
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

/**
 * `grep -sH ^ FILE...`: `PATH:LINE`. The path ends at the first colon that is not inside a directory's name.
 * Directories with a colon are bus addresses (`pci0000:00`, `0000:00:03.0`, `1-1:1.0`, `PNP0A08:00`) and whatever follows a directory
 * named `net`, `conf` or `neigh`, since an interface may be called `eth0:1`; all else after a colon is the file's text,
 * slashes and colons included. One entry a line; the path is empty where a line names no file.
 */
export function splitGrep(text: string): readonly FileText[] {
  const lines: FileText[] = [];
  eachLine(text, (from, end) => {
    const line = text.slice(from, end);
    const split = pathEnd(line);
    lines.push(split < 0 ? { path: '', text: line } : { path: line.slice(0, split), text: line.slice(split + 1) });
  });
  return lines;
}

function pathEnd(line: string): number {
  let parent = '';
  for (let from = 0; ; ) {
    const slash = line.indexOf('/', from);
    const name = line.slice(from, slash < 0 ? line.length : slash);
    const colon = name.indexOf(':');
    if (colon >= 0 && (slash < 0 || !isDirectory(name, parent))) return from + colon;
    if (slash < 0) return -1;
    parent = name;
    from = slash + 1;
  }
}

const busAddress = /^(?:(?:pci)?[0-9a-f]+(?:-[0-9.]+)?:[0-9a-f:.]+|[A-Z][A-Z0-9]*:[0-9a-f]{2})$/;
const interfaceParents = new Set(['net', 'conf', 'neigh']);

function isDirectory(name: string, parent: string): boolean {
  return busAddress.test(name) || (interfaceParents.has(parent) && !/\s/.test(name));
}

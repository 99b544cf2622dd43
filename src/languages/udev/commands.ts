import type { UdevToken } from './udevRules.ts';

/** A program that a rule runs, split as udev splits it: at blanks, single quotes keep them together. */
export interface RunCommand {
  readonly words: readonly CommandWord[];
}

/** A word with its place in the `raw` of the token. */
export interface CommandWord {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The words of a RUN, PROGRAM or IMPORT{program}; empty for a builtin. */
export function commandOf(token: UdevToken): RunCommand {
  if (token.attribute === 'builtin') return { words: [] };
  return { words: wordsOf(token.raw) };
}

/** The words of a text. */
export function wordsOf(text: string, offset = 0): CommandWord[] {
  const words: CommandWord[] = [];
  for (const match of text.matchAll(/'([^']*)'|[^\s']+(?:'[^']*')*[^\s']*/g)) {
    words.push({ text: match[1] ?? match[0], from: offset + match.index, to: offset + match.index + match[0].length });
  }
  return words;
}

/** One call of ethtool that sets something: `ethtool -G eth0 rx 4096`, by itself or within `sh -c '...'`. */
export interface EthtoolCall {
  readonly option: CommandWord;
  readonly nic: CommandWord;
  readonly args: readonly CommandWord[];
}

/** Several checks ask for the calls of the same token. */
const knownCalls = new WeakMap<UdevToken, readonly EthtoolCall[]>();

/** Calls of ethtool that set something. Names of variables of a shell stay as they are. */
export function ethtoolCalls(token: UdevToken): readonly EthtoolCall[] {
  const known = knownCalls.get(token);
  if (known !== undefined) return known;
  const calls = token.raw.includes('ethtool') ? callsOf(token) : [];
  knownCalls.set(token, calls);
  return calls;
}

function callsOf(token: UdevToken): EthtoolCall[] {
  const calls: EthtoolCall[] = [];
  const { words } = commandOf(token);
  const shell = shellScript(words);
  const lists = shell === null ? [words] : splitCommands(wordsOf(shell.text, shell.from));
  for (const list of lists) {
    const at = list.findIndex(({ text }) => /(?:^|\/)ethtool$/.test(text));
    const [option, nic, ...args] = at < 0 ? [] : list.slice(at + 1);
    if (option === undefined || nic === undefined || !option.text.startsWith('-')) continue;
    calls.push({ option, nic, args });
  }
  return calls;
}

/** What `sh -c` is given. */
export function shellScript(words: readonly CommandWord[]): { readonly text: string; readonly from: number } | null {
  if (!/(?:^|\/)(?:sh|bash|dash|ash|ksh|zsh)$/.test(words[0]?.text ?? '')) return null;
  const at = words.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  const script = at < 0 ? undefined : words[at + 1];
  if (script === undefined) return null;
  return { text: script.text, from: script.to - script.from > script.text.length ? script.from + 1 : script.from };
}

/** A script's commands: at `;`, `&&`, `||`, `|` and `&`. */
function splitCommands(words: readonly CommandWord[]): CommandWord[][] {
  const lists: CommandWord[][] = [[]];
  for (const word of words) {
    if (/^(?:;|&&?|\|\|?)$/.test(word.text)) lists.push([]);
    else if (/[;&]$/.test(word.text)) {
      lists.at(-1)?.push({ ...word, text: word.text.replace(/[;&]+$/, ''), to: word.to - 1 });
      lists.push([]);
    } else lists.at(-1)?.push(word);
  }
  return lists;
}

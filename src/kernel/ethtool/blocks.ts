import type { Warning } from '../parsed.ts';
import { eachLine } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';

/** What `ethtool` printed for one device. */
export interface EthtoolBlock {
  readonly device: string;
  /** The title itself, trimmed. */
  readonly title: string;
  readonly lines: readonly BlockLine[];
}

/** One line under a title: `key: value`, both trimmed; without a colon the value follows the first blank. */
export interface BlockLine {
  readonly key: string;
  readonly value: string;
  /** The whole line, trimmed. */
  readonly text: string;
  /** From 1 in the whole text. */
  readonly line: number;
}

/**
 * Cuts `ethtool`'s text at its titles (`Ring parameters for eth0:`); a wildcard call prints one for each device.
 * A title with nothing under it is left out: ethtool before 5.9 prints it and then fails. Lines outside a block and
 * errors that got into the text become warnings.
 */
export function ethtoolBlocks(text: string, title: RegExp, warnings: Warning[]): readonly EthtoolBlock[] {
  const blocks: { device: string; title: string; lines: BlockLine[] }[] = [];
  eachLine(text, (from, end, line) => {
    const trimmed = text.slice(from, end).trim();
    if (trimmed === '') return;
    const device = title.exec(trimmed)?.[1];
    if (device !== undefined) {
      blocks.push({ device, title: trimmed, lines: [] });
      return;
    }
    const block = blocks.at(-1);
    if (block === undefined || isError(trimmed)) warn(warnings, line, excerpt(trimmed));
    else block.lines.push(blockLine(trimmed, line));
  });
  return blocks.filter((block) => block.lines.length > 0);
}

/** stderr may have been caught together with stdout. */
function isError(line: string): boolean {
  return /^(?:Cannot|netlink error|ethtool:|: )/.test(line);
}

function blockLine(text: string, line: number): BlockLine {
  const colon = text.indexOf(':');
  const split = colon < 0 ? text.search(/\s/) : colon;
  if (split < 0) return { key: text, value: '', text, line };
  return { key: text.slice(0, split).trim(), value: text.slice(split + 1).trim(), text, line };
}

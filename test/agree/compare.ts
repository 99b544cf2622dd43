import type { Figures } from './ours.ts';

/** How the figures of one tool compare. */
export interface Agreement {
  readonly tool: string;
  /** Figures that both have and that agree. */
  readonly agree: number;
  /** `eth0 rx_packets: 12, the tool said 10 before and 11 after` */
  readonly differ: readonly string[];
  /** Figures of the tool that the snapshot does not have. */
  readonly lacking: readonly string[];
}

/** Reads the lines of `tools.sh`. */
export function figuresOfTools(text: string): Figures {
  const figures = new Map<string, Map<string, string>>();
  for (const line of text.split('\n')) {
    const [tool, name, value] = line.split('\t');
    if (tool === undefined || name === undefined || value === undefined) continue;
    const ofTool = figures.get(tool) ?? new Map<string, string>();
    ofTool.set(name, value);
    figures.set(tool, ofTool);
  }
  return figures;
}

/**
 * Each figure of a snapshot against its tool, which was asked before and after: a number agrees that lies between the
 * two, a word that is one of them. What only one of the tool's two answers has came or went meanwhile and is left out.
 */
export function compare(before: Figures, ours: Figures, after: Figures): Agreement[] {
  return [...before].map(([tool, figures]) => {
    let agree = 0;
    const differ: string[] = [];
    const lacking: string[] = [];
    for (const [name, first] of figures) {
      const last = after.get(tool)?.get(name);
      const own = ours.get(tool)?.get(name);
      if (last === undefined) continue;
      if (own === undefined) lacking.push(name);
      else if (agrees(first, own, last)) agree++;
      else differ.push(`${name}: ${own}, the tool said ${first} before and ${last} after`);
    }
    return { tool, agree, differ, lacking };
  });
}

function agrees(first: string, own: string, last: string): boolean {
  if (own === first || own === last) return true;
  const [a, x, b] = [first, own, last].map(Number);
  if (a === undefined || x === undefined || b === undefined || Number.isNaN(a + x + b)) return false;
  return Math.min(a, b) <= x && x <= Math.max(a, b);
}

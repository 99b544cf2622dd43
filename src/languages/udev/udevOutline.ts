import type { DocumentSymbol, Folding } from '../service/languageService.ts';
import { lineIndex } from '../service/lineIndex.ts';
import { isMatch } from './ruleFlow.ts';
import { parseUdevDocument, parseUdevRules, type UdevRule, type UdevToken } from './udevRules.ts';

const longest = 120;

/** Each rule by what it does, with what it asks for behind it; labels as sections. */
export function udevSymbols(text: string): DocumentSymbol[] {
  return parseUdevRules(text).map((rule) => {
    const span = rule.spanOf(0, rule.joined.trimEnd().length);
    const first = rule.tokens.find((token) => !isMatch(token)) ?? rule.tokens[0];
    const does = rule.tokens.filter((token) => !isMatch(token));
    const asks = rule.tokens.filter(isMatch);
    const label = rule.tokens.length === 1 && rule.tokens[0]?.key === 'LABEL';
    return {
      name: clipped((does.length > 0 ? does : asks).map(shown).join(', ')) || clipped(rule.joined),
      detail: does.length > 0 ? clipped(asks.map(shown).join(', ')) : '',
      kind: label ? 'section' : 'rule',
      span,
      selection: first?.span ?? span,
      children: [],
    };
  });
}

function shown({ key, attribute, operator, value }: UdevToken): string {
  const name = attribute === null ? key : `${key}{${attribute}}`;
  return `${name}${operator}${value}`;
}

function clipped(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Rules of several lines, runs of comment lines, and what a jump passes over up to its label. */
export function udevFoldings(text: string): Folding[] {
  const index = lineIndex(text);
  const { nodes } = parseUdevDocument(text);
  const rules = nodes.filter((node) => node.kind === 'rule');
  const labels = new Map<string, UdevRule[]>();
  for (const rule of rules) {
    for (const { key, value } of rule.tokens) {
      if (key === 'LABEL') labels.set(value, [...(labels.get(value) ?? []), rule]);
    }
  }
  const foldings: Folding[] = rules.flatMap((rule) => {
    const goto = rule.tokens.find(({ key }) => key === 'GOTO');
    const label = labels
      .get(goto?.value ?? '')
      ?.find(({ startLine }) => goto !== undefined && startLine > rule.startLine);
    const lines = rule.endLine > rule.startLine ? [region(rule.startLine, rule.endLine)] : [];
    return label === undefined || label.startLine - rule.endLine < 2
      ? lines
      : [region(rule.startLine, label.startLine)];
  });
  let from = -1;
  for (const [at, node] of nodes.entries()) {
    if (node.kind !== 'comment') continue;
    if (nodes[at - 1]?.kind !== 'comment') from = node.start;
    if (nodes[at + 1]?.kind === 'comment') continue;
    const [startLine, endLine] = [index.positionOf(from).line, index.positionOf(node.start).line];
    if (endLine > startLine) foldings.push({ startLine, endLine, kind: 'comment' });
  }
  return foldings;
}

function region(startLine: number, endLine: number): Folding {
  return { startLine, endLine, kind: 'region' };
}

import type { Parsed, Warning } from '../parsed.ts';
import { decimal, eachLine } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';

/** `ethtool -n DEV`: the receive rules that the NIC itself follows (ntuple filters). */
export interface EthtoolFlowRules {
  /** Receive rings; null where the driver does not say. */
  readonly rings: number | null;
  /** What the driver says how many rules there are; null where it has no rules at all. */
  readonly total: number | null;
  readonly rules: readonly FlowRule[];
}

export interface FlowRule {
  /** The number to delete it by. */
  readonly location: number;
  /** `TCP over IPv4`, `Raw Ethernet` ... as printed. */
  readonly flowType: string | null;
  /** `Dest port` ... to what it must be and which bits do not matter (1 = does not). As printed. */
  readonly fields: ReadonlyMap<string, { readonly value: string; readonly mask: string }>;
  readonly rssContext: number | null;
  /** `Direct to queue 5`, `Drop`, `Wake-on-LAN`, `Direct to VF 0 queue 3` */
  readonly action: string | null;
  /** The queue of `Direct to queue 5`. */
  readonly queue: number | null;
}

type OpenRule = { -readonly [K in keyof FlowRule]: FlowRule[K] } & {
  fields: Map<string, { readonly value: string; readonly mask: string }>;
};

/** `ethtool -n DEV`. The text does not name its device. */
export function parseFlowRules(text: string): Parsed<EthtoolFlowRules> {
  const warnings: Warning[] = [];
  const rules: OpenRule[] = [];
  let rings: number | null = null;
  let total: number | null = null;
  eachLine(text, (from, end, number) => {
    const line = text.slice(from, end).trim();
    const [, ringCount, ruleCount] = /^(?:(\d{1,9}) RX rings available|Total (\d{1,9}) rules)$/.exec(line) ?? [];
    const location = numberAfter(line, 'Filter: ');
    if (ringCount !== undefined) rings = Number(ringCount);
    else if (ruleCount !== undefined) total = Number(ruleCount);
    else if (location !== null) rules.push(newRule(location));
    else if (line !== '' && !addLine(rules.at(-1), line)) warn(warnings, number, excerpt(line));
  });
  if (total !== null && total !== rules.length) {
    warn(warnings, 1, `${total} rules announced, ${rules.length} listed`);
  }
  return { value: { rings, total, rules }, warnings };
}

function newRule(location: number): OpenRule {
  return { location, flowType: null, fields: new Map(), rssContext: null, action: null, queue: null };
}

/** False when the line is none of a rule. */
function addLine(rule: OpenRule | undefined, line: string): boolean {
  if (rule === undefined) return false;
  const colon = line.indexOf(': ');
  const key = line.slice(0, Math.max(colon, 0));
  const rest = line.slice(colon + 2).trim();
  const mask = rest.lastIndexOf(' mask: ');
  if (key === '') return false;
  if (mask >= 0) rule.fields.set(key, { value: rest.slice(0, mask), mask: rest.slice(mask + ' mask: '.length) });
  else if (/^(?:Rule Type|Flow Type|Unknown Flow type)$/.test(key)) rule.flowType = rest;
  else if (key === 'RSS Context ID') rule.rssContext = numberAfter(rest, '');
  else if (key === 'Action') {
    rule.action = rest;
    rule.queue = numberAfter(rest, 'Direct to queue ');
  } else return false;
  return true;
}

function numberAfter(text: string, start: string): number | null {
  if (!text.startsWith(start)) return null;
  const number = decimal(text, start.length, text.length);
  return Number.isNaN(number) ? null : number;
}

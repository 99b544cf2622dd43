import { netstatPhrases } from './netstatPhrases.ts';
import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLine, signedDecimal, skipBlanks, tokens } from './scan.ts';
import type { SnmpSections } from './snmp.ts';
import { excerpt, warn } from './warnings.ts';

/**
 * `netstat -s`, `-st`, `-su`, `-s6` of net-tools (busybox has no such option): sentences under the section's name, turned
 * back into the kernel's names. A sentence that is not known keeps its own words as the name. Counters that are 0 are
 * mostly left out by netstat, so one that is absent is unknown here, where the kernel's own files would say.
 */
export function parseNetstatSummary(text: string): Parsed<SnmpSections> {
  const warnings: Warning[] = [];
  const value = new Map<string, Map<string, number>>();
  let section = '';
  let histogram = '';
  eachLine(text, (from, end, line) => {
    const start = skipBlanks(text, from, end);
    if (start === end) return;
    const sentence = text.slice(start, end).trimEnd();
    if (start === from) {
      section = heading.exec(sentence)?.[1] ?? '';
      histogram = '';
      if (section === '') warn(warnings, line, `not the name of a section: ${excerpt(sentence)}`);
      return;
    }
    const direction = histograms.exec(sentence)?.[1];
    if (direction !== undefined) {
      histogram = direction === 'input' ? 'in ' : 'out ';
      return;
    }
    const counter = read(section, histogram, sentence);
    if (section === '' || counter === null) {
      warn(warnings, line, `not a counter: ${excerpt(sentence)}`);
      return;
    }
    const counters = value.get(section) ?? new Map<string, number>();
    value.set(section, counters.set(counter.name, counter.value));
  });
  return { value, warnings };
}

const heading = /^([A-Za-z0-9]+):$/;
const histograms = /^ICMP (input|output) histogram:$/;

function read(section: string, histogram: string, sentence: string): { name: string; value: number } | null {
  const words = tokens(sentence, 0, sentence.length);
  const [first = '', second = ''] = words;
  // What netstat knows no sentence for: the kernel's name, of IPv6 with the section before it.
  if (words.length === 2 && first.endsWith(':')) {
    const value = signedDecimal(second, 0, second.length);
    const name = first.slice(0, -1);
    if (!Number.isNaN(value) && /^[A-Z]/.test(name)) return { name: withoutSection(name, section), value };
  }
  // 1 is on, 2 is off: RFC 1213. Versions of 2.10 print the number.
  if (first === 'Forwarding' && second === 'is') return { name: 'Forwarding', value: words[2] === 'enabled' ? 1 : 2 };
  const at = words.findIndex((word) => !Number.isNaN(decimal(word, 0, word.length)));
  const number = words[at];
  if (number === undefined) return null;
  const rest = words.map((word, index) => (index === at ? '#' : word)).join(' ');
  const phrase = rest.toLowerCase().replace(/\.$/, '');
  const phrases = netstatPhrases.get(section);
  const name = phrases?.[`${histogram}${phrase}`] ?? phrases?.[phrase] ?? rest;
  return { name, value: decimal(number, 0, number.length) };
}

function withoutSection(name: string, section: string): string {
  return name.length > section.length && name.startsWith(section) && section.endsWith('6')
    ? name.slice(section.length)
    : name;
}
